// What changed between two wordings. The sentences are ours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, difference, sameShare, compared, percent, untold;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  ({ difference, sameShare } = await server.ssrLoadModule('/src/document/difference.ts'));
  // What opens a card listens to the page.
  globalThis.document = { addEventListener() {} };
  ({ compared, percent, untold } = await server.ssrLoadModule('/src/document/wording.ts'));
});
after(() => server.close());

/** What changed, written as text: [-gone-], {+new+}. */
const written = (earlier, later) => difference(earlier, later)
  .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text.trim()}-]` : `{+${text.trim()}+}`)).join('|');

function check(name, earlier, later, expected) {
  test(name, () => assert.equal(written(earlier, later), expected));
}

check('nothing changed', 'Welcomes the report of the Panel;', 'Welcomes the report of the Panel;', 'Welcomes the report of the Panel;');
check('a word in the place of another', 'Welcomes the third report of the Panel', 'Welcomes the fourth report of the Panel',
  'Welcomes the |[-third-]|{+fourth+}|report of the Panel');
check('words that came and words that went', 'Calls upon all lake States to report', 'Calls upon States to report annually',
  'Calls upon |[-all lake-]|States to report |{+annually+}');
check('case, quotation marks and the number of a paragraph are no change', '3. Decides that the “Blue Lakes” Panel meets', '14. decides that the "Blue Lakes" Panel meets',
  'decides that the "Blue Lakes" Panel meets');
check('a slight word does not stand alone between changes', 'the boats of the northern lakes', 'the harbours of every southern lakes',
  'the |[-boats of the northern-]|{+harbours of every southern+}|lakes');
check('Chinese by character', '欢迎湖泊小组的报告', '欢迎湖泊小组的第三份报告', '欢迎湖泊小组的|{+第三份+}|报告');
check('Arabic by word', 'يرحب بتقرير الفريق', 'يرحب بتقرير اللجنة', 'يرحب بتقرير |[-الفريق-]|{+اللجنة+}');
check('everything is new', '', 'Welcomes the report', '{+Welcomes the report+}');

test('the later text can be read from what is the same and what is new', () => {
  const earlier = 'Requests the Secretary-General to report on the lakes within sixty days, and decides to remain seized;';
  const later = 'Requests the Panel’s chair to report, orally, on the lakes and rivers within ninety days;';
  assert.equal(difference(earlier, later).filter(({ kind }) => kind !== 'gone').map(({ text }) => text).join(''), later);
  assert.equal(difference(earlier, later).filter(({ kind }) => kind === 'gone').length > 0, true);
});

test('texts too long to be aligned are given one after the other', () => {
  const long = (word) => Array.from({ length: 6000 }, (_, n) => `${word}${n}`).join(' ');
  assert.deepEqual(difference(long('a'), long('b')).map(({ kind }) => kind), ['gone', 'new']);
});

test('the share that is the same, of the words of the later text', () => {
  assert.equal(sameShare(difference('Welcomes the third report', 'Welcomes the fourth report')), 0.75);
  assert.equal(sameShare(difference('', '')), 0);
});

test('paragraphs that a language cuts otherwise are compared in another', () => {
  const texts = [
    { language: 'en', earlier: 'Welcomes the report of the Panel', later: 'Welcomes the report of the Panel' },
    { language: 'fr', earlier: 'Se félicite du rapport', later: 'Prie les États de répondre' },
  ];
  assert.deepEqual([compared(texts, 'fr', 1).language, compared(texts, 'en', 1).language, compared([], 'en', 1)], ['en', 'en', null]);
  assert.equal(compared([{ ...texts[1], later: 'Se félicite du troisième rapport' }, texts[0]], 'fr', 1).language, 'fr');
  const unread = { language: 'de', get earlier() { throw new Error('compared without need'); } };
  assert.equal(compared([unread, texts[0]], 'en', 1).language, 'en');
});

for (const [kept, said] of [['1', ', 100\u00a0%'], ['0.997', ', 99\u00a0%'], ['0.934', ', 93\u00a0%'], [undefined, '']]) {
  test(`${kept} of the words as it is said`, () => assert.equal(percent(kept), said));
}

test('what is not listed is counted, and that it is not listed is said', () => {
  assert.deepEqual(untold(5, 5), { more: 0, cut: null });
  assert.deepEqual(untold(20, 20), { more: 8, cut: null });
  assert.deepEqual(untold(400, 1400), { more: 1388, cut: 'Only the first 400 are listed here.' });
  assert.deepEqual(untold(3, 4), { more: 1, cut: 'Only the first 3 are listed here.' });
});
