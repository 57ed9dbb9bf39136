// Where things stand: drawn together by their links, or in the order of their years.

import type { Link, Network, Placed } from './model';
import { byEnd, other } from './model';
import type { Progress, Task } from './layout.worker';

export interface Point {
  x: number;
  y: number;
}

export type Positions = Map<string, Point>;

/** A layout that runs; it tells of every picture on its way. */
export interface Running {
  stop(): void;
}

const NODE = 10;

/**
 * Draws linked things together. `start` holds where things were before, so that what is added joins what is
 * there and nothing jumps. Nothing in it is left to chance: the same network gives the same drawing from the
 * same start, where the machine finishes all rounds in the time that they have.
 */
export function force(
  network: Network, sizes: Map<string, number>, start: Positions, tell: (positions: Positions, done: boolean) => void,
): Running {
  const things = [...network.things.values()];
  const index = new Map(things.map((thing, n) => [thing.iri, n]));
  const begin = beginning(network, start);
  const nodes = new Float32Array(things.length * NODE);
  things.forEach((thing, n) => {
    const { x, y } = begin.get(thing.iri) ?? { x: 0, y: 0 };
    nodes.set([x, y, 0, 0, 0, 0, 1, 1, sizes.get(thing.iri) ?? 4, 0], n * NODE);
  });
  const edges = new Float32Array(network.links.length * 3);
  network.links.forEach((link, n) => {
    const [from, to] = [index.get(link.from) ?? 0, index.get(link.to) ?? 0];
    edges.set([from * NODE, to * NODE, 0], n * 3);
    nodes[from * NODE + 6]! += 1;
    nodes[to * NODE + 6]! += 1;
  });
  // What everything cites would draw everything into one heap: a link pulls the less, the more its ends have.
  for (let n = 0; n < edges.length; n += 3) {
    const mass = (end: number): number => nodes[(edges[end] ?? 0) + 6] ?? 1;
    edges[n + 2] = 4 / Math.sqrt(mass(n) * mass(n + 1));
  }
  const [small, large] = [things.length < 250, things.length > 1500];
  const task: Task = {
    nodes,
    edges,
    settings: {
      linLogMode: false, outboundAttractionDistribution: false, adjustSizes: small, edgeWeightInfluence: 1,
      scalingRatio: small ? 3 : 1, strongGravityMode: true, gravity: small ? 0.01 : 0.0015, slowDown: small ? 4 : 2.5,
      barnesHutOptimize: !small, barnesHutTheta: 0.9,
    },
    rounds: large ? 400 : 600,
    time: large ? 15_000 : 4000,
  };
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Progress>): void => {
    const { positions, done } = data;
    if (done) worker.terminate();
    tell(gathered(things, positions), done);
  };
  worker.postMessage(task, [nodes.buffer, edges.buffer]);
  return { stop: () => worker.terminate() };
}

/**
 * What has few links or none is driven far out, and would leave no room for the rest: beyond the circle that
 * holds most, distances shrink to their logarithm.
 */
function gathered(things: Placed[], flat: Float32Array): Positions {
  const points = things.map((_, n): Point => ({ x: flat[n * 2] ?? 0, y: flat[n * 2 + 1] ?? 0 }));
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const centre = { x: middle(points.map((p) => p.x)), y: middle(points.map((p) => p.y)) };
  const far = points.map((p) => Math.hypot(p.x - centre.x, p.y - centre.y));
  const most = [...far].sort((a, b) => a - b)[Math.floor(far.length * 0.75)] || 1;
  return new Map(things.map((thing, n) => {
    const [point, radius] = [points[n] ?? centre, far[n] ?? 0];
    const scale = radius > most ? (most * (1 + 0.6 * Math.log(radius / most))) / radius : 1;
    return [thing.iri, { x: (point.x - centre.x) * scale, y: (point.y - centre.y) * scale }];
  }));
}

/** The golden angle spreads points evenly, however many there are. */
const TURN = Math.PI * (3 - Math.sqrt(5));

function beginning(network: Network, start: Positions): Positions {
  const ends = byEnd(network.links);
  const placed: Positions = new Map();
  const things = [...network.things.values()].sort((a, b) => a.depth - b.depth || b.cited - a.cited || (a.iri < b.iri ? -1 : 1));
  things.forEach((thing, n) => {
    const known = start.get(thing.iri);
    if (known) {
      placed.set(thing.iri, known);
      return;
    }
    const near = (ends.get(thing.iri) ?? []).map((link) => start.get(other(link, thing.iri))).filter((point) => point !== undefined);
    const centre = near.length ? mean(near) : { x: 0, y: 0 };
    const reach = near.length ? 20 : 12 * Math.sqrt(n);
    placed.set(thing.iri, { x: centre.x + reach * Math.cos(n * TURN), y: centre.y + reach * Math.sin(n * TURN) });
  });
  return placed;
}

function mean(points: Point[]): Point {
  const sum = points.reduce((all, point) => ({ x: all.x + point.x, y: all.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The years that a time layout shows, and where. */
export interface Years {
  /** x of the middle of each year. */
  at: Map<number, number>;
  /** x of what has no year. */
  none: number | null;
}

/** Things in a strip of a year; what is more stands beside it. */
const STRIP = 24;
/** Width of a year in which there is nothing: the years stay in order, and the empty ones do not take the room. */
const EMPTY = 0.25;

/** Part of the width that is kept for the names beside the last year. */
const NAMES = 0.11;

/** Years run from left to right; what has none stands apart on the left. `box` has the given aspect. */
export function time(network: Network, aspect: number): { positions: Positions; years: Years; box: Point } {
  const columns = new Map<number | null, Placed[]>();
  for (const thing of network.things.values()) {
    const column = columns.get(thing.year);
    if (column) column.push(thing);
    else columns.set(thing.year, [thing]);
  }
  const strips = (column: Placed[] | undefined): number => Math.ceil((column?.length ?? 0) / STRIP);
  const dated = [...columns.keys()].filter((year) => year !== null);
  const years: Years = { at: new Map(), none: null };
  let x = 0;
  const room = (column: Placed[] | undefined): number => (column ? 1 + (strips(column) - 1) * 0.5 : EMPTY);
  const undated = columns.get(null);
  if (undated) {
    years.none = room(undated) / 2;
    x = room(undated) + 1;
  }
  for (let year = smallest(dated); year <= largest(dated); year += 1) {
    const own = room(columns.get(year));
    years.at.set(year, x + own / 2);
    x += own;
  }
  const width = Math.max(x, 1) * (1 + NAMES);
  const height = width / aspect;
  const positions: Positions = new Map();
  const ends = byEnd(network.links);
  const tallest = largest([...columns.values()].map((column) => Math.ceil(column.length / strips(column))));
  const place = (year: number | null, column: Placed[]): void => {
    const middle = (year === null ? years.none : years.at.get(year)) ?? 0;
    spread(column, middle, (room(column) * 0.75) / strips(column), height, tallest, positions);
  };
  for (const [year, column] of columns) {
    column.sort((a, b) => a.depth - b.depth || b.cited - a.cited || (a.iri < b.iri ? -1 : 1));
    place(year, column);
  }
  // Each thing moves towards the height of what it is linked with, so that fewer lines cross.
  for (let round = 0; round < 8; round += 1) {
    for (const [year, column] of columns) {
      const wish = new Map(column.map((thing) => [thing.iri, wished(thing, ends, positions, height / 2)]));
      column.sort((a, b) => (wish.get(a.iri) ?? 0) - (wish.get(b.iri) ?? 0) || (a.iri < b.iri ? -1 : 1));
      place(year, column);
    }
  }
  return { positions, years, box: { x: width, y: height } };
}

function wished(thing: Placed, ends: Map<string, Link[]>, positions: Positions, middle: number): number {
  const near = (ends.get(thing.iri) ?? []).map((link) => positions.get(other(link, thing.iri))?.y ?? middle);
  return near.length ? near.reduce((a, b) => a + b, 0) / near.length : middle;
}

/** One below the other; a full column becomes several strips of its year, side by side. */
function spread(column: Placed[], x: number, apart: number, height: number, tallest: number, positions: Positions): void {
  const strips = Math.ceil(column.length / STRIP);
  const rows = Math.ceil(column.length / strips);
  const step = height / (Math.max(tallest, 3) + 1);
  // Neighbouring years with one thing each would stand in a line, and hide their links behind it.
  const stagger = (rows % 2 ? 0 : 0.5) + (Math.round(x * 4) % 3) / 3;
  column.forEach((thing, n) => {
    const [row, strip] = [Math.floor(n / strips), n % strips];
    const y = height / 2 + (row - (rows - 1) / 2) * step + (rows < 8 ? (stagger - 0.5) * step : (strip / strips) * step);
    positions.set(thing.iri, { x: x + (strip - (strips - 1) / 2) * apart, y });
  });
}

const smallest = (list: number[]): number => list.reduce((a, b) => Math.min(a, b), Infinity);
const largest = (list: number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity);
