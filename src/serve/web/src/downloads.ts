// The forms in which the server gives what a page is about.

import { type Child, h } from './dom';

type Format = [suffix: string, name: string];
const RDF: Format[] = [['ttl', 'Turtle'], ['jsonld', 'JSON-LD'], ['rdf', 'RDF/XML'], ['nt', 'N-Triples']];
const OTHERS: Format[] = [['dot', 'DOT'], ['csv', 'CSV'], ['bib', 'BibTeX']];

/** Of the page at this address; files of the corpus have no drawing and no reference. */
export function downloads(path: string, file: boolean): HTMLElement {
  const at = path.replace(/\.html$/, '');
  const links = (formats: Format[]) => formats.map(([suffix, name]): Child => h('a', { href: `${at}.${suffix}`, download: true }, name));
  return h('div', { class: 'downloads' }, h('h2', {}, 'Download'),
    h('p', {}, links(RDF)), file ? null : h('p', {}, links(OTHERS)));
}
