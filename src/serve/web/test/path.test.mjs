// The path between two documents, where there is one, where there is none, and where that cannot be told.
// The graph is made up: what is asked for is answered from a function.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { createServer } from 'vite';

let server, path, query, asked;
const fetched = globalThis.fetch;
/** What each document cites and what cites it, by its name. */
let cites, citing;

before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  path = await server.ssrLoadModule('/src/network/path.ts');
  query = await server.ssrLoadModule('/src/network/query.ts');
  globalThis.fetch = async (_, { body, signal }) => {
    signal?.throwIfAborted();
    asked += 1;
    const [, side, values] = /VALUES \?(from|to) \{ (.*?) \}/.exec(body);
    const term = (value) => ({ type: 'uri', value });
    const bindings = values.split(' ').map((iri) => iri.slice(1, -1)).flatMap((iri) => (side === 'from' ? cites : citing)(iri).map((far) => {
      const [from, to] = side === 'from' ? [iri, far] : [far, iri];
      return { from: term(from), use: term('http://x/confirms'), to: term(to) };
    }));
    return new Response(JSON.stringify({ head: { vars: [] }, results: { bindings } }));
  };
});
beforeEach(() => {
  query.forget();
  asked = 0;
});
after(() => {
  globalThis.fetch = fetched;
  return server.close();
});

const links = (pairs) => {
  cites = (iri) => pairs.filter(([from]) => from === iri).map(([, to]) => to);
  citing = (iri) => pairs.filter(([, to]) => to === iri).map(([from]) => from);
};

test('along the citations where that is possible', async () => {
  links([['a', 'b'], ['b', 'c'], ['c', 'a']]);
  const { path: found, unsure } = await path.findPath('a', 'c');
  assert.deepEqual([found.direction, found.things, unsure], ['cites', ['a', 'b', 'c'], false]);
});

test('in any direction where there is none along them', async () => {
  links([['a', 'b'], ['c', 'b']]);
  const { path: found, unsure } = await path.findPath('a', 'c');
  assert.deepEqual([found.direction, found.things, unsure], ['either', ['a', 'b', 'c'], false]);
});

test('none, when all was looked at', async () => {
  links([['a', 'b'], ['c', 'd']]);
  assert.deepEqual(await path.findPath('a', 'c'), { path: null, unsure: false });
});

test('a search that was given up does not say that there is none', async () => {
  cites = citing = (iri) => Array.from({ length: 200 }, (_, n) => `${iri}/${n}`);
  assert.deepEqual(await path.findPath('a', 'c'), { path: null, unsure: true });
});

test('a search that is not wanted any more asks nothing more', async () => {
  links([['a', 'b'], ['b', 'c']]);
  await assert.rejects(path.findPath('a', 'c', AbortSignal.abort()), { name: 'AbortError' });
  assert.equal(asked, 0);
});

test('what was answered is kept until the page is left', async () => {
  links([['a', 'b']]);
  await query.linksAt('from', ['a']);
  await query.linksAt('from', ['a']);
  assert.equal(asked, 1);
  links([['a', 'c']]);
  query.forget();
  assert.deepEqual((await query.linksAt('from', ['a'])).map(({ to }) => to), ['c']);
});
