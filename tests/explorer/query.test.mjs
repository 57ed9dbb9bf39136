// SPARQL in the explorer: what is asked by address, by example and by hand, and what its answers lead to.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, serve } from './setup.mjs';

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

async function task(path, steps, expected = []) {
  const { page, faults, close } = await open(browser, server.origin, path);
  page.setDefaultTimeout(15_000);
  await page.locator('.tabPanel.active .CodeMirror').waitFor();
  await steps(page);
  await close();
  // A browser tells of a refused query on its console; of nothing else.
  assert.deepEqual(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))), []);
}

/** Replaces what the editor holds, as somebody does who types. */
async function write(page, query) {
  await page.locator('.tabPanel.active .yasqe .CodeMirror').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(query);
}

const results = (page) => page.locator('.tabPanel.active .results-table');

test('an address with a query shows its answer, and leads to a document', () =>
  task(`/query?${new URLSearchParams({ query: 'SELECT ?cited { <https://w3id.org/resograph/id/S/RES/2388> eli:cites ?cited } ORDER BY ?cited' })}`, async (page) => {
    await results(page).getByRole('link', { name: 'S/RES/2331' }).click();
    await page.getByRole('heading', { level: 1, name: 'S/RES/2331 (2016)' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/doc/S/RES/2331');
  }));

test('an example says what it answers, and the address keeps what was run', () => task('/query', async (page) => {
  await page.getByRole('button', { name: 'The most cited resolutions' }).click();
  await results(page).getByText('S/RES/1267 (1999)').first().waitFor();
  const query = new URL(page.url()).searchParams.get('query');
  assert.match(query, /^# The most cited resolutions/);
}));

test('columns sort', () => task(`/query?${new URLSearchParams({ query: 'SELECT ?n { VALUES ?n { 10 9 100 } }' })}`, async (page) => {
  const column = () => results(page).locator('tbody td').allTextContents();
  const head = results(page).getByRole('columnheader', { name: 'n' });
  await head.getByRole('button').click();
  assert.deepEqual(await column(), ['9', '10', '100']);
  await head.getByRole('button').click();
  assert.deepEqual(await column(), ['100', '10', '9']);
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
}));

test('classes are completed from the graph, with their prefix declared', () => task('/query', async (page) => {
  await write(page, 'SELECT * { ?work a undo:Reso');
  await page.locator('.CodeMirror-hint', { hasText: 'undo:Resolution' }).click();
  const text = await page.locator('.tabPanel.active .yasqe .CodeMirror-code').innerText();
  assert.match(text, /PREFIX undo:/);
  assert.match(text, /undo:Resolution/);
}));

test('a refusal is told in words', () => task('/query', async (page) => {
  await write(page, 'SELECT nonsense');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const alert = page.locator('.tabPanel.active').getByRole('alert');
  assert.match(await alert.innerText(), /not valid SPARQL/);
}, [/400/]));

test('what an answer holds is text', () =>
  task(`/query?${new URLSearchParams({ query: 'SELECT ("<img src=x onerror=alert(1)><script>document.title=1</script>" AS ?x) {}' })}`, async (page) => {
    await results(page).getByText('<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await results(page).locator('img, script').count(), 0);
  }));
