// What changed between two wordings of a paragraph, word by word; Chinese character by character.

export interface Change {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

interface Word {
  /** As it is compared: without case, and quotation marks and dashes alike. */
  key: string;
  /** As it stands in the text, with the spaces after it. */
  text: string;
}

/** A word with its apostrophes and hyphens, a character of a script that sets no spaces, or a single sign. */
const WORD = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+(?:[’'‑-](?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+)*|\S/gu;
const HAN = /\p{Script=Han}/u;
/** "12." or "(a)" before the words is the place of a paragraph, not wording. */
const NUMBER = /^\s*(?:\d{1,3}[.)]|\(?[a-z]{1,4}\))\s+/iu;
const ALIKE: Record<string, string> = { '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': "'", '’': "'", '–': '-', '—': '-', '‑': '-' };
/** Cells of the table that the longest common subsequence is read from; beyond them a text is no paragraph. */
const MOST = 25_000_000;
/** A word that is left standing alone between changes and is no longer than this hinders reading. */
const SLIGHT = 4;

/** The words of a text, without its number. */
function wordsOf(text: string): Word[] {
  const body = text.replace(NUMBER, '');
  const found = [...body.matchAll(WORD)];
  return found.map((match, n) => ({
    key: match[0].toLowerCase().replace(/[“”„«»‘’–—‑]/gu, (sign) => ALIKE[sign] ?? sign),
    text: body.slice(match.index, found[n + 1]?.index ?? body.length),
  }));
}

/** The later text with what is new in it, and what is gone from the earlier one where it stood. */
export function difference(earlier: string, later: string): Change[] {
  const [a, b] = [wordsOf(earlier), wordsOf(later)];
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.key === b[start]?.key) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end]?.key === b[b.length - 1 - end]?.key) end += 1;
  const middle = aligned(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (word: Word): Change => ({ kind: 'same', text: word.text });
  return joined([...b.slice(0, start).map(same), ...middle, ...b.slice(b.length - end).map(same)]);
}

/** Which share of the words of the later text stood in the earlier one. */
export function sameShare(changes: readonly Change[]): number {
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).reduce((sum, change) => sum + wordsOf(change.text).length, 0);
  const same = count('same');
  return same / Math.max(same + count('new'), 1);
}

/** By the longest common subsequence. */
function aligned(a: readonly Word[], b: readonly Word[]): Change[] {
  if ((a.length + 1) * (b.length + 1) > MOST) return [...a.map((word): Change => ({ kind: 'gone', text: word.text })), ...b.map((word): Change => ({ kind: 'new', text: word.text }))];
  const wide = b.length + 1;
  // Of each pair of places, how many words the rests have in common.
  const common = new Uint16Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * wide + j] = a[i]?.key === b[j]?.key
        ? (common[(i + 1) * wide + j + 1] as number) + 1
        : Math.max(common[(i + 1) * wide + j] as number, common[i * wide + j + 1] as number);
    }
  }
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [gone, come] = [a[i], b[j]];
    if (gone && come && gone.key === come.key) {
      changes.push({ kind: 'same', text: come.text });
      i += 1;
      j += 1;
    } else if (gone && (!come || (common[(i + 1) * wide + j] as number) >= (common[i * wide + j + 1] as number))) {
      changes.push({ kind: 'gone', text: gone.text });
      i += 1;
    } else if (come) {
      changes.push({ kind: 'new', text: come.text });
      j += 1;
    }
  }
  return changes;
}

/** Runs of one kind as one, what is gone before what is new in its place; no slight word stands alone between. */
function joined(changes: readonly Change[]): Change[] {
  const runs: Change[] = [];
  let [gone, come] = ['', ''];
  const flush = (): void => {
    if (gone) runs.push({ kind: 'gone', text: gone });
    if (come) runs.push({ kind: 'new', text: come });
    [gone, come] = ['', ''];
  };
  changes.forEach((change, n) => {
    const alone = change.kind === 'same' && gone + come !== '' && changes[n + 1] !== undefined && changes[n + 1]?.kind !== 'same'
      && change.text.trim().length <= SLIGHT && !HAN.test(change.text);
    if (change.kind === 'gone' || alone) gone += change.text;
    if (change.kind === 'new' || alone) come += change.text;
    if (change.kind !== 'same' || alone) return;
    flush();
    const last = runs[runs.length - 1];
    if (last?.kind === 'same') last.text += change.text;
    else runs.push({ ...change });
  });
  flush();
  return runs;
}
