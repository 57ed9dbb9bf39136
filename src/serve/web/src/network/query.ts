// What the page asks the graph. Answers are kept while the page is open: the graph may be built anew behind it.

import { reference, rows, site } from '../endpoint';
import { NAMES, USES, isCitation, joined, kindOf, yearOfSymbol, type Link, type Thing, type Use } from './model';

/** IRIs in one query: with them its text stays well below what the server takes. */
const AT_ONCE = 400;

const idBase = (): string => `${site.base}id/`;
export const iriOf = (name: string): string => (/^https?:/.test(name) ? name : idBase() + name);
export const nameOf = (iri: string): string => (iri.startsWith(idBase()) ? iri.slice(idBase().length) : iri);
const last = (iri: string): string => iri.split(/[/#]/).pop() ?? '';

const PREFIX: Partial<Record<Use, string>> = {
  cites: 'eli', based_on: 'eli', amends: 'eli', repeals: 'eli', establishes: 'rg', extendsMandateOf: 'rg', terminates: 'rg', condemns: 'rg',
  addresses: 'rg', mentions: 'schema',
};
const property = (use: Use): string => `${PREFIX[use] ?? 'cito'}:${use}`;

type Row = Record<string, string | undefined>;

/** Asks the query that `write` makes of the IRIs, a part of them at a time. */
async function inParts(iris: string[], write: (values: string) => string, signal?: AbortSignal): Promise<Row[]> {
  const parts: string[][] = [];
  for (let at = 0; at < iris.length; at += AT_ONCE) parts.push(iris.slice(at, at + AT_ONCE));
  const found: Row[] = [];
  for (const part of parts) {
    const answer: Row[] = await rows(write(part.map(reference).join(' ')), signal);
    for (const row of answer) found.push(row);
  }
  return found;
}

type Side = 'from' | 'to';
const known = { from: new Map<string, Link[]>(), to: new Map<string, Link[]>(), named: new Map<string, Link[]>() };
const FOLLOWED = USES.filter((use) => !NAMES.includes(use));
const things = new Map<string, Thing | null>();

/** The links that begin (`from`) or end (`to`) at each of the things. */
export function linksAt(side: Side, iris: string[], signal?: AbortSignal): Promise<Link[]> {
  return links(known[side], side, iris, (values) => `# The links ${side} things
SELECT ?from ?use ?to WHERE {
  VALUES ?${side} { ${values} }
  VALUES ?use { ${FOLLOWED.map(property).join(' ')} }
  ?from ?use ?to
}`, signal);
}

/** Documents in which things are named that are looked at: some bodies are named in nearly all. */
export const MOST_NAMING = 5000;

/** Where the things are named: in the documents that are cited most, where these are too many. */
export function namesOf(iris: string[], signal?: AbortSignal): Promise<Link[]> {
  return links(known.named, 'to', iris, (values) => `# Where things are named, the most cited first
SELECT ?from ?use ?to WHERE {
  {
    SELECT ?from (COUNT(?citing) AS ?cited) WHERE {
      {
        SELECT DISTINCT ?from WHERE {
          VALUES ?to { ${values} }
          VALUES ?use { ${NAMES.map(property).join(' ')} }
          ?from ?use ?to
        }
      }
      OPTIONAL { ?citing eli:cites ?from }
    }
    GROUP BY ?from ORDER BY DESC(?cited) ?from LIMIT ${MOST_NAMING}
  }
  VALUES ?to { ${values} }
  VALUES ?use { ${NAMES.map(property).join(' ')} }
  ?from ?use ?to
}`, signal);
}

async function links(
  kept: Map<string, Link[]>, side: Side, iris: string[], write: (values: string) => string, signal?: AbortSignal,
): Promise<Link[]> {
  const fresh = [...new Set(iris)].filter((iri) => !kept.has(iri));
  const found = await inParts(fresh, write, signal);
  for (const iri of fresh) kept.set(iri, []);
  const said = found.map(({ from = '', use = '', to = '' }): Link => ({ from, to, uses: [last(use) as Use] }));
  for (const link of joined(said)) if (link.from !== link.to) kept.get(link[side])?.push(link);
  return iris.flatMap((iri) => kept.get(iri) ?? []);
}

/** What is known of each of the things; those that are not in the graph are left out. */
export async function describe(iris: string[], signal?: AbortSignal): Promise<Thing[]> {
  const fresh = [...new Set(iris)].filter((iri) => !things.has(iri));
  const [facts, counts] = await Promise.all([
    inParts(fresh, (values) => `# What things are
SELECT ?this ?property ?value (LANG(?value) AS ?language) WHERE {
  VALUES ?this { ${values} }
  VALUES ?property { rdf:type rdfs:label eli:title rg:year eli:date_document rg:adopted rg:pageRank rg:betweenness rg:community }
  ?this ?property ?value
}`, signal),
    inParts(fresh, (values) => `# How often things are cited
SELECT ?this (COUNT(*) AS ?cited) WHERE { VALUES ?this { ${values} } ?citing eli:cites ?this } GROUP BY ?this`, signal),
  ]);
  const cited = new Map(counts.map((row) => [row.this, Number(row.cited)]));
  const facing = new Map<string, Row[]>(fresh.map((iri) => [iri, []]));
  for (const row of facts) facing.get(row.this ?? '')?.push(row);
  for (const [iri, said] of facing) things.set(iri, said.length ? thing(iri, said, cited.get(iri) ?? 0) : null);
  return iris.flatMap((iri) => things.get(iri) ?? []);
}

function thing(iri: string, said: Row[], cited: number): Thing {
  const values = (name: string): Row[] => said.filter((row) => last(row.property ?? '') === name);
  const one = (name: string): string | undefined => {
    const all = values(name);
    return (all.find((row) => row.language === 'en') ?? all[0])?.value;
  };
  const label = one('label') ?? nameOf(iri);
  const date = one('year') ?? one('date_document') ?? one('adopted');
  const title = one('title');
  return {
    iri,
    label,
    title: title && title !== label ? title : null,
    kind: kindOf(values('type').map((row) => last(row.value ?? ''))),
    year: date ? Number(date.slice(0, 4)) : yearOfSymbol(label),
    cited,
    rank: number(one('pageRank')),
    between: number(one('betweenness')),
    community: one('community') ?? null,
  };
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** The labels of communities. */
export async function labelsOf(iris: string[]): Promise<Map<string, string>> {
  const found = await inParts(iris, (values) => `# What communities are called
SELECT ?this ?label WHERE { VALUES ?this { ${values} } ?this rdfs:label ?label }`);
  return new Map(found.map((row) => [row.this ?? '', row.label ?? '']));
}

/** All that is cited, the most cited first. */
export async function mostCited(signal?: AbortSignal): Promise<string[]> {
  const found: Row[] = await rows(`# The most cited
SELECT ?this (COUNT(*) AS ?cited) WHERE { ?citing eli:cites ?this } GROUP BY ?this ORDER BY DESC(?cited) ?this LIMIT 20000`, signal);
  return found.flatMap((row) => row.this ?? []);
}

/** A place that shows a link: where it is said, in which words. */
export interface Evidence {
  paragraph: string;
  verb?: string;
  use?: string;
  sentence: string;
  words?: string;
}

const places = new Map<string, Evidence[]>();

/** Forgets what was answered, for the next page to ask anew. */
export function forget(): void {
  for (const kept of [...Object.values(known), things, places]) kept.clear();
}

/** The places where `from` cites `to`, or says something of it. */
export async function evidence({ from, to, uses }: Link): Promise<Evidence[]> {
  const key = `${from} ${to}`;
  const kept = places.get(key);
  if (kept) return kept;
  const [citing, cited] = [reference(from), reference(to)];
  let said = `?about rdf:subject ${citing} ; rdf:object ${cited} ; rdf:predicate ?way ; rg:paragraph ?paragraph ; oa:hasTarget ?target .`;
  if (isCitation({ from, to, uses })) {
    said = `?about cito:hasCitingEntity ${citing} ; cito:hasCitedEntity ${cited} ; rg:paragraph ?paragraph ; oa:hasTarget ?target .
  OPTIONAL { ?about cito:hasCitationCharacterization ?way }`;
  } else if (uses.includes('mentions')) {
    said = `?about oa:hasBody ${cited} ; rg:paragraph ?paragraph ; oa:hasTarget ?target . ?paragraph eli:is_part_of ${citing} .`;
  }
  const found: Row[] = await rows(`# Where it is said
SELECT ?paragraph ?verb ?way (MIN(?at) AS ?place) (MIN(?said) AS ?sentence) (MIN(?exact) AS ?words) WHERE {
  ${said}
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
  OPTIONAL { ?paragraph rg:position ?at }
  OPTIONAL { ?about rg:verb/rdfs:label ?verb }
}
GROUP BY ?paragraph ?verb ?way
ORDER BY ?place ?paragraph
LIMIT 100`);
  const all = found.map((row): Evidence => ({
    paragraph: row.paragraph ?? '',
    sentence: row.sentence ?? '',
    ...(row.verb ? { verb: row.verb } : {}),
    ...(row.way ? { use: last(row.way) } : {}),
    ...(row.words ? { words: row.words } : {}),
  }));
  places.set(key, all);
  return all;
}

/** The thing that a reader means by a symbol or a name, as exactly as it can be told. */
export async function find(text: string): Promise<string | null> {
  const typed = text.trim();
  if (!typed) return null;
  const [direct] = await describe([iriOf(typed)]);
  if (direct) return direct.iri;
  const words = JSON.stringify(typed);
  const found: Row[] = await rows(`# What is called so
SELECT ?this (MIN(STRLEN(?name)) AS ?length) WHERE {
  VALUES ?property { rdfs:label eli:id_local skos:altLabel eli:title }
  ?this ?property ?name FILTER(STRSTARTS(LCASE(STR(?name)), LCASE(${words})))
}
GROUP BY ?this ORDER BY ?length ?this LIMIT 1`);
  return found[0]?.this ?? null;
}
