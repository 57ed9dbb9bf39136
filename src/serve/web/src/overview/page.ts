// `/`: what the graph holds, and ways into it.

import './overview.css';
import { ask } from '../ask';
import { communityName } from '../community/name';
import { h, type Child } from '../dom';
import { literal, local, page, rows, site, words } from '../endpoint';
import { link, pending, plural, quote, section, some, upTo } from '../fragments';
import { colourOf, kindName, paragraphName, treatmentName } from '../kinds';
import { years, type Year } from './years';

interface Kind {
  kind: string;
  count: string;
  read: string;
}
interface Cited {
  other: string;
  name: string;
  title?: string;
  count: string;
}
interface Influential {
  other: string;
  name: string;
  title?: string;
  rank: string;
}
interface Community {
  community: string;
  name: string;
  documents: string;
}
interface Treatment {
  treatment?: string;
  count: string;
}
interface Reason {
  reason: string;
  count: string;
}
interface Unresolved {
  document: string;
  name: string;
  paragraph: string;
  words: string;
  sentence: string;
}

/** Kinds in the order they are shown in. */
const KINDS: [kind: string, one: string, many: string, colour: string][] = [
  ['Resolution', 'resolution', 'resolutions', 'document'],
  ['OfficialStatement', 'presidential statement', 'presidential statements', 'document'],
  ['Draft', 'draft', 'drafts', 'document'],
  ['Document', 'other document', 'other documents', 'document'],
  ['Instrument', 'treaty or instrument', 'treaties and instruments', 'instrument'],
  ['UNBody', 'UN body', 'UN bodies', 'body'],
  ['Organization', 'organization', 'organizations', 'body'],
  ['ArmedGroup', 'armed group', 'armed groups', 'group'],
  ['State', 'State', 'States', 'state'],
  ['Role', 'office', 'offices', 'role'],
  ['Person', 'person', 'persons', 'person'],
];
const CLASSES: Record<string, string> = { Resolution: 'undo', OfficialStatement: 'undo' };

const REASONS: Record<string, string> = {
  'other-organ': 'A number of an organ whose documents have no symbol that is known',
  'number-contradicts-year': 'Number and year contradict each other',
  'no-antecedent': 'It is not said which document is meant',
  'not-yet-adopted': 'The number did not exist yet when the document was adopted',
  'unknown-number': 'A number that no rule can place',
};

/** Communities that are shown at once. */
const SOME = 10;
/** The LIMIT of the query of those for one reason. */
const MOST = 500;

export async function overviewPage(): Promise<Node[]> {
  // What analyses found is shown where the graph was built with them.
  const [kinds, influential, communities] = await Promise.all([
    ask<Kind>('overview-kinds', {}), ask<Influential>('overview-influential', {}), ask<Community>('overview-communities', {}),
  ]);
  const total = kinds.reduce((sum, row) => sum + Number(row.read), 0);
  return [
    h('div', { class: 'heading' },
      h('h1', {}, 'United Nations documents, and what they rest on'),
      h('p', { class: 'lead' }, `${plural(total, 'document')} read: which document cites which, in which paragraph and how; who is named, established, condemned. Each link keeps the sentence it was read in.`),
      h('p', { class: 'actions' },
        h('a', { class: 'action', href: '/network' }, 'The most cited as a network'),
        h('a', { class: 'action', href: '/network?layout=time' }, 'The same by year'),
        h('a', { class: 'action', href: '/query' }, 'Ask in SPARQL'))),
    h('ul', { class: 'cards', 'aria-label': 'What is in the graph' }, KINDS.map(([name, one, many, colour]) => card(kinds, name, one, many, colour))),
    section('years', 'Links over the years', null,
      pending(ask<Year>('overview-years', {}).then((found) => (found.length ? [years(found)] : [h('p', { class: 'faint' }, 'No citing document has a date.')])))),
    h('div', { class: 'columns' },
      h('div', {},
        section('most-cited', 'Most cited', null, pending(rows<Cited>(page('most-cited')).then(mostCited))),
        influential.length > 0 && section('influential', 'Most influential', null, mostInfluential(influential))),
      h('div', {},
        communities.length > 0 && section('communities', 'Communities', communities.length, largest(communities)),
        section('treatments', 'How documents cite', null, pending(ask<Treatment>('overview-treatments', {}).then(treatments))),
        section('unresolved', 'Not resolved', null, pending(ask<Reason>('overview-reasons', {}).then(unresolved))))),
  ];
}

function card(kinds: readonly Kind[], name: string, one: string, many: string, colour: string): Child {
  const found = kinds.find((row) => local(row.kind) === name);
  if (!found) return null;
  const query = `# ${kindName(found.kind) ?? name}\nSELECT ?thing ?label ?title WHERE {\n  ?thing a ${CLASSES[name] ?? 'rg'}:${name} ; rdfs:label ?label\n  OPTIONAL { ?thing eli:title ?title FILTER(LANG(?title) = "en") }\n}\nORDER BY ?label`;
  const read = Number(found.read);
  return h('li', { class: `swatch ${colour}` },
    h('a', { href: `/query?${new URLSearchParams({ query })}` }, h('strong', {}, Number(found.count).toLocaleString('en')), ' ', found.count === '1' ? one : many),
    h('span', { class: 'count' }, read ? `${read.toLocaleString('en')} with their text` : ''));
}

function mostCited(found: readonly Cited[]): Child[] {
  const most = Number(found[0]?.count ?? 1);
  return [h('ol', { class: 'bars' }, found.map((row) => h('li', {},
    h('div', { class: 'entry' },
      h('span', { class: `swatch ${colourOf(row.other)}` }, link(row.other, row.name)),
      h('span', { class: 'count' }, h('span', { class: 'hidden' }, 'cited by '), Number(row.count).toLocaleString('en'), ' · ',
        h('a', { href: `/network?root=${encodeURIComponent(row.other.slice(`${site.base}id/`.length)).replaceAll('%2F', '/')}`, 'aria-label': `Network of ${row.name}` }, 'network'))),
    row.title && row.title !== row.name && h('div', { class: 'title' }, row.title),
    bar(Number(row.count) / most)))) ];
}

function mostInfluential(found: readonly Influential[]): Child[] {
  const most = Number(found[0]?.rank ?? 1);
  return [
    h('p', { class: 'faint' }, 'By PageRank: cited by what is much cited itself.'),
    h('ol', { class: 'bars' }, found.map((row) => h('li', {},
      h('div', { class: 'entry' }, h('span', { class: `swatch ${colourOf(row.other)}` }, link(row.other, row.name))),
      row.title && row.title !== row.name && h('div', { class: 'title' }, row.title),
      bar(Number(row.rank) / most)))),
  ];
}

function largest(found: readonly Community[]): Child[] {
  return [
    h('p', { class: 'faint' }, 'Documents that cite one another more than they cite others, named by what they are about.'),
    some(found, SOME, (row) => {
      const { about, around } = communityName(row.name);
      return h('div', { class: 'community' },
        h('span', {}, link(row.community, about), around && h('span', { class: 'title' }, ` around ${around}`)),
        h('span', { class: 'count' }, plural(Number(row.documents), 'document')));
    }),
  ];
}

function treatments(found: readonly Treatment[]): Child[] {
  const most = Math.max(...found.map((row) => Number(row.count)), 1);
  return [
    h('p', { class: 'faint' }, 'Told from the verb that governs each citation. Each line leads to the network of those links alone.'),
    h('ol', { class: 'bars' }, found.map((row) => h('li', {},
      h('div', { class: 'entry' },
        h('a', { href: `/network?relation=${local(row.treatment ?? '') || 'cites'}` }, treatmentName(row.treatment, 'out')),
        h('span', { class: 'count' }, Number(row.count).toLocaleString('en'))),
      bar(Number(row.count) / most)))),
  ];
}

/** The length of a bar says what the number beside it says. */
function bar(share: number): SVGElement | HTMLElement {
  const filled = h('span');
  filled.style.inlineSize = `${Math.max(share * 100, 0.4)}%`;
  return h('div', { class: 'bar', 'aria-hidden': 'true' }, filled);
}

function unresolved(found: readonly Reason[]): Child[] {
  if (!found.length) return [h('p', { class: 'faint' }, 'Every citation was resolved.')];
  const total = found.reduce((sum, row) => sum + Number(row.count), 0);
  return [
    h('p', { class: 'faint' }, `${plural(total, 'citation')} that nothing was guessed for, by reason.`),
    found.map(({ reason, count }) => {
      const place = h('div');
      const details = h('details', {}, h('summary', {}, REASONS[reason] ?? words(reason.replaceAll('-', ' ')), ' ', h('span', { class: 'count' }, Number(count).toLocaleString('en'))), place);
      details.addEventListener('toggle', () => {
        if (details.open && !place.childElementCount) place.append(pending(ask<Unresolved>('overview-unresolved', { reason: literal(reason) }).then(places)));
      });
      return details;
    }),
  ];
}

function places(found: readonly Unresolved[]): Child[] {
  return [
    found.length === MOST && h('p', { class: 'faint' }, `${upTo(MOST, found.length, 'citation')}, in the order of their documents:`),
    some(found, 10, (row) => [
      link(row.paragraph, `${row.name}, ${paragraphName(row.paragraph)}`), ': ', h('strong', {}, row.words), quote(row.sentence, row.words)]),
  ];
}
