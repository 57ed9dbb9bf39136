// The network as a list: all that the drawing shows, for the keyboard, for screen readers, and for reading.

import { communityShort } from '../community/name';
import { h } from '../dom';
import { KINDS, SIZES, type Look, type Network, type Placed } from './model';

/** Rows at first, and with each "more". */
const ROWS = 50;

type Column = 'label' | 'kind' | 'year' | 'cited' | 'measure' | 'community' | 'links' | 'depth';

const COLUMNS: [Column, string, boolean][] = [
  ['label', 'Document or thing', false], ['kind', 'Kind', false], ['year', 'Year', true], ['cited', 'Cited by', true],
  ['measure', '', true], ['community', 'Community', false], ['links', 'Links here', true], ['depth', 'Steps', true],
];
/** Analyses are small shares of one: they are told in thousandths. */
const THOUSANDTHS = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 });

export interface Table {
  element: HTMLElement;
  /** What the drawing tells by size and colour has columns of its own; `names` are the labels of communities. */
  show(network: Network, look: Look, names: ReadonlyMap<string, string>): void;
  select(iri: string | null): void;
}

export function table(choose: (iri: string) => void): Table {
  let network: Network = { things: new Map(), links: [], left: 0 };
  let links = new Map<string, number>();
  let look: Look = { size: 'cited', colour: 'kind' };
  let names: ReadonlyMap<string, string> = new Map();
  let selected: string | null = null;
  let order: { by: Column; down: boolean } = { by: 'links', down: true };
  let shown = ROWS;

  const filter = h('input', { id: 'in-list', type: 'search', autocomplete: 'off' });
  const count = h('p', { class: 'count', role: 'status' });
  const head = h('tr');
  const body = h('tbody');
  const more = h('button', { type: 'button', class: 'more', onclick: () => showMore() }, 'Show more');

  const columns = (): typeof COLUMNS => COLUMNS
    .filter(([by]) => (by !== 'measure' || look.size !== 'cited') && (by !== 'community' || look.colour === 'community'))
    .map(([by, text, number]) => [by, by === 'measure' ? `${SIZES[look.size].replace(/^b/, 'B')}, ‰` : text, number]);
  const communityOf = (thing: Placed): string => communityShort(names.get(thing.community ?? '') ?? '', 1);
  const value = (thing: Placed, by: Column): string | number => {
    if (by === 'links') return links.get(thing.iri) ?? 0;
    if (by === 'kind') return KINDS[thing.kind];
    if (by === 'measure') return thing[look.size] ?? 0;
    if (by === 'community') return communityOf(thing) || '\uffff';
    return thing[by] ?? 0;
  };
  const sorted = (): Placed[] => {
    const wanted = filter.value.trim().toLowerCase();
    const found = [...network.things.values()].filter((thing) =>
      !wanted || `${thing.label} ${thing.title ?? ''} ${KINDS[thing.kind]}`.toLowerCase().includes(wanted));
    const sign = order.down ? -1 : 1;
    return found.sort((a, b) => {
      const [x, y] = [value(a, order.by), value(b, order.by)];
      const compared = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true });
      return compared * sign || b.cited - a.cited || (a.iri < b.iri ? -1 : 1);
    });
  };

  function heads(): void {
    head.replaceChildren(...columns().map(([by, name, number]) => {
      const active = order.by === by;
      return h('th', { scope: 'col', class: number ? 'number' : null, 'aria-sort': active ? (order.down ? 'descending' : 'ascending') : 'none' },
        h('button', { type: 'button', class: 'sort', onclick: () => sortBy(by, number) }, name, active ? h('span', { 'aria-hidden': 'true' }, order.down ? ' ↓' : ' ↑') : ''));
    }));
  }

  function sortBy(by: Column, number: boolean): void {
    order = { by, down: order.by === by ? !order.down : number };
    const index = columns().findIndex(([column]) => column === by);
    heads();
    fill();
    head.querySelectorAll('button')[index]?.focus();
  }

  function showMore(): void {
    const from = shown;
    shown += ROWS * 4;
    fill();
    // The button goes when all is shown: the keyboard goes on at what it brought.
    if (more.hidden) body.rows[from]?.querySelector('button')?.focus();
  }

  function fill(): void {
    const things = sorted();
    const rows = things.slice(0, shown);
    body.replaceChildren(...rows.map((thing) => h('tr', { class: thing.iri === selected ? 'chosen' : null },
      h('td', {},
        h('button', { type: 'button', class: 'thing', 'data-iri': thing.iri, 'aria-pressed': String(thing.iri === selected), onclick: () => choose(thing.iri) }, thing.label),
        thing.title ? h('div', { class: 'faint' }, thing.title) : ''),
      h('td', {}, h('span', { class: `dot kind-${thing.kind}`, 'aria-hidden': 'true' }), KINDS[thing.kind]),
      h('td', { class: 'number' }, thing.year === null ? '' : String(thing.year)),
      h('td', { class: 'number' }, thing.cited.toLocaleString('en')),
      look.size !== 'cited' && h('td', { class: 'number' }, THOUSANDTHS.format((thing[look.size] ?? 0) * 1000)),
      look.colour === 'community' && h('td', {}, communityOf(thing)),
      h('td', { class: 'number' }, links.get(thing.iri) ?? 0),
      h('td', { class: 'number' }, thing.depth))));
    more.hidden = rows.length === things.length;
    count.textContent = rows.length === things.length ? `${things.length} shown` : `${rows.length} of ${things.length} shown`;
    // One stop for the Tab key; the arrows lead from row to row.
    const buttons = [...body.querySelectorAll<HTMLButtonElement>('button.thing')];
    const stop = buttons.find((button) => button.dataset.iri === selected) ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  }

  body.addEventListener('keydown', (event) => {
    const buttons = [...body.querySelectorAll<HTMLButtonElement>('button.thing')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
  });
  filter.addEventListener('input', () => {
    shown = ROWS;
    fill();
  });

  const element = h('section', { class: 'list part', 'aria-labelledby': 'list-title' },
    h('h2', { id: 'list-title' }, 'The network as a list'),
    h('div', { class: 'tools' }, h('label', { for: 'in-list' }, 'Find in the list'), filter, count),
    h('p', { class: 'faint', id: 'list-help' }, 'The arrow keys lead from row to row; Enter chooses one, and its links and sentences are shown beside the drawing.'),
    h('div', { class: 'scroll', role: 'region', 'aria-labelledby': 'list-title', tabindex: '0' },
      h('table', { 'aria-describedby': 'list-help' }, h('thead', {}, head), body)),
    more);

  return {
    element,
    show(next, as, called) {
      network = next;
      look = as;
      names = called;
      if (!columns().some(([by]) => by === order.by)) order = { by: 'links', down: true };
      links = new Map();
      for (const { from, to } of next.links) for (const end of [from, to]) links.set(end, (links.get(end) ?? 0) + 1);
      shown = ROWS;
      heads();
      fill();
    },
    select(iri) {
      selected = iri;
      for (const button of body.querySelectorAll<HTMLButtonElement>('button.thing')) {
        const chosen = button.dataset.iri === iri;
        button.setAttribute('aria-pressed', String(chosen));
        button.closest('tr')?.classList.toggle('chosen', chosen);
      }
    },
  };
}
