// The SPARQL box.

import { h } from './dom';
import { type Answer, address, refusal, send, short, site, type Term } from './endpoint';

const START = `SELECT ?symbol ?title WHERE {
  ?work eli:id_local ?symbol .
  OPTIONAL { ?work eli:title ?title }
}
ORDER BY ?symbol
LIMIT 50`;

export async function sparqlPage(params: URLSearchParams): Promise<Node[]> {
  const given = params.get('query');
  const box = h('textarea', { id: 'query', spellcheck: 'false', autocapitalize: 'off' });
  box.value = given ?? START;
  const answer = h('section', { 'aria-live': 'polite' });
  const saved = h('select', { id: 'saved' }, h('option', { value: '' }, 'Saved queries …'),
    site.saved.map((q) => h('option', { value: q.name }, q.name)));
  saved.addEventListener('change', () => {
    const query = site.saved.find((q) => q.name === saved.value);
    if (query) box.value = query.query;
  });
  const run = () => ask(box.value, answer);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
  });
  if (given) run();
  return [
    h('h1', {}, 'SPARQL'),
    h('p', { class: 'faint' }, 'The usual prefixes need not be declared. Ctrl+Enter runs the query.'),
    h('label', { for: 'query', class: 'hidden' }, 'Query'),
    box,
    h('div', { class: 'tools' },
      h('button', { type: 'button', onclick: run }, 'Run'),
      h('label', { for: 'saved', class: 'hidden' }, 'Saved queries'), saved),
    answer,
  ];
}

async function ask(query: string, answer: HTMLElement): Promise<void> {
  history.replaceState(null, '', `/query?${new URLSearchParams({ query })}`);
  answer.replaceChildren(h('p', { class: 'faint' }, 'Running …'));
  try {
    const response = await send(query, 'application/sparql-results+json, text/turtle;q=0.9');
    const type = response.headers.get('Content-Type') ?? '';
    if (!response.ok) answer.replaceChildren(h('p', { class: 'error', role: 'alert' }, await refusal(response)));
    else if (type.includes('json')) answer.replaceChildren(...results(await response.json()));
    else answer.replaceChildren(h('pre', { class: 'scroll' }, await response.text()));
  } catch (error) {
    answer.replaceChildren(h('p', { class: 'error', role: 'alert' }, `The server cannot be reached: ${(error as Error).message}`));
  }
}

function results({ head, boolean, results: found }: Answer): Node[] {
  if (boolean !== undefined) return [h('p', {}, boolean ? 'Yes' : 'No')];
  const rows = found.bindings.slice(0, 1000);
  const note = found.bindings.length > rows.length ? `, the first ${rows.length} shown` : '';
  return [
    h('p', { class: 'count' }, `${found.bindings.length} rows${note}`),
    h('div', { class: 'scroll' }, h('table', {},
      h('thead', {}, h('tr', {}, head.vars.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, head.vars.map((name) => cell(row[name])))))
    )),
  ];
}

function cell(term: Term | undefined) {
  if (!term) return h('td');
  if (term.type === 'uri') {
    const href = address(term.value);
    return h('td', {}, href ? h('a', { href }, short(term.value)) : term.value);
  }
  const number = term.datatype?.endsWith('#integer') || term.datatype?.endsWith('#decimal');
  return h('td', { class: number ? 'number' : null }, term.value);
}
