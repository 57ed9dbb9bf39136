// What analyses say, as it is told: standing, communities, similar documents, mandates, examples. All of it is made up.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, load;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  load = (path) => server.ssrLoadModule(path);
});
after(() => server.close());

for (const [count, said] of [[1, '1st'], [2, '2nd'], [3, '3rd'], [4, '4th'], [11, '11th'], [12, '12th'], [113, '113th'], [1021, '1,021st']]) {
  test(`${count} as a place`, async () => assert.equal((await load('/src/fragments.ts')).ordinal(count), said));
}

test('communities are called by what they are about', async () => {
  const { communityName, communityShort } = await load('/src/community/name.ts');
  assert.deepEqual(communityName('lakes, fishing, harbours (around S/RES/9001 (2019))'), { about: 'Lakes, fishing, harbours', around: 'S/RES/9001 (2019)' });
  assert.deepEqual(communityName('Lakes'), { about: 'Lakes', around: null });
  assert.equal(communityName('(around S/RES/9001 (2019))').about, 'Around S/RES/9001 (2019)');
  assert.equal(communityShort('lakes, fishing, harbours (around S/RES/9001 (2019))'), 'Lakes, fishing');
});

const row = (predicate, document, date, until, paragraph = `${document}#op1`) => ({
  predicate: `https://x/ontology#${predicate}`, document, name: document, date, ...(until && { until }), paragraph, sentence: `${document} decides`,
});

test('a mandate is told in the order of its dates, and gaps are found', async () => {
  const { lineage } = await load('/src/thing/lineage.ts');
  const steps = lineage([
    row('extendsMandateOf', 'R3', '2003-06-01', '2004-01-01'),
    row('establishes', 'R1', '2001-01-01'),
    row('extendsMandateOf', 'R2', '2002-01-01', '2003-01-01'),
    row('terminates', 'R4', '2003-12-20'),
  ]);
  assert.deepEqual(steps.map(({ document, act, until, gap }) => [document, act, until, gap]), [
    ['R1', 'establishes', null, null], ['R2', 'extendsMandateOf', '2003-01-01', null],
    ['R3', 'extendsMandateOf', '2004-01-01', '2003-01-01'], ['R4', 'terminates', null, null],
  ]);
});

test('a renewal of the day after leaves no gap, and none is told after one that names no day', async () => {
  const { lineage } = await load('/src/thing/lineage.ts');
  const steps = lineage([
    row('extendsMandateOf', 'R1', '2001-01-01', '2001-06-30'), row('extendsMandateOf', 'R2', '2001-07-01'), row('extendsMandateOf', 'R3', '2005-01-01', '2006-01-01'),
  ]);
  assert.deepEqual(steps.map(({ gap }) => gap), [null, null, null]);
});

test('what a document says itself goes before what others recall of it', async () => {
  const { lineage } = await load('/src/thing/lineage.ts');
  const [step, ...more] = lineage([row('extendsMandateOf', 'R1', '2001-01-01', '2009-01-01', 'R7#pp2'), row('extendsMandateOf', 'R1', '2001-01-01', '2002-01-01')]);
  assert.deepEqual([step.until, step.paragraph, more.length], ['2002-01-01', 'R1#op1', 0]);
});

test('that others recall who established it counts where it is not known otherwise, and hides no gap', async () => {
  const { lineage } = await load('/src/thing/lineage.ts');
  const told = (...rows) => lineage(rows).map(({ document, act, until, gap }) => [document, act, until, gap]);
  const extensions = [row('extendsMandateOf', 'R2', '2001-01-01', '2002-01-01'), row('extendsMandateOf', 'R4', '2004-01-01', '2005-01-01')];
  const extended = [['R2', 'extendsMandateOf', '2002-01-01', null], ['R4', 'extendsMandateOf', '2005-01-01', '2002-01-01']];
  const other = [row('establishes', 'R3', '2003-01-01', '2009-01-01', 'R7#pp2'), row('establishes', 'R3', '2003-01-01', '2008-01-01', 'R8#pp1')];
  assert.deepEqual(told(...extensions, ...other), [extended[0], ['R3', 'establishes', null, null], extended[1]]);
  assert.deepEqual(told(...extensions, ...other, row('establishes', 'R1', '2000-01-01')), [['R1', 'establishes', null, null], ...extended]);
  const { paragraph, sentence, ...known } = row('establishes', 'R1', '2000-01-01');
  const [first, ...rest] = lineage([...other, row('establishes', 'R1', '2000-01-01', '2001-01-01', 'R7#pp1'), known]);
  assert.deepEqual([first.document, first.until, first.paragraph, rest.length], ['R1', null, 'R7#pp1', 0]);
});

test('the examples stand in groups, what is in none comes last, and words narrow them', async () => {
  const { groups, matches } = await load('/src/query/examples.ts');
  const example = (name, title) => ({ name, title, about: '', query: `# ${title}` });
  const all = [example('lake-levels', 'How high the lakes stood'), example('votes', 'Votes'), example('cited-by', 'Who cites what')];
  assert.deepEqual(groups(all).map(([title, list]) => [title, list.map((one) => one.name)]), [
    ['What cites what', ['cited-by']], ['Votes and drafts', ['votes']], ['More', ['lake-levels']]]);
  assert.deepEqual(all.filter((one) => matches(one, 'LAKES high')).map((one) => one.name), ['lake-levels']);
});

test('the colours of a network go to the communities with most things', async () => {
  const { communities, analysed } = await load('/src/network/model.ts');
  const things = new Map(['a', 'b', 'b', 'c', 'c', 'c', null].map((community, n) => [`t${n}`, { iri: `t${n}`, community, rank: null }]));
  assert.deepEqual(communities({ things, links: [], left: 0 }), ['c', 'b', 'a']);
  assert.equal(analysed({ things, links: [], left: 0 }), false);
});

test('sizes tell what is asked for', async () => {
  const { sizes } = await load('/src/network/model.ts');
  const thing = (iri, cited, rank) => [iri, { iri, cited, rank, between: null, root: false }];
  const network = { things: new Map([thing('a', 100, 0.001), thing('b', 1, 0.01)]), links: [], left: 0 };
  assert.ok(sizes(network).get('a') > sizes(network).get('b'));
  assert.ok(sizes(network, 'rank').get('b') > sizes(network, 'rank').get('a'));
  assert.equal(sizes(network, 'between').get('a'), sizes(network, 'between').get('b'));
});
