// The text of a document with what was found in it: some paragraphs at a time, each mention marked.

import { ask } from '../ask';
import { type Child, h } from '../dom';
import { literal, local, reference } from '../endpoint';
import { bringing, grouped, languageName, latest, section } from '../fragments';
import { COLOURS, type Colour, colourOf, paragraphName, paragraphWords, predicateName } from '../kinds';
import { partOf } from '../router';
import { cut, locate, type Range } from './marking';
import { type Mention, show } from './popover';
import { type Reused, type Wording, wordingMark } from './wording';

/** Paragraphs that are loaded at once. */
const STEP = 40;

interface Language {
  language: string;
  paragraphs: string;
  last: string;
}
interface Paragraph {
  paragraph: string;
  position: string;
  sort?: string;
  text: string;
}
type Row = Mention & { paragraph: string; start: string };

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** The section of the text; begins where the address points to. `null` where the graph has no text. */
export async function textSection(iri: string): Promise<HTMLElement | null> {
  const part = partOf(location.hash);
  const [languages, at] = await Promise.all([
    ask<Language>('text-languages', { this: reference(iri) }),
    part ? ask<{ position: string }>('position', { this: reference(`${iri}#${part}`) }) : [],
  ]);
  const first = languages.find((l) => l.language === 'en') ?? languages[0];
  if (!first) return null;
  const place = h('div', { class: 'text' });
  const begin = latest();
  await fillText(place, iri, first, Number(at[0]?.position ?? 0), begin());
  return section('text', 'Text', `${first.paragraphs} paragraphs`, h('div', { class: 'tools' }, ...chooser(languages, first, (language) => {
    const current = begin();
    void fillText(place, iri, language, 0, current).catch((error: Error) => {
      if (current()) place.replaceChildren(h('p', { class: 'error', role: 'alert' }, error.message));
    });
  }), legend(place)), place);
}

function chooser(languages: Language[], chosen: Language, choose: (language: Language) => void): Child[] {
  if (languages.length < 2) return [];
  const select = h('select', { id: 'language' }, languages.map((l) =>
    h('option', { value: l.language, selected: l === chosen }, languageName(l.language || 'und'))));
  select.addEventListener('change', () => {
    const language = languages.find((l) => l.language === select.value);
    if (language) choose(language);
  });
  return [h('label', { for: 'language' }, 'Language'), select];
}

/** What the colours mean; each can be turned off. */
function legend(place: HTMLElement): HTMLElement {
  return h('fieldset', { class: 'legend' }, h('legend', { class: 'hidden' }, 'Marks'),
    (Object.keys(COLOURS) as Colour[]).map((colour) => {
      const box = h('input', { type: 'checkbox', checked: true });
      box.addEventListener('change', () => place.classList.toggle(`without-${colour}`, !box.checked));
      return h('label', { class: `swatch ${colour}` }, box, COLOURS[colour]);
    }));
}

/** `current` tells whether this is still what is wanted when it arrives. */
async function fillText(place: HTMLElement, iri: string, language: Language, position: number, current: () => boolean): Promise<void> {
  let from = Math.floor(position / STEP) * STEP;
  let to = from + STEP;
  const last = Number(language.last);
  const body = h('div', {}, await paragraphs(iri, language.language, from, to));
  const earlier = bringing('Show earlier paragraphs', async () => {
    const start = Math.max(0, from - STEP);
    const before = await paragraphs(iri, language.language, start, from);
    from = start;
    body.prepend(...before);
    earlier.button.hidden = from === 0;
    return earlier.button.hidden ? before[before.length - 1] : null;
  }, from === 0);
  const later = bringing('Show more paragraphs', async () => {
    const next = await paragraphs(iri, language.language, to, to + STEP);
    to += STEP;
    body.append(...next);
    later.button.hidden = to > last;
    return next[0];
  }, to > last);
  if (!current()) return;
  place.dir = RIGHT_TO_LEFT.has(language.language) ? 'rtl' : 'ltr';
  place.replaceChildren(earlier.place, body, later.place);
}

async function paragraphs(iri: string, language: string, from: number, to: number): Promise<HTMLElement[]> {
  const within = { this: reference(iri), from: String(from), to: String(to), language: literal(language) };
  // Where a wording comes from is told beside the text, which is shown without it as well.
  const [texts, found, wording, reused] = await Promise.all([
    ask<Paragraph>('text', within), ask<Row>('text-mentions', within),
    ask<Wording>('text-wording', within).catch(() => []), ask<Reused>('text-reused', within).catch(() => []),
  ]);
  const by = new Map(grouped(found, (row) => row.paragraph));
  const earlier = new Map(wording.map((row) => [row.paragraph, row]));
  const later = new Map(reused.map((row) => [row.paragraph, row]));
  let before = '';
  return texts.map((row) => {
    const sort = local(row.sort ?? '');
    const element = paragraph(row, by.get(row.paragraph) ?? [], language, sort);
    const mark = wordingMark(row, language, earlier.get(row.paragraph), later.get(row.paragraph));
    // It is read after the words that it tells of.
    if (mark) element.children[1]?.after(mark);
    // Footnotes stand among the paragraphs that they belong to.
    if (sort === 'Footnote') return element;
    if (before && sort !== before) element.classList.add('break');
    before = sort;
    return element;
  });
}

function paragraph(row: Paragraph, found: Row[], language: string, sort: string): HTMLElement {
  const name = paragraphName(row.paragraph);
  const mentions = found.filter((m) => !m.predicate);
  const nodes = grouped(found.filter((m) => m.predicate), (m) => m.node).map(([, all]) => all[0] as Row);
  const statements = grouped(nodes, (m) => `${m.predicate} ${m.verb} ${m.other} ${m.until}`).map(([, all]) => all);
  const ranges = locate(row.text, mentions.map((m) => ({ source: m.source, start: Number(m.start), words: m.words })));
  // Several files may show the same mention at the same words.
  const seen = new Set<string>();
  const placed = mentions.flatMap((what, n) => {
    const range = ranges[n];
    const key = `${what.node} ${range}`;
    if (!range || seen.has(key)) return [];
    seen.add(key);
    return [{ range, what }];
  });
  const text = cut(row.text.length, placed).map(({ from, to, what, begins }): Child => {
    const part = row.text.slice(from, to);
    return what.length ? mark(part, what, begins) : part;
  });
  // What only a text in another language shows, or another part of the heading, is told beside these words.
  const shown = new Set(placed.map(({ what }) => what.node));
  const elsewhere = grouped(mentions.filter((m) => !shown.has(m.node)), (m) => m.node).map(([, all]) => (all[0] as Row));
  const inPlace = h('p', { lang: language, dir: 'auto' }, text);
  return h('div', { id: name, class: `paragraph ${sort}`, tabindex: '-1' },
    h('a', { class: 'number', href: `#${name}`, title: paragraphWords(name) }, name), inPlace,
    statements.length + elsewhere.length > 0 && h('ul', { class: 'states', 'aria-label': `Said in ${paragraphWords(name)}` },
      statements.map((all) => h('li', {}, statement(all, row.text, inPlace))),
      elsewhere.map((one) => h('li', {}, besides(one)))));
}

/** Words that are a mention. One that goes on after what it encloses is reached by its first words. */
function mark(words: string, what: Mention[], begins: boolean): HTMLElement {
  const first = what[0] as Mention;
  const colour = first.reason || !first.other ? 'unresolved' : colourOf(first.other);
  const said = colour === 'unresolved' ? 'not resolved' : first.name;
  const reached = begins ? { role: 'button', tabindex: '0', 'aria-haspopup': 'dialog' } : {};
  const button = h('span', { class: `mention ${colour}`, title: said, ...reached }, words);
  onPress(button, () => show(button, what));
  return button;
}

/** A statement that several documents are the subjects of, as those that established a body, is one. */
function statement(all: readonly Row[], text: string, inPlace: HTMLElement): HTMLElement {
  const one = all[0] as Row;
  const mine = one.subject === one.paragraph.split('#')[0];
  const verb = local(one.predicate ?? '') === 'addresses' && one.verb ? one.verb : predicateName(one.predicate ?? '');
  const said = [mine ? '' : (one.subjectName ?? ''), all.length > 1 ? ` and ${all.length - 1} more` : ''].join('');
  const button = h('button', { type: 'button', class: 'statement', 'aria-haspopup': 'dialog' },
    said, said && ' ', h('span', { class: 'verb' }, verb), ' ', one.name ?? '', one.until ? `, until ${one.until}` : '');
  const [range] = locate(text, [{ source: one.source, start: Number(one.start), words: one.words }]);
  if (range) {
    for (const event of ['mouseenter', 'focus']) button.addEventListener(event, () => light(inPlace, range));
    for (const event of ['mouseleave', 'blur']) button.addEventListener(event, () => light(inPlace, null));
  }
  button.addEventListener('click', () => show(button, all));
  return button;
}

/** A mention that these words do not show. */
function besides(one: Row): HTMLElement {
  const colour = one.reason || !one.other ? 'unresolved' : colourOf(one.other);
  const button = h('button', { type: 'button', class: 'statement', 'aria-haspopup': 'dialog', title: 'In another part or language of this paragraph' },
    h('span', { class: `swatch ${colour}` }, one.name ?? one.words));
  button.addEventListener('click', () => show(button, [one]));
  return button;
}

function onPress(element: HTMLElement, act: () => void): void {
  element.addEventListener('click', act);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });
}

/** Shows which words a statement was read in, where the browser can colour words without an element around them. */
function light(paragraph: HTMLElement, range: Range | null): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete('statement');
  if (!range) return;
  const lit = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (range[0] >= at && range[0] <= at + length) lit.setStart(node, range[0] - at);
    if (range[1] >= at && range[1] <= at + length) lit.setEnd(node, range[1] - at);
    at += length;
  }
  CSS.highlights.set('statement', new Highlight(lit));
}
