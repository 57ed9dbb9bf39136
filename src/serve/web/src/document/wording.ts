// Where the wording of a paragraph comes from and where it went: a quiet mark in the margin, which opens what changed.

import { about, ask } from '../ask';
import { type Child, h } from '../dom';
import { reference, site } from '../endpoint';
import { grouped, languageName, link, pending, plural } from '../fragments';
import { paragraphName, paragraphWords } from '../kinds';
import { type Change, difference, sameShare } from './difference';
import { closed, openCard } from './popover';

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
/** How much of what is known to be kept a comparison has to show, to be of the same paragraphs. */
const ALIKE = 0.6;

/** `null` where the graph knows of no other paragraph of its wording. */
export function wordingMark(row: { paragraph: string; text: string }, language: string, from?: Wording, later?: Reused): HTMLElement | null {
  if (!from && !later) return null;
  const name = paragraphWords(paragraphName(row.paragraph));
  const documents = Number(later?.documents ?? 0);
  const button = h('button', { type: 'button', class: 'wording', 'aria-haspopup': 'dialog', lang: 'en', dir: 'ltr' },
    h('span', { class: 'hidden' }, `Wording of ${name}: `),
    // The year is told by the card: a margin is narrow.
    from && [h('span', {}, `from ${from.name.replace(/ \(\d{4}\)$/, '')}${percent(from.kept)}`), ' '],
    later && [h('span', {}, `later in ${documents.toLocaleString('en')}`), h('span', { class: 'hidden' }, documents === 1 ? ' document' : ' documents')]);
  button.addEventListener('click', () => {
    if (closed(button)) return;
    const title = 'wording-title';
    const work = from ? changed(row.text, language, from) : Promise.resolve([]);
    const after = later ? laterList(row.paragraph, documents) : Promise.resolve([]);
    const place = openCard(button, title, [
      from && h('section', {}, source(from, title), pending(work, 'Comparing …'),
        h('p', { class: 'actions' }, h('a', { class: 'action', href: comparison(from.from, row.paragraph) }, 'Compare the documents'))),
      later && h('section', {},
        h('p', { class: 'kind' }, from ? 'Wording used later' : 'Wording'),
        h('h3', from ? {} : { id: title }, `Later used in ${plural(documents, 'document')}`), pending(after)),
    ], 'wide');
    // It grows when what it waited for is there.
    void Promise.allSettled([work, after]).then(() => requestAnimationFrame(place));
  });
  return button;
}

/** The server's page of two documents beside each other, told by themselves or by paragraphs of them. */
export function comparison(earlier: string, later: string): string {
  const name = (iri: string): string => encodeURIComponent((iri.split('#')[0] ?? '').slice(`${site.base}id/`.length)).replace(/%2F/g, '/');
  return `/diff?a=${name(earlier)}&b=${name(later)}`;
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

/** A row of `queries/wording-texts.rq`. */
export interface Texts {
  language: string;
  earlier: string;
  later: string;
}

/**
 * The texts to compare: those of the language that is read, unless they keep much less than is known to be kept. The
 * files of some languages are cut into paragraphs otherwise, and then another language shows what the graph means.
 */
export function compared(texts: readonly Texts[], language: string, kept: number): { language: string; changes: Change[] } | null {
  // The language that is read, then English as the pages are in it, then the one that shows most.
  const wanted = [language, 'en'];
  const place = (one: Texts): number => (wanted.includes(one.language) ? wanted.indexOf(one.language) : wanted.length);
  let best: { language: string; changes: Change[]; share: number } | null = null;
  for (const one of [...texts].sort((a, b) => place(a) - place(b))) {
    const changes = difference(one.earlier, one.later);
    const found = { language: one.language, changes, share: sameShare(changes) };
    // Long texts take a while to compare: no more of them than is needed.
    if (place(one) < wanted.length && found.share >= kept * ALIKE) return found;
    if (!best || found.share > best.share) best = found;
  }
  return best;
}

async function changed(text: string, language: string, from: Wording): Promise<Child[]> {
  const texts = await ask<Texts>('wording-texts', { this: reference(from.paragraph), that: reference(from.from) });
  // What is read is compared, should the graph have several texts of it.
  const found = compared(texts.map((one) => (one.language === language ? { ...one, later: text } : one)), language, Number(from.kept ?? 0));
  if (!found) return [h('p', { class: 'faint' }, 'There is no language in which the graph has both paragraphs.')];
  const { changes } = found;
  const whole = changes.every((change) => change.kind === 'same');
  return [
    found.language !== language && h('p', { class: 'faint' }, `Compared in ${languageName(found.language)}: in this language the two are not the same parts of their documents.`),
    h('p', { class: 'kind' }, whole ? 'Nothing changed' : [h('del', {}, 'gone'), ' and ', h('ins', {}, 'new'), ' since then']),
    h('p', { class: 'changes', lang: found.language, dir: 'auto' }, changes.map(({ kind, text: words }, n) =>
      kind === 'same' ? words : spaced(kind === 'gone' ? 'del' : 'ins', words, changes[n + 1]?.kind === 'new'))),
  ];
}

/** The mark ends with its words, not with the space after them; what takes the place of something stands apart from it. */
function spaced(tag: 'del' | 'ins', text: string, apart: boolean): Child {
  const words = text.trimEnd();
  return [h(tag, {}, words), text.slice(words.length) || (apart ? ' ' : '')];
}

/** What is said of `documents` where a query listed so many: how many more than are named at once, and that some are not listed. */
export function untold(listed: number, documents: number): { more: number; cut: string | null } {
  const all = Math.max(listed, documents);
  return { more: Math.max(all - Math.min(listed, NAMED), 0), cut: listed < all ? `Only the first ${listed.toLocaleString('en')} are listed here.` : null };
}

async function laterList(paragraph: string, count: number): Promise<Child[]> {
  const found = await about<Later>('wording-later', paragraph);
  const documents = grouped(found, (row) => row.paragraph.split('#')[0] ?? '');
  const line = ([, rows]: [string, Later[]]): Child => {
    const first = rows[0] as Later;
    return h('li', {}, link(first.paragraph, `${first.name}, ${paragraphName(first.paragraph)}`), first.date && h('span', { class: 'count' }, ` ${first.date}`));
  };
  const rest = documents.slice(NAMED);
  const { more, cut } = untold(documents.length, count);
  const said = `and ${more.toLocaleString('en')} more`;
  const end = cut && h('p', { class: 'faint' }, cut);
  return [
    h('ul', { class: 'plain' }, documents.slice(0, NAMED).map(line)),
    rest.length > 0
      ? h('details', {}, h('summary', {}, said), h('ul', { class: 'plain' }, rest.map(line)), end)
      : more > 0 && [h('p', {}, said), end],
  ];
}
