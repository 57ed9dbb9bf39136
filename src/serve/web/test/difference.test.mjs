// What changed between two wordings. The sentences are ours.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from 'vite';

let server, difference;
before(async () => {
  server = await createServer({ root: new URL('..', import.meta.url).pathname, server: { middlewareMode: true, ws: false }, logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  ({ difference } = await server.ssrLoadModule('/src/document/difference.ts'));
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
