// What the server knows: queries, and the addresses of things.

interface Saved {
  name: string;
  query: string;
}

interface Site {
  /** Base of the IRIs, with `/` at its end. */
  base: string;
  /** Queries that come with the program; the first line of each says what it answers. */
  saved: Saved[];
  /** Namespaces that a query need not declare, by prefix. */
  prefixes?: Record<string, string>;
  /** The queries that pages are made from, by name. */
  pages: Record<string, string>;
}

/** What `/assets/site.json` says; filled by [`loadSite`] before the first page is shown. */
export let site: Site = { base: '', saved: [], pages: {} };

export async function loadSite(): Promise<void> {
  const response = await fetch('/assets/site.json');
  if (!response.ok) throw new Error(await refusal(response));
  site = (await response.json()) as Site;
}

/** A string as SPARQL writes it. */
export function literal(text: string): string {
  const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' };
  return `"${text.replace(/[\\"\n\r]/g, (c) => escapes[c] ?? c)}"`;
}

/** An IRI as SPARQL writes it. */
export function reference(iri: string): string {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, encodeURIComponent)}>`;
}

/** A query of a page, with what it asks about: `this` an IRI, `text` a string, as SPARQL writes them. */
export function page(name: string, { this: iri = '', text = '' }: { this?: string; text?: string } = {}): string {
  const query = site.pages[name];
  if (query === undefined) throw new Error(`the server has no query of the name ${name}`);
  return query.replaceAll('$this', () => iri).replaceAll('$text', () => text);
}

/** Sends a query; the response, whatever it is. With `signal` it is given up. */
export function send(query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const headers = { 'Content-Type': 'application/sparql-query', Accept: accept };
  return fetch('/sparql', { method: 'POST', headers, body: query, signal: signal ?? null });
}

/** Why the server refused: the detail of a problem (RFC 9457), or its text. */
export async function refusal(response: Response): Promise<string> {
  const text = (await response.text()).trim();
  if (response.headers.get('Content-Type')?.includes('json')) {
    try {
      const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
      return detail ?? title ?? text;
    } catch {
      // What calls itself JSON and is none is shown as it is.
    }
  }
  return text || `the server answers ${response.status}`;
}

export interface Term {
  type: 'uri' | 'literal' | 'bnode';
  value: string;
  datatype?: string;
  'xml:lang'?: string;
}
export interface Answer {
  head: { vars: string[] };
  boolean?: boolean;
  results: { bindings: Record<string, Term>[] };
}

/** The rows of a SELECT: objects of strings by variable; a variable that is not bound is missing. */
export async function rows<Row = Record<string, string>>(query: string, signal?: AbortSignal): Promise<Row[]> {
  const response = await send(query, 'application/sparql-results+json', signal);
  if (!response.ok) throw new Error(await refusal(response));
  const { results } = (await response.json()) as Answer;
  return results.bindings.map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])) as Row,
  );
}

/** The page about an IRI: ours for what is in the graph, the web's for the rest, else none. */
export function address(iri: string): string | null {
  const path = (folder: string) => iri.slice(site.base.length + folder.length).replace(/[?]/g, encodeURIComponent);
  if (iri.startsWith(`${site.base}id/`)) return `/doc/${path('id/')}`;
  if (iri.startsWith(`${site.base}source/`)) return `/source/${path('source/')}`;
  return /^https?:\/\//.test(iri) ? iri : null;
}

/** The last part of an IRI, for want of a label. */
export function short(iri: string): string {
  if (site.base && iri.startsWith(`${site.base}id/`)) return iri.slice(site.base.length + 3);
  return iri.split(/[/#]/).filter(Boolean).pop() ?? iri;
}

/** The local name of a class or property. */
export function local(iri: string): string {
  return iri.split(/[/#]/).pop() ?? iri;
}

/** Splits a name written in camel case: "obtainsBackgroundFrom" is "obtains background from". */
export function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
