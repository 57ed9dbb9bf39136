// Back and forth: a page that changed its own address is shown again as it was.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, serve, settled } from './setup.mjs';

let server;
let browser;

before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function task(path, steps) {
  const { page, faults, close } = await open(browser, server.origin, path);
  page.setDefaultTimeout(15_000);
  await steps(page);
  await close();
  assert.deepEqual(faults, []);
}

/** What is shown once it is what is wanted. */
const layoutIs = (page, wanted) => page.waitForFunction((value) => document.getElementById('network-layout')?.value === value, wanted);

test('back and forth over another layout', () => task('/network?root=S/RES/2388', async (page) => {
  await page.getByLabel('Layout').selectOption('time');
  await page.waitForURL(/layout=time/);
  await page.goBack();
  await layoutIs(page, 'force');
  await settled(page);
  await page.goForward();
  await layoutIs(page, 'time');
}));

test('back over a filter brings back what it hid', () => task('/network?root=S/RES/2388', async (page) => {
  const count = page.locator('.network > p.count[role=status]');
  const whole = await count.innerText();
  await page.locator('.filters summary').click();
  await page.locator('.filters input[name=kind][value=resolution]').click();
  await page.waitForURL(/kind=/);
  await page.waitForFunction((text) => {
    const now = document.querySelector('.network > p.count[role=status]').textContent;
    return now !== text && !now.startsWith('Loading');
  }, whole);
  await page.goBack();
  await settled(page);
  await page.waitForFunction((text) => document.querySelector('.network > p.count[role=status]')?.textContent === text, whole);
}));

test('back from the network to the page before it', () => task('/doc/S/RES/2388', async (page) => {
  await page.getByRole('link', { name: 'Show in network' }).first().click();
  await page.getByRole('heading', { level: 1, name: /^Around/ }).waitFor();
  await page.getByLabel('Layout').selectOption('time');
  await page.waitForURL(/layout=time/);
  await page.goBack();
  await layoutIs(page, 'force');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'S/RES/2388 (2017)' }).waitFor();
}));

test('a link to a part of a changed page does not build it anew', () => task('/network?root=S/RES/2388', async (page) => {
  await page.getByLabel('Layout').selectOption('time');
  await page.waitForURL(/layout=time/);
  await page.evaluate(() => { document.querySelector('main h1').dataset.same = 'yes'; });
  await page.getByRole('link', { name: 'Skip to the content' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#main$/);
  await page.waitForTimeout(500);
  assert.equal(await page.locator('main h1').getAttribute('data-same'), 'yes');
}));
