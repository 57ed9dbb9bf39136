// Completion of prefixes, classes and properties, from what the graph itself has.

import Yasgui from '@zazuko/yasgui';
import { rows, site } from '../endpoint';

type Completer = Parameters<typeof Yasgui.Yasqe.registerAutocompleter>[0];
type Yasqe = Parameters<Completer['isValidCompletionPosition']>[0];

const { class: usualClass, property: usualProperty, prefixes: usualPrefixes } = Yasgui.Yasqe.Autocompleters as Record<string, Completer>;

/** Asked once for as long as the page is open. */
const known = new Map<string, Promise<string[]>>();

function inGraph(pattern: string): Promise<string[]> {
  const asked = known.get(pattern) ?? rows<{ iri: string }>(`SELECT DISTINCT ?iri WHERE { ${pattern} } ORDER BY ?iri`)
    .then((found) => found.map((row) => row.iri));
  known.set(pattern, asked);
  asked.catch(() => known.delete(pattern));
  return asked;
}

function prefixesOf(yasqe: Yasqe): [prefix: string, namespace: string][] {
  return Object.entries({ ...site.prefixes, ...yasqe.getPrefixesFromQuery() });
}

/** An IRI as the query may write it. */
function written(yasqe: Yasqe, iri: string): string {
  const fits = prefixesOf(yasqe).find(([, namespace]) => iri.startsWith(namespace) && /^[\w-]+$/.test(iri.slice(namespace.length)));
  return fits ? `${fits[0]}:${iri.slice(fits[1].length)}` : `<${iri}>`;
}

/** What is typed begins the prefixed name or the IRI, or is part of the local name. */
function fitting(yasqe: Yasqe, iris: string[], typed: string): string[] {
  const begun = typed.trim().toLowerCase();
  const plain = begun.replace(/^</, '');
  return iris.filter((iri) => {
    const name = written(yasqe, iri).toLowerCase();
    return name.startsWith(begun) || iri.toLowerCase().startsWith(plain) || (!begun.includes(':') && name.split(':').pop()?.includes(begun));
  });
}

function completer(usual: Completer | undefined, pattern: string): Completer {
  if (!usual) throw new Error('YASGUI has no such completion');
  return {
    name: usual.name,
    bulk: false,
    autoShow: true,
    isValidCompletionPosition: (yasqe) => usual.isValidCompletionPosition(yasqe),
    get: async (yasqe, token) => fitting(yasqe, await inGraph(pattern), (token as { string?: string } | undefined)?.string ?? ''),
    postProcessSuggestion: (yasqe, _token, iri) => written(yasqe, iri),
  };
}

export const classes = completer(usualClass, '?thing a ?iri');
export const properties = completer(usualProperty, '?thing ?iri ?value');

/** A prefix that is used is declared by itself, so that the query can be taken elsewhere. */
export const prefixes: Completer = {
  ...(usualPrefixes as Completer),
  get: () => Object.entries(site.prefixes ?? {}).map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort(),
  persistenceId: undefined,
};
