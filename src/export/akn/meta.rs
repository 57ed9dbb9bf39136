//! What stands before the text: identification by FRBR, subjects, how it was adopted, votes, what it refers to.

use std::fmt::Write;

use oxigraph::store::StorageError;

use super::{Work, iris, xml};
use crate::graph::network::Kind;
use crate::ontology::vocab as v;
use crate::symbol::{Organ, Symbol};

/// As official files write a date that is none; today's would make every export another.
const NO_DATE: &str = "0001-01-01";

impl Work<'_> {
    pub(super) fn meta(&self, out: &mut String) -> Result<(), StorageError> {
        out.push_str("    <meta>\n");
        identification(out, self, "!main", "      ");
        self.classification(out)?;
        self.workflow(out)?;
        self.votes(out)?;
        self.references(out);
        out.push_str("    </meta>\n");
        Ok(())
    }

    fn date(&self) -> String {
        self.node.date.map_or_else(|| NO_DATE.to_owned(), |date| date.to_string())
    }

    /// `/akn/un/statement/deliberation/unsc/2017-11-21/2388-2017`
    fn address(&self) -> String {
        let (date, symbol) = (self.date(), Symbol::parse(&self.node.label));
        let (kind, organ, number) = match &symbol {
            Some(Symbol::CouncilResolution { number, year: Some(year) }) => {
                ("statement/deliberation", "unsc".to_owned(), format!("{number}-{year}"))
            }
            _ => {
                let organ = match self.node.organ {
                    Some(Organ::SecurityCouncil) => "unsc",
                    Some(Organ::GeneralAssembly) => "unga",
                    Some(Organ::EconomicAndSocialCouncil) => "ecosoc",
                    Some(Organ::HumanRightsCouncil) => "unhrc",
                    _ => "un",
                };
                let kind = match self.node.kind {
                    Kind::Resolution | Kind::Statement => "statement/deliberation".to_owned(),
                    kind => format!("doc/{kind}"),
                };
                return format!("/akn/un/{kind}/{organ}/{date}/{}", number(&self.node.label));
            }
        };
        format!("/akn/un/{kind}/{organ}/{date}/{number}")
    }

    /// Title, item of the agenda, subjects.
    fn classification(&self, out: &mut String) -> Result<(), StorageError> {
        let mut lines = String::new();
        for subject in iris(self.store, &self.node.iri, v::ELI_IS_ABOUT)? {
            let Some(label) = self.literals(&subject, v::RDFS_LABEL)?.into_iter().next() else { continue };
            let scheme = self.names(&subject, v::SKOS_IN_SCHEME)?.into_iter().next();
            let scheme = scheme.unwrap_or_else(|| "subject".into());
            keyword(&mut lines, "", &label, &scheme, &format!(" href=\"{}\"", xml(&subject)));
        }
        if let Some(item) = self.literals(&self.node.iri, v::RG_AGENDA_ITEM)?.into_iter().next() {
            keyword(&mut lines, "refersTo=\"agenda\" ", &item, "agenda/", "");
        }
        if let Some(title) = &self.node.title {
            keyword(&mut lines, "refersTo=\"title\" ", title, "title", "");
        }
        if !lines.is_empty() {
            let _ = write!(out, "      <classification source=\"#resograph\">\n{lines}      </classification>\n");
        }
        Ok(())
    }

    /// The draft with its sponsors, and the adoption.
    fn workflow(&self, out: &mut String) -> Result<(), StorageError> {
        let iri = &self.node.iri;
        let mut lines = String::new();
        let mut sponsors = self.names(iri, v::RG_SPONSOR)?;
        sponsors.sort_unstable();
        for draft in self.drafts()? {
            let (draft, by) = (xml(&draft), xml(&sponsors.join(", ")));
            let _ = writeln!(
                lines,
                "        <step date=\"{NO_DATE}\" outcome=\"draftResolution\" as=\"{draft}\" by=\"{by}\"/>"
            );
            sponsors.clear();
        }
        let mut record = None;
        for meeting in iris(self.store, iri, v::RG_ADOPTED_AT)? {
            record = record.or(self.names(&meeting, v::RG_MEETING_RECORD)?.into_iter().next());
        }
        let chapter = self.literals(iri, v::RG_CHAPTER_VII)?.first().is_some_and(|truth| truth == "true");
        let mut result = None;
        for vote in iris(self.store, iri, v::OPENGOV_VOTE_EVENT_OF)? {
            result = self.literals(&vote, v::OPENGOV_RESULT)?.into_iter().next();
        }
        if record.is_some() || result.is_some() || chapter {
            let date = self.date();
            let _ = write!(lines, "        <step date=\"{date}\" outcome=\"adopted\"");
            // The schema wants somebody; official files leave it empty, too.
            let by = Some(result.unwrap_or_default());
            for (name, value) in [("as", record), ("by", by), ("refersTo", chapter.then(|| "Chapter VII".into()))] {
                if let Some(value) = value {
                    let _ = write!(lines, " {name}=\"{}\"", xml(&value));
                }
            }
            lines.push_str("/>\n");
        }
        if !lines.is_empty() {
            let _ = write!(out, "      <workflow source=\"#un\">\n{lines}      </workflow>\n");
        }
        Ok(())
    }

    fn drafts(&self) -> Result<Vec<String>, StorageError> {
        let [property, object] = [v::RG_DRAFT_OF, &self.node.iri].map(oxigraph::model::NamedNodeRef::new_unchecked);
        let mut names = Vec::new();
        for triple in self.store.triples(None, Some(property), Some(object.into())) {
            if let oxigraph::model::NamedOrBlankNode::NamedNode(draft) = triple?.subject {
                names.extend(self.literals(draft.as_str(), v::RDFS_LABEL)?.into_iter().next());
            }
        }
        Ok(names)
    }

    fn votes(&self, out: &mut String) -> Result<(), StorageError> {
        let sides = [
            (v::RG_IN_FAVOUR, v::RG_VOTED_IN_FAVOUR, "inFavour"),
            (v::RG_AGAINST, v::RG_VOTED_AGAINST, "against"),
            (v::RG_ABSTAINING, v::RG_ABSTAINED, "abstaining"),
        ];
        let mut lines = String::new();
        for vote in iris(self.store, &self.node.iri, v::OPENGOV_VOTE_EVENT_OF)? {
            for (count, voters, side) in sides {
                let Some(count) = self.literals(&vote, count)?.into_iter().next() else { continue };
                let _ = write!(lines, "            <count value=\"{}\" refersTo=\"{side}\">", xml(&count));
                let mut names = self.names(&vote, voters)?;
                names.sort_unstable();
                if !names.is_empty() {
                    lines.push_str("<akn4un:voters>");
                    for name in names {
                        let _ = write!(lines, "<organization refersTo=\"memberState\">{}</organization>", xml(&name));
                    }
                    lines.push_str("</akn4un:voters>");
                }
                lines.push_str("</count>\n");
            }
        }
        if !lines.is_empty() {
            let _ = write!(
                out,
                "      <analysis source=\"#un\">\n        <parliamentary>\n          <voting>\n{lines}          \
                 </voting>\n        </parliamentary>\n      </analysis>\n"
            );
        }
        Ok(())
    }

    /// What is cited, and what is named: the marks in the text refer to it.
    fn references(&self, out: &mut String) {
        out.push_str("      <references source=\"#resograph\">\n");
        for (iri, node) in &self.cited {
            let _ = writeln!(out, "        <activeRef href=\"{}\" showAs=\"{}\"/>", xml(iri), xml(&node.label));
        }
        let _ = write!(
            out,
            "        <TLCOrganization eId=\"un\" href=\"/akn/ontology/organization/un\" showAs=\"United Nations\"/>\n        \
             <TLCOrganization eId=\"resograph\" href=\"{}\" showAs=\"resograph\"/>\n        \
             <TLCConcept eId=\"symbol\" href=\"/akn/ontology/reference/un/symbol\" showAs=\"Symbol\"/>\n",
            v::BASE
        );
        for (iri, (name, node)) in &self.named {
            let element = match node.kind {
                Kind::Body | Kind::Group => "TLCOrganization",
                Kind::State => "TLCLocation",
                Kind::Role => "TLCRole",
                Kind::Person => "TLCPerson",
                _ => continue,
            };
            let (name, iri, label) = (xml(name), xml(iri), xml(&node.label));
            let _ = writeln!(out, "        <{element} eId=\"{name}\" href=\"{iri}\" showAs=\"{label}\"/>");
        }
        out.push_str("      </references>\n");
    }
}

/// Work, expression and manifestation of a component (`!main`, `!annex1`).
pub(super) fn identification(out: &mut String, work: &Work<'_>, component: &str, indent: &str) {
    let (address, date, language) = (xml(&work.address()), work.date(), work.language);
    let organ = match work.node.organ {
        Some(Organ::SecurityCouncil) => "sc",
        Some(Organ::GeneralAssembly) => "ga",
        Some(Organ::EconomicAndSocialCouncil) => "ecosoc",
        Some(Organ::HumanRightsCouncil) => "hrc",
        _ => "un",
    };
    let named = if work.node.kind == Kind::Resolution { "adoption" } else { "document" };
    let levels = [
        ("FRBRWork", format!("{address}/{component}"), format!("{address}/"), date.as_str(), named, organ, "author"),
        (
            "FRBRExpression",
            format!("{address}/{language}@{component}"),
            format!("{address}/{language}@/"),
            date.as_str(),
            named,
            organ,
            "issuer",
        ),
        (
            "FRBRManifestation",
            format!("{address}/{language}@/{component}.xml"),
            format!("{address}/{language}@.xml"),
            NO_DATE,
            "markup",
            "#resograph",
            "editor",
        ),
    ];
    let _ = writeln!(out, "{indent}<identification source=\"#resograph\">");
    for (level, this, uri, date, name, author, role) in levels {
        let _ = writeln!(
            out,
            "{indent}  <{level}>\n{indent}    <FRBRthis value=\"{this}\"/>\n{indent}    <FRBRuri value=\"{uri}\"/>"
        );
        if level == "FRBRWork" {
            let _ = writeln!(out, "{indent}    <FRBRalias value=\"{}\" name=\"resograph\"/>", xml(&work.node.iri));
        }
        let _ = writeln!(out, "{indent}    <FRBRdate date=\"{date}\" name=\"{name}\"/>");
        let _ = writeln!(out, "{indent}    <FRBRauthor href=\"{author}\" as=\"{role}\"/>");
        match level {
            "FRBRWork" => {
                let _ = writeln!(out, "{indent}    <FRBRcountry value=\"un\"/>");
            }
            "FRBRExpression" => {
                let _ = writeln!(out, "{indent}    <FRBRlanguage language=\"{language}\"/>");
            }
            _ => {}
        }
        let _ = writeln!(out, "{indent}  </{level}>");
    }
    let _ = writeln!(out, "{indent}</identification>");
}

fn keyword(out: &mut String, refers: &str, label: &str, dictionary: &str, more: &str) {
    let (label, dictionary) = (xml(label), xml(dictionary));
    let _ = writeln!(
        out,
        "        <keyword {refers}value=\"{label}\" showAs=\"{label}\" dictionary=\"{dictionary}\"{more}/>"
    );
}

/// What the symbol of a resolution or statement has behind its series: `74-134`, `2015-25`; of others all of it.
fn number(label: &str) -> String {
    let rest = ["A/RES/", "S/PRST/", "E/RES/", "A/HRC/RES/"].iter().find_map(|series| label.strip_prefix(series));
    let parts: Vec<&str> =
        rest.unwrap_or(label).split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    parts.join("-")
}
