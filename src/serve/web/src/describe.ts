// `/doc/...`: a document, a community of them, or somebody that documents name.

import { h } from './dom';
import { local, page, reference, rows } from './endpoint';
import { type Fact, types } from './facts';
import { isNamed } from './kinds';

export async function describePage(iri: string): Promise<Node[]> {
  const facts = await rows<Fact>(page('facts', { this: reference(iri) }));
  if (!facts.length) return [h('h1', {}, 'Nothing is known of it'), h('p', {}, 'The graph says nothing of ', h('code', {}, iri), '.')];
  if (types(facts).some((type) => local(type) === 'Community')) return (await import('./community/page')).communityPage(iri, facts);
  if (isNamed(types(facts))) return (await import('./thing/page')).thingPage(iri, facts);
  return (await import('./document/page')).documentPage(iri, facts);
}
