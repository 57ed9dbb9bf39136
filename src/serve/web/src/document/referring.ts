// Documents that refer to a subject, a meeting or a draft other than by citing it.

import { about } from '../ask';
import { h } from '../dom';
import { local } from '../endpoint';
import { grouped, link, section, some, upTo } from '../fragments';

interface Row {
  how: string;
  other: string;
  name: string;
  title?: string;
}

const NAMES: Record<string, string> = {
  is_about: 'About this subject', adoptedAt: 'Adopted at this meeting', meetingRecord: 'Recorded in it', draftOf: 'Drafts of it', about: 'About it',
};
const STEP = 25;
/** The LIMIT of the query. */
export const MOST_REFERRING = 2000;

export function referring(iri: string): Promise<Row[]> {
  return about<Row>('referring', iri);
}

export function referringSection(list: readonly Row[]): HTMLElement | null {
  if (!list.length) return null;
  return section('referring', 'Related', upTo(MOST_REFERRING, list.length, 'document'), grouped(list, (row) => row.how).map(([how, rows]) => [
    h('h3', {}, NAMES[local(how)] ?? local(how), ' ', h('span', { class: 'count' }, rows.length)),
    some(rows, STEP, (row) => [link(row.other, row.name), ' ', row.title && row.title !== row.name && h('span', { class: 'title' }, row.title)]),
  ]));
}
