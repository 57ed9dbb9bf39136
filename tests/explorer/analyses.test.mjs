// What analyses found, as readers meet it; and that nothing of it shows where a graph was built without them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, resograph, serve, settled, tabTo } from './setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
let server;
let plain;
let browser;

before(async () => {
  const built = spawnSync(resograph, ['build', join(process.env.RESOGRAPH_GRAPH, 'samples'), '--output', join(folder, 'graph'), '--quiet'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  [server, plain, browser] = await Promise.all([serve(), serve(join(folder, 'graph')), launch()]);
});
after(async () => {
  await browser?.close();
  await Promise.all([server?.stop(), plain?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function task(path, steps, from = () => server) {
  const { page, faults, close } = await open(browser, from().origin, path);
  page.setDefaultTimeout(15_000);
  await steps(page);
  await close();
  assert.deepEqual(faults, []);
}

test('how a document stands, and the documents of its community', () => task('/doc/S/RES/2253', async (page) => {
  const standing = page.getByRole('region', { name: 'Standing' });
  assert.match(await standing.innerText(), /by \d+ document[^]*PageRank\s+\d+(st|nd|rd|th) of \d+/);
  await standing.getByRole('link').click();
  await page.waitForURL(/\/doc\/community\//);
  await settled(page);
  const documents = page.getByRole('region', { name: /Documents/ });
  const times = (await documents.locator('li .count').allInnerTexts()).map((text) => Number.parseInt(text.replace(/\D+/, ''), 10) || 0);
  assert.ok(times.length > 1, 'a community of one');
  assert.deepEqual(times, [...times].sort((a, b) => b - a));
  await documents.getByRole('link').first().waitFor();
}));

test('wording that was used before opens what changed', () => task('/doc/S/RES/2490', async (page) => {
  await page.getByRole('button', { name: /^Wording of preambular paragraph 2: from S\/RES\/2379, 95 %/ }).click();
  const card = page.getByRole('dialog');
  await card.locator('.changes').waitFor();
  assert.match(await card.innerText(), /From S\/RES\/2379 \(2017\), pp2/);
  assert.ok((await card.locator('.changes :is(ins, del)').count()) > 0, 'no change is marked');
  // What is there now is what is the same and what is new.
  const now = await page.locator('#pp2 > p').innerText();
  const read = await card.locator('.changes').evaluate((element) => {
    const copy = element.cloneNode(true);
    for (const gone of copy.querySelectorAll('del')) gone.remove();
    return copy.textContent;
  });
  assert.equal(read.replace(/\s+/g, ''), now.replace(/\s+/g, ''));
  const beside = await card.getByRole('link', { name: 'Compare the documents' }).getAttribute('href');
  assert.equal(beside, '/diff?a=S/RES/2379&b=S/RES/2490');
  assert.equal((await page.request.get(beside)).status(), 200);
}));

test('wording by keyboard: where it was first used, where later, and back', () => task('/doc/S/RES/2253', async (page) => {
  await tabTo(page, /^button Wording of operative paragraph 7/, 400);
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog');
  await card.getByText('Nothing changed').waitFor();
  assert.match(await card.innerText(), /First used in S\/RES\/1267 \(1999\), op6[^]*Later used in \d+ document/);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement?.textContent), /^Wording of operative paragraph 7/);
}));

test('similar documents say why', () => task('/doc/S/RES/2490', async (page) => {
  const similar = page.getByRole('region', { name: 'Similar' });
  const line = similar.getByRole('listitem').filter({ hasText: 'S/RES/2379' }).first();
  assert.match(await line.innerText(), /paragraphs? of shared wording/);
  await line.getByRole('button').click();
  await line.getByText('Wording, here and there').waitFor();
}));

test('the mandate of a body, with its sentences', () => task('/doc/body/unitad', async (page) => {
  const mandate = page.getByRole('region', { name: /Mandate/ });
  const steps = await mandate.getByRole('listitem').allInnerTexts();
  assert.match(steps[0], /Established by S\/RES\/2379 \(2017\)/);
  assert.match(steps.at(-1), /Extended by S\/RES\/2490 \(2019\)/);
  await mandate.getByRole('button', { name: /S\/RES\/2490/ }).click();
  await mandate.locator('blockquote').first().waitFor();
}));

test('a network in sizes and colours of analyses, as its address says', () => task('/network?root=S/RES/2388', async (page) => {
  await page.getByLabel('Colour').selectOption('community');
  await page.getByLabel('Size').selectOption('rank');
  await page.waitForURL(/size=rank&colour=community/);
  const legend = page.getByRole('list', { name: 'Legend' });
  await legend.getByText('the larger, the higher its PageRank').waitFor();
  await legend.getByRole('link').first().waitFor();
  // The list tells what the drawing tells.
  await page.getByRole('columnheader', { name: 'PageRank, ‰' }).getByRole('button').click();
  const at = (await page.locator('.list thead th').allInnerTexts()).findIndex((text) => text.startsWith('PageRank')) + 1;
  const ranks = (await page.locator(`.list tbody td:nth-child(${at})`).allInnerTexts()).map(Number);
  assert.ok(ranks[0] > 0);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => b - a));
  await page.getByRole('columnheader', { name: 'Community' }).waitFor();
}));

test('the overview leads to the influential and to communities', () => task('/', async (page) => {
  await page.getByRole('region', { name: 'Most influential' }).getByRole('listitem').first().waitFor();
  await page.getByRole('region', { name: /Communities/ }).getByRole('link').first().click();
  await page.waitForURL(/\/doc\/community\//);
}));

test('words narrow the saved queries', () => task('/query', async (page) => {
  const examples = page.getByRole('complementary', { name: 'Examples' });
  const all = await examples.getByRole('button').count();
  await examples.getByRole('searchbox').fill('wording');
  const some = await examples.getByRole('button').count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
}));

for (const [path, absent] of [
  ['/', ['#influential', '#communities']], ['/doc/S/RES/2490', ['.standing', 'button.wording']],
]) {
  test(`nothing of it at ${path} without analyses`, () => task(path, async (page) => {
    for (const selector of absent) assert.equal(await page.locator(selector).count(), 0, selector);
  }, () => plain));
}

test('without analyses, similar documents are counted as before', () => task('/doc/S/RES/2253', async (page) => {
  await page.getByRole('region', { name: 'Similar' }).getByText(/Bibliographic coupling|Co-citation/).first().waitFor();
}, () => plain));

test('without analyses, a network has its usual sizes and colours, whatever is asked for', () => task('/network?root=S/RES/2388&size=rank&colour=community', async (page) => {
  await page.getByText('the larger, the more often cited').waitFor();
  assert.equal(await page.getByLabel('Colour').isVisible(), false);
}, () => plain));
