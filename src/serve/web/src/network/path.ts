// The shortest way from one document to another over citations: searched from both ends at once.

import { isCitation, other, type Link } from './model';
import { linksAt } from './query';

/** How the steps of a path lead: as cited, the other way round, or now this way and now that. */
export type Direction = 'cites' | 'cited-by' | 'either';

export interface Path {
  direction: Direction;
  /** One link a step, in the order of the path. */
  steps: Link[];
  /** The things along it, both ends included. */
  things: string[];
}

export interface Found {
  path: Path | null;
  /** A search was given up: there may be a path, or one in a better direction. */
  unsure: boolean;
}

/** Things looked at before a search is given up. */
export const LARGEST = 20_000;

/** Along the citations if that is possible, then against them, then in any direction. */
export async function findPath(from: string, to: string, signal?: AbortSignal): Promise<Found> {
  if (from === to) return { path: { direction: 'cites', steps: [], things: [from] }, unsure: false };
  let unsure = false;
  for (const direction of ['cites', 'cited-by', 'either'] as const) {
    const steps = await search(from, to, direction, signal);
    if (steps === 'given up') unsure = true;
    if (!steps || steps === 'given up') continue;
    const things = [from];
    for (const link of steps) things.push(other(link, things[things.length - 1] ?? from));
    return { path: { direction, steps, things }, unsure };
  }
  return { path: null, unsure };
}

type Reached = Map<string, Link | null>;

async function search(from: string, to: string, direction: Direction, signal?: AbortSignal): Promise<Link[] | 'given up' | null> {
  const ahead = { reached: new Map([[from, null]]) as Reached, frontier: [from], sides: sides(direction, true) };
  const behind = { reached: new Map([[to, null]]) as Reached, frontier: [to], sides: sides(direction, false) };
  while (ahead.frontier.length && behind.frontier.length && ahead.reached.size + behind.reached.size < LARGEST) {
    // The smaller side takes the next step: a document that everything cites costs least so.
    const [near, far] = ahead.frontier.length <= behind.frontier.length ? [ahead, behind] : [behind, ahead];
    const next: string[] = [];
    let met: string | null = null;
    for (const side of near.sides) {
      for (const link of await linksAt(side, near.frontier, signal)) {
        if (!isCitation(link)) continue;
        const thing = side === 'from' ? link.to : link.from;
        if (near.reached.has(thing)) continue;
        near.reached.set(thing, link);
        next.push(thing);
        if (far.reached.has(thing)) met ??= thing;
      }
    }
    if (met) return [...walk(ahead.reached, met).reverse(), ...walk(behind.reached, met)];
    near.frontier = next;
  }
  // Where either side has nowhere to go on to, there is no path; else it was not looked for to the end.
  return ahead.frontier.length && behind.frontier.length ? 'given up' : null;
}

function sides(direction: Direction, forward: boolean): ('from' | 'to')[] {
  if (direction === 'either') return ['from', 'to'];
  return (direction === 'cites') === forward ? ['from'] : ['to'];
}

/** The links from where two searches met back to where this one began. */
function walk(reached: Reached, met: string): Link[] {
  const links: Link[] = [];
  for (let at = met, link = reached.get(at); link; link = reached.get(at)) {
    links.push(link);
    at = other(link, at);
  }
  return links;
}
