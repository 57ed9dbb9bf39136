// `/query`: SPARQL, asked with YASGUI of this server and of no other.

import './query.css';
import { h } from '../dom';
import { site } from '../endpoint';
import { exampleList } from './examples';

/** `?query=` is what to ask at once. */
export async function sparqlPage(params: URLSearchParams): Promise<Node[]> {
  const { Editor } = await import('./editor');
  const place = h('div', { class: 'editor' });
  const editor = new Editor(place, params.get('query'));
  const examples = exampleList(site.saved.map(({ name, query }) => ({ name, title: title(query) || name, about: about(query), query })),
    (one) => editor.open(one.title, one.query));
  return [
    h('div', { class: 'heading' }, h('h1', {}, 'SPARQL'),
      h('p', { class: 'faint' }, 'Ctrl+Enter runs the query, Ctrl+Space completes, Escape leaves the editor. A prefix is declared when it is used. The address of this page keeps the query that was run.'),
      h('p', { class: 'actions' },
        h('button', { type: 'button', class: 'action', onclick: () => editor.run() }, 'Run'),
        h('button', { type: 'button', class: 'action', onclick: () => editor.open('Query', '') }, 'New tab'))),
    h('div', { class: 'with-aside query' },
      h('div', { class: 'body' }, place),
      h('aside', { class: 'about', 'aria-label': 'Examples' }, examples)),
  ];
}

/** The first line of a saved query says what it answers, the comments after it how. */
function title(query: string): string {
  return query.split('\n')[0]?.replace(/^#\s*/, '') ?? '';
}

function about(query: string): string {
  const lines = query.split('\n').slice(1);
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(0, end < 0 ? 0 : end).map((line) => line.replace(/^#\s*/, '')).join(' ');
}
