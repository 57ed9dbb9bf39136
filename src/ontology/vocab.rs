//! The IRIs of the vocabularies: the only place where they are written out.
//!
//! `ontology/resograph.ttl` declares every term of the project's own and lists every term that is
//! reused; a test holds the two files equal.

macro_rules! vocabulary {
    ($($(#[$about:meta])* $prefix:ident $namespace:ident = $iri:literal { $($term:ident = $local:literal;)* })*) => {
        $($(#[$about])* pub const $namespace: &str = $iri;
        $(#[doc = concat!("`", stringify!($prefix), ":", $local, "`")] pub const $term: &str = concat!($iri, $local);)*)*

        /// Every vocabulary: prefix and namespace.
        pub const PREFIXES: &[(&str, &str)] = &[$((stringify!($prefix), $iri)),*];

        /// Every term, in the order of this file.
        pub const TERMS: &[&str] = &[$($(concat!($iri, $local),)*)*];
    };
}

/// Default base of every IRI that is not of a vocabulary.
pub const BASE: &str = "https://w3id.org/resograph/";
/// Default base of the identities of documents, bodies, groups, States, roles, persons.
pub const ID: &str = "https://w3id.org/resograph/id/";
/// Base of the words of the citation grammar.
pub const GRAMMAR: &str = "https://w3id.org/resograph/ontology/grammar/";
/// Base of the facts on special sessions.
pub const SPECIAL_SESSION: &str = "https://w3id.org/resograph/ontology/special-session/";
/// Base of the citation rules.
pub const RULE: &str = "https://w3id.org/resograph/ontology/rule/";
/// Base of the facts on the Council's years.
pub const COUNCIL_YEAR: &str = "https://w3id.org/resograph/ontology/council-year/";
/// Context of Web Annotations in JSON-LD.
pub const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Languages in the authority tables of the European Union, where ELI takes them from.
pub const EU_LANGUAGES: &str = "http://publications.europa.eu/resource/authority/language/";

vocabulary! {
    /// The project's own terms.
    rg RG = "https://w3id.org/resograph/ontology#" {
        // classes
        RG_UN_BODY = "UNBody";
        RG_ORGANIZATION = "Organization";
        RG_ARMED_GROUP = "ArmedGroup";
        RG_STATE = "State";
        RG_TERRITORY = "Territory";
        RG_ROLE = "Role";
        RG_PERSON = "Person";
        RG_ACTOR = "Actor";
        RG_INSTRUMENT = "Instrument";
        RG_AGREEMENT = "Agreement";
        RG_DECLARATION = "Declaration";
        RG_PLAN = "Plan";
        RG_DRAFT = "Draft";
        RG_DOCUMENT = "Document";
        RG_ARTICLE = "Article";
        RG_UNIDENTIFIED_TEXT = "UnidentifiedText";
        RG_MEETING = "Meeting";
        RG_VERB = "Verb";
        RG_UNRESOLVED_CITATION = "UnresolvedCitation";
        // parts of a document
        RG_HEAD = "Head";
        RG_PREAMBULAR_PARAGRAPH = "PreambularParagraph";
        RG_OPERATIVE_PARAGRAPH = "OperativeParagraph";
        RG_BODY_PARAGRAPH = "BodyParagraph";
        RG_ANNEX_PARAGRAPH = "AnnexParagraph";
        RG_FOOTNOTE = "Footnote";
        // of documents and files
        RG_YEAR = "year";
        RG_PATH = "path";
        RG_SOURCE_KIND = "sourceKind";
        RG_TEXT = "text";
        RG_POSITION = "position";
        RG_PARAGRAPH = "paragraph";
        RG_SENTENCE = "sentence";
        RG_PAGE = "page";
        RG_ADOPTED_AT = "adoptedAt";
        RG_MEETING_NUMBER = "meetingNumber";
        RG_MEETING_RECORD = "meetingRecord";
        RG_AGENDA_ITEM = "agendaItem";
        RG_CHAPTER_VII = "chapterVII";
        RG_DRAFT_OF = "draftOf";
        RG_SPONSOR = "sponsor";
        RG_AUTHOR = "author";
        // of votes
        RG_IN_FAVOUR = "inFavour";
        RG_AGAINST = "against";
        RG_ABSTAINING = "abstaining";
        RG_VOTED_IN_FAVOUR = "votedInFavour";
        RG_VOTED_AGAINST = "votedAgainst";
        RG_ABSTAINED = "abstained";
        // of citations and relations
        RG_VERB_USED = "verb";
        RG_TREATMENT = "treatment";
        RG_STRENGTH = "strength";
        RG_DIRECTIVE = "directive";
        RG_CONDEMNING = "condemning";
        RG_PINPOINT = "pinpoint";
        RG_COUNT = "count";
        RG_RULE = "rule";
        RG_REASON = "reason";
        RG_CANDIDATE = "candidate";
        RG_UNTIL = "until";
        RG_PERIOD = "period";
        RG_ESTABLISHES = "establishes";
        RG_EXTENDS_MANDATE_OF = "extendsMandateOf";
        RG_TERMINATES = "terminates";
        RG_CONDEMNS = "condemns";
        RG_ADDRESSES = "addresses";
        // of bodies, groups, States, instruments
        RG_ESTABLISHED_BY = "establishedBy";
        RG_HEADED_BY = "headedBy";
        RG_SHORT_LABEL = "shortLabel";
        RG_KIND_WORD = "kindWord";
        RG_ADJECTIVE = "adjective";
        RG_NOT_LABEL = "notLabel";
        RG_COMMUNITY_CLASS = "Community";
        RG_TIMES_CITED = "timesCited";
        RG_CITED_FOR_AGE = "citedForAge";
        RG_PAGE_RANK = "pageRank";
        RG_HUB = "hub";
        RG_AUTHORITY = "authority";
        RG_BETWEENNESS = "betweenness";
        RG_COMMUNITY = "community";
        RG_SIMILAR_TO = "similarTo";
        RG_WORDING_FROM = "wordingFrom";
        RG_WORDING_FIRST_IN = "wordingFirstIn";
        RG_WORDING_KEPT = "wordingKept";
        RG_START_DATE = "startDate";
        RG_END_DATE = "endDate";
        RG_LIST_NUMBER = "listNumber";
        RG_ISO_CODE = "isoCode";
        RG_SYMBOL = "symbol";
        RG_ADOPTED = "adopted";
        RG_HELD_IN = "heldIn";
        RG_PARENT = "parent";
        RG_PRESUMED = "presumed";
        // of the rules that are data
        RG_FORM = "form";
        RG_ADVERB_LIST = "AdverbList";
        RG_CONJUNCTION_LIST = "ConjunctionList";
        RG_OPENER_CONJUNCTIONS = "OpenerConjunctions";
        RG_CANONICAL = "canonical";
        RG_PLURAL = "plural";
        RG_OPENER_ADVERBS = "OpenerAdverbs";
        RG_CITATION_RULE = "CitationRule";
        RG_PRIORITY = "priority";
        RG_TRIGGER = "trigger";
        RG_PATTERN = "pattern";
        RG_TARGET = "target";
        RG_EXAMPLE = "example";
        RG_COUNTER_EXAMPLE = "counterExample";
        RG_AFTER = "after";
        RG_EXCEPT = "except";
        RG_LETTERS = "Letters";
        RG_ANYWHERE = "Anywhere";
        RG_RESOLUTION = "Resolution";
        RG_STATEMENT = "Statement";
        RG_ORGAN = "organ";
        RG_FIRST_RESOLUTION = "firstResolution";
        RG_SERIES_WORD = "SeriesWord";
        RG_ORGAN_NAME = "OrganName";
        RG_POSSESSIVE = "Possessive";
        RG_OF_WORD = "OfWord";
        RG_IN_WORD = "InWord";
        RG_AND_WORD = "AndWord";
        RG_LIST_WORD = "ListWord";
        RG_PART_WORD = "PartWord";
        RG_PINPOINT_WORD = "PinpointWord";
        RG_WHOLE_WORD = "WholeWord";
        RG_NUMBER_WORD = "NumberWord";
        RG_NUMBER = "number";
        RG_MONTH_NAME = "MonthName";
        RG_NUMBERED_THING = "NumberedThing";
        RG_PART_LETTER = "PartLetter";
        RG_ITEM_LETTER = "ItemLetter";
        RG_SERIES = "series";
        RG_OWNED = "owned";
        RG_MONTH = "month";
        RG_LETTER = "letter";
        RG_SESSION = "session";
        RG_AT = "at";
        RG_DIGITS = "Digits";
        RG_ALONE = "Alone";
        RG_LIST = "List";
        RG_DECISION = "Decision";
    }
    /// Full-text search: a service, and what it is asked and answers.
    text TEXT = "https://w3id.org/resograph/text#" {
        TEXT_SEARCH = "search";
        TEXT_QUERY = "query";
        TEXT_PROPERTY = "property";
        TEXT_LIMIT = "limit";
        TEXT_SCORE = "score";
        TEXT_VALUE = "value";
    }
    /// RDF.
    rdf RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        RDF_TYPE = "type";
        RDF_STATEMENT = "Statement";
        RDF_SUBJECT = "subject";
        RDF_PREDICATE = "predicate";
        RDF_OBJECT = "object";
        RDF_FIRST = "first";
        RDF_REST = "rest";
        RDF_NIL = "nil";
        RDF_PROPERTY = "Property";
    }
    /// RDF Schema.
    rdfs RDFS = "http://www.w3.org/2000/01/rdf-schema#" {
        RDFS_LABEL = "label";
        RDFS_COMMENT = "comment";
        RDFS_SEE_ALSO = "seeAlso";
    }
    /// XML Schema datatypes.
    xsd XSD = "http://www.w3.org/2001/XMLSchema#" {
        XSD_STRING = "string";
        XSD_INTEGER = "integer";
        XSD_DOUBLE = "double";
        XSD_BOOLEAN = "boolean";
        XSD_DATE = "date";
        XSD_DURATION = "duration";
        XSD_G_YEAR = "gYear";
        XSD_G_YEAR_MONTH = "gYearMonth";
    }
    /// OWL.
    owl OWL = "http://www.w3.org/2002/07/owl#" {
        OWL_SAME_AS = "sameAs";
    }
    /// SKOS.
    skos SKOS = "http://www.w3.org/2004/02/skos/core#" {
        SKOS_CONCEPT = "Concept";
        SKOS_CONCEPT_SCHEME = "ConceptScheme";
        SKOS_IN_SCHEME = "inScheme";
        SKOS_PREF_LABEL = "prefLabel";
        SKOS_ALT_LABEL = "altLabel";
        SKOS_HIDDEN_LABEL = "hiddenLabel";
        SKOS_EXAMPLE = "example";
    }
    /// Dublin Core.
    dcterms DCTERMS = "http://purl.org/dc/terms/" {
        DCTERMS_TITLE = "title";
        DCTERMS_DESCRIPTION = "description";
    }
    /// European Legislation Identifier.
    eli ELI = "http://data.europa.eu/eli/ontology#" {
        ELI_LEGAL_RESOURCE = "LegalResource";
        ELI_LEGAL_RESOURCE_SUBDIVISION = "LegalResourceSubdivision";
        ELI_LEGAL_EXPRESSION = "LegalExpression";
        ELI_FORMAT = "Format";
        ELI_ID_LOCAL = "id_local";
        ELI_TITLE = "title";
        ELI_DATE_DOCUMENT = "date_document";
        ELI_PASSED_BY = "passed_by";
        ELI_IS_ABOUT = "is_about";
        ELI_IS_REALIZED_BY = "is_realized_by";
        ELI_REALIZES = "realizes";
        ELI_IS_EMBODIED_BY = "is_embodied_by";
        ELI_EMBODIES = "embodies";
        ELI_LANGUAGE = "language";
        ELI_IS_PART_OF = "is_part_of";
        ELI_TYPE_SUBDIVISION = "type_subdivision";
        ELI_CITES = "cites";
        ELI_AMENDS = "amends";
        ELI_REPEALS = "repeals";
        ELI_CORRECTS = "corrects";
        ELI_BASED_ON = "based_on";
    }
    /// United Nations System Document Ontology.
    undo UNDO = "https://w3id.org/un/ontology/undo/" {
        UNDO_RESOLUTION = "Resolution";
        UNDO_OFFICIAL_STATEMENT = "OfficialStatement";
        UNDO_TREATY = "Treaty";
        UNDO_CONVENTION = "Convention";
    }
    /// Citation Typing Ontology.
    cito CITO = "http://purl.org/spar/cito/" {
        CITO_CITATION = "Citation";
        CITO_HAS_CITING_ENTITY = "hasCitingEntity";
        CITO_HAS_CITED_ENTITY = "hasCitedEntity";
        CITO_HAS_CITATION_CHARACTERIZATION = "hasCitationCharacterization";
        CITO_CITES = "cites";
        CITO_AGREES_WITH = "agreesWith";
        CITO_CITES_AS_AUTHORITY = "citesAsAuthority";
        CITO_CITES_AS_EVIDENCE = "citesAsEvidence";
        CITO_CITES_FOR_INFORMATION = "citesForInformation";
        CITO_CITES_AS_RELATED = "citesAsRelated";
        CITO_CONFIRMS = "confirms";
        CITO_CRITIQUES = "critiques";
        CITO_DISAGREES_WITH = "disagreesWith";
        CITO_DISCUSSES = "discusses";
        CITO_EXTENDS = "extends";
        CITO_OBTAINS_BACKGROUND_FROM = "obtainsBackgroundFrom";
        CITO_OBTAINS_SUPPORT_FROM = "obtainsSupportFrom";
        CITO_SUPPORTS = "supports";
        CITO_UPDATES = "updates";
        CITO_CREDITS = "credits";
        CITO_REFUTES = "refutes";
        CITO_QUALIFIES = "qualifies";
        CITO_USES_METHOD_IN = "usesMethodIn";
    }
    /// FRBR-aligned Bibliographic Ontology.
    fabio FABIO = "http://purl.org/spar/fabio/" {
        FABIO_REPORT = "Report";
        FABIO_LETTER = "Letter";
    }
    /// Document Components Ontology.
    doco DOCO = "http://purl.org/spar/doco/" {
        DOCO_PARAGRAPH = "Paragraph";
    }
    /// Web Annotation.
    oa OA = "http://www.w3.org/ns/oa#" {
        OA_ANNOTATION = "Annotation";
        OA_HAS_BODY = "hasBody";
        OA_HAS_TARGET = "hasTarget";
        OA_HAS_SOURCE = "hasSource";
        OA_HAS_SELECTOR = "hasSelector";
        OA_TEXT_QUOTE_SELECTOR = "TextQuoteSelector";
        OA_TEXT_POSITION_SELECTOR = "TextPositionSelector";
        OA_EXACT = "exact";
        OA_PREFIX = "prefix";
        OA_SUFFIX = "suffix";
        OA_START = "start";
        OA_END = "end";
    }
    /// Provenance.
    prov PROV = "http://www.w3.org/ns/prov#" {
        PROV_WAS_DERIVED_FROM = "wasDerivedFrom";
    }
    /// Organizations.
    org ORG = "http://www.w3.org/ns/org#" {
        ORG_ORGANIZATION = "Organization";
        ORG_POST = "Post";
        ORG_SUB_ORGANIZATION_OF = "subOrganizationOf";
    }
    /// Friend of a Friend.
    foaf FOAF = "http://xmlns.com/foaf/0.1/" {
        FOAF_PERSON = "Person";
        FOAF_PRIMARY_TOPIC = "primaryTopic";
    }
    /// Open government (Popolo).
    opengov OPENGOV = "http://www.w3.org/ns/opengov#" {
        OPENGOV_VOTE_EVENT = "VoteEvent";
        OPENGOV_VOTE_EVENT_OF = "voteEvent";
        OPENGOV_MOTION = "motion";
        OPENGOV_RESULT = "result";
    }
    /// Schema.org.
    schema SCHEMA = "https://schema.org/" {
        SCHEMA_ABOUT = "about";
        SCHEMA_MENTIONS = "mentions";
    }
    /// Vocabulary of Interlinked Datasets.
    void VOID = "http://rdfs.org/ns/void#" {
        VOID_DATASET = "Dataset";
        VOID_TRIPLES = "triples";
        VOID_DOCUMENTS = "documents";
        VOID_URI_SPACE = "uriSpace";
        VOID_VOCABULARY = "vocabulary";
        VOID_CLASS_PARTITION = "classPartition";
        VOID_CLASS = "class";
        VOID_ENTITIES = "entities";
        VOID_IN_DATASET = "inDataset";
    }
    /// Data Catalog Vocabulary.
    dcat DCAT = "http://www.w3.org/ns/dcat#" {
        DCAT_DATASET = "Dataset";
        DCAT_MEDIA_TYPE = "mediaType";
        DCAT_BYTE_SIZE = "byteSize";
    }
    /// Shapes Constraint Language.
    sh SH = "http://www.w3.org/ns/shacl#" {
        SH_NODE_SHAPE = "NodeShape";
        SH_TARGET_CLASS = "targetClass";
        SH_TARGET_SUBJECTS_OF = "targetSubjectsOf";
        SH_TARGET_OBJECTS_OF = "targetObjectsOf";
        SH_PROPERTY = "property";
        SH_PATH = "path";
        SH_INVERSE_PATH = "inversePath";
        SH_MIN_COUNT = "minCount";
        SH_MAX_COUNT = "maxCount";
        SH_DATATYPE = "datatype";
        SH_CLASS = "class";
        SH_NODE_KIND = "nodeKind";
        SH_IRI = "IRI";
        SH_LITERAL = "Literal";
        SH_BLANK_NODE = "BlankNode";
        SH_BLANK_NODE_OR_IRI = "BlankNodeOrIRI";
        SH_BLANK_NODE_OR_LITERAL = "BlankNodeOrLiteral";
        SH_IRI_OR_LITERAL = "IRIOrLiteral";
        SH_PATTERN = "pattern";
        SH_IN = "in";
        SH_HAS_VALUE = "hasValue";
        SH_MIN_INCLUSIVE = "minInclusive";
        SH_MAX_INCLUSIVE = "maxInclusive";
        SH_MIN_LENGTH = "minLength";
        SH_UNIQUE_LANG = "uniqueLang";
        SH_OR = "or";
        SH_NAME = "name";
        SH_DESCRIPTION = "description";
        SH_MESSAGE = "message";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::NamedOrBlankNode;

    use super::*;

    #[test]
    fn the_vocabulary_in_turtle_and_the_one_in_rust_are_the_same() {
        let turtle = include_str!("../../ontology/resograph.ttl");
        let mut declared = BTreeSet::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
            if let NamedOrBlankNode::NamedNode(node) = quad.expect("valid Turtle").subject {
                declared.insert(node.into_string());
            }
        }
        declared.remove(RG.trim_end_matches('#'));
        let known: BTreeSet<String> = TERMS.iter().map(ToString::to_string).collect();
        let missing: Vec<_> = known.difference(&declared).collect();
        let unused: Vec<_> = declared.difference(&known).collect();
        assert!(missing.is_empty(), "not in resograph.ttl: {missing:?}");
        assert!(unused.is_empty(), "not in vocab.rs: {unused:?}");
    }

    #[test]
    fn every_own_term_in_the_data_files_is_declared() {
        let known: BTreeSet<&str> = TERMS.iter().copied().collect();
        for dir in ["ontology", "ontology/authorities"] {
            let dir = format!("{}/{dir}", env!("CARGO_MANIFEST_DIR"));
            for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
                let path = entry.path();
                if path.extension().is_none_or(|e| e != "ttl") {
                    continue;
                }
                let turtle = std::fs::read_to_string(&path).expect("UTF-8");
                for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&turtle) {
                    let quad = quad.expect("valid Turtle");
                    let mut used = vec![quad.predicate.into_string()];
                    if let oxigraph::model::Term::NamedNode(node) = quad.object {
                        used.push(node.into_string());
                    }
                    for iri in used.iter().filter(|iri| iri.starts_with(RG)) {
                        assert!(known.contains(&**iri), "{}: {iri} is not declared", path.display());
                    }
                }
            }
        }
    }

    #[test]
    fn every_prefix_stands_for_one_namespace() {
        let prefixes: BTreeSet<_> = PREFIXES.iter().map(|(prefix, _)| prefix).collect();
        let namespaces: BTreeSet<_> = PREFIXES.iter().map(|(_, namespace)| namespace).collect();
        assert_eq!((prefixes.len(), namespaces.len()), (PREFIXES.len(), PREFIXES.len()));
    }
}
