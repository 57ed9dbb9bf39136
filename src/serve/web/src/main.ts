// The frame of every page: what is shown is told from the address, and followed links change it in place.

import './style.css';
import { moved, push, settle } from './address';
import { byId, h } from './dom';
import { loadSite } from './endpoint';
import { partOf, route } from './router';
import { suggest } from './search/suggest';
import { themeSwitch } from './theme';

const main = byId('main');
const box = byId<HTMLInputElement>('q');
/** Counts the pages asked for: one that arrives after another was asked for is dropped. */
let asked = 0;

async function show(focus: boolean, scroll = 0): Promise<void> {
  const url = new URL(location.href);
  const page = route(url);
  const turn = ++asked;
  settle();
  box.value = url.pathname === '/' ? (url.searchParams.get('q') ?? '') : '';
  current(url);
  main.setAttribute('aria-busy', 'true');
  // A page that was left while it was loading has nothing more to say.
  const patience = setTimeout(() => {
    if (turn === asked) main.replaceChildren(h('p', { class: 'faint', role: 'status' }, 'Loading …'));
  }, 250);
  // What a page has running ends with it, and before the next begins.
  dispatchEvent(new Event('pageleave'));
  let nodes: Node[];
  try {
    if (!page) throw new Error(`There is nothing at ${url.pathname}.`);
    await site;
    nodes = await page();
  } catch (error) {
    nodes = [h('h1', {}, 'This did not work'), h('p', { class: 'error', role: 'alert' }, (error as Error).message)];
  }
  clearTimeout(patience);
  if (turn !== asked) return;
  main.replaceChildren(...nodes);
  main.removeAttribute('aria-busy');
  const heading = main.querySelector('h1');
  document.title = `${heading?.textContent ?? 'Explorer'} · resograph`;
  arrive(url, heading, focus, scroll);
}

/** A page that was changed in place is announced as a new one is: by its heading, which takes the focus. */
function arrive(url: URL, heading: HTMLElement | null, focus: boolean, scroll: number): void {
  const name = partOf(url.hash);
  const part = name ? document.getElementById(name) : null;
  if (part && !scroll) {
    part.scrollIntoView();
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  } else if (focus && heading) {
    scrollTo({ top: scroll, behavior: 'instant' });
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** Marks the entry of the navigation that the address belongs to. */
function current(url: URL): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('header nav a')) {
    if (new URL(link.href).pathname === url.pathname && !url.searchParams.get('q')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Shows the page of an address in place. */
export function go(href: string): void {
  history.replaceState({ ...history.state, scroll: scrollY }, '');
  push(href);
  void show(true);
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest?.('a');
  // Of a link within a drawing `target` is an object, whatever it says.
  if (!link?.href || link.getAttribute('target') || link.hasAttribute('download') || link instanceof SVGElement && !link.getAttribute('href')) return;
  const url = new URL(link instanceof SVGElement ? (link.getAttribute('href') ?? '') : link.href, location.href);
  if (url.origin !== location.origin || !route(url)) return;
  if (here(url)) return;
  event.preventDefault();
  go(url.href);
}

/** A part of this page that is there already: the browser goes to it. */
function here(url: URL): boolean {
  const part = partOf(url.hash);
  return url.pathname === location.pathname && url.search === location.search && part !== '' && document.getElementById(part) !== null;
}

themeSwitch(byId('theme'));
document.addEventListener('click', follow);
const form = byId<HTMLFormElement>('search');
suggest(form, box, go);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  go(`/?${new URLSearchParams({ q: box.value.trim() })}`);
});
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
  }
});
// A page that is come back to is where it was left; it has to be there before it can be scrolled.
history.scrollRestoration = 'manual';
addEventListener('popstate', (event) => {
  // A link within the page changes the part, not the page.
  if (moved()) void show(true, (event.state as { scroll?: number } | null)?.scroll ?? 0);
});
const site = loadSite();
void show(false);
