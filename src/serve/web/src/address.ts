// The address of what is shown. Pages that change their own address do it here: only so is it known,
// when the reader goes back or forth, whether the address is of another page or of a part of this one.

let shown = '';

const here = (): string => location.pathname + location.search;

/** The page of the address is the one that is shown, whichever part of it. */
export function settle(): void {
  shown = here();
}

/** Whether the address is no longer that of what is shown. */
export function moved(): boolean {
  return here() !== shown;
}

/** A step of its own: the way back leads to what was shown before. */
export function push(href: string): void {
  history.pushState(null, '', href);
  settle();
}

/** Says better what is shown already. */
export function replace(href: string): void {
  history.replaceState(null, '', href);
  settle();
}
