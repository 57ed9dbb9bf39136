// `/network`: what is around documents or things, as a drawing and as a list.

import './network.css';
import { push, replace } from '../address';
import { communityName, communityShort } from '../community/name';
import { h } from '../dom';
import { link } from '../fragments';
import { axis } from './axis';
import type { Colours } from './colours';
import { colours } from './colours';
import { occurring, save, toDot, toPng, toSvg } from './export';
import { gather } from './gather';
import { force, time, type Point, type Positions, type Running, type Years } from './layout';
import { COLOURED, FAMILIES, KINDS, SIZES, analysed, communities, sizes, type Network } from './model';
import { panel } from './panel';
import { findPath, type Found } from './path';
import { find, forget, iriOf, labelsOf, nameOf } from './query';
import { MANY, draw, type Drawing } from './render';
import { still } from './still';
import { table } from './table';
import { tools } from './tools';
import { trail } from './trail';
import { isNamed, readView, writeView, type View } from './view';

/** Milliseconds between two pictures of a layout under way, where a picture takes long. */
const SLOW_PICTURE = 3000;

export async function networkPage(params: URLSearchParams): Promise<Node[]> {
  let view = readView(params);
  let network: Network = { things: new Map(), links: [], left: 0 };
  let found: Found = { path: null, unsure: false };
  let positions: Positions = new Map();
  let years: Years | null = null;
  /** The box that a drawing by years is shown in. */
  let shownIn: Point | null = null;
  /** What the communities are called. */
  let names: ReadonlyMap<string, string> = new Map();
  let drawing: Drawing | null = null;
  let running: Running | null = null;
  /** Without WebGL there is a still picture instead. */
  let flat = false;
  /** What is asked for is given up when something else is, or the page is left. */
  let asking = new AbortController();
  /** A page that was left does not change the address any more, nor the title: they are another's. */
  let left = false;

  const heading = h('h1', {}, 'Network');
  const status = h('p', { class: 'count', role: 'status' });
  const trouble = h('div');
  const thinned = h('p', { class: 'count' });
  const canvas = h('div', { class: 'canvas' });
  const years_ = axis(() => drawing?.sigma ?? null);
  const zoom = (name: string, sign: string, does: () => void): HTMLElement => h('button', { type: 'button', 'aria-label': name, title: name, onclick: does }, sign);
  const zooms = h('div', { class: 'zooms' },
    zoom('Zoom in', '+', () => void drawing?.sigma.getCamera().zoomIn({ duration: calm() ? 0 : 200 })),
    zoom('Zoom out', '−', () => void drawing?.sigma.getCamera().zoomOut({ duration: calm() ? 0 : 200 })),
    zoom('Show all', '⤢', () => void drawing?.sigma.getCamera().reset({ duration: calm() ? 0 : 200 })));
  /** Tells those who do not see it what was chosen. */
  const said = h('p', { class: 'hidden', role: 'status' });
  const legend = h('ul', { class: 'legend', 'aria-label': 'Legend' });
  const picture = h('div', { class: 'picture', role: 'img' }, years_.element, canvas);
  const side = h('aside', { class: 'side part', 'aria-label': 'What is chosen', tabindex: '-1' });

  const acts = {
    choose: (iri: string | null) => choose(iri, true),
    expand: (iri: string) => change({ expanded: [...new Set([...view.expanded, nameOf(iri)])], selected: nameOf(iri) }),
    collapse: (iri: string) => change({ expanded: view.expanded.filter((name) => name !== nameOf(iri)) }),
    start: (iri: string) => change({ roots: [nameOf(iri)], expanded: [], path: null, selected: nameOf(iri), ...usual(nameOf(iri)) }),
    remove: (iri: string) => change({ roots: view.roots.filter((name) => name !== nameOf(iri)), selected: null }),
    pathTo: (iri: string) => {
      const first = view.roots.find((name) => name !== nameOf(iri)) ?? '';
      steps.fill(first, nameOf(iri));
      if (first) change({ path: [first, nameOf(iri)] });
      else document.getElementById('path-from')?.focus();
    },
  };
  const list = table((iri) => choose(iri, true));
  const steps = trail(
    (from, to) => void pathBetween(from, to), () => change({ path: null }), (iri) => choose(iri, true));
  const controls = tools({
    change,
    async add(text) {
      try {
        const iri = await find(text);
        if (!iri) return `Nothing is called “${text}”`;
        change({ roots: [...new Set([...view.roots, nameOf(iri)])], selected: nameOf(iri), ...usual(nameOf(iri)) });
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    },
    remove: (name) => change({ roots: view.roots.filter((root) => root !== name) }),
    download: (format) => void download(format),
  });

  /** Around what documents name, what they say of it is shown as well, until it is turned off. */
  function usual(root: string): Partial<View> {
    return isNamed(root) && !view.roots.some(isNamed) ? { statements: true } : {};
  }

  function change(part: Partial<View>): void {
    if (left) return;
    const only = (...names: string[]): boolean => Object.keys(part).every((name) => names.includes(name));
    view = { ...view, ...part };
    push(writeView(view));
    if (only('layout')) lay();
    else if (only('size', 'colour')) void restyle();
    else void load();
    controls.show(view, labelOf, analysed(network));
  }

  function choose(iri: string | null, keepAddress = false): void {
    view.selected = iri === null ? null : nameOf(iri);
    if (keepAddress && !left) replace(writeView(view));
    drawing?.focus(iri);
    list.select(iri);
    const held = side.contains(document.activeElement);
    side.replaceChildren(h('div', {}, panel(network, iri, view.expanded.includes(view.selected ?? ''), acts)));
    // The button that was pressed is gone: the keyboard goes on in what took its place.
    if (held) (side.querySelector<HTMLElement>('.actions button') ?? side).focus();
    said.textContent = iri === null ? '' : `${labelOf(view.selected ?? '')} is chosen`;
    side.scrollTop = 0;
  }

  async function pathBetween(from: string, to: string): Promise<void> {
    steps.ask(from, to);
    try {
      const [first, last] = await Promise.all([find(from), find(to)]);
      if (!first || !last) steps.refuse(`Nothing is called “${first ? to : from}”.`);
      else change({ path: [nameOf(first), nameOf(last)] });
    } catch (error) {
      steps.refuse((error as Error).message);
    }
  }

  async function load(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    status.textContent = 'Loading …';
    trouble.replaceChildren();
    try {
      const ends = view.path;
      if (ends) steps.ask(...ends);
      const led = ends ? await findPath(iriOf(ends[0]), iriOf(ends[1]), signal) : { path: null, unsure: false };
      const next = await gather(view, led.path?.things ?? ends?.map(iriOf) ?? [], signal);
      const called = await namesIn(next, analysed(next) ? view.colour : 'kind');
      // What was asked for later has the say.
      if (signal.aborted) return;
      // Without analyses there is nothing else to show, whatever an address asks for.
      if (!analysed(next)) view = { ...view, size: 'cited', colour: 'kind' };
      if (called) names = called;
      found = led;
      network = next;
      tell();
      lay();
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = '';
      if (view.path) steps.fill(...view.path);
      trouble.replaceChildren(h('p', { class: 'error', role: 'alert' }, (error as Error).message));
    }
  }

  /** The same things and places, in other sizes and colours. */
  async function restyle(): Promise<void> {
    const of = network;
    try {
      const called = await namesIn(of, view.colour);
      if (left) return;
      // Another network has come meanwhile.
      if (of !== network) return restyle();
      if (called) names = called;
    } catch (error) {
      if (left) return;
      trouble.replaceChildren(h('p', { class: 'error', role: 'alert' }, (error as Error).message));
    }
    explain();
    list.show(network, view, names);
    show(positions, shownIn);
  }

  /** Asks what the communities are called that the drawing colours and the list names; `null` where they are not shown. */
  async function namesIn(of: Network, colour: View['colour']): Promise<ReadonlyMap<string, string> | null> {
    return colour === 'community' ? labelsOf([...new Set([...of.things.values()].flatMap((thing) => thing.community ?? []))]) : null;
  }

  const labelOf = (name: string): string => network.things.get(iriOf(name))?.label ?? name;

  function tell(): void {
    const [things, links] = [network.things.size, network.links.length];
    const missing = view.roots.filter((name) => !network.things.has(iriOf(name)));
    heading.textContent = view.roots.length ? `Around ${view.roots.map(labelOf).join(', ')}` : view.path ? `From ${labelOf(view.path[0])} to ${labelOf(view.path[1])}` : 'The most cited, and how they cite each other';
    // Before it is in place the page is given its title with everything else.
    if (heading.isConnected) document.title = `${heading.textContent} · resograph`;
    const said = `${things.toLocaleString('en')} documents and things, ${links.toLocaleString('en')} links`;
    status.textContent = [said, network.left ? `${network.bounded ? 'at least ' : ''}${network.left.toLocaleString('en')} more neighbours are left out (“At most”)` : '',
      missing.length ? `not in the graph: ${missing.join(', ')}` : ''].filter(Boolean).join('; ');
    picture.setAttribute('aria-label', `A drawing of ${said}; the list below says the same`);
    explain();
    controls.show(view, labelOf, analysed(network));
    list.show(network, view, names);
    steps.show(view.path, found, network);
    const chosen = view.selected ? iriOf(view.selected) : null;
    choose(chosen && network.things.has(chosen) ? chosen : null);
  }

  /** The legend. Coloured by community, shapes still tell the kinds. */
  function explain(): void {
    const { kinds, families } = occurring(network);
    const marks = view.colour === 'kind'
      ? kinds.map((kind) => h('li', {}, h('span', { class: `dot kind-${kind}`, 'aria-hidden': 'true' }), KINDS[kind]))
      : communities(network).map((iri, n) => h('li', { title: communityName(names.get(iri) ?? '').about }, h('span', { class: `dot community-${n}`, 'aria-hidden': 'true' }), link(iri, communityShort(names.get(iri) ?? nameOf(iri), 1))));
    const coloured = new Set(communities(network));
    const others = view.colour === 'community' && [...network.things.values()].some((thing) => !coloured.has(thing.community ?? ''));
    legend.replaceChildren(...marks,
      ...(others ? [h('li', {}, h('span', { class: `dot community-${COLOURED}`, 'aria-hidden': 'true' }), 'others')] : []),
      ...families.map((family) => h('li', {}, h('span', { class: `stroke use-${family}`, 'aria-hidden': 'true' }), FAMILIES[family].name)),
      h('li', { class: 'faint' }, view.size === 'cited' ? 'the larger, the more often cited' : `the larger, the higher its ${SIZES[view.size]}`));
  }

  /** Lays out and draws; before the page is in place there is nothing to draw on. */
  function lay(): void {
    if (!canvas.isConnected || !canvas.clientWidth) return;
    running?.stop();
    const many = network.links.length > MANY;
    if (drawing && drawn !== many) {
      drawing.kill();
      drawing = null;
    }
    if (!drawing && !flat) {
      try {
        drawing = draw(canvas, many, { select: (iri) => choose(iri, true), expand: acts.expand, moved: years_.update });
        drawn = many;
        drawing.focus(view.selected ? iriOf(view.selected) : null);
      } catch {
        flat = true;
      }
    }
    picture.classList.toggle('flat', flat);
    zooms.hidden = flat;
    if (view.layout === 'time') {
      const laid = time(network, canvas.clientWidth / Math.max(canvas.clientHeight - 40, 100));
      years = laid.years;
      void drawing?.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      show(laid.positions, laid.box);
      return;
    }
    years = null;
    const before = positions;
    void drawing?.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    let first = true;
    let seen = 0;
    running = force(network, sizes(network, view.size), before, (next, done) => {
      if (!canvas.isConnected) return;
      // Those who want no movement see the drawing when it is finished.
      if (calm() && !done) return;
      if (drawing?.slow() && !done && !first && performance.now() - seen < SLOW_PICTURE) return;
      seen = performance.now();
      // Of a large network only the things are drawn until all stand: a picture with its links takes too long.
      if (first || flat || (many && done)) show(next, null, many && !done);
      else drawing?.place(next);
      positions = next;
      first = false;
    });
  }
  let drawn = false;

  function show(next: Positions, box: Point | null, bare = false): void {
    positions = next;
    shownIn = box;
    if (flat) {
      still(canvas, toSvg(network, positions, colours(), years, heading.textContent ?? '', view, names));
      return;
    }
    drawing?.show(bare ? { ...network, links: [] } : network, positions, box, found.path?.steps ?? [], view);
    const drawn = drawing?.drawn() ?? 0;
    thinned.textContent = !bare && drawing && drawn < network.links.length
      ? `${drawn.toLocaleString('en')} of the links are drawn, as this machine draws slowly, and those of what is chosen; the list counts all.` : '';
    years_.show(years);
  }

  async function download(format: 'png' | 'svg' | 'dot'): Promise<void> {
    const title = heading.textContent ?? 'Network';
    const name = `${(view.roots[0] ?? 'network').replace(/[^A-Za-z0-9]+/g, '-')}.${format}`;
    const palette: Colours = colours();
    if (format === 'dot') save(new Blob([toDot(network, palette, title, view)], { type: 'text/vnd.graphviz' }), name);
    else if (format === 'svg' || !drawing) save(new Blob([toSvg(network, positions, palette, years, title, view, names)], { type: 'image/svg+xml' }), name.replace(/png$/, 'svg'));
    else save(await toPng(drawing.sigma, palette), name);
  }

  function repaint(): void {
    drawing?.theme();
    if (flat) show(positions, null);
  }
  addEventListener('themechange', repaint);
  // The page is in place when it has a size.
  const placed = new ResizeObserver(() => {
    if (!canvas.isConnected || !canvas.clientWidth) return;
    placed.disconnect();
    lay();
  });
  placed.observe(canvas);
  addEventListener('pageleave', () => {
    left = true;
    asking.abort();
    forget();
    placed.disconnect();
    removeEventListener('themechange', repaint);
    running?.stop();
    drawing?.kill();
    drawing = null;
  }, { once: true });

  controls.show(view, labelOf, false);
  await load();
  return [heading, h('div', { class: 'network' },
    controls.element, status, thinned, trouble,
    h('div', { class: 'stage' }, h('div', { class: 'frame' }, picture, zooms, legend), side), said,
    steps.element, list.element)];
}

/** Whether the reader wants no movement. */
function calm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
