// Which words of a paragraph are marked. The sentences are ours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, locate, cut;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  ({ locate, cut } = await server.ssrLoadModule('/src/document/marking.ts'));
});
after(() => server.close());

/** Places are [words, start, source]; expected are the ranges as [from, words], `null` where there is none. */
function check(name, text, places, expected) {
  test(name, () => {
    const ranges = locate(text, places.map(([words, start, source = 'file']) => ({ words, start, source })));
    assert.deepEqual(ranges.map((range) => range && [range[0], text.slice(...range)]), expected);
  });
}

check('the same words are told apart by their order', 'Mali thanks Mali and Mali.',
  [['Mali', 900], ['Mali', 100], ['Mali', 500]], [[21, 'Mali'], [0, 'Mali'], [12, 'Mali']]);
check('line breaks and quotation marks do not count', 'the “Blue Lakes” Panel',
  [['"Blue\n  Lakes"', 10]], [[4, '“Blue Lakes”']]);
check('a whole word rather than a part of one', 'Somalia borders no Mali here: Mali',
  [['Mali', 10]], [[19, 'Mali']]);
check('words within other words', 'the Committee of resolution 12 (2001) and 13 (2002) met',
  [['Committee of resolution 12 (2001) and 13 (2002)', 4], ['12 (2001)', 28], ['13 (2002)', 42]],
  [[4, 'Committee of resolution 12 (2001) and 13 (2002)'], [28, '12 (2001)'], [42, '13 (2002)']]);
check('each file is read from its beginning', 'Mali and Mali',
  [['Mali', 5, 'a'], ['Mali', 14, 'a'], ['Mali', 700, 'b']], [[0, 'Mali'], [9, 'Mali'], [0, 'Mali']]);
check('what the text does not show', 'nothing of it', [['Mali', 5]], [null]);
check('two things of the same words', 'the Panel', [['Panel', 5], ['Panel', 5]], [[4, 'Panel'], [4, 'Panel']]);

test('what encloses goes on after what it encloses, and begins once', () => {
  const pieces = cut(10, [{ range: [1, 9], what: 'outer' }, { range: [3, 5], what: 'inner' }]);
  assert.deepEqual(pieces, [
    { from: 0, to: 1, what: [], begins: false },
    { from: 1, to: 3, what: ['outer'], begins: true },
    { from: 3, to: 5, what: ['inner', 'outer'], begins: true },
    { from: 5, to: 9, what: ['outer'], begins: false },
    { from: 9, to: 10, what: [], begins: false },
  ]);
});
