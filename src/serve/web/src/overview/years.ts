// How the citations spread over the years: bars that can be walked with the arrow keys, and the same as a table.

import { h, s } from '../dom';
import { plural } from '../fragments';

/** A row of `queries/overview-years.rq`. */
export interface Year {
  year: string;
  citations: string;
  documents: string;
}

const HEIGHT = 190;
const AXIS = 22;
/** Room for the numbers beside the bars. */
const LEFT = 40;

export function years(rows: readonly Year[]): HTMLElement {
  const place = h('div', { class: 'years' });
  const said = h('p', { class: 'count said', role: 'status' }, summary(rows));
  let width = 0;
  // Drawn for the width that it has, so that its letters stay as large as the page's.
  new ResizeObserver(() => {
    const now = Math.max(280, Math.floor(place.clientWidth));
    if (now === width) return;
    width = now;
    place.replaceChildren(draw(rows, width, (row) => { said.textContent = row ? tell(row) : summary(rows); }));
  }).observe(place);
  return h('figure', {}, place, said, h('details', {}, h('summary', {}, 'As a table'), table(rows)));
}

function tell(row: Year): string {
  return `${row.year}: ${plural(Number(row.citations), 'link')} from ${plural(Number(row.documents), 'document')}`;
}

function summary(rows: readonly Year[]): string {
  const most = rows.reduce<Year | null>((best, row) => (best && Number(best.citations) >= Number(row.citations) ? best : row), null);
  if (!most) return '';
  return `From ${rows[0]?.year} to ${rows[rows.length - 1]?.year}, most in ${most.year}: ${plural(Number(most.citations), 'link')} from ${plural(Number(most.documents), 'document')}. The heights are square roots, so that the small ones stay visible.`;
}

function draw(rows: readonly Year[], width: number, tell_: (row: Year | null) => void): SVGSVGElement {
  const first = Number(rows[0]?.year);
  const span = Math.max(Number(rows[rows.length - 1]?.year) - first + 1, 8);
  const most = Math.max(...rows.map((row) => Number(row.citations)));
  // One year can have ten times the citations of any other: roots leave the small ones visible, and the axis says so.
  const tall = (count: number) => (Math.sqrt(count) / Math.sqrt(most)) * (HEIGHT - 16);
  const slot = (width - LEFT) / span;
  const drawing = s('svg', { width, height: HEIGHT + AXIS, viewBox: `0 0 ${width} ${HEIGHT + AXIS}`, role: 'group', 'aria-label': 'Links by year of the citing document; the arrow keys lead from year to year' });
  for (const count of marks(most, tall)) {
    const y = HEIGHT - tall(count);
    drawing.append(s('line', { x1: LEFT, x2: width, y1: y, y2: y, class: 'grid', 'aria-hidden': 'true' }),
      s('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end', 'aria-hidden': 'true' }, count.toLocaleString('en')));
  }
  const bars = rows.map((row, n) => {
    const x = LEFT + (Number(row.year) - first) * slot;
    const height = Math.max(tall(Number(row.citations)), 1);
    const bar = s('a', { href: `/network?years=${row.year}-${row.year}`, 'aria-label': tell(row), tabindex: n === rows.length - 1 ? '0' : '-1' },
      s('rect', { x, y: 0, width: slot, height: HEIGHT, class: 'reach' }),
      s('rect', { x: x + slot * 0.1, y: HEIGHT - height, width: slot * 0.8, height, rx: Math.min(2, slot / 5), class: 'bar' }));
    bar.addEventListener('focus', () => tell_(row));
    bar.addEventListener('mouseenter', () => tell_(row));
    return bar;
  });
  drawing.addEventListener('mouseleave', () => tell_(null));
  drawing.addEventListener('keydown', (event) => {
    const at = bars.indexOf(document.activeElement as SVGAElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
    const next = to === undefined || at < 0 ? undefined : bars[to];
    if (!next) return;
    event.preventDefault();
    for (const bar of bars) bar.setAttribute('tabindex', bar === next ? '0' : '-1');
    next.focus();
  });
  drawing.append(...bars);
  const every = [1, 2, 5, 10, 20].find((step) => slot * step > 56) ?? 20;
  for (let year = Math.ceil(first / every) * every; year < first + span; year += every) {
    const x = LEFT + (year - first + 0.5) * slot;
    drawing.append(s('text', { x, y: HEIGHT + 16, 'text-anchor': x > width - 18 ? 'end' : 'middle', 'aria-hidden': 'true' }, year));
  }
  return drawing;
}

/** Round numbers for the axis, none so close to the next that they touch. */
function marks(most: number, height: (count: number) => number): number[] {
  const round = [1, 10, 100, 1000, 10_000, 100_000].flatMap((n) => [n, 3 * n]).filter((n) => n <= most);
  return round.reverse().reduce<number[]>((kept, n) => {
    const above = kept[kept.length - 1];
    return height(n) > 14 && (above === undefined || height(above) - height(n) > 18) ? [...kept, n] : kept;
  }, []);
}

function table(rows: readonly Year[]): HTMLElement {
  return h('div', { class: 'scroll low', tabindex: '0', role: 'region', 'aria-label': 'Links by year' }, h('table', {},
    h('thead', {}, h('tr', {}, ['Year', 'Links', 'Citing documents'].map((name, n) => h('th', { scope: 'col', class: n ? 'number' : null }, name)))),
    h('tbody', {}, rows.map((row) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: `/network?years=${row.year}-${row.year}` }, row.year)),
      [row.citations, row.documents].map((count) => h('td', { class: 'number' }, Number(count).toLocaleString('en'))))))));
}
