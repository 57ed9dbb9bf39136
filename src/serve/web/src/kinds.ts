// What things are called on the pages: kinds, treatments, and the colour that a kind is marked with.

import { local, site, words } from './endpoint';

const KINDS: Record<string, string> = {
  Resolution: 'Resolution', OfficialStatement: 'Presidential statement', Draft: 'Draft resolution', Document: 'Document',
  Instrument: 'Instrument', Article: 'Article', Report: 'Report', Letter: 'Letter', UNBody: 'United Nations body',
  Organization: 'Organization', ArmedGroup: 'Armed group', State: 'State', Territory: 'Territory', Role: 'Office',
  Person: 'Person', UnidentifiedText: 'Text', Actor: 'Actor', Convention: 'Convention', Treaty: 'Treaty',
  Agreement: 'Agreement', Declaration: 'Declaration', Plan: 'Plan', Meeting: 'Meeting', Verb: 'Verb',
  Concept: 'Subject', Community: 'Community',
};

/** The kinds that `/suggest` tells of: coarser than classes. */
const SORTS: Record<string, [name: string, ...classes: string[]]> = {
  resolution: ['Resolution', 'Resolution'], statement: ['Presidential statement', 'OfficialStatement'], draft: ['Draft resolution', 'Draft'],
  report: ['Report', 'Report'], letter: ['Letter', 'Letter'], document: ['Document', 'Document'], article: ['Article', 'Article'],
  instrument: ['Instrument', 'Instrument', 'Treaty', 'Convention', 'Agreement', 'Declaration', 'Plan'], text: ['Text', 'UnidentifiedText'],
  body: ['Body', 'UNBody', 'Organization'], group: ['Armed group', 'ArmedGroup'], state: ['State', 'State', 'Territory'],
  role: ['Office', 'Role', 'Post'], person: ['Person', 'Person'], actor: ['Actor', 'Actor'],
};

export function sortName(sort: string): string {
  return SORTS[sort]?.[0] ?? sort;
}

/** The sort of a class. */
export function sortOf(iri: string): string {
  const name = local(iri);
  return Object.keys(SORTS).find((sort) => SORTS[sort]?.slice(1).includes(name)) ?? name;
}

/** Kinds that name somebody: their pages tell when they were named, not what they say. */
const NAMED = new Set(['UNBody', 'Organization', 'ArmedGroup', 'State', 'Territory', 'Role', 'Person', 'Actor', 'Verb', 'Post']);

export function kindName(iri: string): string | undefined {
  return KINDS[local(iri)];
}

/** The kinds of a thing as words, the narrower ones first where a thing is of several. */
export function kindNames(iris: string[]): string[] {
  const names = new Set(iris.map(kindName).filter((name) => name !== undefined));
  if (names.size > 1) for (const wide of ['Instrument', 'Document', 'Organization', 'Subject']) names.delete(wide);
  return [...names];
}

export function isNamed(types: string[]): boolean {
  return types.some((type) => NAMED.has(local(type)));
}

/** How a mention is coloured. */
export type Colour = 'document' | 'instrument' | 'body' | 'group' | 'state' | 'role' | 'person' | 'actor' | 'unresolved';

export const COLOURS: Record<Colour, string> = {
  document: 'Documents', instrument: 'Instruments', body: 'Bodies', group: 'Groups', state: 'States', role: 'Offices',
  person: 'Persons', actor: 'Actors', unresolved: 'Not resolved',
};

/** The colour of a thing, told from the folder that its IRI is in. */
export function colourOf(iri: string): Colour {
  const folder = iri.slice(`${site.base}id/`.length).split('/')[0] ?? '';
  return folder in COLOURS ? (folder as Colour) : 'document';
}

/** Of each treatment: what the citing document does, what is done to the cited one. */
const TREATMENTS: Record<string, [active: string, passive: string]> = {
  repeals: ['Repeals', 'Repealed by'],
  amends: ['Amends', 'Amended by'],
  extends: ['Extends', 'Extended by'],
  qualifies: ['Qualifies', 'Qualified by'],
  based_on: ['Is based on', 'Is the basis of'],
  citesAsAuthority: ['Cites as authority', 'Authority for'],
  confirms: ['Confirms', 'Confirmed by'],
  supports: ['Supports', 'Supported by'],
  agreesWith: ['Agrees with', 'Agreed with by'],
  disagreesWith: ['Disagrees with', 'Disagreed with by'],
  critiques: ['Criticises', 'Criticised by'],
  credits: ['Credits', 'Credited by'],
  obtainsBackgroundFrom: ['Takes as background', 'Background for'],
  discusses: ['Discusses', 'Discussed by'],
  citesAsRelated: ['Cites as related', 'Cited as related by'],
  citesForInformation: ['Cites for information', 'Cited for information by'],
  '': ['Cites', 'Cited by'],
};
const ORDER = Object.keys(TREATMENTS);

export function treatmentName(iri: string | undefined, way: 'out' | 'in'): string {
  const name = local(iri ?? '');
  return TREATMENTS[name]?.[way === 'out' ? 0 : 1] ?? words(name);
}

/** Sorts treatments by how much they do to what is cited. */
export function treatmentRank(iri: string | undefined): number {
  const at = ORDER.indexOf(local(iri ?? ''));
  return at < 0 ? ORDER.length : at;
}

const PREDICATES: Record<string, string> = {
  establishes: 'establishes', extendsMandateOf: 'extends the mandate of', terminates: 'terminates', condemns: 'condemns',
  addresses: 'addresses', subOrganizationOf: 'is part of', amends: 'amends', repeals: 'repeals',
};

export function predicateName(iri: string): string {
  return PREDICATES[local(iri)] ?? words(local(iri));
}

const SUBDIVISIONS: [RegExp, string][] = [
  [/^pp(\d.*)$/, 'preambular paragraph $1'], [/^op(\d.*)$/, 'operative paragraph $1'], [/^p(\d.*)$/, 'paragraph $1'],
  [/^fn(\d.*)$/, 'footnote $1'], [/^head$/, 'heading'],
];

/** `S/RES/2388#op10` is "op10". */
export function paragraphName(iri: string): string {
  return iri.split('#')[1] ?? '';
}

/** "op10" in words. */
export function paragraphWords(name: string): string {
  for (const [pattern, said] of SUBDIVISIONS) if (pattern.test(name)) return name.replace(pattern, said);
  return name;
}
