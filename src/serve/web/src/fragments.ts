// What pages are put together from.

import { type Child, h, marked } from './dom';
import { address } from './endpoint';

/** A link to the page of an IRI; the text alone where there is none. */
export function link(iri: string, text: Child, attributes: Record<string, string> = {}): Child {
  const href = iri.includes(':') ? address(iri) : null;
  return href ? h('a', { href, ...attributes }, text) : text;
}

export function section(id: string, title: string, count: Child, ...content: Child[]): HTMLElement {
  return h('section', { id, 'aria-labelledby': `${id}-title`, class: 'part' },
    h('h2', { id: `${id}-title` }, title, ' ', h('span', { class: 'count' }, count)), ...content);
}

export function quote(sentence: string | undefined, words?: string, lang?: string): HTMLElement | null {
  return sentence ? h('blockquote', { lang, dir: 'auto' }, marked(sentence, words)) : null;
}

export function grouped<T>(list: readonly T[], key: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups];
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What a page says while it waits, and what went wrong if it does. */
export function pending(work: Promise<readonly Child[]>, waiting = 'Loading …'): HTMLElement {
  const place = h('div', { 'aria-busy': 'true' }, h('p', { class: 'faint' }, waiting));
  void work.catch((error: Error) => [h('p', { class: 'error', role: 'alert' }, error.message)]).then((nodes) => {
    place.replaceChildren(...h('div', {}, nodes).childNodes);
    place.removeAttribute('aria-busy');
  });
  return place;
}

let lines = 0;

/** A line that opens; what it opens to is asked for when it is first opened. `name` says of what to a screen reader. */
export function opening(name: string, summary: Child, content: () => Promise<readonly Child[]>): HTMLElement {
  const id = `line-${++lines}`;
  const button = h('button', { type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': id, 'aria-label': `Sentences of ${name}` });
  const inside = h('div', { id, class: 'inside', hidden: true });
  const line = h('div', { class: 'line' }, button, h('div', { class: 'summary' }, summary), inside);
  line.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (inside.contains(target) || target.closest('a') || getSelection()?.toString()) return;
    const open = inside.hidden;
    inside.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open && !inside.childElementCount) inside.append(pending(content()));
  });
  return line;
}

/** A list that is shown some at a time: a button at its end shows the next. */
export function some<T>(list: readonly T[], step: number, line: (one: T) => Child, attributes: Record<string, string> = {}): HTMLElement {
  const ul = h('ul', { class: 'plain', ...attributes });
  const button = h('button', { type: 'button', class: 'more' });
  const place = h('div', {}, ul, button);
  const show = () => {
    const from = ul.childElementCount;
    for (const one of list.slice(from, from + step)) ul.append(h('li', {}, line(one)));
    const left = list.length - ul.childElementCount;
    button.textContent = `Show ${Math.min(step, left)} more of ${left.toLocaleString('en')}`;
    button.hidden = left <= 0;
    return ul.children[from] as HTMLElement | undefined;
  };
  button.addEventListener('click', () => {
    const first = show();
    // The button may be gone: the reader goes on at what it brought.
    first?.querySelector<HTMLElement>('a, button')?.focus();
  });
  show();
  return place;
}
