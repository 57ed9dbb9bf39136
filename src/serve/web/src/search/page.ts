// `/?q=text`: documents and things of that symbol, title or name, and texts with those words.

import { h } from '../dom';
import { short } from '../endpoint';
import { grouped, link, section, some } from '../fragments';
import { kindNames, paragraphName, sortName } from '../kinds';
import { byName, MOST, type Named } from './names';
import { type Hit, inTexts, snippet } from './texts';

export async function searchPage(text: string): Promise<Node[]> {
  // A search that is not understood as one for words may still be part of a symbol.
  const [found, hits] = await Promise.all([byName(text), inTexts(text, 60).catch((error: Error) => error.message)]);
  const texts = inText(hits);
  return [
    h('div', { class: 'heading' }, h('p', { class: 'kind' }, 'Search'), h('h1', {}, `“${text}”`)),
    h('div', { class: texts ? 'columns results' : 'results' }, names(found), texts),
  ];
}

function names(found: readonly Named[]): HTMLElement {
  const count = found.length >= MOST ? `the first ${found.length}` : String(found.length);
  if (!found.length) return section('names', 'Symbols, titles and names', '0', h('p', { class: 'faint' }, 'No symbol, title or name has these words.'));
  const list = h('div', {});
  const show = (kind: string) => list.replaceChildren(some(found.filter((one) => !kind || one.kind === kind), 30, (one) => [
    link(one.iri, one.label), ' ', h('span', { class: 'kind' }, sortName(one.kind)),
    one.title && one.title !== one.label && h('div', { class: 'title' }, one.title),
    one.match && one.match !== one.label && one.match !== one.title && h('div', { class: 'faint' }, one.match)]));
  show('');
  return section('names', 'Symbols, titles and names', count, kinds(found, show), list);
}

/** Kinds to choose from, where there are several. */
function kinds(found: readonly Named[], show: (kind: string) => void): HTMLElement | null {
  const groups = grouped(found, (one) => one.kind).sort(([, a], [, b]) => b.length - a.length);
  if (groups.length < 2) return null;
  const choice = (kind: string, title: string, count: number, chosen: boolean) => {
    const box = h('input', { type: 'radio', name: 'kind', checked: chosen });
    box.addEventListener('change', () => show(kind));
    return h('label', { class: 'choice' }, box, title, ' ', h('span', { class: 'count' }, count));
  };
  return h('fieldset', { class: 'choices' }, h('legend', { class: 'hidden' }, 'Kind'),
    choice('', 'All', found.length, true), groups.map(([kind, all]) => choice(kind, sortName(kind), all.length, false)));
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
