// Every page in both themes and on two screens: no fault that axe-core calls serious, no error, nothing from elsewhere.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { SIZES, THEMES, launch, open, picture, serve, shows } from './setup.mjs';

/** The address of each page, and what its heading says. */
const PAGES = {
  overview: ['/', /^United Nations documents, and what they rest on$/],
  search: ['/?q=trafficking', /trafficking/],
  document: ['/doc/S/RES/2388', /^S\/RES\/2388 \(2017\)/],
  wording: ['/doc/S/RES/2490', /^S\/RES\/2490 \(2019\)/],
  community: [null, /./],
  mandate: ['/doc/body/unitad', /^United Nations Investigative Team/],
  body: ['/doc/body/unodc', /^United Nations Office on Drugs and Crime/],
  source: [null, /2388/],
  network: ['/network?root=S/RES/2388&at=S/RES/2388', /^Around S\/RES\/2388 \(2017\)$/],
  named: ['/network?root=group/isil', /^Around Islamic State in Iraq and the Levant$/],
  years: ['/network?root=S/RES/2388&layout=time', /^Around S\/RES\/2388 \(2017\)$/],
  path: ['/network?from=S/RES/2388&to=S/RES/1267', /^From S\/RES\/2388 \(2017\) to S\/RES\/1267 \(1999\)$/],
  communities: ['/network?root=S/RES/2388&size=rank&colour=community', /^Around S\/RES\/2388 \(2017\)$/],
  query: ['/query', /^SPARQL$/],
};
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server;
let browser;

before(async () => {
  server = await serve();
  browser = await launch();
  const first = async (query) => {
    const answer = await fetch(`${server.origin}/sparql?${new URLSearchParams({ query })}`, { headers: { Accept: 'application/sparql-results+json' } });
    return (await answer.json()).results.bindings[0]?.this.value;
  };
  PAGES.source[0] = new URL(await first('SELECT ?this { ?this rg:path ?path FILTER(CONTAINS(?path, "2388")) } LIMIT 1')).pathname.replace(/^.*\/source\//, '/source/');
  // On a graph without analyses the page says that there is nothing.
  PAGES.community[0] = (await first('SELECT ?this { ?this a rg:Community } ORDER BY ?this LIMIT 1') ?? 'id/community/none').replace(/^.*id\//, '/doc/');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const [name, place] of Object.entries(PAGES)) {
  for (const theme of THEMES) {
    for (const [screen, size] of Object.entries(SIZES)) {
      test(`${name}, ${theme}, ${screen}`, async () => {
        const { page, faults, close } = await open(browser, server.origin, place[0], { theme, size });
        await page.waitForTimeout(['network', 'named', 'path', 'communities'].includes(name) ? 3500 : 300);
        await shows(page, place[1]);
        await picture(page, `${name}-${theme}-${screen}`);
        // A page that is wider than the screen has to be pushed about to be read.
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `the page is ${over} pixels wider than the screen`);
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        const told = grave.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 5).map((node) => `  ${node.target.join(' ')}: ${node.failureSummary}`).join('\n')}`);
        await close();
        assert.deepEqual(told, []);
        assert.deepEqual(faults, []);
      });
    }
  }
}
