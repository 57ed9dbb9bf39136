// What is chosen: its facts, its links in the drawing, and the sentences that show them.

import { h, marked, type Child } from '../dom';
import { address, words } from '../endpoint';
import { FAMILIES, KINDS, familyOf, other, type Link, type Network } from './model';
import { evidence, nameOf, type Evidence } from './query';
import { neighboursOf } from './render';

export interface Acts {
  choose(iri: string | null): void;
  expand(iri: string): void;
  collapse(iri: string): void;
  start(iri: string): void;
  remove(iri: string): void;
  pathTo(iri: string): void;
}

export function panel(network: Network, iri: string | null, expanded: boolean, acts: Acts): Child[] {
  const thing = iri === null ? undefined : network.things.get(iri);
  if (!thing) {
    return [
      h('h2', {}, 'Nothing chosen'),
      h('p', { class: 'faint' }, 'Choose a document in the drawing or in the list to see what it cites here, what cites it, and the sentences. ',
        'A double click, or “Expand”, adds its neighbours.'),
    ];
  }
  const { out, in: into } = neighboursOf(network, thing.iri);
  const href = address(thing.iri);
  const act = (name: string, does: () => void): HTMLElement => h('button', { type: 'button', class: 'action', onclick: does }, name);
  return [
    h('p', { class: 'kind' }, h('span', { class: `dot kind-${thing.kind}`, 'aria-hidden': 'true' }), [KINDS[thing.kind], thing.year].filter(Boolean).join(' · ')),
    h('h2', {}, href ? h('a', { href }, thing.label) : thing.label),
    thing.title ? h('p', {}, thing.title) : null,
    h('p', { class: 'faint' }, `Cited by ${thing.cited.toLocaleString('en')} document${thing.cited === 1 ? '' : 's'} of the graph`),
    h('div', { class: 'actions' },
      expanded ? act('Fold', () => acts.collapse(thing.iri)) : act('Expand', () => acts.expand(thing.iri)),
      thing.root ? act('Take away', () => acts.remove(thing.iri)) : act('Start from here', () => acts.start(thing.iri)),
      act('Path to here', () => acts.pathTo(thing.iri)),
      act('Unselect', () => acts.choose(null))),
    ...links('Cites', out, thing.iri, network, acts),
    ...links('Cited by', into, thing.iri, network, acts),
  ];
}

function links(title: string, list: Link[], end: string, network: Network, acts: Acts): Child[] {
  if (!list.length) return [];
  return [
    h('h3', {}, title, ' ', h('span', { class: 'count' }, list.length)),
    h('ul', { class: 'plain' }, list.map((link) => {
      const iri = other(link, end);
      return h('li', {},
        h('button', { type: 'button', class: 'thing', onclick: () => acts.choose(iri) }, network.things.get(iri)?.label ?? nameOf(iri)), ' ',
        h('span', { class: 'kind' }, h('span', { class: `stroke use-${familyOf(link.uses)}`, 'aria-hidden': 'true' }), named(link)),
        sentences(link));
    })),
  ];
}

/** How one thing cites another, in words. */
export function named(link: Link): string {
  return link.uses.map(words).join(', ') || FAMILIES.mention.name;
}

/** The sentences of a link, fetched when they are first wanted. */
export function sentences(link: Link, open = false): HTMLElement {
  const place = h('div');
  const details = h('details', {}, h('summary', {}, 'Sentences'), place);
  let asked = false;
  const fetch = async (): Promise<void> => {
    asked = true;
    place.replaceChildren(h('p', { class: 'faint' }, 'Loading …'));
    try {
      const found = await evidence(link);
      place.replaceChildren(...(found.length ? found.map(quote) : [h('p', { class: 'faint' }, 'No sentence is kept of this.')]));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'error', role: 'alert' }, (error as Error).message));
    }
  };
  details.addEventListener('toggle', () => {
    if (details.open && !asked) void fetch();
  });
  details.open = open;
  return details;
}

function quote(place: Evidence): HTMLElement {
  const href = address(place.paragraph);
  const name = place.paragraph.split('#')[1] ?? '';
  return h('blockquote', {},
    marked(place.sentence, place.words), ' ',
    h('span', { class: 'kind' }, href ? h('a', { href }, name) : name, place.verb ? ` · ${place.verb}` : ''));
}
