// `/?q=text`: documents and things of that symbol, title or name, and texts with those words.

import { h } from '../dom';
import { literal, local, page, rows, short } from '../endpoint';
import { grouped, link, section, some } from '../fragments';
import { kindName, kindNames, paragraphName } from '../kinds';
import { wholeWordsFirst } from './order';
import { type Hit, inTexts, snippet } from './texts';

interface Found {
  thing: string;
  name: string;
  title?: string;
  match: string;
  kind: string;
}

export async function searchPage(text: string): Promise<Node[]> {
  // A search that is not understood as one for words may still be part of a symbol.
  const [found, hits] = await Promise.all([
    rows<Found>(page('search', { text: literal(text) })),
    inTexts(text, 60).catch((error: Error) => error.message),
  ]);
  const order = wholeWordsFirst(found, text);
  const texts = inText(hits);
  return [
    h('div', { class: 'heading' }, h('p', { class: 'kind' }, 'Search'), h('h1', {}, `“${text}”`)),
    h('div', { class: texts ? 'columns results' : 'results' }, names(order), texts),
  ];
}

function names(found: readonly Found[]): HTMLElement {
  const count = found.length === 100 ? 'the first 100' : String(found.length);
  if (!found.length) return section('names', 'Symbols, titles and names', '0', h('p', { class: 'faint' }, 'No symbol, title or name has these words.'));
  const list = h('div', {});
  const show = (kind: string) => list.replaceChildren(some(found.filter((row) => !kind || row.kind === kind), 30, (row) => [
    link(row.thing, row.name), ' ', h('span', { class: 'kind' }, kindName(row.kind)),
    row.title && row.title !== row.name && h('div', { class: 'title' }, row.title),
    row.match !== row.name && row.match !== row.title && h('div', { class: 'faint' }, row.match)]));
  show('');
  return section('names', 'Symbols, titles and names', count, kinds(found, show), list);
}

/** Kinds to choose from, where there are several. */
function kinds(found: readonly Found[], show: (kind: string) => void): HTMLElement | null {
  const groups = grouped(found, (row) => row.kind).sort(([, a], [, b]) => b.length - a.length);
  if (groups.length < 2) return null;
  const choice = (kind: string, title: string, count: number, chosen: boolean) => {
    const box = h('input', { type: 'radio', name: 'kind', checked: chosen });
    box.addEventListener('change', () => show(kind));
    return h('label', { class: 'choice' }, box, title, ' ', h('span', { class: 'count' }, count));
  };
  return h('fieldset', { class: 'choices' }, h('legend', { class: 'hidden' }, 'Kind'),
    choice('', 'All', found.length, true), groups.map(([kind, rows]) => choice(kind, kindName(kind) ?? local(kind), rows.length, false)));
}

function inText(hits: Hit[] | string | null): HTMLElement | null {
  if (hits === null) return null;
  const about = 'All words must occur; "in this order", -not, begin*';
  if (typeof hits === 'string') return section('texts', 'In the texts', null, h('p', { class: 'faint' }, hits));
  return section('texts', 'In the texts', hits.length === 60 ? 'the best 60' : hits.length, h('p', { class: 'faint' }, about), some(hits, 15, (hit) => [
    link(hit.iri, [hit.label ?? short(hit.iri), paragraphName(hit.iri)].filter(Boolean).join(', ')), ' ',
    h('span', { class: 'kind' }, kindNames(hit.kinds).join(' · ')),
    h('blockquote', { lang: hit.language, dir: 'auto' }, snippet(hit.snippet))]));
}
