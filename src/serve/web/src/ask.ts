// The queries of the explorer's own pages: files in `queries/`, each saying in its first line what it answers.

import { reference, rows } from './endpoint';

const QUERIES = import.meta.glob<string>('./queries/*.rq', { query: '?raw', import: 'default', eager: true });

/** Asks a query of `queries/`: `values` are put where it says `$name`, and are written as SPARQL writes them. */
export function ask<Row>(name: string, values: Record<string, string>): Promise<Row[]> {
  const query = QUERIES[`./queries/${name}.rq`];
  if (query === undefined) throw new Error(`there is no query of the name ${name}`);
  return rows<Row>(query.replace(/\$(\w+)/g, (place, variable: string) => values[variable] ?? place));
}

/** Asks a query about one IRI. */
export function about<Row>(name: string, iri: string): Promise<Row[]> {
  return ask<Row>(name, { this: reference(iri) });
}
