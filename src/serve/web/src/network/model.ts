// What a network is made of: things, the links between them, and how both are sorted and named.

/** Kinds of things, in the order of the legend. */
export const KINDS = {
  resolution: 'Resolution',
  statement: 'Presidential statement',
  instrument: 'Treaty or instrument',
  document: 'Document',
  draft: 'Draft',
  body: 'Body',
  group: 'Armed group',
  state: 'State',
  other: 'Other',
} as const;

export type Kind = keyof typeof KINDS;

/** Classes by the last part of their IRI; of several the first in this order tells the kind. */
const CLASSES: [string, Kind][] = [
  ['Resolution', 'resolution'], ['OfficialStatement', 'statement'], ['Draft', 'draft'], ['Instrument', 'instrument'],
  ['Treaty', 'instrument'], ['Convention', 'instrument'], ['Report', 'document'], ['Letter', 'document'],
  ['Document', 'document'], ['Article', 'document'], ['UNBody', 'body'], ['ArmedGroup', 'group'], ['State', 'state'],
  ['Territory', 'state'], ['Organization', 'body'],
];

export function kindOf(classes: string[]): Kind {
  return CLASSES.find(([name]) => classes.includes(name))?.[1] ?? 'other';
}

/** Families of uses: what an edge is coloured by. Each use is the last part of a property of the graph. */
export const FAMILIES = {
  authority: { name: 'rests on', uses: ['citesAsAuthority', 'based_on', 'obtainsBackgroundFrom'] },
  support: { name: 'confirms, agrees', uses: ['confirms', 'supports', 'agreesWith', 'credits'] },
  change: { name: 'changes', uses: ['amends', 'repeals', 'extends', 'qualifies'] },
  dispute: { name: 'criticizes', uses: ['critiques', 'disagreesWith'] },
  mention: { name: 'mentions', uses: ['citesForInformation', 'citesAsRelated', 'discusses', 'cites'] },
  mandate: { name: 'establishes, mandates, condemns', uses: ['establishes', 'extendsMandateOf', 'terminates', 'condemns'] },
  name: { name: 'names, addresses', uses: ['mentions', 'addresses'] },
} as const;

export type Family = keyof typeof FAMILIES;
export type Use = (typeof FAMILIES)[Family]['uses'][number];

export const USES: Use[] = Object.values(FAMILIES).flatMap((family): readonly Use[] => family.uses);
/** What texts say of bodies and groups: no citations, and only shown where it is asked for. */
export const STATEMENTS: readonly Use[] = FAMILIES.mandate.uses;
/** A document names so many that this is only followed to the bodies and groups that a network starts from. */
export const NAMES: readonly Use[] = FAMILIES.name.uses;

export function isCitation(link: Link): boolean {
  return link.uses.some((use) => !STATEMENTS.includes(use) && !NAMES.includes(use));
}

/**
 * One link for each ordered pair, with all of its uses: what a text says of a body and that it names it are
 * asked for apart. That something is cited or named at all is only kept where nothing is known of how.
 */
export function joined(links: readonly Link[]): Link[] {
  const pairs = new Map<string, Set<Use>>();
  const ends = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.from} ${link.to}`;
    const uses = pairs.get(key);
    if (uses) for (const use of link.uses) uses.add(use);
    else {
      pairs.set(key, new Set(link.uses));
      ends.set(key, link);
    }
  }
  return [...ends].map(([key, { from, to }]) => ({ from, to, uses: telling([...(pairs.get(key) ?? [])]) }));
}

/** The uses that say most: `cites` says more than `mentions`, and each of the others more than both. */
function telling(uses: Use[]): Use[] {
  const best = uses.filter((use) => use !== 'cites' && use !== 'mentions');
  if (best.length) return best;
  return uses.includes('cites') ? ['cites'] : uses;
}

/** Which family tells the colour of a link that has several: the rarest says most. */
const WEIGHT: Family[] = ['change', 'dispute', 'mandate', 'authority', 'support', 'mention', 'name'];

export function familyOf(uses: readonly Use[]): Family {
  const has = (family: Family): boolean => uses.some((use) => (FAMILIES[family].uses as readonly Use[]).includes(use));
  return WEIGHT.find(has) ?? 'mention';
}

export interface Thing {
  iri: string;
  label: string;
  title: string | null;
  kind: Kind;
  /** Year of the document, or the best that is known of it. */
  year: number | null;
  /** Documents of the whole graph that cite it. */
  cited: number;
  /** PageRank, betweenness and community, where the graph was built with analyses. */
  rank: number | null;
  between: number | null;
  community: string | null;
}

/** What the size of a thing tells. */
export const SIZES = { cited: 'times cited', rank: 'PageRank', between: 'betweenness' } as const;
export type Size = keyof typeof SIZES;
/** What the colour of a thing tells. */
export const COLOURINGS = { kind: 'kind', community: 'community' } as const;
export type Colouring = keyof typeof COLOURINGS;

export interface Look {
  size: Size;
  colour: Colouring;
}

/** Whether the graph was built with analyses, as far as the things of a network show. */
export function analysed(network: Network): boolean {
  return [...network.things.values()].some((thing) => typeof thing.rank === 'number');
}

/** Communities that have a colour of their own; more could not be told apart. */
export const COLOURED = 9;

/** The communities of a network that have a colour, those with most things first. */
export function communities(network: Network): string[] {
  const counts = new Map<string, number>();
  for (const { community } of network.things.values()) if (community) counts.set(community, (counts.get(community) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, COLOURED).map(([iri]) => iri);
}

/** One edge for each ordered pair: `from` cites `to`, in each of these ways. */
export interface Link {
  from: string;
  to: string;
  uses: Use[];
}

export interface Placed extends Thing {
  /** Steps from the nearest root. */
  depth: number;
  root: boolean;
}

export interface Network {
  things: Map<string, Placed>;
  links: Link[];
  /** Neighbours that were left out, for want of room. */
  left: number;
  /** More documents name the roots than were looked at: `left` is the least that it can be. */
  bounded?: boolean;
}

/**
 * The year of a document that has none of its own: said in its symbol, or the year in which the session of
 * the General Assembly opened that adopted it.
 */
export function yearOfSymbol(label: string): number | null {
  const written = /\((1[89]\d\d|20\d\d)\)/.exec(label) ?? /\/((?:19|20)\d\d)(?:\/|$)/.exec(label);
  if (written) return Number(written[1]);
  const session = /^A\/RES\/(\d{1,3})\//.exec(label);
  if (session) return 1945 + Number(session[1]);
  const roman = /^A\/RES\/\d+(?: [A-Z])? \(([IVXL]+)\)$/.exec(label);
  return roman ? 1945 + romanNumber(roman[1] ?? '') : null;
}

function romanNumber(text: string): number {
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 };
  const digits = [...text].map((c) => values[c] ?? 0);
  return digits.reduce((sum, digit, n) => sum + (digit < (digits[n + 1] ?? 0) ? -digit : digit), 0);
}

/** Links by each of their ends. */
export function byEnd(links: Link[]): Map<string, Link[]> {
  const ends = new Map<string, Link[]>();
  const add = (end: string, link: Link): void => {
    const known = ends.get(end);
    if (known) known.push(link);
    else ends.set(end, [link]);
  };
  for (const link of links) {
    add(link.from, link);
    add(link.to, link);
  }
  return ends;
}

/** The other end of a link. */
export function other(link: Link, end: string): string {
  return link.from === end ? link.to : link.from;
}

/** Pixels from the middle of a thing to its edge, by how often it is cited, or what else its size tells. */
export function sizes(network: Network, by: Size = 'cited'): Map<string, number> {
  const things = [...network.things.values()];
  const base = things.length < 100 ? 5 : 3;
  // Few citations are few, whatever else there is; the other measures have no scale of their own.
  const most = things.reduce((max, thing) => Math.max(max, thing[by] ?? 0), by === 'cited' ? 25 : 1e-12);
  return new Map(things.map((thing) => [thing.iri, base + 15 * ((thing[by] ?? 0) / most) ** 0.42 + (thing.root ? 3 : 0)]));
}
