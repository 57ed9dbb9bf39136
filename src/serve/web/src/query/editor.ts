// YASGUI as this page has it: the endpoint is fixed, completions come from the graph, results are our own table.

import Yasgui from '@zazuko/yasgui';
import '@zazuko/yasgui/build/yasgui.min.css';
import './yasgui.css';
import { replace } from '../address';
import { h } from '../dom';
import { site } from '../endpoint';
import { classes, prefixes, properties } from './completion';
import { ResultTable } from './table';

const START = `SELECT ?symbol ?title ?date WHERE {
  ?work eli:id_local ?symbol ; eli:date_document ?date .
  OPTIONAL { ?work eli:title ?title }
}
ORDER BY DESC(?date) ?symbol
LIMIT 50`;

Yasgui.Yasqe.registerAutocompleter(prefixes, true);
Yasgui.Yasqe.registerAutocompleter(classes, true);
Yasgui.Yasqe.registerAutocompleter(properties, true);
Yasgui.Yasr.registerPlugin('table', ResultTable as never, true);

// A tab makes its own settings of these; of those that are given to YASGUI it takes the prefixes only.
Object.assign(Yasgui.Yasr.defaults, {
  pluginOrder: ['table', 'response'],
  defaultPlugin: 'table',
  errorRenderers: [async (error: { text?: string }) => problem(error)],
  // Answers are asked anew rather than kept in the browser.
  maxPersistentResponseSize: 0,
});

export class Editor {
  private yasgui: Yasgui | null = null;

  /** Begins when `place` is part of the page: an editor measures what it is drawn in. */
  constructor(place: HTMLElement, query: string | null) {
    const observer = new ResizeObserver(() => {
      if (!place.isConnected || this.yasgui) return;
      observer.disconnect();
      this.begin(place, query);
    });
    observer.observe(place);
  }

  /** Shows a query in a tab of its name, and runs it; without one, the tab begins as the first does. */
  open(name: string, query: string): void {
    const value = declared(query || START);
    this.yasgui?.addTab(true, { name, yasqe: { value } } as never, { avoidDuplicateTabs: true } as never);
    if (query) this.run();
  }

  run(): void {
    void this.yasgui?.getTab()?.getYasqe()?.query().catch(() => {
      // Its result says what is wrong.
    });
  }

  private begin(place: HTMLElement, query: string | null): void {
    const endpoint = `${location.origin}/sparql`;
    const yasgui = new Yasgui(place, {
      autofocus: false,
      persistenceId: 'resograph',
      populateFromUrl: false,
      requestConfig: { endpoint, method: 'POST' },
      endpointCatalogueOptions: { getData: () => [] } as never,
      yasqe: {
        value: declared(START), prefixCcApi: null, editorHeight: '19rem', autocompleters: ['variables', 'prefixes', 'class', 'property'],
        screenReaderLabel: 'Query',
      } as never,
      yasr: { prefixes: site.prefixes ?? {} } as never,
    });
    this.yasgui = yasgui;
    for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
    yasgui.on('query', () => this.keep());
    yasgui.on('tabSelect', () => requestAnimationFrame(() => label(place)));
    for (const event of ['tabAdd', 'queryResponse']) yasgui.on(event, () => requestAnimationFrame(() => label(place)));
    place.addEventListener('click', () => requestAnimationFrame(() => label(place)));
    if (query) this.open('Linked', query);
    label(place);
    addEventListener('pageleave', () => yasgui.destroy(), { once: true });
  }

  /** The address is a permanent link to the query that was run. */
  private keep(): void {
    const query = this.yasgui?.getTab()?.getQuery();
    if (query !== undefined) replace(`/query?${new URLSearchParams({ query })}`);
  }
}

/** A query with the prefixes declared that it uses, so that it can be taken elsewhere. */
function declared(query: string): string {
  const lines = Object.entries(site.prefixes ?? {})
    .filter(([prefix]) => new RegExp(`(^|[^\\w:<])${prefix}:`, 'm').test(query) && !new RegExp(`prefix\\s+${prefix}:`, 'i').test(query))
    .map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>\n`);
  if (!lines.length) return query;
  // The comments that a query begins with stay its beginning.
  const comments = /^(#.*\n)*/.exec(query)?.[0] ?? '';
  return comments + lines.join('') + query.slice(comments.length);
}

/** A refusal of the server: what it says of it, not the document that it says it in. */
function problem({ text = '' }: { text?: string }): HTMLElement {
  let said = text;
  try {
    const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
    said = detail ?? title ?? text;
  } catch {
    // Plain text is shown as it is.
  }
  return h('pre', { class: 'error', role: 'alert' }, said.trim() || 'The server cannot be reached.');
}

/** What YASGUI leaves without a name for screen readers. */
function label(place: HTMLElement): void {
  place.querySelectorAll('.CodeMirror textarea').forEach((box) => box.setAttribute('aria-label', box.closest('.yasr') ? 'Response' : 'Query'));
  for (const scroll of place.querySelectorAll('.CodeMirror-scroll')) {
    for (const [name, value] of [['tabindex', '0'], ['role', 'group'], ['aria-label', 'Text of the query']] as const) scroll.setAttribute(name, value);
  }
  place.querySelectorAll('.closeTab').forEach((button) => button.setAttribute('aria-label', 'Close the tab'));
}
