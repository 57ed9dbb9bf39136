// What is found by its name: documents by symbol or title, the rest by any of their names.

import { literal, page, refusal, rows } from '../endpoint';
import { sortOf } from '../kinds';
import { wholeWordsFirst } from './order';

export interface Named {
  iri: string;
  label: string;
  /** A sort, as `sortName` knows it. */
  kind: string;
  title?: string | null;
  /** The name that has what was typed, where that is not the label. */
  match?: string | null;
}

/** Whether the server knows `/suggest`; one that does not is asked by the query that pages have. */
let knows = true;

/** What begins as somebody types. */
export async function suggestions(text: string, most: number, signal?: AbortSignal): Promise<Named[]> {
  if (knows) {
    const response = await fetch(`/suggest?${new URLSearchParams({ q: text, limit: String(most) })}`, { signal });
    if (response.ok) return ((await response.json()) as { suggestions: Named[] }).suggestions;
    if (response.status !== 404) throw new Error(await refusal(response));
    knows = false;
  }
  const found = await containing(text);
  signal?.throwIfAborted();
  return found.slice(0, most);
}

/** What has a text anywhere in a symbol, title or name. */
async function containing(text: string): Promise<Named[]> {
  type Row = { thing: string; name: string; title?: string; match: string; kind: string };
  const found = await rows<Row>(page('search', { text: literal(text) }));
  return wholeWordsFirst(found, text)
    .map((row) => ({ iri: row.thing, label: row.name, kind: sortOf(row.kind), title: row.title, match: row.match }));
}

/** The LIMIT of each of both ways. */
export const MOST = 100;

/** What is suggested, which knows words, accents and quotation marks, and then what has the text in any place. */
export async function byName(text: string): Promise<Named[]> {
  const [first, second] = await Promise.all([suggestions(text, MOST).catch(() => []), containing(text)]);
  const seen = new Set(first.map((one) => one.iri));
  return [...first, ...second.filter((one) => !seen.has(one.iri))];
}
