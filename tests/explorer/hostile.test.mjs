// A document that would be a program, if anything of it were read as HTML.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, resograph, serve, shows } from './setup.mjs';

const EVIL = '<script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'">';
const TEXT = `United Nations S/RES/9001 (2019)

Security Council Distr.: General 3 June 2019

Resolution 9001 (2019)

Adopted by the Security Council at its 8001st meeting, on 3 June 2019

The Security Council,

Recalling its resolution 1267 (1999) ${EVIL} and resolution 2388 (2017),

1. Decides ${EVIL} to remain seized of the matter pursuant to resolution 1373 (2001) ${EVIL}.
`;

let folder;
let server;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resograph-'));
  writeFileSync(join(folder, 'S_RES_9001.txt'), TEXT);
  writeFileSync(join(folder, 'S_RES_9002 <b>.txt'), TEXT.replaceAll('9001', '9002'));
  execFileSync(resograph, ['build', folder, '--quiet', '--text', '-o', join(folder, 'graph')]);
  server = await serve(join(folder, 'graph'));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const ANSWER = { headers: { Accept: 'application/sparql-results+json' } };
const found = async (query) => {
  const answer = await fetch(`${server.origin}/sparql?${new URLSearchParams({ query })}`, ANSWER);
  return (await answer.json()).results.bindings;
};

/** The addresses of the pages, and what their headings say. */
const PATHS = [
  ['/', /^United Nations documents, and what they rest on$/], ['/?q=seized', /seized/], ['/?q=%3Cscript%3E', /<script>/],
  ['/doc/S/RES/9001', /^S\/RES\/9001 \(2019\)/], ['/doc/S/RES/9002', /^S\/RES\/9002 \(2019\)/],
  ['/network?root=S/RES/9001&at=S/RES/9001', /^Around S\/RES\/9001 \(2019\)$/],
  ['/network?from=S/RES/9001&to=S/RES/1373', /^From S\/RES\/9001 \(2019\) to S\/RES\/1373 \(2001\)$/],
  ['/network?root=%3Cscript%3Edocument.title%3D%22taken%22%3C/script%3E', /^Around <script>/],
];

for (const [path, heading] of PATHS) test(`${path} shows it as text`, () => harmless(path, heading));

test('the page of a file whose name is HTML shows it as text', async () => {
  const [row] = await found('SELECT ?source { ?source rg:path ?path FILTER(CONTAINS(?path, "<b>")) } LIMIT 1');
  assert.ok(row, 'the graph has the file');
  const path = new URL(row.source.value).pathname.replace(/^.*\/source\//, '/source/');
  await harmless(path, /9002 <b>/);
});

async function harmless(path, heading) {
  const { page, faults, close } = await open(browser, server.origin, path);
  await shows(page, heading);
  for (const summary of await page.locator('summary').all()) await summary.click({ timeout: 2000 }).catch(() => {});
  await page.waitForTimeout(500);
  assert.notEqual(await page.title(), 'taken');
  assert.equal(await page.locator('main script, main img').count(), 0);
  if (path.startsWith('/doc/')) assert.match(await page.getByRole('main').innerText(), /<script>document\.title="taken"<\/script>/);
  await close();
  assert.deepEqual(faults.filter((fault) => !fault.includes('404') && !fault.includes('400')), []);
}
