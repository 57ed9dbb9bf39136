// `/doc/...` of a body, group, State, office or person: its names, where it comes from, its mandate, when and how it was named.

import './thing.css';
import { about } from '../ask';
import { h } from '../dom';
import { downloads } from '../downloads';
import { page, reference, rows, short } from '../endpoint';
import { type Fact, factList, heading, value } from '../facts';
import { grouped, link, section } from '../fragments';
import { networkAddress } from '../document/popover';
import { type Alias, aliasList } from './aliases';
import { lineageSection } from './lineage';
import { sentences } from './sentences';
import { timeline, type YearCount } from './timeline';

interface Authority {
  says: string;
  other: string;
  name: string;
}

export async function thingPage(iri: string, facts: Fact[]): Promise<Node[]> {
  const [aliases, authorities, counts, establishing] = await Promise.all([
    about<Alias>('aliases', iri), rows<Authority>(page('authorities', { this: reference(iri) })),
    about<YearCount>('thing-years', iri), about<Authority>('established', iri),
  ]);
  const label = value(facts, 'label') ?? short(iri);
  const origin = originList([...authorities, ...establishing.filter((row) =>
    !authorities.some((other) => other.says === row.says && other.other === row.other))]);
  const [named, life] = await Promise.all([counts.length ? sentences(iri, counts) : null, lineageSection(iri, label)]);
  return [
    heading(iri, facts, h('p', { class: 'actions' }, h('a', { class: 'action', href: networkAddress(iri) }, 'Show in network'))),
    h('div', { class: 'with-aside' },
      h('aside', { class: 'about', 'aria-label': 'About it' }, origin, factList(facts), aliasList(aliases), downloads(location.pathname, 'thing')),
      h('div', { class: 'body' },
        named ? section('timeline', 'Year by year', null, timeline(label, counts, named.choose)) : h('p', { class: 'faint' }, 'No document of the graph names it.'),
        life,
        named && section('sentences', 'Sentence by sentence', null, named.element))),
  ];
}

/** What the authorities and the texts say of where it comes from and what belongs to it. */
function originList(list: readonly Authority[]): HTMLElement | null {
  if (!list.length) return null;
  return h('dl', { class: 'facts' }, grouped(list, (row) => row.says).flatMap(([says, group]) => {
    const names = group.flatMap((row, n) => [n ? '; ' : '', link(row.other, row.name)]);
    const title = says.charAt(0).toUpperCase() + says.slice(1);
    return [h('dt', {}, title), h('dd', {}, group.length > 12
      ? h('details', {}, h('summary', {}, `${group.length} of them`), names) : names)];
  }));
}
