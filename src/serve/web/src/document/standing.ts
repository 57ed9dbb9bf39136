// How a document stands among all of the graph, where `build --analyse` has worked it out.

import { about } from '../ask';
import { type Child, h } from '../dom';
import { link, ordinal, plural } from '../fragments';
import { communityName, communityShort } from '../community/name';

/** A row of `queries/standing.rq`. */
export interface Standing {
  cited: string;
  forAge?: string;
  between: string;
  community?: string;
  name?: string;
  all: string;
  before: string;
  betweenBefore: string;
}

/** A place by betweenness is told of the first so many of a hundred: most documents lie between no others. */
const HIGH = 5;

/** `null` where the graph was built without analyses. */
export async function standing(iri: string): Promise<HTMLElement | null> {
  const [row] = await about<Standing>('standing', iri);
  return row ? standingBlock(row) : null;
}

export function standingBlock(row: Standing): HTMLElement {
  const all = Number(row.all).toLocaleString('en');
  const place = (before: string) => [h('strong', {}, ordinal(Number(before) + 1)), ` of ${all}`];
  const lies = Number(row.between) > 0 && Number(row.betweenBefore) < (Number(row.all) * HIGH) / 100;
  return h('section', { class: 'standing', 'aria-labelledby': 'standing-title' }, h('h2', { id: 'standing-title' }, 'Standing'), h('dl', { class: 'facts' },
    fact('Cited', 'How many documents of the graph cite it', timesCited(row)),
    fact('PageRank', 'Its place by PageRank: cited by what is much cited itself', place(row.before)),
    lies ? fact('Between', 'Its place by betweenness: on how many of the shortest chains of citations it lies', place(row.betweenBefore)) : null,
    row.community && row.name ? fact('Community', 'Documents that cite one another more than others', [
      link(row.community, communityShort(row.name), { title: communityName(row.name).about }),
      communityName(row.name).around && h('span', { class: 'faint' }, `, around ${communityName(row.name).around}`)]) : null));
}

function fact(name: string, meaning: string, said: Child): Child {
  return [h('dt', { title: meaning }, name), h('dd', {}, said)];
}

function timesCited(row: Standing): Child {
  const times = Number(row.cited);
  if (!times) return 'by no document of the graph';
  const usual = Number(row.forAge);
  return ['by ', h('strong', {}, plural(times, 'document')), usual > 0 && h('span', { class: 'faint' }, `, ${compared(usual)}`)];
}

/** How often it is cited, against what is usual for documents of its organ and age. */
export function compared(usual: number): string {
  if (usual >= 0.95 && usual < 1.05) return 'as often as documents of its organ and age';
  const digits = usual >= 9.95 ? 0 : usual < 0.095 ? 2 : 1;
  return `${usual.toFixed(digits)} times as often as documents of its organ and age`;
}
