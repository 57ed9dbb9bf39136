// What a document cites and what cites it, grouped by treatment; each line opens the sentences.

import { about, ask } from '../ask';
import { type Child, h } from '../dom';
import { reference } from '../endpoint';
import { grouped, link, opening, plural, quote, section, some } from '../fragments';
import { paragraphName, treatmentName, treatmentRank } from '../kinds';

export interface Citation {
  other: string;
  name: string;
  title?: string;
  year?: string;
  treatment?: string;
  paragraphs: string;
}
interface Sentence {
  paragraph: string;
  treatment?: string;
  verb?: string;
  pinpoint?: string;
  sentence: string;
  words: string;
}

/** Lines that a group shows at once. */
const STEP = 25;
/** The LIMIT of the queries. */
const MOST = 5000;

export type Way = 'out' | 'in';

export function citations(iri: string, way: Way): Promise<Citation[]> {
  return about<Citation>(way === 'out' ? 'cites' : 'cited-by', iri);
}

export function citationSection(iri: string, way: Way, list: readonly Citation[]): HTMLElement | null {
  if (!list.length) return null;
  const documents = new Set(list.map((one) => one.other)).size;
  const more = list.length === MOST ? ', there may be more' : '';
  const [id, title] = way === 'out' ? ['cites', 'Cites'] : ['cited-by', 'Cited by'];
  const place = h('div', {});
  const show = (wanted: string) => place.replaceChildren(...treatments(iri, way, list.filter((one) => fits(one, wanted))));
  show('');
  return section(id, title, `${plural(documents, 'document')}${more}`, list.length > STEP && filter(title, show), place);
}

function treatments(iri: string, way: Way, list: readonly Citation[]): HTMLElement[] {
  const groups = grouped(list, (one) => one.treatment ?? '').sort(([a], [b]) => treatmentRank(a) - treatmentRank(b));
  return groups.map(([treatment, group]) => h('div', { class: 'treatment' },
    h('h3', {}, treatmentName(treatment, way), ' ', h('span', { class: 'count' }, group.length)),
    some(group, STEP, (one) => line(iri, way, one))));
}

/** A long list is narrowed by words of symbols and titles, or by a year. */
function filter(title: string, show: (wanted: string) => void): HTMLElement {
  const box = h('input', { type: 'search', placeholder: 'Filter by symbol, title or year', 'aria-label': `Filter “${title}” by symbol, title or year` });
  box.addEventListener('input', () => show(box.value));
  return h('div', { class: 'tools' }, box);
}

function fits(one: Citation, wanted: string): boolean {
  const text = `${one.name} ${one.title ?? ''} ${one.year ?? ''}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function line(iri: string, way: Way, one: Citation): HTMLElement {
  const [citing, cited] = way === 'out' ? [iri, one.other] : [one.other, iri];
  return opening(
    one.name,
    [link(one.other, one.name), ' ', one.title && one.title !== one.name && h('span', { class: 'title' }, one.title), ' ',
      Number(one.paragraphs) > 1 && h('span', { class: 'count' }, plural(Number(one.paragraphs), 'paragraph'))],
    async () => {
      const found = await ask<Sentence>('citation-sentences', { citing: reference(citing), cited: reference(cited) });
      return found.filter((row) => (row.treatment ?? '') === (one.treatment ?? '')).map(sentence);
    },
  );
}

function sentence(row: Sentence): Child {
  return h('div', { class: 'sentence' },
    h('p', { class: 'kind' }, link(row.paragraph, paragraphName(row.paragraph)),
      row.verb && ` · ${row.verb}`, row.pinpoint && ` · ${row.pinpoint}`),
    quote(row.sentence, row.words));
}
