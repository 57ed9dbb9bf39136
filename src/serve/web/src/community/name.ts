// What a community is called: its label says what its documents are about, and around which one they stand.

/** "terrorism, sanctions (around S/RES/1373 (2001))" in its parts. */
export function communityName(label: string): { about: string; around: string | null } {
  const found = /^(.*?)\s*\(around (.+)\)$/s.exec(label);
  const about = (found?.[1] ?? label).trim();
  const around = found?.[2] ?? null;
  if (!about) return { about: `Around ${around ?? 'nothing'}`, around: null };
  return { about: about.charAt(0).toUpperCase() + about.slice(1), around };
}

/** The first things that it is about, for where there is little room. */
export function communityShort(label: string, parts = 2): string {
  return communityName(label).about.split(', ').slice(0, parts).join(', ');
}
