// `/source/...`: every place of a file where something was found.

import { h } from '../dom';
import { downloads } from '../downloads';
import { local, page, reference, rows, words } from '../endpoint';
import { type Fact, factList, heading } from '../facts';
import { link, section, upTo } from '../fragments';
import { colourOf, paragraphName, predicateName } from '../kinds';

interface Row {
  start: string;
  end: string;
  page?: string;
  words: string;
  sentence: string;
  other?: string;
  name?: string;
  reason?: string;
  predicate?: string;
  paragraph: string;
}

const STEP = 200;
/** The LIMIT of the query. */
const MOST = 5000;

export async function sourcePage(iri: string): Promise<Node[]> {
  const ask = <T>(name: string) => rows<T>(page(name, { this: reference(iri) }));
  const [facts, mentions, works] = await Promise.all([
    ask<Fact>('facts'), ask<Row>('mentions'),
    rows<{ other: string; name: string }>(`SELECT ?other ?name { ?other prov:wasDerivedFrom ${reference(iri)} ; rdfs:label ?name } ORDER BY ?name LIMIT 50`),
  ]);
  const of = works.length > 0 && h('p', {}, 'A text of ', works.flatMap((row, n) => [n ? ', ' : '', link(row.other, row.name)]));
  return [
    heading(iri, facts, of),
    h('div', { class: 'with-aside' },
      h('aside', { class: 'about', 'aria-label': 'About this file' }, factList(facts), downloads(location.pathname, 'file')),
      h('div', { class: 'body' }, section('mentions', 'Mentions', upTo(MOST, mentions.length, 'place'), table(mentions)))),
  ];
}

function table(mentions: readonly Row[]): HTMLElement {
  const body = h('tbody', {});
  const more = h('button', { type: 'button', class: 'more' }, 'Show more');
  const show = () => {
    const from = body.childElementCount;
    body.append(...mentions.slice(from, from + STEP).map(line));
    more.hidden = body.childElementCount >= mentions.length;
  };
  more.addEventListener('click', () => {
    const from = body.rows.length;
    show();
    // The button goes when all is shown: the keyboard goes on at what it brought.
    if (more.hidden) body.rows[from]?.querySelector('a')?.focus();
  });
  show();
  return h('div', {}, h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Mentions in order' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Paragraph', 'Words', 'What', 'Bytes'].map((title) => h('th', { scope: 'col' }, title)))), body)), more);
}

function line(row: Row): HTMLElement {
  const what = row.reason ? `not resolved: ${words(row.reason.replaceAll('-', ' '))}` : (row.name ?? predicateName(row.predicate ?? ''));
  const colour = row.other ? colourOf(row.other) : row.reason ? 'unresolved' : local(row.predicate ?? '');
  return h('tr', {},
    h('td', {}, link(row.paragraph, paragraphName(row.paragraph))),
    h('td', { title: row.sentence }, row.words.replace(/\s+/g, ' ').slice(0, 200)),
    h('td', {}, h('span', { class: `swatch ${colour}` }, row.other ? link(row.other, what) : what)),
    h('td', { class: 'number' }, `${row.start}–${row.end}`, row.page && ` p. ${row.page}`));
}
