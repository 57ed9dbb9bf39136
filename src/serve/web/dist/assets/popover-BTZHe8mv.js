import{C as e,S as t,c as n,f as r,g as i,l as a,n as o,o as s,s as c,t as l,v as u,x as d}from"./index-BxMn5YeV.js";import{n as f,t as p}from"./fragments-CrYF9uKB.js";var m=Object.assign({"./queries/aliases.rq":`# Every name of a thing, with its language
SELECT DISTINCT ?alias (LANG(?alias) AS ?language) ?preferred WHERE {
  { $this skos:prefLabel ?alias BIND("yes" AS ?preferred) } UNION { $this skos:altLabel ?alias }
}
ORDER BY ?language DESC(?preferred) ?alias
`,"./queries/both-cite.rq":`# What both of two documents cite
SELECT DISTINCT ?other ?name WHERE { $this eli:cites ?other . $that eli:cites ?other . ?other rdfs:label ?name } ORDER BY ?name LIMIT 500
`,"./queries/citation-sentences.rq":`# The sentences in which one document cites another
SELECT ?paragraph ?treatment ?verb ?pinpoint (MIN(?place) AS ?at) (MIN(?said) AS ?sentence) (MIN(?exact) AS ?words) WHERE {
  ?citation cito:hasCitingEntity $citing ; cito:hasCitedEntity $cited ; rg:paragraph ?paragraph ; oa:hasTarget ?target .
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
  OPTIONAL { ?paragraph rg:position ?place }
  OPTIONAL { ?citation cito:hasCitationCharacterization ?treatment }
  OPTIONAL { ?citation rg:verb/rdfs:label ?verb }
  OPTIONAL { ?citation rg:pinpoint ?pinpoint }
}
GROUP BY ?paragraph ?treatment ?verb ?pinpoint
ORDER BY ?at ?pinpoint
LIMIT 200
`,"./queries/cite-both.rq":`# What cites both of two documents
SELECT DISTINCT ?other ?name WHERE { ?other eli:cites $this, $that ; rdfs:label ?name } ORDER BY ?name LIMIT 500
`,"./queries/cited-by.rq":`# What cites a document, once for each treatment, the newest first
SELECT ?other ?name ?title ?year ?treatment (COUNT(DISTINCT ?paragraph) AS ?paragraphs) WHERE {
  ?citation cito:hasCitedEntity $this ; cito:hasCitingEntity ?other ; rg:paragraph ?paragraph .
  ?other rdfs:label ?name .
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
  OPTIONAL { ?other rg:year ?year }
  OPTIONAL { ?citation cito:hasCitationCharacterization ?treatment }
}
GROUP BY ?other ?name ?title ?year ?treatment
ORDER BY DESC(?year) ?name
LIMIT 5000
`,"./queries/cites.rq":`# What a document cites, once for each treatment
SELECT ?other ?name ?title ?year ?treatment (COUNT(DISTINCT ?paragraph) AS ?paragraphs) (MIN(?place) AS ?at) WHERE {
  ?citation cito:hasCitingEntity $this ; cito:hasCitedEntity ?other ; rg:paragraph ?paragraph .
  ?other rdfs:label ?name .
  OPTIONAL { ?paragraph rg:position ?place }
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
  OPTIONAL { ?other rg:year ?year }
  OPTIONAL { ?citation cito:hasCitationCharacterization ?treatment }
}
GROUP BY ?other ?name ?title ?year ?treatment
ORDER BY ?at ?name
LIMIT 5000
`,"./queries/co-cited.rq":`# What is cited together with this document (co-citation), and how often it is cited at all
SELECT ?other ?name ?title ?shared (COUNT(DISTINCT ?one) AS ?all) WHERE {
  {
    SELECT ?other (COUNT(DISTINCT ?citing) AS ?shared) WHERE {
      ?citing eli:cites $this, ?other FILTER(?other != $this)
    }
    GROUP BY ?other HAVING(COUNT(DISTINCT ?citing) > 1) ORDER BY DESC(?shared) ?other LIMIT 60
  }
  ?one eli:cites ?other . ?other rdfs:label ?name .
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?other ?name ?title ?shared
`,"./queries/coupled.rq":`# Documents that cite the same as this one does (bibliographic coupling), and how much they cite
SELECT ?other ?name ?title ?shared (COUNT(DISTINCT ?one) AS ?all) WHERE {
  {
    SELECT ?other (COUNT(DISTINCT ?cited) AS ?shared) WHERE {
      $this eli:cites ?cited . ?other eli:cites ?cited FILTER(?other != $this)
    }
    GROUP BY ?other HAVING(COUNT(DISTINCT ?cited) > 1) ORDER BY DESC(?shared) ?other LIMIT 60
  }
  ?other eli:cites ?one ; rdfs:label ?name .
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?other ?name ?title ?shared
`,"./queries/established.rq":`# The documents that texts say established or ended a thing
SELECT DISTINCT ?says ?other ?name WHERE {
  VALUES (?predicate ?says) { (rg:establishes "established by") (rg:terminates "terminated by") }
  ?statement rdf:object $this ; rdf:predicate ?predicate ; rdf:subject ?other .
  ?other rdfs:label ?name .
}
ORDER BY ?says ?name
LIMIT 50
`,"./queries/named.rq":`# Whom a document names, and in how many paragraphs
SELECT ?thing ?name (COUNT(DISTINCT ?paragraph) AS ?paragraphs) WHERE {
  ?paragraph eli:is_part_of $this .
  ?mention rg:paragraph ?paragraph ; oa:hasBody ?thing .
  $this schema:mentions ?thing .
  ?thing rdfs:label ?name .
}
GROUP BY ?thing ?name
ORDER BY DESC(?paragraphs) ?name
`,"./queries/position.rq":`# Where in its document a paragraph stands
SELECT ?position WHERE { $this rg:position ?position }
`,"./queries/text-languages.rq":`# The languages that a document's text is there in, with the number of paragraphs and the last position
SELECT ?language (COUNT(DISTINCT ?paragraph) AS ?paragraphs) (MAX(?position) AS ?last) WHERE {
  ?paragraph eli:is_part_of $this ; rg:position ?position ; rg:text ?text
  BIND(LANG(?text) AS ?language)
}
GROUP BY ?language
ORDER BY DESC(?paragraphs) ?language
`,"./queries/text-mentions.rq":`# What was found in some paragraphs of a document: citations, names, statements, with the places that show them
SELECT ?paragraph ?node ?other ?name ?subject ?subjectName ?predicate ?treatment ?verb ?strength ?pinpoint ?until ?rule
       ?reason ?candidate ?source ?path ?start ?end ?words WHERE {
  ?paragraph eli:is_part_of $this ; rg:position ?position
  FILTER(?position >= $from && ?position < $to)
  ?node rg:paragraph ?paragraph ; oa:hasTarget ?target .
  ?target oa:hasSource ?source ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?words .
  OPTIONAL { ?source rg:path ?path }
  OPTIONAL { ?node oa:hasBody|rdf:object ?other . ?other rdfs:label ?name }
  OPTIONAL { ?node rdf:subject ?subject ; rdf:predicate ?predicate . ?subject rdfs:label ?subjectName }
  OPTIONAL { ?node cito:hasCitationCharacterization ?treatment }
  OPTIONAL { ?node rg:verb ?act . ?act rdfs:label ?verb OPTIONAL { ?act rg:strength ?strength } }
  OPTIONAL { ?node rg:pinpoint ?pinpoint }
  OPTIONAL { ?node rg:until ?until }
  OPTIONAL { ?node rg:rule ?rule }
  OPTIONAL { ?node rg:reason ?reason OPTIONAL { ?node rg:candidate ?candidate } }
}
ORDER BY ?source ?start ?end ?node
`,"./queries/text.rq":`# Some paragraphs of a document in one language
SELECT ?paragraph ?position ?sort ?text WHERE {
  ?paragraph eli:is_part_of $this ; rg:position ?position ; rg:text ?text
  FILTER(?position >= $from && ?position < $to && LANG(?text) = $language)
  OPTIONAL { ?paragraph eli:type_subdivision ?sort }
}
ORDER BY ?position ?paragraph
`,"./queries/thing-named.rq":`# The sentences that name a body, group, State, office or person, the newest first
SELECT ?document ?name ?title ?year ?paragraph (MIN(?said) AS ?sentence) (MIN(?exact) AS ?words) WHERE {
  {
    SELECT DISTINCT ?document ?name ?year ?paragraph ?position WHERE {
      ?mention oa:hasBody $this ; rg:paragraph ?paragraph .
      ?paragraph eli:is_part_of ?document .
      ?document schema:mentions $this ; rdfs:label ?name .
      OPTIONAL { ?document rg:year ?year }
      OPTIONAL { ?paragraph rg:position ?position }
      FILTER($year = "" || STR(?year) = $year)
    }
    ORDER BY DESC(?year) ?name ?position LIMIT $limit OFFSET $offset
  }
  ?mention oa:hasBody $this ; rg:paragraph ?paragraph ; oa:hasTarget ?target .
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?document ?name ?title ?year ?paragraph ?position
ORDER BY DESC(?year) ?name ?position
`,"./queries/thing-stated.rq":`# The sentences that state something of a body, group, State, office or person, the newest first
SELECT ?document ?name ?title ?year ?paragraph ?verb ?until (MIN(?said) AS ?sentence) (MIN(?exact) AS ?words) WHERE {
  {
    SELECT DISTINCT ?document ?name ?year ?paragraph ?statement ?position WHERE {
      ?statement rdf:object $this ; rdf:predicate $how ; rg:paragraph ?paragraph .
      ?paragraph eli:is_part_of ?document .
      ?document rdfs:label ?name .
      OPTIONAL { ?document rg:year ?year }
      OPTIONAL { ?paragraph rg:position ?position }
      FILTER($year = "" || STR(?year) = $year)
    }
    ORDER BY DESC(?year) ?name ?position LIMIT $limit OFFSET $offset
  }
  ?statement oa:hasTarget ?target .
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
  OPTIONAL { ?statement rg:verb/rdfs:label ?verb }
  OPTIONAL { ?statement rg:until ?until }
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?document ?name ?title ?year ?paragraph ?verb ?until ?position
ORDER BY DESC(?year) ?name ?position
`,"./queries/thing-votes.rq":`# The documents that a State sponsored, voted against or abstained from, the newest first
SELECT DISTINCT ?document ?name ?title ?year WHERE {
  VALUES ?how { $ballot }
  { ?event rg:votedAgainst $this ; opengov:motion ?document BIND("against" AS ?how) }
  UNION { ?event rg:abstained $this ; opengov:motion ?document BIND("abstained" AS ?how) }
  UNION { ?document rg:sponsor $this BIND("sponsor" AS ?how) }
  ?document rdfs:label ?name .
  OPTIONAL { ?document rg:year ?year }
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
  FILTER($year = "" || STR(?year) = $year)
}
ORDER BY DESC(?year) ?name
LIMIT $limit OFFSET $offset
`,"./queries/thing-years.rq":`# In how many documents of each year a body, group, State, office or person is named, and what they do about it
SELECT ?year ?how (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  {
    SELECT ?document ("named" AS ?how) WHERE { ?document schema:mentions $this }
  } UNION {
    SELECT ?document ?how WHERE { ?statement rdf:object $this ; rdf:predicate ?how ; rdf:subject ?document }
  } UNION {
    SELECT ?document ("sponsor" AS ?how) WHERE { ?document rg:sponsor $this }
  } UNION {
    SELECT ?document ("against" AS ?how) WHERE { ?event rg:votedAgainst $this ; opengov:motion ?document }
  } UNION {
    SELECT ?document ("abstained" AS ?how) WHERE { ?event rg:abstained $this ; opengov:motion ?document }
  }
  ?document rg:year ?year
}
GROUP BY ?year ?how
ORDER BY ?year ?how
`});function h(e,t){let n=m[`./queries/${e}.rq`];if(n===void 0)throw Error(`there is no query of the name ${e}`);return u(n.replace(/\$(\w+)/g,(e,n)=>t[n]??e))}function g(e,t){return h(e,{this:i(t)})}var _=new Intl.DisplayNames(`en`,{type:`language`}),v=8,y=[`en`,`ar`,`zh`,`fr`,`ru`,`es`];function b(t){if(!t.length)return null;let n=e=>y.includes(e)?y.indexOf(e):y.length,r=p(t,e=>e.language).sort(([e],[t])=>n(e)-n(t)||(e<t?-1:1));return e(`div`,{class:`aliases`},e(`h2`,{},`Names`),e(`dl`,{class:`facts`},r.flatMap(([t,n])=>[e(`dt`,{},t?_.of(t)??t:`Any language`),e(`dd`,{lang:t,dir:`auto`},x(n.slice(0,v)),n.length>v&&e(`details`,{},e(`summary`,{lang:`en`,dir:`ltr`},`and ${n.length-v} more`),x(n.slice(v))))])))}function x(t){return t.flatMap((t,n)=>[n?` · `:``,t.preferred?e(`strong`,{},t.alias):t.alias])}var S={document:`Document`,instrument:`Instrument`,body:`Body`,group:`Group`,state:`State`,role:`Office`,person:`Person`,actor:`Actor`},C=null;function w(t,n){if(C?.from===t)return T(!0);T(!1);let r=`mention-title`,i=e(`div`,{class:`card`,role:`dialog`,"aria-labelledby":r,tabindex:`-1`},e(`button`,{type:`button`,class:`close`,"aria-label":`Close`,onclick:()=>T(!0)},`×`),n.map((t,n)=>e(`section`,{},D(t,n===0?r:null))));t.setAttribute(`aria-expanded`,`true`),C={card:i,from:t},(t.closest(`.paragraph`)??document.body).append(i),E(i,t),i.focus({preventScroll:!0}),i.addEventListener(`keydown`,e=>{e.key===`Escape`&&T(!0)}),i.addEventListener(`focusout`,e=>{e.relatedTarget instanceof Node&&!i.contains(e.relatedTarget)&&e.relatedTarget!==t&&T(!1)})}function T(e){if(!C)return;let{card:t,from:n}=C;C=null,t.remove(),n.removeAttribute(`aria-expanded`),e&&n.focus({preventScroll:!0})}document.addEventListener(`pointerdown`,e=>{let t=e.target;C&&!C.card.contains(t)&&!C.from.contains(t)&&T(!1)});function E(e,t){let n=(e.offsetParent??document.body).getBoundingClientRect(),r=t.getClientRects()[0]??t.getBoundingClientRect(),i=Math.min(r.left-n.left,n.width-e.offsetWidth),a=r.bottom+6+e.offsetHeight<innerHeight||r.top<e.offsetHeight+70,o=t.getClientRects()[t.getClientRects().length-1]??r;e.style.left=`${Math.max(0,i)}px`,e.style.top=`${(a?o.bottom+6:r.top-6-e.offsetHeight)-n.top}px`}function D(t,i){let a=t.other?o(t.other):`unresolved`,s=t.predicate?[f(t.subject??``,t.subjectName??``),` `,n(t.predicate),` `,t.other?f(t.other,t.name??``):``]:t.other&&!t.reason?f(t.other,t.name??``):`Not resolved`,c=t.predicate?`Statement`:S[a]??l[a];return[e(`p`,{class:`kind swatch ${t.predicate?``:a}`},t.treatment||t.pinpoint?`Citation of a${/^[io]/i.test(c)?`n`:``} ${c.toLowerCase()}`:c),e(`h3`,{id:i},s),t.other&&a===`document`&&!t.predicate?A(t.other):null,e(`dl`,{},k(t).flatMap(([t,n])=>n?[e(`dt`,{},t),e(`dd`,{},n)]:[])),t.other&&!t.reason&&e(`p`,{class:`actions`},e(`a`,{href:r(t.other),class:`action`},`Open`),e(`a`,{href:O(t.other),class:`action`},`Show in network`))]}function O(e){return`/network?root=${encodeURIComponent(e.slice(`${d.base}id/`.length)).replace(/%2F/g,`/`)}`}function k(n){let r=s(n.paragraph),i=n.verb&&e(`span`,{},`“${n.verb}”`,n.strength&&e(`span`,{class:`faint`},`, strength ${n.strength}`));return[[`Words`,`“${n.words.replace(/\s+/g,` `).slice(0,240)}${n.words.length>240?`…`:``}”`],[`Treatment`,n.treatment?a(n.treatment,`out`).toLowerCase():null],[`Verb`,i],[`Pinpoint`,n.pinpoint],[`Until`,n.until],[`Reason`,n.reason?t(n.reason.replaceAll(`-`,` `)):null],[`May be`,n.candidate],[`Rule`,n.rule],[`Paragraph`,e(`a`,{href:`#${r}`},c(r))],[`Read in`,[f(n.source,n.path?.split(`/`).pop()??`the file`),e(`span`,{class:`faint`},`, bytes ${n.start}–${n.end}`)]]]}function A(t){let n=e(`p`,{class:`title`}),r=`SELECT ?title ?date { OPTIONAL { ${i(t)} eli:title ?title FILTER(LANG(?title) = "en") } OPTIONAL { ${i(t)} eli:date_document ?date } } LIMIT 1`;return u(r).then(([e])=>{n.textContent=[e?.title,e?.date].filter(Boolean).join(`, `)},()=>n.remove()),n}export{h as a,g as i,w as n,b as r,O as t};