// The saved queries, by what they are about; words narrow the list.

import { h } from '../dom';
import { grouped } from '../fragments';

export interface Example {
  name: string;
  title: string;
  about: string;
  query: string;
}

/** Groups in their order, each with the names of its queries; what is in none comes last. */
const GROUPS: [title: string, names: string[]][] = [
  ['What cites what', ['citations', 'cited-by', 'most-cited', 'paragraphs-cited', 'treatments', 'instruments', 'never-cited', 'longest-remembered', 'council-and-assembly', 'chapter-vii-without-treaty', 'unresolved']],
  ['Bodies, States and groups', ['bodies', 'states', 'established', 'mandates', 'last-mandates', 'sanctions-committees', 'addressed', 'asked-of-cted', 'condemned', 'groups', 'first-mention']],
  ['Votes and drafts', ['votes', 'votes-against', 'votes-of-those-that-cite', 'drafts', 'sponsors']],
  ['Influence and wording', ['influential', 'brokers', 'communities', 'agreed-language', 'changed-wording', 'wording-origins']],
  ['Texts and the graph', ['in-texts', 'subjects-by-decade', 'kinds', 'sources']],
];
const REST = 'More';

/** The examples by group. */
export function groups(examples: readonly Example[]): [string, Example[]][] {
  const of = (one: Example): string => GROUPS.find(([, names]) => names.includes(one.name))?.[0] ?? REST;
  const order = [...GROUPS.map(([title]) => title), REST];
  return grouped(examples, of).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** Whether all words are in what is said of an example or in the query itself. */
export function matches(one: Example, wanted: string): boolean {
  const text = `${one.title} ${one.about} ${one.name} ${one.query}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export function exampleList(examples: readonly Example[], open: (one: Example) => void): HTMLElement {
  const place = h('div', {});
  const count = h('p', { class: 'count', role: 'status' });
  const show = (wanted: string) => {
    const found = examples.filter((one) => matches(one, wanted));
    count.textContent = found.length === examples.length ? '' : `${found.length} of ${examples.length}`;
    place.replaceChildren(...groups(found).map(([title, list]) => h('div', {}, h('h3', {}, title), h('ul', { class: 'plain' }, list.map((one) => h('li', {},
      h('button', { type: 'button', class: 'example', title: one.about, onclick: () => open(one) }, one.title)))))));
  };
  const box = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter the examples', class: 'narrow' });
  box.addEventListener('input', () => show(box.value));
  show('');
  return h('div', { class: 'examples' }, h('h2', {}, `Examples (${examples.length})`), box, count, place);
}
