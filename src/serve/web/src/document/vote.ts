// The vote on a document as a picture: a seat for each ballot, in a half circle.

import { type Child, h, s } from '../dom';
import { link } from '../fragments';

export interface VoteRow {
  what: string;
  value: string;
  name?: string;
}
type Ballot = 'yes' | 'abstain' | 'no';

const SAID: Record<Ballot, string> = { yes: 'in favour', abstain: 'abstaining', no: 'against' };
const BALLOTS: Ballot[] = ['yes', 'abstain', 'no'];

interface Seat {
  ballot: Ballot;
  name?: string;
}

/** `null` where nothing is known of a vote. */
export function voteFigure(rows: readonly VoteRow[]): HTMLElement | null {
  const outcome = rows.find((row) => row.what === 'outcome')?.value;
  const seats = BALLOTS.flatMap((ballot) => seatsOf(rows, ballot));
  if (!seats.length) return outcome ? h('p', { class: 'outcome' }, 'Outcome: ', outcome) : null;
  const counts = BALLOTS.map((ballot) => ({ ballot, count: seats.filter((seat) => seat.ballot === ballot).length }));
  const said = counts.map(({ ballot, count }) => `${count} ${SAID[ballot]}`).join(', ');
  return h('figure', { class: 'vote' },
    hemicycle(seats, `Vote: ${said}`),
    h('figcaption', {}, counts.map(({ ballot, count }) => h('span', { class: `ballot ${ballot}` }, h('strong', {}, count), ` ${SAID[ballot]}`)),
      outcome && h('div', { class: 'faint' }, outcome)),
    byState(rows));
}

/** Seats with the names of the States where they are known, without where only the count is. */
function seatsOf(rows: readonly VoteRow[], ballot: Ballot): Seat[] {
  const named: Seat[] = rows.filter((row) => row.what === ballot).map((row) => ({ ballot, name: row.name }));
  const count = Number(rows.find((row) => row.what === SAID[ballot])?.value ?? named.length);
  while (named.length < count) named.push({ ballot });
  return named;
}

function hemicycle(seats: readonly Seat[], said: string): SVGSVGElement {
  const rings = seats.length <= 20 ? 1 : seats.length <= 60 ? 3 : 6;
  const inner = rings === 1 ? 74 : 42;
  const step = rings === 1 ? 0 : (88 - inner) / (rings - 1);
  const radii = Array.from({ length: rings }, (_, ring) => inner + ring * step);
  const all = radii.reduce((sum, radius) => sum + radius, 0);
  // Longer rings hold more; what rounding leaves is taken by the outermost.
  const sizes = radii.map((radius) => Math.round((seats.length * radius) / all));
  sizes[rings - 1] = seats.length - sizes.slice(0, -1).reduce((sum, n) => sum + n, 0);
  const places = radii.flatMap((radius, ring) => {
    const size = sizes[ring] as number;
    return Array.from({ length: size }, (_, n) => ({ radius, angle: size === 1 ? 0.5 : n / (size - 1) }));
  }).sort((a, b) => a.angle - b.angle || a.radius - b.radius);
  const r = rings === 1 ? 6.5 : Math.min(4.5, step * 0.44);
  return s('svg', { viewBox: '0 0 200 112', role: 'img', 'aria-label': said, class: 'hemicycle' },
    seats.map(({ ballot, name }, n) => {
      const { radius, angle } = places[n] as { radius: number; angle: number };
      const turn = Math.PI * (1 - angle);
      return s('circle', { cx: round(100 + radius * Math.cos(turn)), cy: round(100 - radius * Math.sin(turn)), r, class: ballot },
        s('title', {}, name ? `${name}: ${SAID[ballot]}` : SAID[ballot]));
    }),
    rings === 1 && s('text', { x: 100, y: 98, 'text-anchor': 'middle' }, tally(seats)));
}

/** In favour, against, abstaining, as the records give them. */
function tally(seats: readonly Seat[]): string {
  return (['yes', 'no', 'abstain'] as const).map((ballot) => seats.filter((seat) => seat.ballot === ballot).length).join('–');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function byState(rows: readonly VoteRow[]): Child {
  const states = rows.filter((row) => row.what in SAID);
  if (!states.length) return null;
  return h('details', {}, h('summary', {}, 'By State'), [...BALLOTS].reverse().map((ballot) => {
    const of = states.filter((row) => row.what === ballot);
    return of.length > 0 && [h('h3', { class: `ballot ${ballot}` }, SAID[ballot], ' ', h('span', { class: 'count' }, of.length)),
      h('ul', { class: 'votes' }, of.map((row) => h('li', {}, link(row.value, row.name ?? row.value))))];
  }));
}
