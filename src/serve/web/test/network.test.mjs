// What a network is made of, where it stands by year, and how its address says it. The symbols are made up.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, model, view, layout;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  model = await server.ssrLoadModule('/src/network/model.ts');
  view = await server.ssrLoadModule('/src/network/view.ts');
  layout = await server.ssrLoadModule('/src/network/layout.ts');
});
after(() => server.close());

for (const [symbol, year] of [
  ['S/RES/9001 (2019)', 2019], ['S/PRST/2015/99', 2015], ['S/2017/9999', 2017], ['A/RES/74/999', 2019], ['A/RES/999 A (III)', 1948],
  ['A/RES/999 (XIV)', 1959], ['E/RES/2017/99', 2017], ['A/HRC/RES/20/99', null], ['Treaty of the Blue Lakes', null],
]) {
  test(`the year of ${symbol}`, () => assert.equal(model.yearOfSymbol(symbol), year));
}

for (const address of [
  '/network', '/network?root=S/RES/9001&root=body/lake-panel&statements=1', '/network?root=S/RES/9001&depth=2&way=cites&most=400&expand=A/RES/74/999',
  '/network?root=S/RES/9001&relation=confirms,amends&kind=resolution&years=1990-2000&layout=time&at=A/RES/999%20A%20(III)', '/network?from=S/RES/9001&to=S/RES/9002&years=-1999',
  '/network?root=body/lake-panel&statements=0', '/network?root=S/RES/9001&size=rank&colour=community', '/network?root=S/RES/9001&statements=1',
]) {
  test(`${address} says all that is shown`, () => assert.equal(view.writeView(view.readView(new URL(address, 'http://x').searchParams)), address));
}

test('what is said of a body is shown around it until it is turned off', () => {
  const read = (text) => view.readView(new URLSearchParams(text));
  assert.deepEqual([read('root=body/lake-panel').statements, read('root=body/lake-panel&statements=0').statements, read('root=S/RES/9001').statements], [true, false, false]);
  assert.equal(read(view.writeView({ ...read('root=body/lake-panel'), statements: false }).split('?')[1]).statements, false);
});

test('an address that says nonsense shows the usual', () => {
  const read = view.readView(new URLSearchParams('depth=99&most=-5&way=sideways&layout=circle&kind=unicorn&years=then-now'));
  assert.deepEqual([read.depth, read.most, read.way, read.layout, read.kinds, read.years], [3, 10, 'both', 'force', [], [null, null]]);
});

function network(years, links) {
  const things = new Map(years.map((year, n) => [`t${n}`, { iri: `t${n}`, label: `t${n}`, title: null, kind: 'resolution', year, cited: n, depth: n, root: n === 0 }]));
  return { things, links: links.map(([from, to]) => ({ from: `t${from}`, to: `t${to}`, uses: ['cites'] })), left: 0 };
}

test('years stand in their order, what has none before them, and nothing outside the box', () => {
  const many = Array.from({ length: 60 }, () => 2005);
  const { positions, years, box } = layout.time(network([2010, 1990, null, ...many], [[0, 1], [1, 2]]), 1.5);
  assert.ok(positions.get('t2').x < positions.get('t1').x && positions.get('t1').x < positions.get('t3').x && positions.get('t3').x < positions.get('t0').x);
  assert.deepEqual([...years.at.keys()], Array.from({ length: 21 }, (_, n) => 1990 + n));
  for (const { x, y } of positions.values()) assert.ok(x >= 0 && x <= box.x && y >= 0 && y <= box.y, `${x}, ${y}`);
  assert.equal(new Set([...positions.values()].map(({ x, y }) => `${x} ${y}`)).size, positions.size);
});

test('a network of nothing has no place for anything', () => {
  const { positions, box } = layout.time(network([], []), 1.5);
  assert.equal(positions.size, 0);
  assert.ok(Number.isFinite(box.x) && Number.isFinite(box.y));
});

test('the rarest use tells the colour', () => {
  assert.equal(model.familyOf(['citesForInformation', 'amends', 'confirms']), 'change');
  assert.equal(model.familyOf([]), 'mention');
});

test('a pair has one link, whatever it was found by', () => {
  const links = [
    { from: 'a', to: 'group', uses: ['condemns'] }, { from: 'b', to: 'group', uses: ['mentions'] },
    { from: 'a', to: 'group', uses: ['mentions'] }, { from: 'a', to: 'group', uses: ['condemns', 'addresses'] },
    { from: 'group', to: 'a', uses: ['mentions'] }, { from: 'a', to: 'b', uses: ['cites'] }, { from: 'a', to: 'b', uses: ['confirms'] },
  ];
  assert.deepEqual(model.joined(links), [
    { from: 'a', to: 'group', uses: ['condemns', 'addresses'] }, { from: 'b', to: 'group', uses: ['mentions'] },
    { from: 'group', to: 'a', uses: ['mentions'] }, { from: 'a', to: 'b', uses: ['confirms'] },
  ]);
  // What is kept of an answer is not changed by it.
  assert.deepEqual(links[0].uses, ['condemns']);
});

test('files of a drawing hold any label', async () => {
  // What draws reads them when it is loaded.
  globalThis.WebGL2RenderingContext = globalThis.WebGLRenderingContext = {};
  const { toDot, toSvg } = await server.ssrLoadModule('/src/network/export.ts');
  const label = 'Lakes & "rivers" &lt;\u0007\u000b\ud800\\ 🌊';
  const thing = { iri: 'https://x/id/L&L', label, title: null, kind: 'resolution', year: null, cited: 1, rank: null, between: null, community: null, root: true };
  const network = { things: new Map([[thing.iri, thing]]), links: [], left: 0 };
  const palette = { kind: {}, family: {}, community: [] };
  const look = { size: 'cited', colour: 'kind' };
  const dot = toDot(network, palette, label, look);
  assert.ok(dot.includes('  "https://x/id/L&L" [label="Lakes &amp; \\"rivers\\" &amp;lt; \\\\ 🌊"'), dot);
  assert.ok(dot.includes('URL="https://x/id/L&amp;L"'), dot);
  const svg = toSvg(network, new Map([[thing.iri, { x: 0, y: 0 }]]), palette, null, label, look, new Map());
  assert.ok(svg.includes('<title>Lakes &amp; &quot;rivers&quot; &amp;lt;\\ 🌊</title>'), svg);
});
