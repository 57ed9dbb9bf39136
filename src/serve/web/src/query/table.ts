// The rows of an answer as a table: IRIs of the graph lead to their pages, columns sort, all of it is text.

import { type Child, h, s } from '../dom';
import { address, short, site, type Term } from '../endpoint';

/** What YASR gives of an answer. */
interface Results {
  getVariables(): string[];
  getBindings(): Record<string, Term>[] | null;
  getBoolean(): boolean | undefined;
  asCsv(): string;
}
interface Yasr {
  results?: Results;
  resultsEl: HTMLElement;
}
type Row = Record<string, Term>;

/** Rows that are shown at once. */
const STEP = 200;

/** A plugin of YASR. */
export class ResultTable {
  priority = 10;
  label = 'Table';

  constructor(private readonly yasr: Yasr) {}

  canHandleResults(): boolean {
    return (this.yasr.results?.getVariables() ?? []).length > 0;
  }

  draw(): void {
    const names = this.yasr.results?.getVariables() ?? [];
    const rows = this.yasr.results?.getBindings() ?? [];
    const body = h('tbody', {});
    const count = h('p', { class: 'hidden', role: 'status' }, `${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'row' : 'rows'}`);
    const more = h('button', { type: 'button', class: 'more' });
    let order = rows;
    const show = () => {
      const from = body.childElementCount;
      body.append(...order.slice(from, from + STEP).map((row) => h('tr', {}, names.map((name) => cell(row[name])))));
      const left = order.length - body.childElementCount;
      more.textContent = `Show more of ${left.toLocaleString('en')}`;
      more.hidden = left <= 0;
    };
    more.addEventListener('click', () => {
      show();
      // The button goes when all is shown: the keyboard goes on at the rows.
      if (more.hidden) scroll.focus({ preventScroll: true });
    });
    const heads = names.map((name) => {
      const head = h('th', { scope: 'col', 'aria-sort': 'none' });
      head.append(h('button', { type: 'button', onclick: () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.setAttribute('aria-sort', 'none');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        order = sorted(rows, name, down);
        body.replaceChildren();
        show();
      } }, name));
      return head;
    });
    show();
    const scroll = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Results' },
      h('table', {}, h('thead', {}, h('tr', {}, heads)), body));
    this.yasr.resultsEl.append(h('div', { class: 'results-table' }, count, scroll, more));
  }

  getIcon(): Element {
    return s('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
      s('path', { d: 'M1 2h14v12H1zM2.5 5.5v2.5h4V5.5zm5.5 0v2.5h5.5V5.5zM2.5 9.5v3h4v-3zm5.5 0v3h5.5v-3z', 'fill-rule': 'evenodd' }));
  }

  download(filename = 'results'): { getData: () => string; contentType: string; title: string; filename: string } {
    return { getData: () => this.yasr.results?.asCsv() ?? '', contentType: 'text/csv', title: 'Download the rows as CSV', filename: `${filename}.csv` };
  }
}

function sorted(rows: readonly Row[], name: string, down: boolean): Row[] {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const order = [...rows].sort((a, b) => compare(a[name]?.value ?? '', b[name]?.value ?? ''));
  return down ? order.reverse() : order;
}

function cell(term: Term | undefined): HTMLElement {
  if (!term) return h('td');
  if (term.type === 'uri') return h('td', {}, iri(term.value));
  const number = /#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? '');
  const language = term['xml:lang'];
  return h('td', { class: number ? 'number' : null, lang: language, dir: 'auto' }, term.value,
    language && [' ', h('span', { class: 'kind', lang: 'en' }, language)]);
}

function iri(value: string): Child {
  const href = address(value);
  const prefix = Object.entries(site.prefixes ?? {}).find(([, namespace]) => value.startsWith(namespace) && /^[\w-]+$/.test(value.slice(namespace.length)));
  const name = value.startsWith(site.base) ? short(value) : prefix ? `${prefix[0]}:${value.slice(prefix[1].length)}` : value;
  return href ? h('a', { href, title: value }, name) : value;
}
