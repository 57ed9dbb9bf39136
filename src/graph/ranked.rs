//! One value out of many that sources state, whatever the order in which they were read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::contribution::Trust;

/// The values stated for one property, each with who states it and how often.
#[derive(Debug)]
pub(super) struct Ranked<T>(BTreeMap<(Trust, T), u32>);

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> Ranked<T> {
    pub(super) fn add(&mut self, trust: Trust, value: T) {
        *self.0.entry((trust, value)).or_default() += 1;
    }

    pub(super) fn add_some(&mut self, trust: Trust, value: Option<T>) {
        if let Some(value) = value {
            self.add(trust, value);
        }
    }

    /// The value of the most trusted source; among equals the most frequent, then the least.
    pub(super) fn best(&self) -> Option<&T> {
        let trust = self.0.keys().next()?.0;
        let equals = self.0.iter().take_while(|((t, _), _)| *t == trust);
        equals.max_by_key(|((_, value), count)| (**count, Reverse(value))).map(|((_, value), _)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_goes_before_frequency_and_frequency_before_order() {
        let mut ranked = Ranked::default();
        assert_eq!(ranked.best(), None);
        for value in ["b", "c", "c", "a"] {
            ranked.add(Trust::Text, value);
        }
        assert_eq!(ranked.best(), Some(&"c"));
        ranked.add(Trust::Markup, "z");
        ranked.add(Trust::Markup, "y");
        assert_eq!(ranked.best(), Some(&"y"));
    }
}
