// The neighbourhood that a view asks for: step by step from the roots, the best of it where it is too much.

import { NAMES, STATEMENTS, joined, other, type Link, type Network, type Placed, type Thing, type Use } from './model';
import { MOST_NAMING, describe, iriOf, linksAt, mostCited, namesOf } from './query';
import { isNamed, type View, type Way } from './view';

/** Neighbours that one expansion adds at most. */
const EXPANSION = 200;

/** `along`: what a path leads over, which is shown whatever else is asked for. `signal` ends it before it is done. */
export async function gather(view: View, along: string[], signal?: AbortSignal): Promise<Network> {
  const placed = new Map<string, Placed>();
  const take = (thing: Thing, depth: number, root = false): void => {
    if (!placed.has(thing.iri)) placed.set(thing.iri, { ...thing, depth, root });
  };
  const use = (link: Link): Link | null => passing(link, view);
  let left = 0;
  const naming: Link[] = [];

  const roots = view.roots.map(iriOf);
  for (const thing of await describe([...roots, ...along], signal)) take(thing, 0, true);
  if (!roots.length && !along.length) {
    await takeMostCited(view, take, signal);
  } else {
    let frontier = roots.filter((iri) => placed.has(iri));
    for (let depth = 1; depth <= view.depth && frontier.length; depth += 1) {
      const room = view.most - placed.size;
      const named = depth === 1 ? await namesOf(view.roots.filter(isNamed).map(iriOf), signal) : [];
      naming.push(...named);
      const best = await neighbours(frontier, view.way, use, placed, view, named, signal);
      const taken = best.slice(0, Math.max(room, 0));
      left += best.length - taken.length;
      for (const thing of taken) take(thing, depth);
      frontier = taken.map((thing) => thing.iri);
    }
  }
  for (const name of view.expanded) {
    const iri = iriOf(name);
    const [from] = await describe([iri], signal);
    if (!from) continue;
    take(from, 1);
    const best = await neighbours([iri], 'both', use, placed, view, [], signal);
    left += Math.max(best.length - EXPANSION, 0);
    for (const thing of best.slice(0, EXPANSION)) take(thing, (placed.get(iri)?.depth ?? 0) + 1);
  }
  const links = [...(await linksAt('from', [...placed.keys()], signal)), ...naming].filter((link) => placed.has(link.from) && placed.has(link.to));
  return { things: placed, links: joined(links.flatMap((link) => use(link) ?? [])), left, bounded: new Set(naming.map((link) => link.from)).size >= MOST_NAMING };
}

/** Things at a time, of the most cited, to be looked at for those that fit. */
const AT_ONCE = 400;

async function takeMostCited(view: View, take: (thing: Thing, depth: number) => void, signal?: AbortSignal): Promise<void> {
  const all = await mostCited(signal);
  let room = view.most;
  for (let at = 0; at < all.length && room > 0; at += AT_ONCE) {
    const fitting = (await describe(all.slice(at, at + AT_ONCE), signal)).filter((thing) => fits(thing, view)).slice(0, room);
    for (const thing of fitting) take(thing, 0);
    room -= fitting.length;
  }
}

/** The link with those of its uses that are asked for; `null` if none is. */
function passing(link: Link, view: View): Link | null {
  const wanted = (use: Use): boolean => NAMES.includes(use) || ((view.statements || !STATEMENTS.includes(use)) && (view.uses?.includes(use) ?? true));
  const uses = link.uses.filter(wanted);
  return uses.length ? { ...link, uses } : null;
}

function fits(thing: Thing, view: View): boolean {
  const [first, final] = view.years;
  if (view.kinds && !view.kinds.includes(thing.kind)) return false;
  if (first === null && final === null) return true;
  return thing.year !== null && thing.year >= (first ?? -Infinity) && thing.year <= (final ?? Infinity);
}

/** What is linked with the frontier and not yet placed: those with most links first, then the most cited. */
async function neighbours(
  frontier: string[], way: Way, use: (link: Link) => Link | null, placed: Map<string, Placed>, view: View,
  named: Link[] = [], signal?: AbortSignal,
): Promise<Thing[]> {
  const sides = await Promise.all([
    way === 'cited-by' ? [] : linksAt('from', frontier, signal),
    way === 'cites' ? [] : linksAt('to', frontier, signal),
  ]);
  const from = new Set(frontier);
  const ties = new Map<string, number>();
  for (const link of joined([...sides.flat(), ...named].flatMap((link) => use(link) ?? []))) {
    const far = other(link, from.has(link.from) ? link.from : link.to);
    if (!placed.has(far)) ties.set(far, (ties.get(far) ?? 0) + 1);
  }
  const found = (await describe([...ties.keys()], signal)).filter((thing) => fits(thing, view));
  const tied = (thing: Thing): number => ties.get(thing.iri) ?? 0;
  return found.sort((a, b) => tied(b) - tied(a) || b.cited - a.cited || (a.iri < b.iri ? -1 : 1));
}
