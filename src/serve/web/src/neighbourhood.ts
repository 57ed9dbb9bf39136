// A small drawing: the document in the middle, what it cites on the right, what cites it on the left.

import { s } from './dom';

const WIDTH = 900;
const ROW = 30;
const MOST = 14;
const REACH = 200;
const LONGEST = 32;

export interface Neighbour {
  label: string;
  href: string | null;
  treatment: string;
  count: number;
}
type Side = -1 | 1;
interface Point {
  x: number;
  y: number;
}

export function neighbourhood(centre: string, left: Neighbour[], right: Neighbour[]): SVGSVGElement {
  const rows = Math.max(Math.min(left.length, MOST), Math.min(right.length, MOST), 3);
  const height = rows * ROW + 40;
  // With nothing on the one side the document moves there, and the labels on the other get the room.
  const middle = { x: left.length ? (right.length ? WIDTH / 2 : WIDTH * 0.8) : WIDTH * 0.2, y: height / 2 };
  const title = `${centre}: cited by ${left.length}, cites ${right.length}`;
  const drawing = s('svg', { class: 'neighbourhood', viewBox: `0 0 ${WIDTH} ${height}`, role: 'group', 'aria-label': title });
  const sides: [Side, Neighbour[]][] = [[-1, left], [1, right]];
  for (const [side, nodes] of sides) {
    const shown = nodes.slice(0, MOST);
    shown.forEach((node, n) => {
      const y = height / 2 + (n - (shown.length - 1) / 2) * ROW;
      drawing.append(...edge(middle, { x: middle.x + side * REACH, y }, side, node));
    });
    if (nodes.length > MOST) {
      const anchor = side < 0 ? 'end' : 'start';
      drawing.append(s('text', { x: middle.x + side * REACH, y: height - 6, 'text-anchor': anchor }, `and ${nodes.length - MOST} more`));
    }
  }
  drawing.append(
    s('circle', { cx: middle.x, cy: middle.y, r: 9 }),
    s('text', { x: middle.x, y: middle.y - 16, 'text-anchor': 'middle', 'font-weight': 'bold' }, centre),
  );
  return drawing;
}

function edge(from: Point, to: Point, side: Side, node: Neighbour): Node[] {
  const bend = (from.x + to.x) / 2;
  const width = 1 + Math.min(Math.log2(node.count), 4);
  const path = s('path', {
    d: `M${from.x} ${from.y} C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}`,
    class: node.treatment,
    'stroke-width': width,
  }, s('title', {}, node.treatment || 'cites'));
  const label = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
  const text = s('text', { x: to.x + side * 10, y: to.y + 4, 'text-anchor': side < 0 ? 'end' : 'start' }, label);
  const link = s('a', { href: node.href }, s('title', {}, node.label), s('circle', { cx: to.x, cy: to.y, r: 5 }), text);
  return [path, link];
}
