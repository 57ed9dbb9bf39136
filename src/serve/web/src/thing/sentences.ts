// Sentence by sentence: where a thing is named or something is stated of it, some documents at a time.

import { replace } from '../address';
import { ask } from '../ask';
import { h } from '../dom';
import { literal, reference } from '../endpoint';
import { bringing, latest, link, quote } from '../fragments';
import { paragraphName } from '../kinds';
import { laneName, lanes, type Dated, type YearCount } from './timeline';

interface Row {
  document: string;
  name: string;
  title?: string;
  year?: string;
  paragraph?: string;
  verb?: string;
  until?: string;
  sentence?: string;
  words?: string;
}
const STEP = 30;

export interface Sentences {
  element: HTMLElement;
  choose(how: string, year: string): void;
}

/** The list with its choosers; what is chosen stands in the address, as `how` and `year`. */
export async function sentences(iri: string, counts: readonly YearCount[]): Promise<Sentences> {
  const given = new URLSearchParams(location.search);
  const all = lanes(counts);
  const how = h('select', { id: 'how' }, all.map(([name]) => h('option', { value: name }, laneName(name))));
  const year = h('select', { id: 'year' });
  const list = h('div', { class: 'sentences' });
  if (all.some(([name]) => name === given.get('how'))) how.value = given.get('how') as string;
  fillYears(year, counts, how.value, given.get('year') ?? '');
  const begin = latest();
  const show = () => fill(list, iri, how.value, year.value, begin());
  const changed = () => {
    const chosen = new URLSearchParams({ how: how.value, ...(year.value && { year: year.value }) });
    replace(`${location.pathname}?${chosen}`);
    void show();
  };
  how.addEventListener('change', () => {
    fillYears(year, counts, how.value, year.value);
    changed();
  });
  year.addEventListener('change', changed);
  await show();
  const element = h('div', {}, h('div', { class: 'tools' },
    h('label', { for: 'how' }, 'How'), how, h('label', { for: 'year' }, 'Year'), year), list);
  return {
    element,
    choose(wanted, when) {
      how.value = wanted;
      fillYears(year, counts, wanted, when);
      changed();
      element.scrollIntoView({ block: 'start' });
    },
  };
}

function fillYears(select: HTMLSelectElement, counts: readonly YearCount[], how: string, chosen: string): void {
  const years = counts.filter((row): row is Dated => row.how === how && row.year !== undefined).reverse();
  select.replaceChildren(h('option', { value: '' }, 'All years'),
    ...years.map((row) => h('option', { value: row.year }, `${row.year} (${row.documents})`)));
  select.value = years.some((row) => row.year === chosen) ? chosen : '';
}

/** `current` tells whether this is still what is wanted when it arrives. */
async function fill(list: HTMLElement, iri: string, how: string, year: string, current: () => boolean): Promise<void> {
  let offset = 0;
  const places = h('div', {});
  let document = '';
  const next = async () => {
    const found = await query(iri, how, year, offset);
    offset += STEP;
    more.button.hidden = found.length < STEP;
    let first: HTMLElement | null = null;
    for (const row of found) {
      if (row.document !== document) {
        places.append(h('h3', {}, link(row.document, row.name), ' ', row.year && !row.name.includes(row.year) && h('span', { class: 'count' }, row.year), ' ',
          row.title && row.title !== row.name && h('span', { class: 'title' }, row.title)));
        document = row.document;
      }
      const last = line(row);
      places.append(last);
      first ??= (last.previousElementSibling?.tagName === 'H3' ? last.previousElementSibling : last) as HTMLElement;
    }
    return first?.querySelector('a');
  };
  const more = bringing('Show more', next);
  list.setAttribute('aria-busy', 'true');
  let shown: Node[];
  try {
    await next();
    shown = [places, more.place];
  } catch (error) {
    shown = [h('p', { class: 'error', role: 'alert' }, (error as Error).message)];
  }
  if (!current()) return;
  list.replaceChildren(...shown);
  list.removeAttribute('aria-busy');
}

function query(iri: string, how: string, year: string, offset: number): Promise<Row[]> {
  const values = { this: reference(iri), year: literal(year), limit: String(STEP), offset: String(offset) };
  if (how === 'named') return ask<Row>('thing-named', values);
  if (how === 'used') return ask<Row>('thing-used', values);
  if (how.includes(':')) return ask<Row>('thing-stated', { ...values, how: reference(how) });
  return ask<Row>('thing-votes', { ...values, ballot: literal(how) });
}

function line(row: Row): HTMLElement {
  const part = row.paragraph;
  return h('div', { class: 'sentence' },
    part ? h('p', { class: 'kind' }, link(part, paragraphName(part)), row.verb && ` · ${row.verb}`, row.until && ` · until ${row.until}`) : null,
    quote(row.sentence, row.words));
}
