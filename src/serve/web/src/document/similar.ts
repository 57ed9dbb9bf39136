// Documents like this one: as the analyses of the graph found them, else those that cite the same (bibliographic
// coupling), and what is cited with it.

import { about, ask } from '../ask';
import { type Child, h } from '../dom';
import { reference } from '../endpoint';
import { link, opening, plural, section } from '../fragments';
import { paragraphName } from '../kinds';
import { comparison } from './wording';

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

interface Alike {
  other: string;
  name: string;
  title?: string;
  /** How many both cite. */
  cites: string;
}
interface Shared {
  other: string;
  shared: string;
}
interface Reason extends Alike {
  citing: number;
  wording: number;
}

/** `out`, `into`: how many this document cites and is cited by. */
export async function similarSection(iri: string, out: number, into: number): Promise<HTMLElement | null> {
  const alike = await about<Alike>('similar', iri);
  return alike.length ? analysed(iri, alike) : counted(iri, out, into);
}

/** What `build --analyse` found, with the reasons. */
async function analysed(iri: string, alike: readonly Alike[]): Promise<HTMLElement> {
  const [cited, wording] = await Promise.all([about<Shared>('similar-cited', iri), about<Shared>('similar-wording', iri)]);
  const of = (list: readonly Shared[], other: string): number => Number(list.find((row) => row.other === other)?.shared ?? 0);
  const found = alike.map((row): Reason => ({ ...row, citing: of(cited, row.other), wording: of(wording, row.other) }));
  return section('similar', 'Similar', null,
    h('p', { class: 'faint' }, 'By what both cite, by what cites both, and by the wording that they share.'),
    h('ul', { class: 'plain' }, likest(found).map((row) => h('li', {}, reasoned(iri, row)))));
}

/** The most reasons first, each counted against the most that any of them has. */
function likest(found: readonly Reason[]): Reason[] {
  const counts = (row: Reason): number[] => [Number(row.cites), row.citing, row.wording];
  const most = [0, 1, 2].map((n) => Math.max(1, ...found.map((row) => counts(row)[n] ?? 0)));
  const score = (row: Reason): number => counts(row).reduce((sum, count, n) => sum + count / (most[n] ?? 1), 0);
  return [...found].sort((a, b) => score(b) - score(a) || (a.name < b.name ? -1 : 1));
}

/** Why a document is like another, in words. */
export function reasons(cites: number, citing: number, wording: number): string {
  return [
    cites && `both cite ${plural(cites, 'document')}`,
    citing && `${plural(citing, 'document')} cite${citing === 1 ? 's' : ''} both`,
    wording && `${plural(wording, 'paragraph')} of shared wording`,
  ].filter(Boolean).join(' · ');
}

function reasoned(iri: string, row: Reason): HTMLElement {
  const pair = { this: reference(iri), that: reference(row.other) };
  return opening(
    row.name,
    [link(row.other, row.name), ' ', row.title && row.title !== row.name && h('span', { class: 'title' }, row.title),
      h('div', { class: 'count' }, reasons(Number(row.cites), row.citing, row.wording))],
    async () => {
      const [both, citing, wording] = await Promise.all([
        Number(row.cites) ? ask<Row>('both-cite', pair) : [], row.citing ? ask<Row>('cite-both', pair) : [],
        row.wording ? ask<{ here: string; there: string }>('shared-wording', pair) : [],
      ]);
      return [
        listed('Both cite', both), listed('Cited together by', citing),
        wording.length > 0 && [h('p', { class: 'kind' }, 'Wording, here and there'), h('p', { class: 'sentence names' }, wording.flatMap((one, n): Child[] =>
          [n ? ', ' : '', link(one.here, paragraphName(one.here)), ' – ', link(one.there, paragraphName(one.there))])),
          h('p', {}, h('a', { class: 'action', href: comparison(row.other, iri) }, 'Compare the documents'))],
      ];
    },
  );
}

function listed(title: string, rows: readonly Row[]): Child {
  return rows.length > 0 && [h('p', { class: 'kind' }, title), h('p', { class: 'sentence names' }, rows.flatMap((one, n): Child[] => [n ? ', ' : '', link(one.other, one.name)]))];
}

async function counted(iri: string, out: number, into: number): Promise<HTMLElement | null> {
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
