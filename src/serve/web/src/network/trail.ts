// The path between two documents: the form that asks for it, and its steps with their sentences.

import { h } from '../dom';
import type { Link, Network } from './model';
import { named, sentences } from './panel';
import type { Path } from './path';
import { nameOf } from './query';

export interface Trail {
  element: HTMLElement;
  ask(from: string, to: string): void;
  show(ends: [string, string] | null, path: Path | null, network: Network): void;
  refuse(reason: string): void;
}

export function trail(find: (from: string, to: string) => void, forget: () => void, choose: (iri: string) => void): Trail {
  const [from, to] = ['from', 'to'].map((end) => h('input', { id: `path-${end}`, autocomplete: 'off', placeholder: end === 'from' ? 'S/RES/2388' : 'S/RES/1325', size: '16' })) as [HTMLInputElement, HTMLInputElement];
  const answer = h('div', { 'aria-live': 'polite' });
  const clear = h('button', { type: 'button', onclick: forget, hidden: true }, 'Forget the path');
  const form = h('form', {
    class: 'tools',
    onsubmit: (event: Event) => {
      event.preventDefault();
      if (from.value.trim() && to.value.trim()) find(from.value, to.value);
    },
  }, h('label', { for: 'path-from' }, 'From'), from, h('label', { for: 'path-to' }, 'to'), to, h('button', {}, 'Find the path'), clear);
  const element = h('section', { class: 'part', 'aria-labelledby': 'path-title' },
    h('h2', { id: 'path-title' }, 'The path between two documents'), form, answer);
  return {
    element,
    ask(first, last) {
      from.value = first;
      to.value = last;
      answer.replaceChildren(h('p', { class: 'faint' }, 'Looking for a path …'));
    },
    show(ends, path, network) {
      clear.hidden = !ends;
      if (!ends) {
        answer.replaceChildren();
        return;
      }
      const label = (iri: string): string => network.things.get(iri)?.label ?? nameOf(iri);
      if (!path) {
        answer.replaceChildren(h('p', {}, `No path leads from ${ends[0]} to ${ends[1]} over citations.`));
        return;
      }
      const about = {
        cites: 'each document cites the next',
        'cited-by': 'each document is cited by the next; the other way there is no path',
        either: 'in either direction; there is no path along or against the citations alone',
      }[path.direction];
      const step = (link: Link): HTMLElement => h('li', {},
        thing(link.from), ' ', h('span', { class: 'kind' }, named(link)), ' ', thing(link.to), sentences(link, true));
      const thing = (iri: string): HTMLElement => h('button', { type: 'button', class: 'thing', onclick: () => choose(iri) }, label(iri));
      answer.replaceChildren(
        h('p', {}, `${path.steps.length} step${path.steps.length === 1 ? '' : 's'}: ${about}.`),
        h('ol', { class: 'path' }, path.steps.map(step)));
    },
    refuse(reason) {
      clear.hidden = false;
      answer.replaceChildren(h('p', { class: 'error', role: 'alert' }, reason));
    },
  };
}
