// Suggestions while typing: a combobox with a list (ARIA Authoring Practices), worked by arrows, Enter and Escape.

import { type Child, h } from '../dom';
import { address } from '../endpoint';
import { colourOf, sortName } from '../kinds';
import { type Named, suggestions } from './names';

const MOST = 10;
/** Milliseconds without a key before the server is asked. */
const PAUSE = 90;

/** Makes a combobox of the search box. `go` shows a page. */
export function suggest(form: HTMLFormElement, input: HTMLInputElement, go: (href: string) => void): void {
  const list = h('ul', { id: 'suggestions', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  const status = h('div', { class: 'hidden', role: 'status' });
  form.append(list, status);
  const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  let active = -1;
  let shown: Named[] = [];

  function close(): void {
    clearTimeout(waiting);
    asked.abort();
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  }

  function mark(n: number): void {
    active = n;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === n)));
    const option = list.children[n];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  async function ask(): Promise<void> {
    const text = input.value.trim();
    asked.abort();
    if (!text) return close();
    const mine = new AbortController();
    asked = mine;
    try {
      const found = await suggestions(text, MOST, mine.signal);
      if (mine.signal.aborted || document.activeElement !== input) return;
      shown = found;
      list.replaceChildren(...found.map((one, n) => option(one, n, text)));
      list.hidden = !found.length;
      input.setAttribute('aria-expanded', String(found.length > 0));
      status.textContent = found.length ? `${found.length} suggestions` : 'No suggestions';
      mark(-1);
    } catch {
      // Suggestions are a convenience: without them the search itself says what is wrong.
      if (!mine.signal.aborted) close();
    }
  }

  function open(n: number): void {
    const href = address(shown[n]?.iri ?? '');
    close();
    if (href) go(href);
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener('keydown', (event) => {
    const count = list.hidden ? 0 : shown.length;
    if (event.key === 'ArrowDown' && !count) void ask();
    else if (event.key === 'ArrowDown') mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === 'ArrowUp' && count) mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === 'Enter' && active >= 0) open(active);
    else if (event.key === 'Escape' && count) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', close);
  form.addEventListener('submit', close);
  // A press must not take the focus from the box before it is understood.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const at = [...list.children].findIndex((option) => option.contains(event.target as Node));
    if (at >= 0) open(at);
  });
}

function option(one: Named, n: number, text: string): HTMLElement {
  const more = one.title && one.title !== one.label ? one.title : one.match && one.match !== one.label ? one.match : null;
  return h('li', { id: `suggestion-${n}`, role: 'option', 'aria-selected': 'false' },
    h('span', { class: `swatch ${colourOf(one.iri)}` }, h('span', { class: 'label' }, begun(one.label, text))),
    h('span', { class: 'kind' }, sortName(one.kind)),
    more && h('span', { class: 'title' }, begun(more, text)));
}

/** A name with what was typed set apart, wherever it stands and however it is written. */
function begun(name: string, text: string): Child[] {
  const at = name.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return [name];
  return [name.slice(0, at), h('b', {}, name.slice(at, at + text.length)), name.slice(at + text.length)];
}
