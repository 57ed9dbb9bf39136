// A picture that does not move, where the browser has no WebGL.

/** Our own SVG, read as XML and taken over: no text of the graph is read as HTML. */
export function still(place: HTMLElement, svg: string): void {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  place.replaceChildren(document.importNode(parsed.documentElement, true));
}
