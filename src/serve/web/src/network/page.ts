// `/network`: what is around a document or a thing.

import { h } from '../dom';
import { address, local, page, reference, rows, site } from '../endpoint';
import { type Neighbour, neighbourhood } from '../neighbourhood';

type Row = Record<'other' | 'name', string> & { treatment?: string };

export async function networkPage(params: URLSearchParams): Promise<Node[]> {
  const root = params.get('root');
  if (!root) return [h('h1', {}, 'Network'), h('p', {}, 'Open a document and choose “Show in network”.')];
  const ask = (name: string) => rows<Row>(page(name, { this: reference(`${site.base}id/${root}`) }));
  const [cites, citedBy] = await Promise.all([ask('cites'), ask('cited-by')]);
  return [h('h1', {}, `Around ${root}`), h('div', { class: 'scroll' }, neighbourhood(root, neighbours(citedBy), neighbours(cites)))];
}

function neighbours(citations: Row[]): Neighbour[] {
  const found = new Map<string, Neighbour>();
  for (const row of citations) {
    const one = found.get(row.other) ?? { label: row.name, href: address(row.other), treatment: '', count: 0 };
    one.count += 1;
    one.treatment ||= local(row.treatment ?? '');
    found.set(row.other, one);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
