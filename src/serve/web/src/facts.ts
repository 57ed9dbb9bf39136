// What is said of a document, a thing or a file itself.

import { type Child, h } from './dom';
import { local, short } from './endpoint';
import { link } from './fragments';
import { kindNames } from './kinds';

/** A row of the query `facts`. */
export interface Fact {
  property: string;
  value: string;
  name?: string;
}

const FACTS: [string, string][] = [
  ['date_document', 'Date'], ['adopted', 'Adopted'], ['passed_by', 'Organ'], ['adoptedAt', 'Meeting'],
  ['meetingRecord', 'Record'], ['agendaItem', 'Agenda item'], ['chapterVII', 'Under Chapter VII'], ['author', 'Author'],
  ['sponsor', 'Sponsors'], ['is_about', 'Subjects'], ['about', 'About'], ['draftOf', 'Draft of'],
  ['subOrganizationOf', 'Part of'], ['headedBy', 'Headed by'], ['listNumber', 'List number'],
  ['isoCode', 'ISO code'], ['strength', 'Strength'], ['treatment', 'Treatment'], ['startDate', 'From'], ['endDate', 'Until'], ['sameAs', 'The same as'],
  ['path', 'File'], ['sourceKind', 'Kind of file'], ['mediaType', 'Media type'], ['byteSize', 'Bytes'],
];
/** Values that are shown before the rest is folded away. */
const FEW = 6;

export function value(facts: readonly Fact[], name: string): string | undefined {
  return facts.find((fact) => local(fact.property) === name)?.value;
}

export function types(facts: readonly Fact[]): string[] {
  return facts.filter((fact) => local(fact.property) === 'type').map((fact) => fact.value);
}

/** Kind, name and title; `language` is that of the title. */
export function heading(iri: string, facts: readonly Fact[], actions: Child, title?: string, language?: string): HTMLElement {
  const label = value(facts, 'label') ?? value(facts, 'path')?.split('/').pop() ?? short(iri);
  return h('div', { class: 'heading' },
    h('p', { class: 'kind' }, kindNames(types(facts)).join(' · ')),
    h('h1', {}, label),
    title && title !== label && h('p', { class: 'lead', lang: language, dir: 'auto' }, title),
    actions);
}

export function factList(facts: readonly Fact[]): HTMLElement | null {
  const list = h('dl', { class: 'facts' });
  for (const [name, title] of FACTS) {
    const values = facts.filter((fact) => local(fact.property) === name);
    if (values.length) list.append(h('dt', {}, title), h('dd', {}, several(values)));
  }
  return list.childElementCount ? list : null;
}

function several(values: readonly Fact[]): Child {
  const parts = (some: readonly Fact[]) => some.flatMap((fact, n): Child[] => [n ? '; ' : '', said(fact)]);
  if (values.length <= FEW + 1) return parts(values);
  return [parts(values.slice(0, FEW)), h('details', {}, h('summary', {}, `and ${values.length - FEW} more`), parts(values.slice(FEW)))];
}

function said(fact: Fact): Child {
  if (fact.value === 'true') return 'yes';
  if (fact.value === 'false') return 'no';
  return link(fact.value, fact.name ?? fact.value.replace(/^https?:\/\/(www\.)?/, ''));
}
