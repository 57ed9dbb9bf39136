// The pages about what is in the graph.

import { type Child, h, marked } from './dom';
import { address, literal, local, page, reference, rows, short, words } from './endpoint';
import { type Neighbour, neighbourhood } from './neighbourhood';
import { type Hit, inTexts, snippet } from './texts';

type Row = Record<string, string>;
type Nodes = Promise<Node[]>;

const KINDS: Record<string, string> = {
  Resolution: 'Resolution', OfficialStatement: 'Presidential statement', Draft: 'Draft resolution', Document: 'Document',
  Instrument: 'Instrument', Article: 'Article', Report: 'Report', Letter: 'Letter', UNBody: 'United Nations body',
  Organization: 'Organization', ArmedGroup: 'Armed group', State: 'State', Territory: 'Territory', Role: 'Office',
  Person: 'Person', UnidentifiedText: 'Text', Actor: 'Actor', Convention: 'Convention', Treaty: 'Treaty',
};
const FACTS: [string, string][] = [
  ['date_document', 'Date'], ['adopted', 'Adopted'], ['passed_by', 'Organ'], ['adoptedAt', 'Meeting'],
  ['meetingRecord', 'Record'], ['agendaItem', 'Agenda item'], ['chapterVII', 'Under Chapter VII'], ['author', 'Author'],
  ['sponsor', 'Sponsors'], ['is_about', 'Subjects'], ['about', 'About'], ['draftOf', 'Draft of'],
  ['altLabel', 'Also called'], ['subOrganizationOf', 'Part of'], ['headedBy', 'Headed by'], ['listNumber', 'List number'],
  ['isoCode', 'ISO code'], ['startDate', 'From'], ['endDate', 'Until'], ['sameAs', 'The same as'],
  ['path', 'File'], ['sourceKind', 'Kind of file'], ['mediaType', 'Media type'], ['byteSize', 'Bytes'],
];

/** The LIMIT of the queries for citations. */
const MOST = 2000;

const paragraphName = (iri: string) => iri.split('#')[1] ?? '';

function link(iri: string, text: Child) {
  const href = iri.includes(':') ? address(iri) : null;
  return href ? h('a', { href }, text) : text;
}

function section(title: string, count: Child, ...content: Child[]) {
  const id = title.toLowerCase().replace(/\W+/g, '-');
  return h('section', { 'aria-labelledby': id },
    h('h2', { id }, title, ' ', h('span', { class: 'count' }, count)), ...content);
}

function quote(row: Row) {
  return row.sentence ? h('blockquote', {}, marked(row.sentence, row.words)) : null;
}

function grouped(list: Row[], key: (row: Row) => string): [string, [Row, ...Row[]]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of list) {
    const name = key(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups];
}

/** `/` */
export async function startPage(): Nodes {
  const [counts, cited] = await Promise.all([rows(page('start')), rows(page('most-cited'))]);
  return [
    h('h1', {}, 'United Nations documents, and what they rest on'),
    h('p', {}, 'Search for a symbol such as S/RES/2388, a title, a body, a group or a State. ',
      'Press / to get to the search box.'),
    h('dl', {}, counts.flatMap((row) => [h('dt', {}, row.kind), h('dd', {}, row.count)])),
    section('Most cited', null, h('ul', { class: 'plain' }, cited.map((row) => h('li', {},
      link(row.other, row.name), row.title ? ` ${row.title} ` : ' ', h('span', { class: 'count' }, `cited by ${row.count}`))))),
  ];
}

/** `/?q=text` */
export async function searchPage(text: string): Nodes {
  // A search that is not understood as one for words may still be part of a symbol.
  const [found, hits] = await Promise.all([
    rows(page('search', { text: literal(text) })),
    inTexts(text).catch((error: Error) => error.message),
  ]);
  return [
    h('h1', {}, `“${text}”`),
    h('p', { class: 'count' }, found.length === 100 ? 'The first 100 found' : `${found.length} found`),
    h('ul', { class: 'plain' }, found.map((row) => h('li', {},
      link(row.thing, row.name), ' ', h('span', { class: 'kind' }, KINDS[local(row.kind)] ?? ''),
      row.title && row.title !== row.name ? h('div', {}, row.title) : null,
      row.match !== row.name && row.match !== row.title ? h('div', { class: 'faint' }, row.match) : null))),
    inText(hits),
  ].filter((part) => part !== null);
}

function inText(hits: Hit[] | string | null) {
  if (hits === null) return null;
  const about = 'All words must occur; "in this order", -not, begin*';
  if (typeof hits === 'string') return section('In the texts', null, h('p', { class: 'faint' }, hits));
  return section('In the texts', hits.length, h('p', { class: 'faint' }, about), h('ul', { class: 'plain' }, hits.map((hit) => {
    const part = paragraphName(hit.iri);
    return h('li', {},
      link(hit.iri, [hit.label ?? short(hit.iri), part].filter(Boolean).join(', ')), ' ',
      h('span', { class: 'kind' }, hit.kinds.map((kind) => KINDS[kind]).filter(Boolean).join(' · ')),
      h('blockquote', { lang: hit.language }, snippet(hit.snippet)));
  })));
}

/** `/doc/...`: a document or a thing. */
export async function describePage(iri: string): Nodes {
  const ask = (name: string) => rows(page(name, { this: reference(iri) }));
  const [facts, vote, sources, cites, citedBy, names, namedIn, relations, authorities, unresolved, text] = await Promise.all([
    ask('facts'), ask('vote'), ask('sources'), ask('cites'), ask('cited-by'), ask('names'), ask('named-in'), ask('relations'),
    ask('authorities'), ask('unresolved'), ask('paragraphs'),
  ]);
  const label = value(facts, 'label') ?? short(iri);
  return [
    ...heading(iri, label, facts),
    factList(facts, vote),
    cites.length + citedBy.length 
      ? h('div', { class: 'scroll' }, neighbourhood(label, neighbours(citedBy), neighbours(cites))) : null,
    ...citations('Cites', cites),
    ...citations('Cited by', citedBy),
    ...statements('Says', relations.filter((r) => r.way === 'out')),
    ...statements('Said of it', relations.filter((r) => r.way === 'in')),
    ...fromAuthorities(authorities),
    ...named(names),
    ...naming(namedIn),
    ...notResolved(unresolved),
    ...paragraphs(text),
    ...files(sources),
  ].filter((part) => part !== null);
}

function value(facts: Row[], name: string) {
  return facts.find((f) => local(f.property) === name)?.value;
}

function heading(iri: string, label: string, facts: Row[]): (HTMLElement | null)[] {
  const kinds = facts.filter((f) => local(f.property) === 'type').map((f) => KINDS[local(f.value)]).filter(Boolean);
  const title = value(facts, 'title');
  const path = location.pathname.replace(/\.html$/, '');
  return [
    h('p', { class: 'kind' }, [...new Set(kinds)].join(' · ')),
    h('h1', {}, label),
    title && title !== label ? h('p', {}, title) : null,
    h('p', { class: 'faint' }, h('code', {}, iri), ' ', ['ttl', 'jsonld', 'rdf', 'nt'].flatMap((format) =>
      [' ', h('a', { href: `${path}.${format}` }, format)])),
  ];
}

function factList(facts: Row[], vote: Row[]) {
  const list = h('dl');
  for (const [name, title] of FACTS) {
    const values = facts.filter((f) => local(f.property) === name);
    if (!values.length) continue;
    const parts = values.flatMap((f, n) => [n ? '; ' : '', link(f.value, f.name ?? f.value)]);
    list.append(h('dt', {}, title), h('dd', {}, parts));
  }
  const counts = ['in favour', 'against', 'abstaining'].map((what) => vote.find((v) => v.what === what)?.value);
  const outcome = vote.find((v) => v.what === 'outcome')?.value;
  if (vote.length) {
    list.append(h('dt', {}, 'Vote'), h('dd', {}, counts[0] ? counts.map((c) => c ?? '0').join('–') : '', ' ', outcome ?? '', ballots(vote)));
  }
  return list.childElementCount ? list : null;
}

function ballots(vote: Row[]) {
  const states = vote.filter((v) => ['yes', 'no', 'abstain'].includes(v.what));
  if (!states.length) return null;
  return h('details', {}, h('summary', {}, 'By State'), h('ul', { class: 'votes' }, states.map((v) =>
    h('li', {}, link(v.value, v.name ?? short(v.value)), v.what === 'yes' ? '' : ` (${v.what})`))));
}

function neighbours(citations: Row[]): Neighbour[] {
  return grouped(citations, (row) => row.other).map(([other, list]) => ({
    label: list[0].name,
    href: address(other),
    count: list.length,
    treatment: local(list.find((row) => row.treatment)?.treatment ?? ''),
  })).sort((a, b) => b.count - a.count);
}

function citations(title: string, list: Row[]) {
  if (!list.length) return [];
  const documents = new Set(list.map((row) => row.other)).size;
  const byTreatment = grouped(list, (row) => (row.treatment ? words(local(row.treatment)) : 'cites'));
  const limit = list.length === MOST ? `, the first ${MOST} citations` : '';
  return [section(title, `${documents} document${documents === 1 ? '' : 's'}${limit}`, ...byTreatment.map(([treatment, group]) => h('details', { open: true },
    h('summary', {}, h('strong', {}, treatment), ' ', h('span', { class: 'count' }, group.length)),
    h('ul', { class: 'plain' }, group.map((row) => h('li', {},
      link(row.other, row.name), row.pinpoint ? `, ${row.pinpoint}` : '', row.title ? ` ${row.title}` : '', ' ',
      h('span', { class: 'kind' }, link(row.paragraph, paragraphName(row.paragraph)), row.verb ? ` · ${row.verb}` : ''),
      quote(row)))))))];
}

function statements(title: string, list: Row[]) {
  if (!list.length) return [];
  const byPredicate = grouped(list, (row) => words(local(row.predicate)));
  return [section(title, list.length, ...byPredicate.flatMap(([predicate, group]) => [
    h('h3', {}, predicate),
    h('ul', { class: 'plain' }, group.map((row) => h('li', {},
      link(row.other, row.name), row.until ? `, until ${row.until}` : '', ' ',
      h('span', { class: 'kind' }, link(row.paragraph, short(row.paragraph)), row.verb ? ` · ${row.verb}` : ''),
      quote(row)))),
  ]))];
}

function fromAuthorities(list: Row[]) {
  if (!list.length) return [];
  return [section('From the authorities', list.length, h('dl', {}, grouped(list, (row) => row.says).flatMap(([says, group]) => [
    h('dt', {}, says), h('dd', {}, group.flatMap((row, n) => [n ? '; ' : '', link(row.other, row.name)]))])))];
}

function named(list: Row[]) {
  if (!list.length) return [];
  const titles: Record<string, string> = { body: 'Bodies', group: 'Groups', state: 'States', role: 'Offices', person: 'Persons' };
  return grouped(list, (row) => row.kind).map(([kind, group]) => section(titles[kind], group.length,
    h('ul', { class: 'plain' }, group.map((row) => h('li', {},
      link(row.thing, row.name), ' ', h('span', { class: 'count' }, `in ${row.paragraphs} paragraph${row.paragraphs === '1' ? '' : 's'}`), quote(row))))));
}

function naming(list: Row[]) {
  if (!list.length) return [];
  return [section('Named in', list.length === 500 ? 'the 500 documents that name it most' : `${list.length} documents`,
    h('ul', { class: 'plain' }, list.map((row) => h('li', {},
      link(row.other, row.name), row.title ? ` ${row.title}` : '', ' ',
      h('span', { class: 'count' }, `${row.paragraphs} paragraph${row.paragraphs === '1' ? '' : 's'}`), quote(row)))))];
}

function notResolved(list: Row[]) {
  if (!list.length) return [];
  return [section('Not resolved', list.length, h('ul', { class: 'plain' }, list.map((row) => h('li', {},
    row.words, ' ', h('span', { class: 'kind' }, `${words(row.reason)} · ${paragraphName(row.paragraph)}`), quote(row)))))];
}

function paragraphs(list: Row[]) {
  const language = list.some((row) => row.language === 'en') ? 'en' : list[0]?.language;
  const shown = list.filter((row) => row.language === language);
  if (!shown.length) return [];
  const body = h('details', { open: location.hash.length > 1 }, h('summary', {}, 'Show the text'), shown.map((row) =>
    h('p', { id: paragraphName(row.paragraph), lang: language }, h('span', { class: 'faint' }, paragraphName(row.paragraph)), ' ', row.text)));
  return [section('Text', null, body)];
}

function files(list: Row[]) {
  if (!list.length) return [];
  return [section('Files', list.length, h('ul', { class: 'plain' }, list.map((row) =>
    h('li', {}, link(row.source, row.path), ' ', h('span', { class: 'kind' }, row.kind)))))];
}

/** `/source/...`: every place of a file where something was found. */
export async function sourcePage(iri: string): Nodes {
  const ask = (name: string) => rows(page(name, { this: reference(iri) }));
  const [facts, mentions] = await Promise.all([ask('facts'), ask('mentions')]);
  const what = (row: Row) => row.name ?? (row.reason ? `not resolved: ${words(row.reason)}` : words(local(row.predicate ?? '')));
  return [
    ...heading(iri, value(facts, 'path') ?? short(iri), facts),
    factList(facts, []),
    section('Mentions', mentions.length, h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Bytes', 'Paragraph', 'Words', 'What'].map((t) => h('th', { scope: 'col' }, t)))),
      h('tbody', {}, mentions.map((row) => h('tr', {},
        h('td', { class: 'number' }, `${row.start}–${row.end}`, row.page ? ` p. ${row.page}` : ''),
        h('td', {}, link(row.paragraph, paragraphName(row.paragraph))),
        h('td', { title: row.sentence }, row.words),
        h('td', {}, row.other ? link(row.other, what(row)) : what(row)))))))),
  ].filter((part) => part !== null);
}
