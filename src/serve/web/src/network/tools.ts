// The controls above the drawing. Each says what the reader wants, and the page does it.

import { h } from '../dom';
import { words } from '../endpoint';
import { COLOURINGS, FAMILIES, KINDS, SIZES, STATEMENTS, type Colouring, type Family, type Kind, type Size, type Use } from './model';
import { DEEPEST, MOST, type Layout, type View, type Way } from './view';

export interface Wishes {
  change(part: Partial<View>): void;
  add(text: string): Promise<string | null>;
  remove(name: string): void;
  download(format: 'png' | 'svg' | 'dot'): void;
}

export interface Tools {
  element: HTMLElement;
  /** `analysed`: whether there is more to show than kinds and citations. */
  show(view: View, label: (name: string) => string, analysed: boolean): void;
}

export function tools(wishes: Wishes): Tools {
  const roots = h('ul', { class: 'roots', 'aria-label': 'Where the network starts' });
  const layout = select<Layout>('layout', 'Layout', [['force', 'by links'], ['time', 'by year']], (value) => wishes.change({ layout: value }));
  const depths = Array.from({ length: DEEPEST }, (_, n): [string, string] => [String(n + 1), n ? `${n + 1} steps` : '1 step']);
  const depth = select('depth', 'Around', depths, (value) => wishes.change({ depth: Number(value) }));
  const way = select<Way>('way', 'Follow', [['both', 'both ways'], ['cites', 'what it cites'], ['cited-by', 'what cites it']], (value) => wishes.change({ way: value }));
  const most = select('most', 'At most', MOST.map((n): [string, string] => [String(n), n.toLocaleString('en')]), (value) => wishes.change({ most: Number(value) }));
  const size = select<Size>('size', 'Size', Object.entries(SIZES) as [Size, string][], (value) => wishes.change({ size: value }));
  const colour = select<Colouring>('colour', 'Colour', Object.entries(COLOURINGS) as [Colouring, string][], (value) => wishes.change({ colour: value }));
  const filters = filterBox(wishes);
  const downloads = (['png', 'svg', 'dot'] as const).map((format) =>
    h('button', { type: 'button', 'aria-label': `Download as ${format.toUpperCase()}`, onclick: () => wishes.download(format) }, format.toUpperCase()));
  const link = h('button', { type: 'button' }, 'Copy link');
  const copied = h('span', { role: 'status', class: 'faint' });
  link.addEventListener('click', () => {
    navigator.clipboard?.writeText(location.href).then(
      () => { copied.textContent = 'Copied'; },
      () => { copied.textContent = 'The address of this page is the link'; },
    );
    if (!navigator.clipboard) copied.textContent = 'The address of this page is the link';
    setTimeout(() => { copied.textContent = ''; }, 3000);
  });
  const element = h('div', { class: 'controls' },
    h('div', { class: 'tools' }, roots, adder(wishes)),
    h('div', { class: 'tools' }, layout.element, depth.element, way.element, most.element, size.element, colour.element, filters.element,
      h('span', { class: 'joined', role: 'group', 'aria-label': 'Download' }, downloads), link, copied));
  return {
    element,
    show(view, label, analysed) {
      layout.show(view.layout);
      for (const one of [size, colour]) one.element.hidden = !analysed;
      size.show(view.size);
      colour.show(view.colour);
      depth.show(String(view.depth));
      way.show(view.way);
      most.show(String(view.most), view.most.toLocaleString('en'));
      filters.show(view);
      const held = roots.contains(document.activeElement);
      roots.replaceChildren(...view.roots.map((name) => h('li', {}, label(name), ' ',
        h('button', { type: 'button', 'aria-label': `Take ${label(name)} away`, onclick: () => wishes.remove(name) }, '×'))));
      roots.hidden = !view.roots.length;
      if (held) (roots.querySelector('button') ?? document.getElementById('add'))?.focus();
    },
  };
}

function adder(wishes: Wishes): HTMLElement {
  const box = h('input', { id: 'add', autocomplete: 'off', placeholder: 'S/RES/1325', size: '14' });
  const refused = h('span', { role: 'alert', class: 'faint' });
  return h('form', {
    class: 'adder',
    onsubmit: async (event: Event) => {
      event.preventDefault();
      refused.textContent = (await wishes.add(box.value)) ?? '';
      if (!refused.textContent) box.value = '';
    },
  }, h('label', { for: 'add' }, 'Add'), box, h('button', {}, 'Add'), refused);
}

interface Select {
  element: HTMLElement;
  show(value: string, name?: string): void;
}

function select<T extends string>(id: string, name: string, choices: [T, string][], change: (value: T) => void): Select {
  const box = h('select', { id: `network-${id}` }, choices.map(([value, text]) => h('option', { value }, text)));
  box.addEventListener('change', () => change(box.value as T));
  return {
    element: h('span', { class: 'pick' }, h('label', { for: box.id }, name), box),
    show(value, text = value) {
      // An address may ask for a number that is not on the list.
      if (![...box.options].some((option) => option.value === value)) box.append(h('option', { value }, text));
      box.value = value;
    },
  };
}

function filterBox(wishes: Wishes): { element: HTMLElement; show(view: View): void } {
  const check = (name: string, value: string, text: string, mark: string): [HTMLInputElement, HTMLElement] => {
    const box = h('input', { type: 'checkbox', name, value });
    box.addEventListener('change', () => (name === 'kind' ? kindsChanged() : usesChanged()));
    return [box, h('label', {}, box, ' ', h('span', { class: mark, 'aria-hidden': 'true' }), text)];
  };
  const kinds = (Object.keys(KINDS) as Kind[]).map((kind) => check('kind', kind, KINDS[kind], `dot kind-${kind}`));
  const families = (Object.keys(FAMILIES) as Family[]).filter((family) => family !== 'name').map((family) => ({
    family,
    uses: FAMILIES[family].uses.map((use) => check('use', use, words(use).replaceAll('_', ' '), `stroke use-${family}`)),
  }));
  const uses = families.flatMap((family) => family.uses);
  const [first, last] = ['from', 'to'].map((end) => h('input', { id: `years-${end}`, inputmode: 'numeric', pattern: '[0-9]{4}', maxlength: '4', size: '4', placeholder: 'any' }));
  const checked = (list: [HTMLInputElement, HTMLElement][]): string[] => list.filter(([box]) => box.checked).map(([box]) => box.value);
  const kindsChanged = (): void => {
    const chosen = checked(kinds) as Kind[];
    wishes.change({ kinds: chosen.length === kinds.length ? null : chosen });
  };
  const usesChanged = (): void => {
    const chosen = checked(uses) as Use[];
    const citations = uses.length - STATEMENTS.length;
    const statements = chosen.some((use) => STATEMENTS.includes(use));
    const all = chosen.filter((use) => !STATEMENTS.includes(use)).length === citations;
    wishes.change({ statements, uses: all && (!statements || chosen.length === uses.length) ? null : chosen });
  };
  const yearsChanged = (): void => {
    const read = (box: HTMLInputElement | undefined): number | null => (/^\d{4}$/.test(box?.value ?? '') ? Number(box?.value) : null);
    wishes.change({ years: [read(first), read(last)] });
  };
  for (const box of [first, last]) box?.addEventListener('change', yearsChanged);
  const summary = h('summary', {}, 'Filters');
  const element = h('details', { class: 'filters' }, summary, h('div', {},
    h('fieldset', {}, h('legend', {}, 'Kinds'), kinds.map(([, label]) => label)),
    h('fieldset', {}, h('legend', {}, 'Relations'), families.map(({ family, uses: list }) => h('div', { role: 'group', 'aria-label': FAMILIES[family].name }, list.map(([, label]) => label)))),
    h('fieldset', {}, h('legend', {}, 'Years'),
      h('label', { for: 'years-from' }, 'from'), ' ', first, ' ', h('label', { for: 'years-to' }, 'to'), ' ', last)));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    element.open = false;
    summary.focus();
  });
  return {
    element,
    show(view) {
      for (const [box] of kinds) box.checked = view.kinds?.includes(box.value as Kind) ?? true;
      for (const [box] of uses) {
        const use = box.value as Use;
        box.checked = (view.uses?.includes(use) ?? true) && (view.statements || !STATEMENTS.includes(use));
      }
      if (first) first.value = view.years[0]?.toString() ?? '';
      if (last) last.value = view.years[1]?.toString() ?? '';
      const active = [view.kinds, view.uses, view.years.some((end) => end !== null) || null].filter(Boolean).length + (view.statements ? 1 : 0);
      summary.textContent = active ? `Filters (${active})` : 'Filters';
    },
  };
}
