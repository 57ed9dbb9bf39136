// The path between two documents: the form that asks for it, and its steps with their sentences.

import { h } from '../dom';
import type { Link, Network } from './model';
import { named, sentences } from './panel';
import { LARGEST, type Found } from './path';
import { nameOf } from './query';

export interface Trail {
  element: HTMLElement;
  /** Puts in what is looked for between; without a path under way nothing else is said. */
  fill(from: string, to: string): void;
  ask(from: string, to: string): void;
  show(ends: [string, string] | null, found: Found, network: Network): void;
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
  const fill = (first: string, last: string): void => {
    from.value = first;
    to.value = last;
    answer.replaceChildren();
  };
  return {
    element,
    fill,
    ask(first, last) {
      fill(first, last);
      answer.replaceChildren(h('p', { class: 'faint' }, 'Looking for a path …'));
    },
    show(ends, { path, unsure }, network) {
      // The button that was pressed goes: the keyboard goes on at what can be asked next.
      if (!ends && document.activeElement === clear) from.focus();
      clear.hidden = !ends;
      if (!ends) {
        answer.replaceChildren();
        return;
      }
      const things = LARGEST.toLocaleString('en');
      const label = (iri: string): string => network.things.get(iri)?.label ?? nameOf(iri);
      if (!path) {
        answer.replaceChildren(h('p', {}, unsure
          ? `No path from ${ends[0]} to ${ends[1]} was found among the ${things} documents around them; there may be a longer one.`
          : `No path leads from ${ends[0]} to ${ends[1]} over citations.`));
        return;
      }
      const about = {
        cites: 'each document cites the next',
        'cited-by': `each document is cited by the next; the other way ${unsure ? `none was found among ${things} documents` : 'there is no path'}`,
        either: `in either direction; ${unsure ? `none was found among ${things} documents` : 'there is no path'} along or against the citations alone`,
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
