//! Content negotiation: which of the formats on offer a client would rather have.

/// A format on offer, by its media type without parameters.
pub trait Offer: Copy {
    /// `text/turtle`
    fn media_type(self) -> &'static str;
}

/// One range of an `Accept` header: `text/*;q=0.5`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// Thousandths.
    quality: u16,
}

impl Range<'_> {
    /// How closely the range names `media_type`: 0 everything, 1 the kind, 2 what it is written in
    /// (`application/json` takes all that is JSON), 3 exactly; `None` not at all.
    fn fit(&self, media_type: &str) -> Option<u8> {
        let (kind, subtype) = media_type.split_once('/')?;
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (k, "*") if k.eq_ignore_ascii_case(kind) => Some(1),
            (k, s) if k.eq_ignore_ascii_case(kind) && s.eq_ignore_ascii_case(subtype) => Some(3),
            (_, s) if subtype.rsplit_once('+').is_some_and(|(_, syntax)| s.eq_ignore_ascii_case(syntax)) => Some(2),
            _ => None,
        }
    }
}

fn ranges(accept: &str) -> impl Iterator<Item = Range<'_>> {
    accept.split(',').filter_map(|part| {
        let mut parts = part.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts
            .filter_map(|p| p.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .map_or(1000, |(_, value)| thousandths(value.trim()));
        Some(Range { kind: kind.trim(), subtype: subtype.trim(), quality })
    })
}

/// `0.35` as 350; what is not a number counts as not wanted.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), digits.parse::<u16>()) {
        (Ok(0), Ok(n)) => n,
        (Ok(1), _) => 1000,
        _ => 0,
    }
}

/// The offer that an `Accept` header prefers, the earliest of equals; the first offer where there
/// is no header, `None` where none is acceptable.
pub fn choose<T: Offer>(accept: Option<&str>, offers: &[T]) -> Option<T> {
    let Some(accept) = accept.filter(|a| !a.trim().is_empty()) else {
        return offers.first().copied();
    };
    let ranges: Vec<_> = ranges(accept).collect();
    let mut best: Option<(u16, T)> = None;
    for &offer in offers {
        // The closest range speaks for an offer, whatever the others say (RFC 9110, 12.5.1).
        let closest = ranges.iter().filter_map(|r| Some((r.fit(offer.media_type())?, r.quality))).max();
        let quality = closest.map_or(0, |(_, q)| q);
        if quality > best.as_ref().map_or(0, |(q, _)| *q) {
            best = Some((quality, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Offer for &'static str {
        fn media_type(self) -> &'static str {
            self
        }
    }

    fn check(accept: &str, expected: Option<&str>) {
        let offers = ["text/html", "text/turtle", "application/ld+json"];
        assert_eq!(choose(Some(accept), &offers), expected, "{accept}");
    }

    #[test]
    fn the_preferred_offer_is_chosen() {
        check("", Some("text/html"));
        check("*/*", Some("text/html"));
        check("text/turtle", Some("text/turtle"));
        check("TEXT/Turtle;charset=utf-8", Some("text/turtle"));
        check("text/html;q=0.4, application/ld+json;q=0.9, */*;q=0.1", Some("application/ld+json"));
        check("text/*;q=0.5, text/html;q=0.1", Some("text/turtle"));
        check("*/*, text/html;q=0", Some("text/turtle"));
        check("application/*", Some("application/ld+json"));
        check("application/json", Some("application/ld+json"));
        check("application/json, application/ld+json;q=0, text/turtle;q=0.1", Some("text/turtle"));
        check("text/xml", None);
        check("image/png", None);
        check("text/turtle;q=0", None);
        check("text/turtle;q=nonsense", None);
        check("text/html;q=0.999, text/turtle;q=1.0", Some("text/turtle"));
    }

    #[test]
    fn no_header_means_the_first() {
        assert_eq!(choose(None, &["text/csv"]), Some("text/csv"));
    }
}
