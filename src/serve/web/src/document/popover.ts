// What a mark opens: what the words name, and why they are read so.

import { type Child, h } from '../dom';
import { address, rows, reference, site, words } from '../endpoint';
import { link } from '../fragments';
import { COLOURS, colourOf, paragraphName, paragraphWords, predicateName, treatmentName } from '../kinds';

/** A row of `queries/text-mentions.rq`. */
export interface Mention {
  paragraph: string;
  node: string;
  other?: string;
  name?: string;
  subject?: string;
  subjectName?: string;
  predicate?: string;
  treatment?: string;
  verb?: string;
  strength?: string;
  pinpoint?: string;
  until?: string;
  rule?: string;
  reason?: string;
  candidate?: string;
  source: string;
  path?: string;
  start: string;
  end: string;
  words: string;
}

const SINGULAR: Record<string, string> = {
  document: 'Document', instrument: 'Instrument', body: 'Body', group: 'Group', state: 'State', role: 'Office', person: 'Person', actor: 'Actor',
};

let open: { card: HTMLElement; from: HTMLElement } | null = null;

/** Opens the card of a mark beside it. */
export function show(from: HTMLElement, what: readonly Mention[]): void {
  const id = 'mention-title';
  openCard(from, id, what.map((one, n) => h('section', {}, content(one, n === 0 ? id : null))));
}

/**
 * Opens a card beside what was pressed, or closes it; the focus goes into it, and back when it closes. `title` is the id
 * of the element in it that names it. What is given puts the card in its place again, when it has become taller.
 */
export function openCard(from: HTMLElement, title: string, inside: readonly Child[], size = ''): () => void {
  if (closed(from)) return () => {};
  close(false);
  const card = h('div', { class: `card ${size}`.trim(), role: 'dialog', 'aria-labelledby': title, tabindex: '-1', dir: 'ltr' },
    h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => close(true) }, '×'), inside);
  from.setAttribute('aria-expanded', 'true');
  open = { card, from };
  // It stands after the paragraph, so that it is read on after it.
  (from.closest('.paragraph') ?? document.body).append(card);
  put(card, from);
  card.focus({ preventScroll: true });
  card.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close(true);
  });
  card.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !card.contains(event.relatedTarget) && event.relatedTarget !== from) close(false);
  });
  return () => {
    if (card.isConnected) put(card, from);
  };
}

/** Closes the card of a mark that is pressed again; whether it was open. */
export function closed(from: HTMLElement): boolean {
  if (open?.from !== from) return false;
  close(true);
  return true;
}

function close(back: boolean): void {
  if (!open) return;
  const { card, from } = open;
  open = null;
  card.remove();
  from.removeAttribute('aria-expanded');
  if (back) from.focus({ preventScroll: true });
}

document.addEventListener('pointerdown', (event) => {
  const target = event.target as Element;
  if (open && !open.card.contains(target) && !open.from.contains(target)) close(false);
});

/** Under the words, or above them where there is no room; a narrow screen shows it at its foot (style.css). */
function put(card: HTMLElement, from: HTMLElement): void {
  const within = (card.offsetParent ?? document.body).getBoundingClientRect();
  // Words that are broken over lines have a rectangle for each; the first is where the eye is.
  const at = from.getClientRects()[0] ?? from.getBoundingClientRect();
  const left = Math.min(at.left - within.left, within.width - card.offsetWidth);
  const below = at.bottom + 6 + card.offsetHeight < innerHeight || at.top < card.offsetHeight + 70;
  const last = from.getClientRects()[from.getClientRects().length - 1] ?? at;
  card.style.left = `${Math.max(0, left)}px`;
  card.style.top = `${(below ? last.bottom + 6 : at.top - 6 - card.offsetHeight) - within.top}px`;
}

function content(one: Mention, id: string | null): Child[] {
  const colour = one.other ? colourOf(one.other) : 'unresolved';
  const title = one.predicate
    ? [link(one.subject ?? '', one.subjectName ?? ''), ' ', predicateName(one.predicate), ' ', one.other ? link(one.other, one.name ?? '') : '']
    : one.other && !one.reason ? link(one.other, one.name ?? '') : 'Not resolved';
  const kind = one.predicate ? 'Statement' : (SINGULAR[colour] ?? COLOURS[colour]);
  return [
    h('p', { class: `kind swatch ${one.predicate ? '' : colour}` }, one.treatment || one.pinpoint ? `Citation of a${/^[io]/i.test(kind) ? 'n' : ''} ${kind.toLowerCase()}` : kind),
    h('h3', { id }, title),
    one.other && colour === 'document' && !one.predicate ? titleOf(one.other) : null,
    h('dl', {}, reasons(one).flatMap(([name, value]) => value ? [h('dt', {}, name), h('dd', {}, value)] : [])),
    one.other && !one.reason && h('p', { class: 'actions' },
      h('a', { href: address(one.other), class: 'action' }, 'Open'),
      h('a', { href: networkAddress(one.other), class: 'action' }, 'Show in network')),
  ];
}

export function networkAddress(iri: string): string {
  return `/network?root=${encodeURIComponent(iri.slice(`${site.base}id/`.length)).replace(/%2F/g, '/')}`;
}

/** Why the words are read so. */
function reasons(one: Mention): [string, Child][] {
  const name = paragraphName(one.paragraph);
  const verb = one.verb && h('span', {}, `“${one.verb}”`, one.strength && h('span', { class: 'faint' }, `, strength ${one.strength}`));
  return [
    ['Words', `“${one.words.replace(/\s+/g, ' ').slice(0, 240)}${one.words.length > 240 ? '…' : ''}”`],
    ['Treatment', one.treatment ? treatmentName(one.treatment, 'out').toLowerCase() : null],
    ['Verb', verb],
    ['Pinpoint', one.pinpoint],
    ['Until', one.until],
    ['Reason', one.reason ? words(one.reason.replaceAll('-', ' ')) : null],
    ['May be', one.candidate],
    ['Rule', one.rule],
    ['Paragraph', h('a', { href: `#${name}` }, paragraphWords(name))],
    ['Read in', [link(one.source, one.path?.split('/').pop() ?? 'the file'), h('span', { class: 'faint' }, `, bytes ${one.start}–${one.end}`)]],
  ];
}

function titleOf(iri: string): HTMLElement {
  const place = h('p', { class: 'title' });
  const query = `SELECT ?title ?date { OPTIONAL { ${reference(iri)} eli:title ?title FILTER(LANG(?title) = "en") } OPTIONAL { ${reference(iri)} eli:date_document ?date } } LIMIT 1`;
  void rows<{ title?: string; date?: string }>(query).then(([row]) => {
    place.textContent = [row?.title, row?.date].filter(Boolean).join(', ');
  }, () => place.remove());
  return place;
}
