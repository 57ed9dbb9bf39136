// What texts state of a document besides citations, grouped by what is stated.

import { type Child, h } from '../dom';
import { grouped, link, opening, quote, section, some, upTo } from '../fragments';
import { predicateName } from '../kinds';

/** A row of the query `relations`. */
export interface Statement {
  way: 'in' | 'out';
  predicate: string;
  other: string;
  name: string;
  verb?: string;
  until?: string;
  paragraph: string;
  sentence: string;
}

/** The LIMIT of the query. */
export const MOST_STATEMENTS = 1000;

export function statementSections(list: readonly Statement[]): Child {
  if (!list.length) return null;
  const [out, into] = [list.filter((row) => row.way === 'out'), list.filter((row) => row.way === 'in')];
  return section('says', 'Statements', upTo(MOST_STATEMENTS, list.length, 'statement'), groups(out, (name) => name.charAt(0).toUpperCase() + name.slice(1)), groups(into, (name) => `… ${name} it`));
}

function groups(list: readonly Statement[], said: (name: string) => string): Child {
  return grouped(list, (row) => row.predicate).map(([predicate, group]) => [
    h('h3', {}, said(predicateName(predicate)), ' ', h('span', { class: 'count' }, group.length)),
    some(group, 15, (row) => opening(
      row.name,
      [row.verb && h('span', { class: 'verb' }, row.verb), ' ', link(row.other, row.name), row.until && `, until ${row.until}`, ' ',
        h('span', { class: 'kind' }, link(row.paragraph, row.paragraph.split('#')[1] ?? ''))],
      async () => [quote(row.sentence)])),
  ]);
}
