//! One value out of many that sources state, whatever the order in which they were read.

use std::cmp::Reverse;

use super::contribution::Trust;

/// The values stated for one property, each with who states it and how often. They are few.
#[derive(Debug)]
pub(super) struct Ranked<T>(Vec<(Trust, T, u32)>);

impl<T> Default for Ranked<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Ranked<T> {
    pub(super) fn add(&mut self, trust: Trust, value: T) {
        self.add_times(trust, value, 1);
    }

    fn add_times(&mut self, trust: Trust, value: T, times: u32) {
        match self.0.iter_mut().find(|(t, v, _)| *t == trust && *v == value) {
            Some((_, _, count)) => *count += times,
            None => self.0.push((trust, value, times)),
        }
    }

    pub(super) fn add_some(&mut self, trust: Trust, value: Option<T>) {
        if let Some(value) = value {
            self.add(trust, value);
        }
    }

    /// Adds a value that is copied only where it is new.
    pub(super) fn add_ref<B>(&mut self, trust: Trust, value: Option<&B>)
    where
        T: std::borrow::Borrow<B>,
        B: ?Sized + PartialEq + ToOwned<Owned = T>,
    {
        let Some(value) = value else { return };
        match self.0.iter_mut().find(|(t, v, _)| *t == trust && v.borrow() == value) {
            Some((_, _, count)) => *count += 1,
            None => self.0.push((trust, value.to_owned(), 1)),
        }
    }

    /// Takes in what was stated elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        for (trust, value, times) in other.0 {
            self.add_times(trust, value, times);
        }
    }

    /// The value of the most trusted source; among equals the most frequent, then the least.
    pub(super) fn best(&self) -> Option<&T> {
        let best = self.0.iter().min_by_key(|(trust, value, count)| (*trust, Reverse(*count), value));
        best.map(|(_, value, _)| value)
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
