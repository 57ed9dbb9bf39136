// Which words of a paragraph are a mention: the graph knows a place in a file and the words at it, the page has
// the paragraph's text, in which line breaks, quotation marks and spaces may have been tidied.

export interface Place {
  source: string;
  start: number;
  words: string;
}

/** Begin and end in the text, in UTF-16 units. */
export type Range = [from: number, to: number];

interface Folded {
  text: string;
  /** Of each unit of `text`, and of its end, where it stands in the original. */
  at: number[];
}

const ALIKE: Record<string, string> = { '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': "'", '’': "'", '´': "'", '`': "'", '–': '-', '—': '-', '‑': '-' };

/** The text without what tidying changes. */
function fold(original: string): Folded {
  let text = '';
  const at: number[] = [];
  for (let n = 0; n < original.length; n += 1) {
    const unit = original[n] as string;
    if (unit === '\u00ad' || /\s/.test(unit)) continue;
    text += ALIKE[unit] ?? unit;
    at.push(n);
  }
  at.push(original.length);
  return { text, at };
}

/**
 * The ranges of places in a text, or `null` for those that it does not show. Places of one file are taken in
 * their order, so that the third "ISIL" of the file's paragraph is the third of the text.
 */
export function locate(text: string, places: readonly Place[]): (Range | null)[] {
  const folded = fold(text);
  const found: (Range | null)[] = places.map(() => null);
  const order = places.map((_, n) => n).sort((a, b) => compare(places[a] as Place, places[b] as Place));
  let source = '';
  let from = 0;
  let last: { words: string; start: number; at: number } | null = null;
  for (const n of order) {
    const place = places[n] as Place;
    if (place.source !== source) {
      source = place.source;
      from = 0;
      last = null;
    }
    const words = fold(place.words).text;
    if (!words) continue;
    // Two things may be named by the same words at the same place.
    const same: number | null = last?.start === place.start && last.words === words ? last.at : null;
    const begin: number = same ?? nextWhole(folded, words, from, text);
    if (begin < 0) continue;
    last = { words, start: place.start, at: begin };
    found[n] = [folded.at[begin] as number, (folded.at[begin + words.length - 1] as number) + 1];
    // What begins within these words comes later in the order: only what begins before them is past.
    from = begin;
    if (!hasInner(places, order, n)) from = begin + words.length;
  }
  return found;
}

function compare(a: Place, b: Place): number {
  return a.source < b.source ? -1 : a.source > b.source ? 1 : a.start - b.start || b.words.length - a.words.length;
}

/** Whether another place of the same file begins within the words of this one. */
function hasInner(places: readonly Place[], order: readonly number[], n: number): boolean {
  const outer = places[n] as Place;
  const next = places[order[order.indexOf(n) + 1] ?? -1];
  return next !== undefined && next.source === outer.source && next.start < outer.start + outer.words.length;
}

/** Where words occur next, not within a longer word if that can be helped. */
function nextWhole(folded: Folded, words: string, from: number, original: string): number {
  let first = -1;
  for (let at = folded.text.indexOf(words, from); at >= 0; at = folded.text.indexOf(words, at + 1)) {
    if (first < 0) first = at;
    const before = original[(folded.at[at] as number) - 1];
    const after = original[(folded.at[at + words.length - 1] as number) + 1];
    if (!letter(before) && !letter(after)) return at;
  }
  return first;
}

function letter(unit: string | undefined): boolean {
  return unit !== undefined && /[\p{L}\p{N}]/u.test(unit);
}

/** A part of a text that the same things cover: the narrowest first, none where nothing is marked. */
export interface Piece<T> {
  from: number;
  to: number;
  what: T[];
  /** Whether the narrowest begins here; a wider one goes on after what it encloses. */
  begins: boolean;
}

/** A text of some length cut where a range begins or ends. */
export function cut<T>(length: number, items: readonly { range: Range; what: T }[]): Piece<T>[] {
  const narrowest = [...items].sort((a, b) => a.range[1] - a.range[0] - (b.range[1] - b.range[0]));
  const places = [...new Set([0, length, ...items.flatMap((item) => item.range)])].sort((a, b) => a - b);
  const begun = new Set<T>();
  return places.slice(0, -1).map((from, n) => {
    const to = places[n + 1] as number;
    const what = narrowest.filter(({ range }) => range[0] <= from && to <= range[1]).map((item) => item.what);
    const inner = what[0];
    const begins = inner !== undefined && !begun.has(inner);
    if (inner !== undefined) begun.add(inner);
    return { from, to, what, begins };
  });
}
