//! The IRIs of the vocabularies: the only place where they are written out.

/// Base of the vocabulary's own terms.
pub const RG: &str = "https://w3id.org/resograph/ontology#";
/// Default base of the identities of documents, bodies, groups, States, roles, persons.
pub const ID: &str = "https://w3id.org/resograph/id/";

/// `rdf:type`
pub const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
/// `skos:prefLabel`
pub const SKOS_PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
/// `skos:altLabel`
pub const SKOS_ALT_LABEL: &str = "http://www.w3.org/2004/02/skos/core#altLabel";
/// `skos:hiddenLabel`
pub const SKOS_HIDDEN_LABEL: &str = "http://www.w3.org/2004/02/skos/core#hiddenLabel";
/// `skos:example`
pub const SKOS_EXAMPLE: &str = "http://www.w3.org/2004/02/skos/core#example";
/// `org:subOrganizationOf`
pub const ORG_SUB_ORGANIZATION_OF: &str = "http://www.w3.org/ns/org#subOrganizationOf";
/// `owl:sameAs`
pub const OWL_SAME_AS: &str = "http://www.w3.org/2002/07/owl#sameAs";

/// What every IRI of a graph begins with, unless the user says otherwise.
pub const BASE: &str = "https://w3id.org/resograph/";

/// The prefixes that every output declares and every query may use undeclared, in order of prefix.
pub const PREFIXES: &[(&str, &str)] = &[
    ("c4o", "http://purl.org/spar/c4o/"),
    ("cito", "http://purl.org/spar/cito/"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("doco", "http://purl.org/spar/doco/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("fabio", "http://purl.org/spar/fabio/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("opengov", "http://www.w3.org/ns/opengov#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("rg", RG),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("undo", "https://w3id.org/un/ontology/undo/"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The JSON-LD context of Web Annotations.
pub const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
