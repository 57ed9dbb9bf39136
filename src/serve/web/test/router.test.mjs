// Which path the browser asks for, as the IRIs of the graph write it. The names are made up.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, router;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  router = await server.ssrLoadModule('/src/router.ts');
});
after(() => server.close());

for (const [name, written, meant] of [
  ['letters outside ASCII are as they are in the graph', '/doc/person/zo%C3%AB-%C3%A5str%c3%b6m', '/doc/person/zoë-åström'],
  ['so are those of three and four bytes', '/doc/body/%E6%B9%96-%F0%9F%8C%8A', '/doc/body/湖-🌊'],
  ['an escape within ASCII belongs to the IRI', '/doc/A/RES/999%20A%20%28III%29/%2F%25C3', '/doc/A/RES/999%20A%20%28III%29/%2F%25C3'],
  ['one stands beside the other', '/source/d%C3%A9cision%20%3Cb%3E.txt', '/source/décision%20%3Cb%3E.txt'],
  ['bytes that are no letter stay escaped', '/doc/%FF%FE/%C3', '/doc/%FF%FE/%C3'],
]) {
  test(name, () => assert.equal(router.readable(written), meant));
}

test('the other forms of a document are told by the name that is meant', () => {
  assert.equal(router.route(new URL('http://x/doc/person/zo%C3%AB.ttl')), null);
  assert.equal(typeof router.route(new URL('http://x/doc/person/zo%C3%AB')), 'function');
});
