// What the server knows: queries, and the addresses of things.

/** Base of the IRIs, the saved queries, and those that pages are made from. */
export const site = await (await fetch('/assets/site.json')).json();

/** A string as SPARQL writes it. */
export function literal(text) {
  const escapes = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' };
  return `"${text.replace(/[\\"\n\r]/g, (c) => escapes[c])}"`;
}

/** An IRI as SPARQL writes it. */
export function reference(iri) {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, encodeURIComponent)}>`;
}

/** A query of a page, with what it asks about: `this` an IRI, `text` a string, as SPARQL writes them. */
export function page(name, { this: iri = '', text = '' } = {}) {
  return site.pages[name].replaceAll('$this', () => iri).replaceAll('$text', () => text);
}

/** Sends a query; the response, whatever it is. */
export function send(query, accept) {
  const headers = { 'Content-Type': 'application/sparql-query', Accept: accept };
  return fetch('/sparql', { method: 'POST', headers, body: query });
}

/** The rows of a SELECT: objects of strings by variable. */
export async function rows(query) {
  const response = await send(query, 'application/sparql-results+json');
  if (!response.ok) throw new Error((await response.text()).trim());
  const { results } = await response.json();
  return results.bindings.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, v.value])));
}

/** The page about an IRI: ours for what is in the graph, the web's for the rest, else none. */
export function address(iri) {
  const path = (folder) => iri.slice(site.base.length + folder.length).replace(/[?]/g, encodeURIComponent);
  if (iri.startsWith(`${site.base}id/`)) return `/doc/${path('id/')}`;
  if (iri.startsWith(`${site.base}source/`)) return `/source/${path('source/')}`;
  return /^https?:\/\//.test(iri) ? iri : null;
}

/** The last part of an IRI, for want of a label. */
export function short(iri) {
  if (iri.startsWith(`${site.base}id/`)) return iri.slice(site.base.length + 3);
  return iri.split(/[/#]/).filter(Boolean).pop() ?? iri;
}

/** Splits a name written in camel case: "obtainsBackgroundFrom" is "obtains background from". */
export function words(name) {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
