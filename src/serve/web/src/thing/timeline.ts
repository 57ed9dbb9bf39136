// When documents named a thing, and what they did about it: a lane of years for each.

import { h, s } from '../dom';
import { grouped, plural } from '../fragments';
import { local } from '../endpoint';
import { predicateName } from '../kinds';

/** A row of `queries/thing-years.rq`; documents without a date have no year. */
export interface YearCount {
  year?: string;
  /** "named", "used", "sponsor", "against", "abstained", or the IRI of what is stated. */
  how: string;
  documents: string;
}
export type Dated = YearCount & { year: string };
export type Choose = (how: string, year: string) => void;

const NAMES: Record<string, string> = {
  named: 'Named', used: 'Used', sponsor: 'Sponsors', against: 'Votes against', abstained: 'Abstains', establishes: 'Established',
  extendsMandateOf: 'Mandate extended', terminates: 'Terminated', condemns: 'Condemned', addresses: 'Asked or told',
  subOrganizationOf: 'Has as a part', amends: 'Amended', repeals: 'Repealed',
};
const ORDER = Object.keys(NAMES);
const BAR_LANE = 96;
const LANE = 44;
const LABEL = 20;
const AXIS = 22;

export function laneName(how: string): string {
  return NAMES[local(how)] ?? predicateName(how);
}

/** The lanes of a timeline, the most general first. */
export function lanes<Row extends YearCount>(counts: readonly Row[]): [how: string, years: Row[]][] {
  const rank = (how: string) => (ORDER.includes(local(how)) ? ORDER.indexOf(local(how)) : ORDER.length);
  return grouped(counts, (row) => row.how).sort(([a], [b]) => rank(a) - rank(b));
}

/** The drawing of what has a date, and the same as a table; `choose` is told of a year that is pressed. */
export function timeline(label: string, counts: readonly YearCount[], choose: Choose): HTMLElement {
  const all = lanes(counts.filter((row): row is Dated => row.year !== undefined));
  if (!all.length) return h('p', { class: 'faint' }, 'No document that names it has a date.');
  const place = h('div', { class: 'timeline' });
  let width = 0;
  // It is drawn for the width that it has, so that its letters stay as large as the page's.
  new ResizeObserver(() => {
    const now = Math.max(280, Math.floor(place.clientWidth));
    if (now === width) return;
    width = now;
    place.replaceChildren(draw(label, all, width, choose));
  }).observe(place);
  return h('figure', {}, place, h('details', {}, h('summary', {}, 'As a table'), table(all)));
}

function draw(label: string, all: ReturnType<typeof lanes<Dated>>, width: number, choose: Choose): SVGSVGElement {
  const years = all.flatMap(([, rows]) => rows.map((row) => Number(row.year)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const span = Math.max(last - first + 1, 8);
  const slot = (width - 2) / span;
  const wide = Math.min(Math.max(slot * 0.8, 2), 40);
  const x = (year: number) => 1 + (year - first + 0.5) * slot;
  const drawing = s('svg', { width, role: 'img', 'aria-label': summary(label, all), class: 'lanes' });
  let top = 0;
  for (const [how, rows] of all) {
    const bars = how === 'named' || how === 'used';
    const height = bars ? BAR_LANE : LANE;
    const most = Math.max(...rows.map((row) => Number(row.documents)));
    const total = rows.reduce((sum, row) => sum + Number(row.documents), 0);
    const lane = s('g', { class: `lane ${local(how)}` },
      s('text', { x: 1, y: top + 14, class: 'lane-name' }, `${laneName(how)} · ${plural(total, 'document')}`),
      s('line', { x1: 0, x2: width, y1: top + height - (bars ? 0 : 12), y2: top + height - (bars ? 0 : 12), class: 'base' }));
    for (const row of rows) {
      const count = Number(row.documents);
      const tall = (count / most) * (BAR_LANE - LABEL - 4);
      const radius = Math.min(3 + Math.sqrt(count) * 1.6, 11, Math.max(slot * 0.6, 3));
      const shape = bars
        ? s('rect', { x: x(Number(row.year)) - wide / 2, width: wide, y: top + height - tall, height: tall, rx: 1 })
        : s('circle', { cx: x(Number(row.year)), cy: top + height - 12, r: radius });
      shape.append(s('title', {}, `${row.year}: ${laneName(how).toLowerCase()} in ${plural(count, 'document')}`));
      shape.addEventListener('click', () => choose(how, row.year));
      lane.append(shape);
    }
    drawing.append(lane);
    top += height + 4;
  }
  const every = [1, 2, 5, 10, 20].find((step) => slot * step > 44) ?? 20;
  for (let year = Math.ceil(first / every) * every; year < first + span; year += every) {
    drawing.append(s('text', { x: x(year), y: top + 14, 'text-anchor': x(year) < 4 ? 'start' : x(year) > width - 4 ? 'end' : 'middle', class: 'year' }, year));
  }
  drawing.setAttribute('height', String(top + AXIS));
  drawing.setAttribute('viewBox', `0 0 ${width} ${top + AXIS}`);
  return drawing;
}

function summary(label: string, all: ReturnType<typeof lanes<Dated>>): string {
  const parts = all.map(([how, rows]) => {
    const total = rows.reduce((sum, row) => sum + Number(row.documents), 0);
    const [from, to] = [rows[0]?.year, rows[rows.length - 1]?.year];
    return `${laneName(how).toLowerCase()} in ${plural(total, 'document')}, ${from === to ? from : `${from} to ${to}`}`;
  });
  return `Timeline of ${label}: ${parts.join('; ')}`;
}

function table(all: ReturnType<typeof lanes<Dated>>): HTMLElement {
  const years = [...new Set(all.flatMap(([, rows]) => rows.map((row) => row.year)))].sort();
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Documents by year' }, h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Year'), all.map(([how]) => h('th', { scope: 'col' }, laneName(how))))),
    h('tbody', {}, years.map((year) => h('tr', {}, h('th', { scope: 'row' }, year), all.map(([, rows]) =>
      h('td', { class: 'number' }, rows.find((row) => row.year === year)?.documents)))))));
}
