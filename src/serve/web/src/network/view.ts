// What the reader has chosen, as the address says it: a page that is opened again shows the same.

import { COLOURINGS, KINDS, SIZES, USES, type Colouring, type Kind, type Size, type Use } from './model';

export type Layout = 'force' | 'time';
export type Way = 'both' | 'cites' | 'cited-by';

/** Things are named by the part of their IRI after `id/`: `S/RES/2388`, `body/unodc`. */
export interface View {
  roots: string[];
  depth: number;
  way: Way;
  /** Things at most, roots and what was expanded aside. */
  most: number;
  expanded: string[];
  /** `null`: all of them. */
  uses: Use[] | null;
  kinds: Kind[] | null;
  years: [number | null, number | null];
  /** Also what texts say of bodies, groups and States. */
  statements: boolean;
  layout: Layout;
  size: Size;
  colour: Colouring;
  selected: string | null;
  /** The ends of the path that is looked for. */
  path: [string, string] | null;
}

export const MOST = [50, 150, 400, 1000, 3000, 10_000];
export const DEEPEST = 3;
const USUAL = 150;

/** Whether a root is something that documents name, rather than a document. */
export const isNamed = (root: string): boolean => /^(body|group|state|role|actor|person)\//.test(root);

const list = (text: string | null): string[] => (text ?? '').split(',').filter(Boolean);
const year = (text: string | undefined): number | null => (/^\d{4}$/.test(text ?? '') ? Number(text) : null);

export function readView(params: URLSearchParams): View {
  const one = <T extends string>(name: string, allowed: readonly T[], usual: T): T =>
    allowed.find((value) => value === params.get(name)) ?? usual;
  const number = (name: string, usual: number, least: number, most: number): number => {
    const value = Number.parseInt(params.get(name) ?? '', 10);
    return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : usual;
  };
  const some = <T extends string>(name: string, allowed: readonly T[]): T[] | null =>
    params.has(name) ? allowed.filter((value) => list(params.get(name)).includes(value)) : null;
  const roots = unique(params.getAll('root'));
  const years = (params.get('years') ?? '').split('-');
  const [from, to] = [params.get('from')?.trim(), params.get('to')?.trim()];
  return {
    roots,
    depth: number('depth', 1, 1, DEEPEST),
    way: one('way', ['both', 'cites', 'cited-by'], 'both'),
    most: number('most', USUAL, 10, 20_000),
    expanded: unique(params.getAll('expand')),
    uses: some('relation', USES),
    kinds: some('kind', Object.keys(KINDS) as Kind[]),
    years: [year(years[0]), year(years[1])],
    // Around what documents name they are usual, and can be turned off.
    statements: params.has('statements') ? params.get('statements') === '1' : roots.some(isNamed),
    layout: one('layout', ['force', 'time'], 'force'),
    size: one('size', Object.keys(SIZES) as Size[], 'cited'),
    colour: one('colour', Object.keys(COLOURINGS) as Colouring[], 'kind'),
    selected: params.get('at'),
    path: from && to ? [from, to] : null,
  };
}

/** Only what differs from the usual is written. */
export function writeView(view: View): string {
  const params: [string, string][] = view.roots.map((root) => ['root', root]);
  const add = (name: string, value: string | number, usual: string | number): void => {
    if (value !== usual) params.push([name, String(value)]);
  };
  if (view.path) params.push(['from', view.path[0]], ['to', view.path[1]]);
  add('depth', view.depth, 1);
  add('way', view.way, 'both');
  add('most', view.most, USUAL);
  for (const thing of view.expanded) params.push(['expand', thing]);
  if (view.uses) params.push(['relation', view.uses.join(',')]);
  if (view.kinds) params.push(['kind', view.kinds.join(',')]);
  if (view.years.some((end) => end !== null)) params.push(['years', view.years.map((end) => end ?? '').join('-')]);
  if (view.statements || view.roots.some(isNamed)) params.push(['statements', view.statements ? '1' : '0']);
  add('layout', view.layout, 'force');
  add('size', view.size, 'cited');
  add('colour', view.colour, 'kind');
  if (view.selected) params.push(['at', view.selected]);
  if (!params.length) return '/network';
  // Slashes, commas and colons need no escape in a query, and addresses are read by people.
  const text = params.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(2F|2C|3A)/g, decodeURIComponent)}`);
  return `/network?${text.join('&')}`;
}

function unique(values: string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}
