// Every name of a thing, by language.

import { type Child, h } from '../dom';
import { grouped, languageName } from '../fragments';

/** A row of `queries/aliases.rq`. */
export interface Alias {
  alias: string;
  language: string;
  preferred?: string;
}

/** Names that are shown before the rest is folded away. */
const FEW = 8;
/** The official languages in the order of the Organization, English first as the pages are in it. */
const ORDER = ['en', 'ar', 'zh', 'fr', 'ru', 'es'];

export function aliasList(list: readonly Alias[]): HTMLElement | null {
  if (!list.length) return null;
  const rank = (language: string) => (ORDER.includes(language) ? ORDER.indexOf(language) : ORDER.length);
  const languages = grouped(list, (row) => row.language).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  // On a narrow screen they would stand before everything else.
  const open = matchMedia('(min-width: 60rem)').matches;
  return h('details', { class: 'aliases', open }, h('summary', {}, h('h2', {}, 'Names')), h('dl', { class: 'facts' }, languages.flatMap(([language, names]) => [
    h('dt', {}, language ? languageName(language) : 'Any language'),
    h('dd', { lang: language, dir: 'auto' }, said(names.slice(0, FEW)),
      names.length > FEW && h('details', {}, h('summary', { lang: 'en', dir: 'ltr' }, `and ${names.length - FEW} more`), said(names.slice(FEW)))),
  ])));
}

function said(names: readonly Alias[]): Child {
  return names.flatMap((row, n): Child[] => [n ? ' · ' : '', row.preferred ? h('strong', {}, row.alias) : row.alias]);
}
