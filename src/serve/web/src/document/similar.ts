// Documents like this one: those that cite the same (bibliographic coupling), and what is cited with it.

import { about, ask } from '../ask';
import { type Child, h } from '../dom';
import { reference } from '../endpoint';
import { link, opening, section } from '../fragments';

interface Row {
  other: string;
  name: string;
  title?: string;
  /** How many both cite, or cite both. */
  shared: string;
  /** How many the other cites, or is cited by. */
  all: string;
}
interface Kind {
  query: string;
  which: string;
  title: string;
  about: string;
  said: (row: Row) => string;
}

const SHOWN = 10;
const KINDS: Kind[] = [
  {
    query: 'coupled', which: 'both-cite', title: 'Rest on the same documents',
    about: 'Bibliographic coupling: they cite what this one cites.',
    said: (row) => `${row.shared} shared of ${row.all} that it cites`,
  },
  {
    query: 'co-cited', which: 'cite-both', title: 'Cited together with it',
    about: 'Co-citation: later documents cite both.',
    said: (row) => `in ${row.shared} of ${row.all} documents that cite it`,
  },
];

/** `out`, `into`: how many this document cites and is cited by. */
export async function similarSection(iri: string, out: number, into: number): Promise<HTMLElement | null> {
  const found = await Promise.all(KINDS.map((kind) => about<Row>(kind.query, iri)));
  if (!found.some((rows) => rows.length)) return null;
  return section('similar', 'Similar', null, h('div', { class: 'columns' }, KINDS.map((kind, n) => {
    const rows = nearest(found[n] as Row[], n === 0 ? out : into);
    return rows.length > 0 && h('div', {}, h('h3', {}, kind.title), h('p', { class: 'faint' }, kind.about),
      h('ul', { class: 'plain' }, rows.map((row) => h('li', {}, line(iri, kind, row)))));
  })));
}

/** By the cosine of the two sets, so that what cites everything is not like everything. */
function nearest(rows: Row[], mine: number): Row[] {
  const alike = (row: Row) => Number(row.shared) / Math.sqrt(Number(row.all) * Math.max(mine, 1));
  return [...rows].sort((a, b) => alike(b) - alike(a)).slice(0, SHOWN);
}

function line(iri: string, kind: Kind, row: Row): HTMLElement {
  return opening(
    row.name,
    [link(row.other, row.name), ' ', row.title && h('span', { class: 'title' }, row.title), ' ', h('span', { class: 'count' }, kind.said(row))],
    async () => {
      const both = await ask<Row>(kind.which, { this: reference(iri), that: reference(row.other) });
      return [h('p', { class: 'sentence names' }, both.flatMap((one, n): Child[] => [n ? ', ' : '', link(one.other, one.name)]))];
    },
  );
}
