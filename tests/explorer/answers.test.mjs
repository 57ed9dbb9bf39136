// Answers that are late, or do not come: what is shown is what was asked for last.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, resograph, serve } from './setup.mjs';

/** Of more paragraphs than are shown at once, one with a citation that contradicts itself. */
const LONG = `United Nations S/RES/9003 (2019)

Security Council Distr.: General 3 June 2019

Resolution 9003 (2019)

Adopted by the Security Council at its 8003rd meeting, on 3 June 2019

The Security Council,

Recalling its resolution 1267 (1950),

${Array.from({ length: 60 }, (_, n) => `${n + 1}. Decides to remain seized of the matter of lake ${n + 1};\n`).join('\n')}`;

let folder;
let long;
let server;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resograph-'));
  writeFileSync(join(folder, 'S_RES_9003.txt'), LONG);
  execFileSync(resograph, ['build', folder, '--quiet', '--text', '-o', join(folder, 'graph')]);
  long = await serve(join(folder, 'graph'));
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await long?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** `answer` is given each query and its route, and returns whether it has dealt with it. */
async function task(path, answer, steps, expected = /^$/, from = server) {
  const { page, faults, close } = await open(browser, from.origin, path);
  page.setDefaultTimeout(15_000);
  await page.route('**/sparql', async (route) => {
    if (!(await answer(route.request().postData() ?? '', route))) await route.continue();
  });
  await steps(page);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await close();
  assert.deepEqual(faults.filter((fault) => !expected.test(fault)), []);
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a year that is answered late does not cover the one chosen after it', () => task('/doc/group/isil', async (query) => {
  if (query.includes('= "2015"')) await later(1500);
}, async (page) => {
  await page.getByLabel('Year', { exact: true }).selectOption('2015');
  await page.getByLabel('Year', { exact: true }).selectOption('2016');
  await later(2500);
  const years = await page.locator('.sentences h3').allInnerTexts();
  assert.ok(years.length);
  assert.deepEqual(years.filter((name) => !name.includes('2016')), []);
}));

test('a page that was left while it loaded does not cover the next', () => task('/doc/S/RES/2388', async (query) => {
  if (query.includes('S/RES/2253')) await later(1200);
}, async (page) => {
  await page.getByRole('main').locator('a[href="/doc/S/RES/2253"]').first().click();
  await page.waitForURL(/S\/RES\/2253/);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'SPARQL' }).click();
  await page.getByRole('heading', { level: 1, name: 'SPARQL' }).waitFor();
  await later(600);
  assert.equal(await page.getByRole('heading', { level: 1, name: 'SPARQL' }).count(), 1);
}));

test('more is asked for once, and what goes wrong is said', () => {
  let asked = 0;
  let refuse = true;
  return task('/doc/S/RES/9003', async (query, route) => {
    if (!query.includes('?position >= 40')) return false;
    asked += query.startsWith('# Some paragraphs') ? 1 : 0;
    await later(300);
    if (refuse) await route.fulfill({ status: 400, body: 'not now' });
    return refuse;
  }, async (page) => {
    const more = page.getByRole('button', { name: 'Show more paragraphs' });
    const paragraphs = page.locator('.text .paragraph');
    const first = await paragraphs.count();
    await more.click();
    await page.getByRole('alert').getByText('not now').waitFor();
    assert.equal(await paragraphs.count(), first);
    refuse = false;
    await more.evaluate((button) => {
      button.click();
      button.click();
    });
    await page.waitForFunction((n) => document.querySelectorAll('.text .paragraph').length > n, first);
    await later(800);
    assert.equal(asked, 2);
    const names = await paragraphs.evaluateAll((all) => all.map((one) => one.id));
    assert.equal(new Set(names).size, names.length);
    assert.equal(await page.getByRole('alert').getByText('not now').isVisible(), false);
  }, /400/, long);
});

test('what is not resolved is counted by reason, and told when it is opened', () => task('/', () => false, async (page) => {
  const part = page.locator('#unresolved');
  await part.getByText('1 citation that nothing was guessed for').waitFor();
  await part.locator('summary').click();
  await part.getByText('1267 (1950)').first().waitFor();
}, /^$/, long));
