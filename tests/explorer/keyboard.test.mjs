// The same by keyboard alone: everything that is done here is reached with Tab and worked with keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, serve, settled, tabTo } from './setup.mjs';

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
  await steps(page, (key) => page.keyboard.press(key));
  await close();
  assert.deepEqual(faults, []);
}

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

test('from the search box to a document', () => task('/', async (page, press) => {
  await press('/');
  await page.keyboard.type('2388', { delay: 30 });
  await page.getByRole('option').first().waitFor();
  await press('ArrowDown');
  await press('Enter');
  await page.getByRole('heading', { level: 1, name: 'S/RES/2388 (2017)' }).waitFor();
  // A new page is announced: its heading has the focus.
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
}));

test('the link that skips the frame', () => task('/', async (page, press) => {
  await tabTo(page, /^a Skip to the content/, 3);
  await press('Enter');
  await tabTo(page, /^a The most cited as a network/, 3);
}));

test('the evidence of a mention, and back', () => task('/doc/S/RES/2388', async (page, press) => {
  await tabTo(page, /S\/PRST\/2015\/25/);
  const from = await focused(page);
  await press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^a Open/, 12);
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(page), from);
}));

test('the years of the overview', () => task('/', async (page, press) => {
  await tabTo(page, /^a 2019: /);
  await press('ArrowLeft');
  await page.waitForFunction(() => /^2017: /.test(document.activeElement?.getAttribute('aria-label') ?? ''));
  await press('Enter');
  await page.waitForURL(/\/network\?years=2017-2017/);
}));

test('the network is walked, expanded and left for a document', () => task('/network?root=S/RES/2388', async (page, press) => {
  await tabTo(page, /^button S\/RES\/2388 \(2017\)/);
  await press('ArrowDown');
  const name = await focused(page);
  await press('Enter');
  const side = page.getByRole('complementary', { name: 'What is chosen' });
  await side.getByRole('heading', { name, exact: true }).waitFor();
  assert.ok(page.url().includes('at='));
  const before_ = Number.parseInt(await page.locator('.network > p.count[role=status]').innerText(), 10);
  for (let n = 0; n < 60 && (await focused(page)) !== 'Expand'; n += 1) await press('Shift+Tab');
  await press('Enter');
  await page.waitForURL(/expand=/);
  await settled(page);
  // The button is another now, and the keyboard is still at it.
  await page.waitForFunction(() => document.activeElement?.textContent === 'Fold');
  assert.ok(Number.parseInt(await page.locator('.network > p.count[role=status]').innerText(), 10) > before_);
}));

test('the network by year, and another document added to it', () => task('/network?root=S/RES/2388', async (page, press) => {
  await tabTo(page, /^input Add/);
  await page.keyboard.type('S/RES/1528');
  await press('Enter');
  await page.waitForURL(/root=S\/RES\/1528/);
  await settled(page);
  await tabTo(page, /^select Layout/);
  await press('ArrowDown');
  await page.waitForURL(/layout=time/);
}));

test('the filters are opened, used and closed', () => task('/network?root=S/RES/2388', async (page, press) => {
  await tabTo(page, /^summary Filters/);
  await press('Enter');
  await tabTo(page, /^input Resolution/, 3);
  await press('Space');
  await page.waitForURL(/kind=/);
  await press('Escape');
  assert.match(await focused(page), /^Filters \(1\)$/);
}));

test('a path', () => task('/network', async (page, press) => {
  await tabTo(page, /^input From/);
  await page.keyboard.type('S/RES/2388');
  await press('Tab');
  await page.keyboard.type('S/RES/1267');
  await press('Enter');
  await page.locator('ol.path > li blockquote').first().waitFor();
}));

test('a saved query', () => task('/query', async (page, press) => {
  await tabTo(page, /^button How documents use each other/, 80, 'Escape');
  await press('Enter');
  for (let n = 0; n < 80 && (await focused(page)) !== 'Run'; n += 1) {
    await press('Escape');
    await press('Shift+Tab');
  }
  await press('Enter');
  await page.locator('.yasr tbody tr').first().waitFor();
}));

test('the theme', () => task('/', async (page, press) => {
  await tabTo(page, /^button Dark theme/);
  await press('Enter');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
}));
