// What readers come for, by mouse.

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

async function task(path, steps, more) {
  const { page, faults, close } = await open(browser, server.origin, path, more);
  page.setDefaultTimeout(15_000);
  await steps(page);
  await close();
  assert.deepEqual(faults, []);
}

test('the search box suggests, and a suggestion opens its document', () => task('/', async (page) => {
  const box = page.getByRole('combobox', { name: /Symbol/ });
  await box.click();
  await box.pressSequentially('2388');
  await page.getByRole('option', { name: /S\/RES\/2388/ }).click();
  await page.getByRole('heading', { level: 1, name: 'S/RES/2388 (2017)' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/doc/S/RES/2388');
}));

test('a search finds documents and leads to one', () => task('/', async (page) => {
  await page.getByRole('combobox', { name: /Symbol/ }).fill('2253');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL(/\?q=2253/);
  await page.getByRole('main').getByRole('link', { name: 'S/RES/2253 (2015)' }).first().click();
  await page.getByRole('heading', { level: 1, name: /S\/RES\/2253/ }).waitFor();
}));

test('words of the text open their evidence', () => task('/doc/S/RES/2388', async (page) => {
  const mention = page.getByRole('main').getByText('S/PRST/2015/25', { exact: true }).first();
  await mention.click();
  const card = page.getByRole('dialog');
  await card.waitFor();
  assert.match(await card.innerText(), /S\/PRST\/2015\/25/);
  assert.match(await card.innerText(), /recall/i);
}));

test('a document leads to its network, which is expanded', () => task('/doc/S/RES/2388', async (page) => {
  await page.getByRole('link', { name: 'Show in network' }).first().click();
  await page.waitForURL(/\/network\?root=S\/RES\/2388/);
  await settled(page);
  const status = page.locator('.network > p.count[role=status]');
  const before_ = Number.parseInt(await status.innerText(), 10);
  await page.getByRole('table').getByRole('button', { name: 'S/RES/2253 (2015)' }).click();
  const side = page.getByRole('complementary', { name: 'What is chosen' });
  await side.getByRole('heading', { name: 'S/RES/2253 (2015)' }).waitFor();
  await side.getByRole('button', { name: 'Expand' }).click();
  await page.waitForFunction((n) => Number.parseInt(document.querySelector('.network > p.count[role=status]').innerText, 10) > n, before_);
  assert.match(page.url(), /expand=S\/RES\/2253/);
  await side.getByText('Sentences').first().click();
  await side.locator('blockquote').first().waitFor();
}));

test('a filter leaves what was asked for', () => task('/network?root=S/RES/2388', async (page) => {
  await page.getByText('Filters', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Resolution' }).uncheck();
  await page.waitForURL(/kind=/);
  await settled(page);
  const kinds = await page.locator('.list tbody td:nth-child(2)').allInnerTexts();
  // The document that the network is of stays, whatever its kind.
  assert.equal(kinds.filter((kind) => kind.trim() === 'Resolution').length, 1);
}));

test('a path shows its steps with their sentences', () => task('/network', async (page) => {
  await page.locator('#path-from').fill('S/RES/2388');
  await page.locator('#path-to').fill('S/RES/1267');
  await page.getByRole('button', { name: 'Find the path' }).click();
  const steps = page.locator('ol.path > li');
  await steps.first().waitFor();
  await steps.first().locator('blockquote').first().waitFor();
}));

test('a saved query is run, and its address asks it again', async () => {
  let link = '';
  await task('/query', async (page) => {
    await page.getByRole('button', { name: 'How documents use each other' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('.yasr tbody tr').first().waitFor();
    await page.waitForURL(/query=/);
    link = page.url();
  });
  await task(link.slice(server.origin.length), async (page) => {
    await page.locator('.yasr tbody tr', { hasText: 'citesForInformation' }).first().waitFor();
  });
});

test('a permalink shows the same again', async () => {
  let link = '';
  let told = '';
  const status = '.network > p.count[role=status]';
  await task('/network?root=S/RES/2388', async (page) => {
    await page.getByLabel('Layout').selectOption('time');
    await page.getByLabel('Follow').selectOption('cites');
    await page.waitForURL(/way=cites/);
    await settled(page);
    await page.getByRole('table').getByRole('button', { name: 'S/RES/1267 (1999)' }).click();
    link = page.url();
    told = await page.locator(status).innerText();
  });
  await task(link.slice(server.origin.length), async (page) => {
    assert.equal(await page.locator(status).innerText(), told);
    assert.equal(await page.getByLabel('Layout').inputValue(), 'time');
    await page.getByRole('complementary', { name: 'What is chosen' }).getByRole('heading', { name: 'S/RES/1267 (1999)' }).waitFor();
  });
});

test('back and forward lead through what was seen', () => task('/', async (page) => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Network' }).click();
  await page.getByRole('heading', { level: 1, name: /most cited/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: /what they rest on/ }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: /most cited/ }).waitFor();
}));

for (const format of ['PNG', 'SVG', 'DOT']) {
  test(`the drawing is downloaded as ${format}`, () => task('/network?root=S/RES/2388', async (page) => {
    await page.waitForTimeout(3500);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Download as ${format}` }).click()]);
    const chunks = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    assert.equal(file.suggestedFilename(), `S-RES-2388.${format.toLowerCase()}`);
    if (format === 'PNG') assert.deepEqual([...content.subarray(1, 4)], [...Buffer.from('PNG')]);
    else assert.match(content.toString(), format === 'SVG' ? /^<svg [\s\S]*S\/RES\/2388 \(2017\)[\s\S]*<\/svg>\s*$/ : /^digraph [\s\S]*->[\s\S]*}\s*$/);
  }));
}

test('without WebGL there is a still picture', () => task('/network?root=S/RES/2388', async (page) => {
  await page.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; });
  await page.reload();
  await settled(page);
  await page.locator('.canvas > svg').waitFor();
}));

test('a year of the chart leads to the network of that year', () => task('/', async (page) => {
  await page.getByRole('link', { name: /^2017: / }).click();
  await page.waitForURL(/\/network\?years=2017-2017/);
}));
