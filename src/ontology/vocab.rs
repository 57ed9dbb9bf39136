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
