// The life of a body as texts state it: established, extended until when, changed, ended, and where nothing is stated.

import { about } from '../ask';
import { h, s } from '../dom';
import { local } from '../endpoint';
import { grouped, link, opening, plural, quote, section } from '../fragments';
import { paragraphName } from '../kinds';

/** A row of `queries/lineage.rq`; of `queries/lineage-authorities.rq`, which has no sentence. */
export interface LineageRow {
  predicate: string;
  document: string;
  name: string;
  date?: string;
  until?: string;
  paragraph?: string;
  sentence?: string;
}

export type Act = 'establishes' | 'extendsMandateOf' | 'amends' | 'terminates';

/** What one document did to the body. */
export interface Step {
  act: Act;
  document: string;
  name: string;
  date: string | null;
  until: string | null;
  paragraph: string | null;
  sentence: string | null;
  /** The day that the mandate had run out before this, where nothing is stated of the time between. */
  gap: string | null;
}

const NAMES: Record<Act, string> = { establishes: 'Established', extendsMandateOf: 'Extended', amends: 'Changed', terminates: 'Ended' };
const ORDER = Object.keys(NAMES) as Act[];
/** Steps that are shown at once, from the first and to the last. */
const ENDS = 8;

/** Days by which a mandate may be renewed late before it counts as a gap: a text may be of the day after. */
const LATE = 1;

/** Whether a text tells that another document established the body: no act of its own, nor the word of an authority. */
const recalled = (row: LineageRow): boolean =>
  local(row.predicate) === 'establishes' && row.paragraph !== undefined && !row.paragraph.startsWith(`${row.document}#`);

/**
 * The steps in the order of their dates, one for each document and act. What a document says itself goes before what
 * others recall of it; of several dates until which it extends, the last counts. That a document established the body
 * is taken from others only where none is known to have done so, and tells nothing of how long it was for.
 */
export function lineage(rows: readonly LineageRow[]): Step[] {
  const founders = new Set(rows.filter((row) => local(row.predicate) === 'establishes' && !recalled(row)).map((row) => row.document));
  const counted = rows.filter((row) => !recalled(row) || !founders.size || founders.has(row.document));
  const byOthers = new Set<Step>();
  const steps = grouped(counted, (row) => `${row.document} ${row.predicate}`).map(([, all]): Step => {
    const own = all.filter((row) => row.paragraph?.startsWith(`${row.document}#`));
    const said = own.length ? own : all;
    const until = said.map((row) => recalled(row) ? undefined : row.until).filter((date) => date !== undefined).sort().pop() ?? null;
    const one = (said.find((row) => row.sentence && (row.until ?? null) === until) ?? said.find((row) => row.sentence) ?? said[0]) as LineageRow;
    const step: Step = {
      act: local(one.predicate) as Act, document: one.document, name: one.name, date: one.date ?? null, until,
      paragraph: one.paragraph ?? null, sentence: one.sentence ?? null, gap: null,
    };
    if (all.every(recalled)) byOthers.add(step);
    return step;
  });
  steps.sort((a, b) => compare(a.date ?? '', b.date ?? '') || ORDER.indexOf(a.act) - ORDER.indexOf(b.act) || compare(a.name, b.name));
  let until = null as string | null;
  for (const step of steps) {
    if (step.date && until && step.act === 'extendsMandateOf' && days(until, step.date) > LATE) step.gap = until;
    if (step.act === 'amends' || byOthers.has(step)) continue;
    // An extension that names no day leaves open when it ends: no gap can be told after it.
    until = step.until && until && step.act === 'extendsMandateOf' && until > step.until ? until : step.until;
  }
  return steps;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const days = (from: string, to: string): number => (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;

/** `null` where no text states anything of its life. */
export async function lineageSection(iri: string, label: string): Promise<HTMLElement | null> {
  const [stated, known] = await Promise.all([about<LineageRow>('lineage', iri), about<LineageRow>('lineage-authorities', iri)]);
  const steps = lineage([...stated, ...known]);
  if (!steps.length) return null;
  const gaps = steps.filter((step) => step.gap).length;
  const count = (act: Act): number => steps.filter((step) => step.act === act).length;
  const said = [
    count('extendsMandateOf') && `extended ${plural(count('extendsMandateOf'), 'time')}`, gaps && plural(gaps, 'gap'), ending(steps),
  ].filter(Boolean).join(', ');
  return section('lineage', 'Mandate', said, steps.filter((step) => step.until).length > 1 && band(label, steps), list(steps),
    gaps > 0 && h('p', { class: 'faint' }, 'A gap is the time between the end of the last mandate that a text of the graph states and the next that extends it; the text that filled it may not be in the graph.'));
}

/** How it ends, as far as texts say. */
function ending(steps: readonly Step[]): string {
  const ended = steps.findLast((step) => step.act === 'terminates');
  const until = steps.map((step) => step.until).filter((date) => date !== null).sort().pop();
  if (ended && (!until || !ended.date || steps.indexOf(ended) >= steps.findLastIndex((step) => step.act === 'extendsMandateOf'))) return `ended${ended.date ? ` ${ended.date}` : ''}`;
  return until ? `last until ${until}` : '';
}

function list(steps: readonly Step[]): HTMLElement {
  const ol = h('ol', { class: 'lineage' });
  const hidden = steps.length > 2 * ENDS + 2 ? steps.slice(ENDS, -ENDS) : [];
  if (!hidden.length) {
    ol.append(...steps.map(line));
    return ol;
  }
  const rest = hidden.map(line);
  const gaps = hidden.filter((step) => step.gap).length;
  const button = h('button', { type: 'button', class: 'more' }, `Show ${hidden.length} more between${gaps ? `, with ${plural(gaps, 'gap')}` : ''}`);
  const place = h('li', { class: 'folded' }, button);
  button.addEventListener('click', () => {
    place.replaceWith(...rest);
    // The button is gone: the reader goes on at what it brought.
    rest[0]?.querySelector('a')?.focus();
  });
  ol.append(...steps.slice(0, ENDS).map(line), place, ...steps.slice(-ENDS).map(line));
  return ol;
}

function line(step: Step): HTMLElement {
  const said = [h('span', { class: 'count' }, step.date ?? 'no date'), ' ', NAMES[step.act], ' by ', link(step.document, step.name),
    step.until && [', until ', h('strong', {}, step.until)],
    step.paragraph && [' ', h('span', { class: 'kind' }, link(step.paragraph, paragraphName(step.paragraph)))]];
  return h('li', { class: step.act },
    step.gap && h('p', { class: 'gap' }, `Nothing is stated from ${step.gap} to ${step.date}`),
    step.sentence ? opening(step.name, said, async () => [quote(step.sentence ?? undefined)]) : h('div', { class: 'line' }, h('div', { class: 'summary' }, said)));
}

const HEIGHT = 62;
const TOP = 14;
const BAR = 16;

/** A band of the years that mandates cover. What it shows, the list says. */
function band(label: string, steps: readonly Step[]): HTMLElement {
  const place = h('div', { class: 'band' });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.max(280, Math.floor(place.clientWidth));
    if (now === width) return;
    width = now;
    place.replaceChildren(drawn(label, steps, width));
  }).observe(place);
  return place;
}

function drawn(label: string, steps: readonly Step[], width: number): SVGSVGElement {
  const dated = steps.filter((step): step is Step & { date: string } => step.date !== null);
  const time = (date: string): number => Date.parse(date.slice(0, 10));
  const ends = dated.flatMap((step) => [time(step.date), ...(step.until ? [time(step.until)] : [])]).filter(Number.isFinite);
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  const x = (at: number): number => 6 + ((at - first) / Math.max(last - first, 1)) * (width - 12);
  const gaps = steps.filter((step) => step.gap).length;
  const drawing = s('svg', {
    width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img',
    'aria-label': `The mandate of ${label} from ${new Date(first).getUTCFullYear()} to ${new Date(last).getUTCFullYear()}: ${plural(steps.length, 'step')}, ${plural(gaps, 'gap')}; the list below says the same`,
  }, s('line', { class: 'base', x1: 0, x2: width, y1: TOP + BAR / 2, y2: TOP + BAR / 2 }));
  for (const step of dated) {
    const at = x(time(step.date));
    const title = s('title', {}, `${step.date}: ${NAMES[step.act]} by ${step.name}${step.until ? `, until ${step.until}` : ''}`);
    if (step.gap) {
      const from = x(time(step.gap));
      drawing.append(s('rect', { class: 'gap', x: from, y: TOP, width: Math.max(at - from, 2), height: BAR }, s('title', {}, `Nothing is stated from ${step.gap} to ${step.date}`)));
    }
    if (step.until && time(step.until) > time(step.date)) {
      drawing.append(s('rect', { class: 'span', x: at, y: TOP, width: Math.max(x(time(step.until)) - at - 1, 1), height: BAR }, title));
    } else {
      drawing.append(s('circle', { class: step.act, cx: at, cy: TOP + BAR / 2, r: 5 }, title));
    }
  }
  const years = new Date(last).getUTCFullYear() - new Date(first).getUTCFullYear() + 1;
  const every = [1, 2, 5, 10, 20].find((step) => ((width - 12) / years) * step > 48) ?? 20;
  for (let year = Math.ceil(new Date(first).getUTCFullYear() / every) * every; Date.UTC(year) <= last; year += every) {
    if (Date.UTC(year) < first) continue;
    const at = x(Date.UTC(year));
    drawing.append(s('line', { class: 'tick', x1: at, x2: at, y1: TOP + BAR + 3, y2: TOP + BAR + 8 }),
      s('text', { x: at, y: HEIGHT - 8, 'text-anchor': at < 16 ? 'start' : at > width - 16 ? 'end' : 'middle' }, year));
  }
  return drawing;
}
