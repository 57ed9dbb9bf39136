// The forms in which the server gives what a page is about.

import { type Child, h } from './dom';

type Format = [suffix: string, name: string];
const RDF: Format[] = [['ttl', 'Turtle'], ['jsonld', 'JSON-LD'], ['rdf', 'RDF/XML'], ['nt', 'N-Triples']];
const DRAWN: Format[] = [['dot', 'DOT'], ['csv', 'CSV']];
const REFERENCES: Format[] = [['bib', 'BibTeX'], ['csl.json', 'CSL']];
const MARKED: Format[] = [['akn', 'Akoma Ntoso']];
// Files of the corpus have no drawing, only documents can be referred to, and only a text can be marked up.
const OTHERS = { file: [], thing: DRAWN, document: [...DRAWN, ...REFERENCES], text: [...DRAWN, ...REFERENCES, ...MARKED] };

/** Of the page at this address. */
export function downloads(path: string, of: keyof typeof OTHERS): HTMLElement {
  const at = path.replace(/\.html$/, '');
  const links = (formats: Format[]) => formats.map(([suffix, name]): Child => h('a', { href: `${at}.${suffix}`, download: true }, name));
  return h('div', { class: 'downloads' }, h('h2', {}, 'Download'),
    h('p', {}, links(RDF)), OTHERS[of].length ? h('p', {}, links(OTHERS[of])) : null);
}
