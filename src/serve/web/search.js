// Full-text search, as the server does it.

import { h } from './dom.js';

/** The nodes whose texts have all the words; `null` where the graph has no index of its texts. */
export async function inTexts(text, limit = 20) {
  const response = await fetch(`/search?${new URLSearchParams({ q: text, limit })}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error((await response.text()).trim());
  return (await response.json()).hits;
}

/** A snippet with its marks. */
export function snippet({ text, marks }) {
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), h('mark', {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
