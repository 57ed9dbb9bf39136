// `/`: what the graph holds.

import { h } from './dom';
import { page, rows } from './endpoint';
import { link, section } from './fragments';

interface Cited {
  other: string;
  name: string;
  title?: string;
  count: string;
}

export async function overviewPage(): Promise<Node[]> {
  const [counts, cited] = await Promise.all([
    rows<{ kind: string; count: string }>(page('start')), rows<Cited>(page('most-cited')),
  ]);
  return [
    h('h1', {}, 'United Nations documents, and what they rest on'),
    h('p', {}, 'Search for a symbol such as S/RES/2388, a title, a body, a group or a State. Press / to get to the search box.'),
    h('dl', {}, counts.flatMap((row) => [h('dt', {}, row.kind), h('dd', {}, row.count)])),
    section('most-cited', 'Most cited', null, h('ul', { class: 'plain' }, cited.map((row) => h('li', {},
      link(row.other, row.name), row.title ? ` ${row.title} ` : ' ', h('span', { class: 'count' }, `cited by ${row.count}`))))),
  ];
}
