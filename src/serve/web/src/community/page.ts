// `/doc/community/...`: the documents of a community, the most cited first.

import './community.css';
import { replace } from '../address';
import { about } from '../ask';
import { type Child, h } from '../dom';
import { site, short } from '../endpoint';
import { type Fact, factList, value } from '../facts';
import { link, section, some, upTo } from '../fragments';
import { communityName } from './name';

interface Member {
  document: string;
  name: string;
  title?: string;
  year?: string;
  cited: string;
}

const STEP = 50;
/** What `queries/community.rq` gives at most. */
const MOST = 5000;

/** What is looked for within it stands in the address, as `find`. */
export async function communityPage(iri: string, facts: Fact[]): Promise<Node[]> {
  const members = await about<Member>('community', iri);
  const { about: topics, around } = communityName(value(facts, 'label') ?? short(iri));
  const middle = members.find((one) => iri.endsWith(`/community/${one.document.slice(`${site.base}id/`.length)}`));
  const place = h('div', {});
  const show = (wanted: string) => {
    const found = members.filter((one) => fits(one, wanted));
    place.replaceChildren(found.length ? some(found, STEP, line, { class: 'plain members' }) : h('p', { class: 'faint' }, members.length < MOST ? 'None of its documents is called so.' : 'None of the documents listed here is called so.'));
  };
  const given = new URLSearchParams(location.search).get('find') ?? '';
  const box = h('input', { type: 'search', placeholder: 'Filter by symbol, title or year', 'aria-label': 'Filter the documents by symbol, title or year', value: given });
  box.addEventListener('input', () => {
    replace(box.value ? `${location.pathname}?${new URLSearchParams({ find: box.value })}` : location.pathname);
    show(box.value);
  });
  show(given);
  return [
    h('div', { class: 'heading' },
      h('p', { class: 'kind' }, 'Community'),
      h('h1', {}, topics),
      h('p', { class: 'lead' }, 'Documents that cite one another more than they cite others', around && [', around ', middle ? link(middle.document, middle.name) : around], '.'),
      middle && h('p', { class: 'actions' }, h('a', { class: 'action', href: `/network?root=${encodeURIComponent(middle.document.slice(`${site.base}id/`.length)).replace(/%2F/g, '/')}&colour=community` }, 'Show in network'))),
    h('div', { class: 'with-aside' },
      h('aside', { class: 'about', 'aria-label': 'About it' }, factList(facts)),
      h('div', { class: 'body' }, section('documents', 'Documents', upTo(MOST, members.length, 'document'),
        members.length >= MOST && h('p', { class: 'faint' }, `Only its ${MOST.toLocaleString('en')} most cited documents are listed here.`),
        members.length > STEP && h('div', { class: 'tools' }, box), place))),
  ];
}

function fits(one: Member, wanted: string): boolean {
  const text = `${one.name} ${one.title ?? ''} ${one.year ?? ''}`.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function line(one: Member): Child {
  const times = Number(one.cited);
  return h('div', { class: 'entry' },
    h('span', {}, link(one.document, one.name), ' ', one.title && one.title !== one.name && h('span', { class: 'title' }, one.title)),
    h('span', { class: 'count' }, times ? `cited by ${times.toLocaleString('en')}` : 'not cited'));
}
