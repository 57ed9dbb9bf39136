// The drawing as a file: SVG and DOT are written from the model, PNG is taken from the screen.

import type Sigma from 'sigma';
import { communityShort } from '../community/name';
import { painter, type Colours } from './colours';
import type { Positions, Years } from './layout';
import { FAMILIES, KINDS, communities, familyOf, sizes, type Family, type Kind, type Look, type Network, type Placed } from './model';
import { SHAPES } from './render';

/** Labels in a drawing at most: the roots, then the most cited. */
const LABELS = 150;

/** Without what XML cannot hold: control characters, halves of characters. Graphviz writes SVG as well. */
const held = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
const escape = (text: string): string =>
  held(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
const round = (n: number): string => n.toFixed(1).replace(/\.0$/, '');

export function toSvg(network: Network, positions: Positions, palette: Colours, years: Years | null, title: string, look: Look, names: ReadonlyMap<string, string>): string {
  const [width, height, legend] = [1400, 900, 60];
  const points = [...positions].filter(([iri]) => network.things.has(iri)).map(([, point]) => point);
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const least = { x: min(xs), y: min(ys) };
  const range = { x: Math.max(max(xs) - least.x, 1e-6), y: Math.max(max(ys) - least.y, 1e-6) };
  const scale = Math.min((width - 160) / range.x, (height - legend - 100) / range.y);
  const shift = { x: (width - range.x * scale) / 2, y: (height - legend - range.y * scale) / 2 };
  // WebGL counts y upwards, SVG downwards.
  const at = (iri: string): { x: number; y: number } => {
    const { x, y } = positions.get(iri) ?? least;
    return { x: shift.x + (x - least.x) * scale, y: height - legend - shift.y - (y - least.y) * scale };
  };
  const things = [...network.things.values()];
  const radius = sizes(network, look.size);
  const paint = painter(network, palette, look.colour);
  const size = (thing: Placed): number => radius.get(thing.iri) ?? 4;
  const labelled = new Set([...things].sort((a, b) => Number(b.root) - Number(a.root) || b.cited - a.cited).slice(0, LABELS));
  const ticks = years ? axisOf(years, (x) => shift.x + (x - least.x) * scale, height - legend, palette) : [];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette.raised}"/>`,
    ...ticks,
    '<g fill="none">',
    ...network.links.map((link) => {
      const [from, to] = [at(link.from), at(link.to)];
      const bend = years ? 0.25 : 0.06;
      const control = { x: (from.x + to.x) / 2 - (to.y - from.y) * bend, y: (from.y + to.y) / 2 + (to.x - from.x) * bend };
      const path = `M${round(from.x)} ${round(from.y)}Q${round(control.x)} ${round(control.y)} ${round(to.x)} ${round(to.y)}`;
      return `<path d="${path}" stroke="${palette.family[familyOf(link.uses)]}" stroke-opacity="0.55"/>`;
    }),
    '</g>',
    ...things.map((thing) => `<g fill="${paint(thing)}">${shape(thing, size(thing), at(thing.iri))}</g>`),
    `<g fill="${palette.text}" stroke="${palette.raised}" stroke-width="3" paint-order="stroke">`,
    ...[...labelled].map((thing) => {
      const { x, y } = at(thing.iri);
      const weight = thing.root ? ' font-weight="bold"' : '';
      return `<text x="${round(x + size(thing) + 4)}" y="${round(y + 4)}"${weight}>${escape(thing.label)}</text>`;
    }),
    '</g>',
    ...legendOf(network, palette, height - legend / 2, look, names),
    '</svg>',
    '',
  ].join('\n');
}

function shape(thing: Placed, r: number, { x, y }: { x: number; y: number }): string {
  const name = `<title>${escape(thing.label)}${thing.title ? `: ${escape(thing.title)}` : ''}</title>`;
  const polygon = (...corners: [number, number][]): string =>
    `<polygon points="${corners.map(([dx, dy]) => `${round(x + dx * r)},${round(y + dy * r)}`).join(' ')}">${name}</polygon>`;
  switch (SHAPES[thing.kind]) {
    case 'circle': return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}">${name}</circle>`;
    case 'square': return polygon([-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]);
    case 'diamond': return polygon([0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]);
    case 'triangle': return polygon([0, -1.1], [1, 0.8], [-1, 0.8]);
  }
}

function axisOf(years: Years, place: (x: number) => number, bottom: number, palette: Colours): string[] {
  const marks: string[] = [];
  let last = -Infinity;
  const mark = (at: number, text: string): void => {
    if (at - last < 48) return;
    last = at;
    const x = round(at);
    marks.push(`<path d="M${x} 20V${bottom - 24}" stroke="${palette.line}"/><text x="${x}" y="${bottom - 8}" text-anchor="middle" fill="${palette.faint}">${text}</text>`);
  };
  if (years.none !== null) mark(place(years.none), 'no date');
  for (const [year, x] of years.at) mark(place(x), String(year));
  return marks;
}

/** The kinds and families that occur. */
export function occurring(network: Network): { kinds: Kind[]; families: Family[] } {
  const kinds = new Set([...network.things.values()].map((thing) => thing.kind));
  const families = new Set(network.links.map((link) => familyOf(link.uses)));
  return {
    kinds: (Object.keys(KINDS) as Kind[]).filter((kind) => kinds.has(kind)),
    families: (Object.keys(FAMILIES) as Family[]).filter((family) => families.has(family)),
  };
}

function legendOf(network: Network, palette: Colours, y: number, look: Look, names: ReadonlyMap<string, string>): string[] {
  const { kinds, families } = occurring(network);
  let x = 30;
  const entry = (mark: string, text: string): string => {
    const line = `<g transform="translate(${x} ${y})">${mark}<text x="24" y="4" fill="${palette.text}">${escape(text)}</text></g>`;
    x += 44 + text.length * 6.4;
    return line;
  };
  return [
    ...(look.colour === 'kind'
      ? kinds.map((kind) => entry(`<circle cx="8" r="6" fill="${palette.kind[kind]}"/>`, KINDS[kind]))
      : communities(network).map((iri, n) => entry(`<circle cx="8" r="6" fill="${palette.community[n]}"/>`, communityShort(names.get(iri) ?? '', 1).slice(0, 22)))),
    ...families.map((family) => entry(`<path d="M0 0H18" stroke="${palette.family[family]}" stroke-width="3"/>`, FAMILIES[family].name)),
  ];
}

export function toDot(network: Network, palette: Colours, title: string, look: Look): string {
  const paint = painter(network, palette, look.colour);
  const quote = (text: string): string => `"${held(text.replace(/\s+/g, ' ')).replace(/["\\]/g, '\\$&')}"`;
  // Graphviz reads entities in what it writes: "&lt;" would be another text.
  const written = (text: string): string => quote(text.replace(/&/g, '&amp;'));
  const shapes = { circle: 'ellipse', square: 'box', diamond: 'diamond', triangle: 'triangle' };
  const name = (iri: string): string => quote(iri);
  return [
    `digraph ${quote(title)} {`,
    '  graph [rankdir=LR, overlap=false, fontname="sans-serif"];',
    '  node [style=filled, fontname="sans-serif", fontcolor="#ffffff"];',
    ...[...network.things.values()].map((thing) =>
      `  ${name(thing.iri)} [label=${written(thing.label)}, tooltip=${written(thing.title ?? thing.label)}, URL=${written(thing.iri)}, shape=${shapes[SHAPES[thing.kind]]}, fillcolor="${paint(thing)}"];`),
    ...network.links.map((link) =>
      `  ${name(link.from)} -> ${name(link.to)} [tooltip=${written(link.uses.join(', '))}, color="${palette.family[familyOf(link.uses)]}"];`),
    '}',
    '',
  ].join('\n');
}

/** What is on the screen, on the ground that it is seen on. */
export async function toPng(sigma: Sigma, palette: Colours): Promise<Blob> {
  sigma.refresh();
  const source = sigma.getStageCanvas();
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser makes no pictures');
  context.fillStyle = palette.raised;
  context.fillRect(0, 0, canvas.width, canvas.height);
  // At once: WebGL keeps a picture only until the next one.
  context.drawImage(source, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser makes no pictures'))), 'image/png');
  });
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Not Math.min(...list): an argument list holds no hundred thousand numbers.
const min = (list: number[]): number => list.reduce((a, b) => Math.min(a, b), Infinity);
const max = (list: number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity);
