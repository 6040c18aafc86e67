//! How many articles there are of each month.

use std::{collections::BTreeMap, sync::Arc};

use super::{ArticleKey, KeySet, Listing};
use crate::article::facts::IssueDate;

/// Rows between two looks at whether the result is still wanted.
const STEP: usize = 8192;

/// How many articles there are of each month, and of years of which no month is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Months {
    counts: BTreeMap<IssueDate, usize>,
    /// Articles without a date.
    pub undated: usize,
}

/// The rows of a list at one moment, to be counted wherever there is time.
#[derive(Clone, Debug)]
pub struct Counting {
    /// Which one it is.
    pub number: u64,
    pub(crate) listing: Listing,
    pub(crate) keys: Arc<Vec<ArticleKey>>,
    /// Only these are counted, if anything is said of it.
    pub(crate) among: Option<KeySet>,
}

impl PartialEq for Counting {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Counting {}

impl Counting {
    /// Counts; `None` if that is not wanted any more, which `is_over` is asked now and then.
    pub fn run(&self, is_over: &dyn Fn() -> bool) -> Option<Months> {
        let mut months = Months::default();
        for keys in self.keys.chunks(STEP) {
            if is_over() {
                return None;
            }
            let counted = |key: &&ArticleKey| self.among.as_ref().is_none_or(|set| set.has(**key));
            for row in keys.iter().filter(counted).filter_map(|key| self.listing.row(*key)) {
                months.count(row.date);
            }
        }
        Some(months)
    }
}

impl Months {
    /// Counts an article.
    pub fn count(&mut self, date: Option<IssueDate>) {
        let month = date.and_then(|date| match date.parts() {
            (year, Some(month), _) => IssueDate::month(year.into(), month.into()),
            (year, None, _) => IssueDate::year(year.into()),
        });
        match month {
            Some(month) => *self.counts.entry(month).or_default() += 1,
            None => self.undated += 1,
        }
    }

    /// The months that have articles, the first one first, each with their number.
    pub fn all(&self) -> impl Iterator<Item = (IssueDate, usize)> + '_ {
        self.counts.iter().map(|(month, count)| (*month, *count))
    }

    /// The most articles of a month.
    pub fn most(&self) -> usize {
        self.counts.values().copied().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_for_their_month() {
        let mut months = Months::default();
        for date in [
            IssueDate::day(2014, 5, 12),
            None,
            IssueDate::year(2013),
            IssueDate::month(2014, 5),
            IssueDate::day(2014, 3, 1),
        ] {
            months.count(date);
        }
        let all: Vec<(String, usize)> =
            months.all().map(|(month, count)| (month.to_string(), count)).collect();
        let expected = [("2013", 1), ("2014-03", 1), ("2014-05", 2)];
        assert_eq!(all, expected.map(|(month, count)| (month.to_owned(), count)));
        assert_eq!((months.most(), months.undated), (2, 1));
    }
}
