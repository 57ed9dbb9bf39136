// `/doc/...` of a document: what it is, its text with every mention, what it rests on, what rests on it.

import './document.css';
import { about } from '../ask';
import { type Child, h } from '../dom';
import { page, reference, rows, words } from '../endpoint';
import { downloads } from '../downloads';
import { type Fact, factList, heading } from '../facts';
import { grouped, link, pending, plural, quote, section, some } from '../fragments';
import { COLOURS, type Colour, colourOf, paragraphName } from '../kinds';
import { aliasList, type Alias } from '../thing/aliases';
import { MOST_STATEMENTS, type Statement, statementSections } from '../thing/statements';
import { citations, citationSection } from './citations';
import { networkAddress } from './popover';
import { MOST_REFERRING, referring, referringSection } from './referring';
import { similarSection } from './similar';
import { standing } from './standing';
import { textSection } from './text';
import { voteFigure, type VoteRow } from './vote';

interface Named {
  thing: string;
  name: string;
  paragraphs: string;
}
interface Unresolved {
  words: string;
  reason: string;
  paragraph: string;
  sentence: string;
}
interface Source {
  source: string;
  path: string;
  kind: string;
}

export async function documentPage(iri: string, facts: Fact[]): Promise<Node[]> {
  const shared = <Row>(name: string) => rows<Row>(page(name, { this: reference(iri) }));
  const [vote, sources, cites, citedBy, named, unresolved, relations, aliases, titles, related, text, stands] = await Promise.all([
    shared<VoteRow>('vote'), shared<Source>('sources'), citations(iri, 'out'), citations(iri, 'in'), about<Named>('named', iri),
    shared<Unresolved>('unresolved'), shared<Statement>('relations'), about<Alias>('aliases', iri),
    about<{ title: string; language: string }>('titles', iri), referring(iri), textSection(iri),
    // The page is worth reading without it.
    standing(iri).catch(() => null),
  ]);
  const count = (list: { other: string }[]) => new Set(list.map((one) => one.other)).size;
  const similar = h('div', { class: 'similar' }, pending(
    similarSection(iri, count(cites), count(citedBy)).then((found) => found ? [found] : (jump.querySelector('[href="#similar"]')?.remove(), [])), 'Looking for similar documents …'));
  const jump = contents([
    ['text', 'Text', text ? '' : null], ['cites', 'Cites', cites.length ? count(cites) : null],
    ['cited-by', 'Cited by', citedBy.length ? count(citedBy) : null], ['similar', 'Similar', cites.length + citedBy.length ? '' : null],
    ['names', 'Names', named.length || null], ['says', 'Statements', counted(MOST_STATEMENTS, relations.length)], ['referring', 'Related', counted(MOST_REFERRING, related.length)],
    ['unresolved', 'Not resolved', unresolved.length || null], ['files', 'Files', sources.length || null],
  ]);
  const aside = h('aside', { class: 'about', 'aria-label': 'About this document' },
    voteFigure(vote), stands, factList(facts), aliasList(aliases), downloads(location.pathname, text ? 'text' : 'document'));
  return [
    heading(iri, facts, h('p', { class: 'actions' }, h('a', { class: 'action', href: networkAddress(iri) }, 'Show in network')),
      titles[0]?.title, titles[0]?.language),
    ...(jump.childElementCount > 1 ? [jump] : []),
    h('div', { class: 'with-aside' }, aside, h('div', { class: 'body' }, text,
      citationSection(iri, 'out', cites), citationSection(iri, 'in', citedBy),
      cites.length + citedBy.length > 0 && similar,
      namedSection(named), statementSections(relations), referringSection(related), unresolvedSection(unresolved), files(sources))),
  ];
}

/** A number that a list was cut off at is no total. */
function counted(limit: number, count: number): Child {
  return count < limit ? count || null : `${limit.toLocaleString('en')}+`;
}

function contents(parts: [id: string, name: string, count: Child][]): HTMLElement {
  return h('nav', { class: 'contents', 'aria-label': 'On this page' }, parts.filter(([, , count]) => count !== null).map(([id, name, count]) =>
    h('a', { href: `#${id}` }, name, ' ', h('span', { class: 'count' }, count))));
}

function namedSection(list: readonly Named[]): HTMLElement | null {
  if (!list.length) return null;
  const groups = grouped(list, (row) => colourOf(row.thing));
  const order = Object.keys(COLOURS);
  groups.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return section('names', 'Names', plural(list.length, 'name'), groups.map(([colour, group]) => [
    h('h3', { class: `swatch ${colour}` }, COLOURS[colour as Colour]),
    some(group, 40, (row) => [link(row.thing, row.name), ' ',
      h('span', { class: 'count', title: plural(Number(row.paragraphs), 'paragraph') }, row.paragraphs)], { class: 'plain chips' }),
  ]));
}

function unresolvedSection(list: readonly Unresolved[]): HTMLElement | null {
  if (!list.length) return null;
  return section('unresolved', 'Not resolved', plural(list.length, 'citation'), some(list, 25, (row) => [
    row.words, ' ', h('span', { class: 'kind' }, words(row.reason.replaceAll('-', ' ')), ' · ', link(row.paragraph, paragraphName(row.paragraph))),
    quote(row.sentence, row.words)]));
}

function files(list: readonly Source[]): HTMLElement | null {
  if (!list.length) return null;
  return section('files', 'Files', plural(list.length, 'file'), some(list, 25, (row) => [
    link(row.source, row.path), ' ', h('span', { class: 'kind' }, row.kind)]));
}
