import{c as e,o as t}from"./endpoint-gHDZECWF.js";var n=Object.assign({"./queries/aliases.rq":`# Every name of a thing, with its language
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
`,"./queries/community.rq":`# The documents of a community, the most cited first
SELECT ?document ?name ?title ?year (MAX(?times) AS ?cited) WHERE {
  ?document rg:community $this ; rg:timesCited ?times ; rdfs:label ?name
  OPTIONAL { ?document rg:year ?year }
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?document ?name ?title ?year
ORDER BY DESC(?cited) ?name
LIMIT 5000
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
`,"./queries/lineage-authorities.rq":`# The documents that the authorities say established a body
SELECT (rg:establishes AS ?predicate) ?document ?name ?date WHERE {
  $this rg:establishedBy ?document . ?document rdfs:label ?name
  OPTIONAL { ?document eli:date_document ?date }
}
ORDER BY ?date ?name
`,"./queries/lineage.rq":`# What texts say of the life of a body: established, extended until when, changed, ended; each with its sentence, in English where there is one; without drafts
SELECT ?predicate ?document ?name ?date ?until ?paragraph (SUBSTR(MIN(CONCAT(IF(LANG(?said) IN ("en", ""), "0", "1"), STR(?said))), 2) AS ?sentence) WHERE {
  VALUES ?predicate { rg:establishes rg:extendsMandateOf eli:amends rg:terminates }
  ?statement rdf:object $this ; rdf:predicate ?predicate ; rdf:subject ?document ; rg:paragraph ?paragraph ; oa:hasTarget/rg:sentence ?said .
  ?document rdfs:label ?name
  FILTER NOT EXISTS { ?document a rg:Draft }
  OPTIONAL { ?document eli:date_document ?date }
  OPTIONAL { ?statement rg:until ?until }
}
GROUP BY ?predicate ?document ?name ?date ?until ?paragraph
ORDER BY ?date ?name ?paragraph
LIMIT 2000
`,"./queries/named.rq":`# Whom a document names, and in how many paragraphs
SELECT ?thing ?name (COUNT(DISTINCT ?paragraph) AS ?paragraphs) WHERE {
  ?paragraph eli:is_part_of $this .
  ?mention rg:paragraph ?paragraph ; oa:hasBody ?thing .
  $this schema:mentions ?thing .
  ?thing rdfs:label ?name .
}
GROUP BY ?thing ?name
ORDER BY DESC(?paragraphs) ?name
`,"./queries/overview-communities.rq":`# The communities of documents that cite one another, the largest first
SELECT ?community ?name (COUNT(?document) AS ?documents) WHERE {
  ?document rg:community ?community . ?community rdfs:label ?name
}
GROUP BY ?community ?name
ORDER BY DESC(?documents) ?name
LIMIT 500
`,"./queries/overview-influential.rq":`# The documents of the highest PageRank
SELECT ?other ?name ?title ?rank WHERE {
  { SELECT ?other ?rank WHERE { ?other rg:pageRank ?rank } ORDER BY DESC(?rank) ?other LIMIT 15 }
  ?other rdfs:label ?name
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
}
ORDER BY DESC(?rank) ?name
`,"./queries/overview-kinds.rq":`# How many there are of each kind, and of how many documents the text was read
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) (COUNT(DISTINCT ?text) AS ?read) WHERE {
  VALUES ?kind {
    undo:Resolution undo:OfficialStatement rg:Draft rg:Document rg:Instrument rg:UNBody rg:Organization rg:ArmedGroup rg:State
    rg:Role rg:Person
  }
  ?thing a ?kind
  OPTIONAL { ?thing prov:wasDerivedFrom ?file BIND(?thing AS ?text) }
}
GROUP BY ?kind
`,"./queries/overview-reasons.rq":`# How many citations could not be resolved, by reason
SELECT ?reason (COUNT(DISTINCT ?citation) AS ?count) WHERE { ?citation a rg:UnresolvedCitation ; rg:reason ?reason }
GROUP BY ?reason
ORDER BY DESC(?count) ?reason
`,"./queries/overview-treatments.rq":`# How often documents cite in each way
SELECT ?treatment (COUNT(?citation) AS ?count) WHERE {
  ?citation a cito:Citation OPTIONAL { ?citation cito:hasCitationCharacterization ?treatment }
}
GROUP BY ?treatment
ORDER BY DESC(?count) ?treatment
`,"./queries/overview-unresolved.rq":`# The citations that could not be resolved for one reason
SELECT ?document ?name ?paragraph (MIN(?exact) AS ?words) (MIN(?said) AS ?sentence) WHERE {
  ?citation a rg:UnresolvedCitation ; rg:reason $reason ; cito:hasCitingEntity ?document ; rg:paragraph ?paragraph ; oa:hasTarget ?target .
  ?document rdfs:label ?name .
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
}
GROUP BY ?citation ?document ?name ?paragraph
ORDER BY ?name ?paragraph ?words
LIMIT 500
`,"./queries/overview-years.rq":`# How many documents of each year cite, and how many links go out from them
SELECT ?year (COUNT(?cited) AS ?citations) (COUNT(DISTINCT ?citing) AS ?documents) WHERE {
  ?citing eli:cites ?cited ; rg:year ?year
}
GROUP BY ?year
ORDER BY ?year
`,"./queries/position.rq":`# Where in its document a paragraph stands
SELECT ?position WHERE { $this rg:position ?position }
`,"./queries/referring.rq":`# What refers to a subject, meeting, record or draft other than by citing it, the newest first
SELECT ?how ?other ?name ?title ?year WHERE {
  VALUES ?how { eli:is_about rg:adoptedAt rg:meetingRecord rg:draftOf schema:about }
  ?other ?how $this ; rdfs:label ?name .
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
  OPTIONAL { ?other rg:year ?year }
}
ORDER BY ?how DESC(?year) ?name
LIMIT 2000
`,"./queries/shared-wording.rq":`# The paragraphs of two documents that have their wording from one another
SELECT DISTINCT ?here ?there ?position WHERE {
  { ?here eli:is_part_of $this ; rg:wordingFrom|rg:wordingFirstIn ?there . ?there eli:is_part_of $that }
  UNION { ?here eli:is_part_of $this . ?there rg:wordingFrom|rg:wordingFirstIn ?here ; eli:is_part_of $that }
  OPTIONAL { ?here rg:position ?position }
}
ORDER BY ?position ?there
LIMIT 200
`,"./queries/similar-cited.rq":`# Of the documents most like this one: how many cite both
SELECT ?other (COUNT(DISTINCT ?citing) AS ?shared) WHERE {
  $this rg:similarTo ?other . ?citing eli:cites $this, ?other
}
GROUP BY ?other
`,"./queries/similar-wording.rq":`# Of the documents most like this one: how many paragraphs have their wording from one another
SELECT ?other (COUNT(DISTINCT ?here) AS ?shared) WHERE {
  $this rg:similarTo ?other .
  { ?here eli:is_part_of $this ; rg:wordingFrom|rg:wordingFirstIn ?there . ?there eli:is_part_of ?other }
  UNION { ?here eli:is_part_of $this . ?there rg:wordingFrom|rg:wordingFirstIn ?here ; eli:is_part_of ?other }
}
GROUP BY ?other
`,"./queries/similar.rq":`# The documents most like this one, and how much both cite of what each cites
SELECT ?other ?name ?title (COUNT(DISTINCT ?both) AS ?cites) WHERE {
  $this rg:similarTo ?other . ?other rdfs:label ?name .
  OPTIONAL { ?other eli:title ?title FILTER(LANG(?title) = "en") }
  OPTIONAL { $this eli:cites ?both . ?other eli:cites ?both }
}
GROUP BY ?other ?name ?title
`,"./queries/standing.rq":`# Where a document stands among all: how many come before it by PageRank and by betweenness, and its community
SELECT ?cited ?forAge ?between ?community ?name ?all ?before ?betweenBefore WHERE {
  { SELECT (COUNT(*) AS ?all) WHERE { ?other rg:pageRank ?value } }
  { SELECT (COUNT(*) AS ?before) WHERE { $this rg:pageRank ?mine . ?other rg:pageRank ?value FILTER(?value > ?mine) } }
  { SELECT (COUNT(*) AS ?betweenBefore) WHERE { $this rg:betweenness ?mine . ?other rg:betweenness ?value FILTER(?value > ?mine) } }
  $this rg:timesCited ?cited ; rg:betweenness ?between .
  OPTIONAL { $this rg:citedForAge ?forAge }
  OPTIONAL { $this rg:community ?community . ?community rdfs:label ?name }
}
LIMIT 1
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
`,"./queries/text-reused.rq":`# In how many documents the wording of some paragraphs of a document was used later
SELECT ?paragraph (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  ?paragraph eli:is_part_of $this ; rg:position ?position
  FILTER(?position >= $from && ?position < $to)
  ?later rg:wordingFrom|rg:wordingFirstIn ?paragraph ; eli:is_part_of ?document
}
GROUP BY ?paragraph
`,"./queries/text-wording.rq":`# Where the wording of some paragraphs of a document was used before, and first
SELECT ?paragraph ?from ?name ?date ?kept ?first ?firstName ?firstDate WHERE {
  ?paragraph eli:is_part_of $this ; rg:position ?position ; rg:wordingFrom ?from
  FILTER(?position >= $from && ?position < $to)
  ?from eli:is_part_of ?document . ?document rdfs:label ?name
  OPTIONAL { ?document eli:date_document ?date }
  OPTIONAL { ?paragraph rg:wordingKept ?kept }
  OPTIONAL {
    ?paragraph rg:wordingFirstIn ?first . ?first eli:is_part_of ?origin . ?origin rdfs:label ?firstName
    OPTIONAL { ?origin eli:date_document ?firstDate }
  }
}
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
    SELECT DISTINCT ?document ?name ?year ?paragraph ?position WHERE {
      ?statement rdf:object $this ; rdf:predicate $how ; rg:paragraph ?paragraph .
      ?paragraph eli:is_part_of ?document .
      ?document rdfs:label ?name .
      OPTIONAL { ?document rg:year ?year }
      OPTIONAL { ?paragraph rg:position ?position }
      FILTER($year = "" || STR(?year) = $year)
    }
    ORDER BY DESC(?year) ?name ?position LIMIT $limit OFFSET $offset
  }
  ?statement rdf:object $this ; rdf:predicate $how ; rg:paragraph ?paragraph ; oa:hasTarget ?target .
  ?target rg:sentence ?said ; oa:hasSelector/oa:exact ?exact .
  OPTIONAL { ?statement rg:verb/rdfs:label ?verb }
  OPTIONAL { ?statement rg:until ?until }
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?document ?name ?title ?year ?paragraph ?verb ?until ?position
ORDER BY DESC(?year) ?name ?position
`,"./queries/thing-used.rq":`# The sentences that a verb stands in, the newest first
SELECT ?document ?name ?title ?year ?paragraph (MIN(?said) AS ?sentence) WHERE {
  {
    SELECT DISTINCT ?document ?name ?year ?paragraph ?position WHERE {
      ?node rg:verb $this ; rg:paragraph ?paragraph .
      ?paragraph eli:is_part_of ?document .
      ?document rdfs:label ?name .
      OPTIONAL { ?document rg:year ?year }
      OPTIONAL { ?paragraph rg:position ?position }
      FILTER($year = "" || STR(?year) = $year)
    }
    ORDER BY DESC(?year) ?name ?position LIMIT $limit OFFSET $offset
  }
  ?node rg:verb $this ; rg:paragraph ?paragraph ; oa:hasTarget/rg:sentence ?said .
  OPTIONAL { ?document eli:title ?title FILTER(LANG(?title) = "en") }
}
GROUP BY ?document ?name ?title ?year ?paragraph ?position
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
`,"./queries/thing-years.rq":`# In how many documents of each year, and of none, a body, group, State, office or person is named, and what they do about it
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
  UNION {
    SELECT ?document ("used" AS ?how) WHERE { ?node rg:verb $this ; rg:paragraph/eli:is_part_of ?document }
  }
  OPTIONAL { ?document rg:year ?year }
}
GROUP BY ?year ?how
ORDER BY ?year ?how
`,"./queries/titles.rq":`# The titles of a document, the English one first
SELECT ?title (LANG(?title) AS ?language) WHERE { $this eli:title ?title }
ORDER BY DESC(LANG(?title) = "en") ?language
LIMIT 12
`,"./queries/wording-later.rq":`# The paragraphs that have their wording from this one, the earliest first
SELECT DISTINCT ?paragraph ?name ?date WHERE {
  ?paragraph rg:wordingFrom|rg:wordingFirstIn $this ; eli:is_part_of ?document . ?document rdfs:label ?name
  OPTIONAL { ?document eli:date_document ?date }
}
ORDER BY ?date ?name ?paragraph
LIMIT 500
`,"./queries/wording-texts.rq":`# The texts of two paragraphs in the languages in which both are there
SELECT ?language (MIN(?of) AS ?earlier) (MIN(?to) AS ?later) WHERE {
  $that rg:text ?of . $this rg:text ?to FILTER(LANG(?of) = LANG(?to))
  BIND(LANG(?to) AS ?language)
}
GROUP BY ?language
ORDER BY DESC(?language = "en") ?language
`});function r(t,r){let i=n[`./queries/${t}.rq`];if(i===void 0)throw Error(`there is no query of the name ${t}`);return e(i.replace(/\$(\w+)/g,(e,t)=>r[t]??e))}function i(e,n){return r(e,{this:t(n)})}export{r as n,i as t};