// The order of what was found by name: "2388" is rather S/RES/2388 than S/23886.

/** Those first that are the text, then those that have it as whole words; otherwise as they came. */
export function wholeWordsFirst<T extends { match: string; name: string }>(found: readonly T[], text: string): T[] {
  const wanted = text.trim().toLowerCase();
  const rank = (name: string) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0) return 3;
    if (name.length === wanted.length) return 0;
    const whole = !/[\p{L}\p{N}]/u.test(name[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(name[at + wanted.length] ?? ' ');
    return whole ? 1 : 2;
  };
  return [...found].sort((a, b) => Math.min(rank(a.match), rank(a.name)) - Math.min(rank(b.match), rank(b.name)));
}
