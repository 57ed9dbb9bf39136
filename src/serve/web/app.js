// Which page to show, told from the address.

import { h } from './dom.js';
import { site } from './endpoint.js';
import { describePage, searchPage, sourcePage, startPage } from './pages.js';
import { sparqlPage } from './sparql.js';

const main = document.getElementById('main');

async function show() {
  const path = location.pathname;
  const wanted = new URLSearchParams(location.search).get('q')?.trim();
  main.replaceChildren(h('p', { class: 'faint' }, 'Loading …'));
  try {
    const page = await choose(path, wanted);
    main.replaceChildren(...page);
    document.title = `${main.querySelector('h1')?.textContent ?? 'Explorer'} · resograph`;
  } catch (error) {
    main.replaceChildren(h('h1', {}, 'This did not work'), h('p', { class: 'error', role: 'alert' }, error.message));
  }
}

function choose(path, wanted) {
  const plain = path.replace(/\.html$/, '');
  if (plain.startsWith('/doc/')) return describePage(`${site.base}id/${plain.slice(5)}`);
  if (plain.startsWith('/source/')) return sourcePage(`${site.base}source/${plain.slice(8)}`);
  if (location.hash.startsWith('#sparql')) return sparqlPage();
  return wanted ? searchPage(wanted) : startPage();
}

function theme() {
  const stored = localStorage.getItem('theme');
  if (stored) document.documentElement.dataset.theme = stored;
  document.getElementById('theme').addEventListener('click', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const next = (document.documentElement.dataset.theme ?? dark) === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    localStorage.setItem('theme', next);
  });
}

theme();
document.getElementById('q').value = new URLSearchParams(location.search).get('q') ?? '';
document.addEventListener('keydown', (event) => {
  const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
  if (event.key === '/' && !typing) {
    event.preventDefault();
    document.getElementById('q').focus();
  }
});
addEventListener('hashchange', () => location.pathname === '/' && show());
show();
