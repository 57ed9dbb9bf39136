//! Pinpoints in languages other than English: "au paragraphe 5 de sa résolution", "第5段". They are given in English
//! words, so that the texts of a document in all languages cite the same part.

use std::fmt::Write as _;

use regex::Captures;

use super::citations::Scene;
use super::text::{first_bytes, last_bytes};
use super::{Citation, Target};
use crate::ontology::grammar::Grammar;
use crate::patterns::patterns;
use crate::read::Language;
use crate::symbol::roman;

patterns! {
    /// One number of a list with the letters behind it, or what joins two.
    PIECE = r"([\d]+|[IVXLC]+\b)|\(?([a-zа-я]{1,4}|\p{Arabic}{1,2})\)|([^\d\s,()、，]+)|([,،、，])";
    RANGE = r"^(?:à|a|al|по|до|إلى|至|[-–])$";
    LAST = r"^(?:et|y|e|и|و|和|及|以及|与)$";
}

/// The part that a citation names.
pub(super) fn part_of(scene: &Scene<'_>, citation: &Citation) -> Option<String> {
    let language = scene.document.language;
    let grammar = scene.ontology.grammar();
    let text = scene.paragraph.text.as_str();
    let patterns = grammar.part_patterns(language)?;
    let found = patterns.before.captures(last_bytes(&text[..citation.span.start], 200));
    let found = found.or_else(|| patterns.behind.captures(first_bytes(&text[citation.span.end..], 90)))?;
    let charter = matches!(&citation.target, Ok(Target::Instrument(id)) if &*id.0 == "instrument/un-charter");
    canonical(&found, language, grammar, charter)
}

/// "paragraphs 5 and 6 (a)" for what stands there in the document's language.
fn canonical(found: &Captures<'_>, language: Language, grammar: &Grammar, charter: bool) -> Option<String> {
    let word = found.name("word").or_else(|| found.name("other"))?.as_str().to_lowercase();
    let kind = &grammar.parts().words.iter().find(|(l, w, _)| *l == language && w.to_lowercase() == word)?.2;
    let list = found.name("list").or_else(|| found.name("number")).map(|m| m.as_str());
    let Some(list) = list else {
        // A part without a number is the only one of its kind.
        return matches!(kind.one.as_str(), "annex" | "appendix" | "preamble").then(|| kind.one.clone());
    };
    let in_roman = !matches!(kind.one.as_str(), "paragraph" | "article");
    let mut out = String::new();
    let mut numbers = 0;
    for piece in PIECE.captures_iter(&in_digits(list, language, grammar, in_roman)) {
        if let Some(number) = piece.get(1) {
            numbers += 1;
            separate(&mut out, " ");
            out.push_str(number.as_str());
        } else if let Some(letter) = piece.get(2) {
            let _ = write!(out, " ({})", grammar.small_letter(letter.as_str()));
        } else if let Some(join) = piece.get(3) {
            if RANGE.is_match(join.as_str()) {
                out.push_str(" to");
            } else if LAST.is_match(join.as_str()) && !out.ends_with(" and") {
                out.truncate(out.trim_end_matches(',').len());
                out.push_str(" and");
            }
        } else if piece.get(4).is_some() && !out.is_empty() {
            out.push(',');
        }
    }
    // Arabic repeats its "and".
    if let Some((before, last)) = out.rsplit_once(" and ").filter(|(before, _)| before.contains(" and ")) {
        out = format!("{} and {last}", before.replace(" and ", ", "));
    }
    let several = numbers > 1;
    let name = if several { &kind.several } else { &kind.one };
    let capital = charter && matches!(kind.one.as_str(), "chapter" | "article");
    let name = if capital { format!("{}{}", name[..1].to_uppercase(), &name[1..]) } else { name.clone() };
    Some(format!("{name} {}", out.trim_matches([' ', ','])))
}

fn separate(out: &mut String, by: &str) {
    if !out.is_empty() {
        out.push_str(by);
    }
}

/// The numbers in words of a list, in digits or as Roman numerals.
fn in_digits(list: &str, language: Language, grammar: &Grammar, in_roman: bool) -> String {
    let shown = |n: u16| if in_roman { roman(n) } else { n.to_string() };
    let words = || grammar.parts().numbers.iter().filter(|(l, _, _)| *l == language);
    if language != Language::Zh {
        let mut named: Vec<_> = words().filter(|(_, w, _)| list.contains(w.as_str())).collect();
        named.sort_by_key(|(_, w, _)| std::cmp::Reverse(w.len()));
        return named.into_iter().fold(list.to_owned(), |text, (_, w, n)| text.replace(w.as_str(), &shown(*n)));
    }
    // Chinese puts its digits together: "四十一" is four tens and one.
    let mut out = String::new();
    let mut value: Option<(u16, u16)> = None;
    for c in list.chars().filter(|c| *c != '第') {
        let digit = words().find(|(_, w, _)| w.starts_with(c)).map(|(_, _, n)| *n);
        value = match (digit, value) {
            (Some(10), v) => Some((v.map_or(10, |(tens, ones)| tens + 10 * ones.max(1)), 0)),
            (Some(n), v) => Some((v.map_or(0, |(tens, _)| tens), n)),
            (None, v) => {
                if let Some((tens, ones)) = v {
                    out.push_str(&shown(tens + ones));
                }
                out.push(c);
                None
            }
        };
    }
    if let Some((tens, ones)) = value {
        out.push_str(&shown(tens + ones));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::ontology::Ontology;
    use crate::read::read_bytes;

    /// Citations as `target verb pinpoint` of a resolution whose text is given with its formula.
    fn check(text: &str, expected: &[&str]) {
        let ontology = Ontology::bundled().expect("bundled files load");
        let whole = format!("S/RES/2500 (2019)\n{text}\n");
        let source = read_bytes("test.txt", whole.into_bytes()).expect("text is read");
        let got: Vec<String> = crate::extract(source, &ontology)
            .extraction
            .citations
            .iter()
            .map(|c| {
                let target = match &c.target {
                    Ok(super::Target::Document(symbol)) => symbol.to_string(),
                    Ok(super::Target::Instrument(id)) => id.0.to_string(),
                    other => format!("{other:?}"),
                };
                [Some(target), c.verb.clone(), c.pinpoint.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn french() {
        check(
            "Le Conseil de sécurité,\nRappelant les paragraphes 4 et 6 a) de sa résolution 1701 (2006), et soulignant l’importance de la résolution 2100 (2013),\n\
             Agissant en vertu du Chapitre VII de la Charte des Nations Unies,\n\
             1. Décide de lever les mesures visées au paragraphe 3 de la résolution 2200 (2015) et demande instamment aux parties d’appliquer la résolution 2300 (2016) ;\n\
             2. Prend également note de l’annexe de la résolution 2310 (2016), qui demande la paix.",
            &[
                "S/RES/1701 (2006) recall paragraphs 4 and 6 (a)",
                "S/RES/2100 (2013) stress",
                "instrument/un-charter act Chapter VII",
                "S/RES/2200 (2015) decide paragraph 3",
                "S/RES/2300 (2016) urge",
                "S/RES/2310 (2016) take note annex",
            ],
        );
    }

    #[test]
    fn spanish() {
        check(
            "El Consejo de Seguridad,\nRecordando el párrafo 5 de su resolución 1701 (2006), y reafirmando la resolución 2100 (2013),\n\
             1. Decide prorrogar las medidas enunciadas en los párrafos 7, 8 y 9 de la resolución 2200 (2015), e insta a las partes a que apliquen la resolución 2300 (2016);",
            &[
                "S/RES/1701 (2006) recall paragraph 5",
                "S/RES/2100 (2013) reaffirm",
                "S/RES/2200 (2015) decide paragraphs 7, 8 and 9",
                "S/RES/2300 (2016) urge",
            ],
        );
    }

    #[test]
    fn russian() {
        check(
            "Совет Безопасности,\nссылаясь на пункт 5 своей резолюции 1701 (2006) и вновь подтверждая резолюцию 2100 (2013),\n\
             действуя на основании главы VII Устава Организации Объединенных Наций,\n\
             1. постановляет продлить меры, введенные в пунктах 7 и 9 резолюции 2200 (2015), и призывает стороны выполнять резолюцию 2300 (2016);",
            &[
                "S/RES/1701 (2006) recall paragraph 5",
                "S/RES/2100 (2013) reaffirm",
                "instrument/un-charter act Chapter VII",
                "S/RES/2200 (2015) decide paragraphs 7 and 9",
                "S/RES/2300 (2016) call upon",
            ],
        );
    }

    #[test]
    fn arabic() {
        check(
            "إن مجلس الأمن،\nإذ يشير إلى الفقرة 5 من قراره 1701 (2006)، وإذ يؤكد من جديد القرار 2100 (2013)،\n\
             وإذ يتصرف بموجب الفصل السابع من ميثاق الأمم المتحدة،\n\
             1 -\nيقرر تمديد التدابير المنصوص عليها في الفقرات 7 و 8 و 9 (ب) من القرار 2200 (2015)، ويطلب إلى الأمين العام تنفيذ القرار 2300 (2016)؛",
            &[
                "S/RES/1701 (2006) recall paragraph 5",
                "S/RES/2100 (2013) reaffirm",
                "instrument/un-charter act Chapter VII",
                "S/RES/2200 (2015) decide paragraphs 7, 8 and 9 (b)",
                "S/RES/2300 (2016) request",
            ],
        );
    }

    #[test]
    fn chinese() {
        check(
            "安全理事会，\n回顾第1701(2006)号决议第5段，重申第2100(2013)号决议，\n根据《联合国宪章》第七章采取行动，\n\
             1. 决定延长第2200(2015)号决议第7和第9(b)段规定的措施，并敦促各方执行第2300(2016)号决议附件二；",
            &[
                "S/RES/1701 (2006) recall paragraph 5",
                "S/RES/2100 (2013) reaffirm",
                "instrument/un-charter act Chapter VII",
                "S/RES/2200 (2015) decide paragraphs 7 and 9 (b)",
                "S/RES/2300 (2016) urge annex II",
            ],
        );
    }
}
