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

/** "1st", "2nd", "13th", "1,021st". */
export function ordinal(count: number): string {
  const ends: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
  return `${count.toLocaleString('en')}${ends[ORDINALS.select(count)] ?? 'th'}`;
}

/** How many were found by a query that gives `limit` at most: a number that it was cut off at is no total. */
export function upTo(limit: number, count: number, one: string): string {
  return count < limit ? plural(count, one) : `the first ${plural(count, one)}`;
}

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** A language in words; a tag that is none is shown as it is. */
export function languageName(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Tells the latest of several from those before it: what `begin` gives says whether nothing was begun since. */
export function latest(): () => () => boolean {
  let begun = 0;
  return () => {
    const mine = ++begun;
    return () => mine === begun;
  };
}

/**
 * A button that asks for more. While it asks it does nothing else; what goes wrong is said beside it, and it can
 * be pressed again. The keyboard goes on at what `bring` gives.
 */
export function bringing(text: string, bring: () => Promise<HTMLElement | null | undefined>, hidden = false): { place: HTMLElement; button: HTMLButtonElement } {
  const button = h('button', { type: 'button', class: 'more', hidden }, text);
  const trouble = h('p', { class: 'error', role: 'alert', hidden: true });
  button.addEventListener('click', async () => {
    // An attribute that leaves the focus where it is, as `disabled` does not.
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    trouble.hidden = true;
    try {
      (await bring())?.focus({ preventScroll: true });
    } catch (error) {
      trouble.textContent = (error as Error).message;
      trouble.hidden = false;
    }
    button.removeAttribute('aria-disabled');
  });
  return { place: h('div', {}, button, trouble), button };
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
