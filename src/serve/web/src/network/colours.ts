// Colours as the style of the page says them, as numbers for what cannot read a style: WebGL and files.

import { COLOURED, FAMILIES, KINDS, communities, type Colouring, type Family, type Kind, type Network, type Thing } from './model';

export interface Colours {
  kind: Record<Kind, string>;
  family: Record<Family, string>;
  /** Of the communities of a network, in their order, and last of all others. */
  community: string[];
  text: string;
  faint: string;
  back: string;
  raised: string;
  line: string;
  accent: string;
}

export function colours(): Colours {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return hex(getComputedStyle(probe).color);
  };
  const each = <T extends string>(names: object, prefix: string): Record<T, string> =>
    Object.fromEntries(Object.keys(names).map((name) => [name, read(`${prefix}-${name}`)])) as Record<T, string>;
  const found = {
    kind: each<Kind>(KINDS, 'kind'),
    family: each<Family>(FAMILIES, 'use'),
    community: Array.from({ length: COLOURED + 1 }, (_, n) => read(`community-${n}`)),
    text: read('text'),
    faint: read('faint'),
    back: read('back'),
    raised: read('raised'),
    line: read('line'),
    accent: read('accent'),
  };
  probe.remove();
  return found;
}

/** `rgb(1, 2, 3)` as `#010203`, which every program reads. */
function hex(colour: string): string {
  const numbers = colour.match(/[\d.]+/g)?.slice(0, 3).map(Number) ?? [0, 0, 0];
  return `#${numbers.map((n) => Math.round(n).toString(16).padStart(2, '0')).join('')}`;
}

/** A colour with an opacity from 0 to 1. */
export function faded(colour: string, opacity: number): string {
  return `${colour.slice(0, 7)}${Math.round(opacity * 255).toString(16).padStart(2, '0')}`;
}

/** The colour of each thing of a network. */
export function painter(network: Network, palette: Colours, colour: Colouring): (thing: Thing) => string {
  if (colour === 'kind') return (thing) => palette.kind[thing.kind];
  const order = new Map(communities(network).map((iri, n) => [iri, n]));
  return (thing) => palette.community[order.get(thing.community ?? '') ?? COLOURED] ?? palette.faint;
}
