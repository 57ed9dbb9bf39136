// Full-text search, as the server does it.

import { type Child, h } from '../dom';
import { refusal } from '../endpoint';

interface Snippet {
  text: string;
  /** Begin and end of the words found, in UTF-16 units. */
  marks: [number, number][];
}
export interface Hit {
  iri: string;
  label?: string;
  kinds: string[];
  language?: string;
  snippet: Snippet;
}

/** The nodes whose texts have all the words; `null` where the graph has no index of its texts. */
export async function inTexts(text: string, limit = 20): Promise<Hit[] | null> {
  const response = await fetch(`/search?${new URLSearchParams({ q: text, limit: String(limit) })}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(await refusal(response));
  return ((await response.json()) as { hits: Hit[] }).hits;
}

/** A snippet with its marks. */
export function snippet({ text, marks }: Snippet): Child[] {
  const parts: Child[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), h('mark', {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
