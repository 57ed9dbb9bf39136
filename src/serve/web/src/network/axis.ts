// The years below a time layout: labels and lines that follow the camera.

import type Sigma from 'sigma';
import { h } from '../dom';
import type { Years } from './layout';

/** Pixels between two labels at least. */
const APART = 56;

export interface Axis {
  element: HTMLElement;
  show(years: Years | null): void;
  update(): void;
}

export function axis(sigma: () => Sigma | null): Axis {
  const element = h('div', { class: 'axis', 'aria-hidden': 'true' });
  let years: Years | null = null;
  const update = (): void => {
    const drawing = sigma();
    if (!years || !drawing) {
      element.replaceChildren();
      return;
    }
    const width = drawing.getDimensions().width;
    const marks: HTMLElement[] = [];
    let last = -Infinity;
    const mark = (x: number, text: string): void => {
      const at = drawing.graphToViewport({ x, y: 0 }).x;
      if (at < 0 || at > width || at - last < APART) return;
      last = at;
      const label = h('span', {}, h('span', {}, text));
      label.style.left = `${at}px`;
      marks.push(label);
    };
    if (years.none !== null) mark(years.none, 'no date');
    for (const [year, x] of years.at) mark(x, String(year));
    element.replaceChildren(...marks);
  };
  return {
    element,
    update,
    show(next) {
      years = next;
      update();
    },
  };
}
