// Where the wording of a paragraph comes from and where it went: a quiet mark in the margin, which opens what changed.

import { about, ask } from '../ask';
import { type Child, h } from '../dom';
import { literal, reference } from '../endpoint';
import { grouped, link, pending, plural } from '../fragments';
import { paragraphName, paragraphWords } from '../kinds';
import { difference } from './difference';
import { openCard } from './popover';

/** A row of `queries/text-wording.rq`. */
export interface Wording {
  paragraph: string;
  from: string;
  name: string;
  date?: string;
  kept?: string;
  first?: string;
  firstName?: string;
  firstDate?: string;
}
/** A row of `queries/text-reused.rq`. */
export interface Reused {
  paragraph: string;
  documents: string;
}
interface Later {
  paragraph: string;
  name: string;
  date?: string;
}

/** Documents that a card names at once. */
const NAMED = 12;

/** `null` where the graph knows of no other paragraph of its wording. */
export function wordingMark(row: { paragraph: string; text: string }, language: string, from?: Wording, later?: Reused): HTMLElement | null {
  if (!from && !later) return null;
  // The year is told by the card: a margin is narrow.
  const said = [from ? `from ${from.name.replace(/ \(\d{4}\)$/, '')}${percent(from.kept)}` : null, later ? `later in ${Number(later.documents).toLocaleString('en')}` : null];
  const name = paragraphWords(paragraphName(row.paragraph));
  const button = h('button', {
    type: 'button', class: 'wording', 'aria-haspopup': 'dialog', lang: 'en', dir: 'ltr',
    'aria-label': `Wording of ${name}: ${[said[0], later ? `later used in ${plural(Number(later.documents), 'document')}` : null].filter(Boolean).join('; ')}`,
  }, said.filter((part) => part !== null).map((part) => h('span', {}, part)));
  button.addEventListener('click', () => {
    const title = 'wording-title';
    const work = from ? changed(row.text, language, from) : Promise.resolve([]);
    const after = later ? laterList(row.paragraph) : Promise.resolve([]);
    const place = openCard(button, title, [
      from && h('section', {}, source(from, title), pending(work, 'Comparing …')),
      later && h('section', {},
        h('p', { class: 'kind' }, from ? 'Wording used later' : 'Wording'),
        h('h3', from ? {} : { id: title }, `Later used in ${plural(Number(later.documents), 'document')}`), pending(after)),
    ], 'wide');
    // It grows when what it waited for is there.
    void Promise.allSettled([work, after]).then(() => requestAnimationFrame(place));
  });
  return button;
}

/** How much was kept, in whole percent: what is not all of it is never told as 100. */
export function percent(kept: string | undefined): string {
  const share = Number(kept);
  if (kept === undefined || !Number.isFinite(share)) return '';
  return `, ${share >= 1 ? 100 : Math.min(Math.round(share * 100), 99)}\u00a0%`;
}

function source(from: Wording, title: string): Child {
  const kept = percent(from.kept).slice(2);
  return [
    h('p', { class: 'kind' }, 'Wording used before', kept && ` · ${kept.startsWith('100') ? 'word for word' : `${kept} of its words`}`),
    h('h3', { id: title }, 'From ', link(from.from, `${from.name}, ${paragraphName(from.from)}`), from.date && h('span', { class: 'count' }, ` ${from.date}`)),
    from.first && from.firstName && (from.first === from.from
      ? h('p', { class: 'faint' }, 'First used there, as far as the graph knows.')
      : h('p', {}, 'First used in ', link(from.first, `${from.firstName}, ${paragraphName(from.first)}`), from.firstDate && h('span', { class: 'count' }, ` ${from.firstDate}`))),
  ];
}

async function changed(text: string, language: string, from: Wording): Promise<Child[]> {
  const [earlier] = await ask<{ text: string }>('wording-text', { this: reference(from.from), language: literal(language) });
  if (!earlier) return [h('p', { class: 'faint' }, 'The earlier paragraph is not in the graph in this language.')];
  const changes = difference(earlier.text, text);
  const whole = changes.every((change) => change.kind === 'same');
  return [
    h('p', { class: 'kind' }, whole ? 'Nothing changed' : [h('del', {}, 'gone'), ' and ', h('ins', {}, 'new'), ' since then']),
    h('p', { class: 'changes', lang: language, dir: 'auto' }, changes.map(({ kind, text: words }, n) =>
      kind === 'same' ? words : spaced(kind === 'gone' ? 'del' : 'ins', words, changes[n + 1]?.kind === 'new'))),
  ];
}

/** The mark ends with its words, not with the space after them; what takes the place of something stands apart from it. */
function spaced(tag: 'del' | 'ins', text: string, apart: boolean): Child {
  const words = text.trimEnd();
  return [h(tag, {}, words), text.slice(words.length) || (apart ? ' ' : '')];
}

async function laterList(paragraph: string): Promise<Child[]> {
  const found = await about<Later>('wording-later', paragraph);
  const documents = grouped(found, (row) => row.paragraph.split('#')[0] ?? '');
  const line = ([, rows]: [string, Later[]]): Child => {
    const first = rows[0] as Later;
    return h('li', {}, link(first.paragraph, `${first.name}, ${paragraphName(first.paragraph)}`), first.date && h('span', { class: 'count' }, ` ${first.date}`));
  };
  const rest = documents.slice(NAMED);
  return [
    h('ul', { class: 'plain' }, documents.slice(0, NAMED).map(line)),
    rest.length > 0 && h('details', {}, h('summary', {}, `and ${rest.length} more`), h('ul', { class: 'plain' }, rest.map(line))),
  ];
}
