// How smoothly a large network moves: frames a second while it is panned and zoomed, on a graph made for it.
//
//     RESOGRAPH=... RESOGRAPH_GRAPH=... node speed.mjs [THINGS] [LINKS]
//
// The page is the program's own. Its queries are answered here, with a graph that has few things which many
// cite and many that few do, as citations have.

import { launch, serve } from './setup.mjs';

const [things, links] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 100_000)];
const SECONDS = 4;
const CLASSES = ['https://w3id.org/un/ontology/undo/Resolution', 'https://w3id.org/un/ontology/undo/OfficialStatement', 'https://w3id.org/resograph/ontology#Instrument'];

const id = (n) => `https://w3id.org/resograph/id/S/RES/${n + 1}`;
const graph = make();

/** Later things cite earlier ones, the more likely the more often they are cited already. */
function make() {
  let seed = 1;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const out = Array.from({ length: things }, () => new Set());
  const ends = [0];
  for (let made = 0, tries = 0; made < links && tries < links * 20; tries += 1) {
    const from = 1 + Math.floor(random() * (things - 1));
    const to = random() < 0.5 ? ends[Math.floor(random() * ends.length)] : Math.floor(random() * from);
    if (to >= from || out[from].has(to)) continue;
    out[from].add(to);
    ends.push(to);
    made += 1;
  }
  const cited = new Array(things).fill(0);
  for (const list of out) for (const to of list) cited[to] += 1;
  return { out, cited };
}

function answer(query) {
  const iri = (value) => ({ type: 'uri', value });
  const text = (value) => ({ type: 'literal', value: String(value) });
  const asked = [...query.matchAll(/<[^>]*\/id\/S\/RES\/(\d+)>/g)].map(([, n]) => Number(n) - 1);
  let bindings = [];
  if (query.startsWith('# The most cited')) {
    bindings = graph.cited.map((n, at) => [n, at]).sort(([a], [b]) => b - a).map(([n, at]) => ({ this: iri(id(at)), cited: text(n) }));
  } else if (query.startsWith('# How often')) bindings = asked.map((n) => ({ this: iri(id(n)), cited: text(graph.cited[n]) }));
  else if (query.startsWith('# The links from')) {
    const uses = ['cites', 'confirms', 'citesAsAuthority', 'amends'];
    bindings = asked.flatMap((n) => [...graph.out[n]].map((to) => ({ from: iri(id(n)), use: iri(`x#${uses[(n + to) % 4]}`), to: iri(id(to)) })));
  } else if (query.startsWith('# What things are')) {
    const row = (n, property, value) => ({ this: iri(id(n)), property: iri(property), value });
    bindings = asked.flatMap((n) => [row(n, 'x#type', iri(CLASSES[n % 3])), row(n, 'x#label', text(`S/RES/${n + 1}`)), row(n, 'x#year', text(1946 + Math.floor((n / things) * 75)))]);
  }
  return JSON.stringify({ head: { vars: [] }, results: { bindings } });
}

/** Frames while `move` is under way, as the browser itself counts them. */
async function frames(page, move) {
  await page.evaluate(() => {
    globalThis.times = [];
    const tick = (now) => {
      globalThis.times.push(now);
      globalThis.frame = requestAnimationFrame(tick);
    };
    globalThis.frame = requestAnimationFrame(tick);
  });
  await move();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.frame);
    return globalThis.times;
  });
  const gaps = times.slice(1).map((time, n) => time - times[n]).sort((a, b) => a - b);
  const span = times[times.length - 1] - times[0];
  const at = (share) => Math.round(gaps[Math.floor(gaps.length * share)] ?? 0);
  return `${((gaps.length * 1000) / span).toFixed(1)} frames a second, half within ${at(0.5)} ms, 95 % within ${at(0.95)} ms, the longest ${at(0.9999)} ms`;
}

// A server that runs already, a development server too, may be named instead.
const server = process.env.ORIGIN ? { origin: process.env.ORIGIN, stop: () => {} } : await serve();
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.on('pageerror', (error) => console.error(error));
await page.route('**/sparql', async (route) => route.fulfill({ contentType: 'application/sparql-results+json', body: answer(route.request().postData()) }));

for (const layout of ['force', 'time']) {
  const started = Date.now();
  await page.goto(`${server.origin}/network?most=${things}&layout=${layout}`);
  await page.waitForFunction(() => /links/.test(document.querySelector('.network > p.count[role=status]')?.textContent ?? ''), null, { timeout: 120_000 });
  const renderer = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    return gl?.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  });
  console.log(`${layout}: ${await page.locator('.network > p.count[role=status]').innerText()}, there after ${Date.now() - started} ms, drawn by ${renderer}`);
  if (layout === 'force') console.log(`  while it is laid out: ${await frames(page, () => page.waitForTimeout(SECONDS * 1000))}`);
  await page.waitForTimeout(layout === 'force' ? 14_000 : 3000);
  console.log(`  at rest: ${await frames(page, () => page.waitForTimeout(2000))}`);
  const box = await page.locator('.canvas').boundingBox();
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  console.log(`  panned: ${await frames(page, async () => {
    await page.mouse.move(centre.x, centre.y);
    await page.mouse.down();
    const end = Date.now() + SECONDS * 1000;
    for (let n = 0; Date.now() < end; n += 1) {
      await page.mouse.move(centre.x + 220 * Math.sin(n / 25), centre.y + 140 * Math.cos(n / 18));
      await page.waitForTimeout(8);
    }
    await page.mouse.up();
  })}`);
  console.log(`  zoomed: ${await frames(page, async () => {
    const end = Date.now() + SECONDS * 1000;
    for (let n = 0; Date.now() < end; n += 1) {
      await page.mouse.wheel(0, n % 24 < 12 ? -120 : 120);
      await page.waitForTimeout(60);
    }
  })}`);
}
await browser.close();
await server.stop();
