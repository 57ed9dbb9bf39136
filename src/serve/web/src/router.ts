// Which page an address shows. Each page is loaded when it is first wanted.

import { site } from './endpoint';

export type Page = () => Promise<Node[]>;

const FORMS = /^\/(doc|source)\/.*\.(ttl|jsonld|rdf|nt|dot|csv|bib)$/;

/** The page of an address, or `null` where the address is not one of the explorer. */
export function route(url: URL): Page | null {
  const path = readable(url.pathname).replace(/\.html$/, '');
  // The other forms of a document or a file are the server's.
  if (FORMS.test(path)) return null;
  const params = url.searchParams;
  if (path.startsWith('/doc/')) {
    return async () => (await import('./describe')).describePage(`${site.base}id/${path.slice(5)}`);
  }
  if (path.startsWith('/source/')) {
    return async () => (await import('./source/page')).sourcePage(`${site.base}source/${path.slice(8)}`);
  }
  if (path === '/network') return async () => (await import('./network/page')).networkPage(params);
  if (path === '/query') return async () => (await import('./query/page')).sparqlPage(params);
  if (path !== '/') return null;
  const text = params.get('q')?.trim();
  if (text) return async () => (await import('./search/page')).searchPage(text);
  return async () => (await import('./overview/page')).overviewPage();
}

/**
 * A path with its letters outside ASCII as they are: the browser escapes them, the IRIs of the graph do not.
 * An escape within ASCII (`%20`) is part of the IRI and stays.
 */
export function readable(path: string): string {
  return path.replace(/(?:%[89a-f][0-9a-f])+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

/** The part of a page that a fragment names: "#op10" is "op10". */
export function partOf(fragment: string): string {
  const name = fragment.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
