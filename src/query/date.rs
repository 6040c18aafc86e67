//! Spans of time as a query writes them.

use std::fmt;

use crate::article::facts::IssueDate;

/// From the first day of one date to the last day of another, as far as they are given; at least
/// one of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// Where it begins.
    pub from: Option<IssueDate>,
    /// Where it ends, included.
    pub to: Option<IssueDate>,
}

/// Why something is no span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A part of it is no date.
    NoDate,
    /// It ends before it begins.
    Order,
}

impl DateRange {
    /// Reads `2014`, `2014-05..2015`, `..2014`; `folded` is in the form that is searched.
    pub(super) fn parse(folded: &str) -> Result<Self, Wrong> {
        // An input method types 。 for a full stop and …… for several.
        let plain = folded.replace('。', ".").replace('…', "..");
        let plain = plain.replace("....", "..").replace("...", "..");
        let Some((from, to)) = plain.split_once("..") else {
            let day = Some(date(&plain)?);
            return Ok(Self { from: day, to: day });
        };
        let end = |text: &str| if text.is_empty() { Ok(None) } else { date(text).map(Some) };
        let range = Self { from: end(from.trim())?, to: end(to.trim())? };
        match (range.from, range.to) {
            (None, None) => Err(Wrong::NoDate),
            (Some(from), Some(to)) if first_day(from) > last_day(to) => Err(Wrong::Order),
            _ => Ok(range),
        }
    }

    /// Whether a date lies inside, the whole month or year where no more is known of it.
    ///
    /// ```
    /// use zhaidu::{article::facts::IssueDate, query::date::DateRange};
    ///
    /// let spring = DateRange { from: IssueDate::month(2014, 3), to: IssueDate::month(2014, 5) };
    /// let inside = |date: Option<IssueDate>| date.is_some_and(|date| spring.contains(date));
    /// assert!(inside(IssueDate::day(2014, 5, 31)) && inside(IssueDate::month(2014, 3)));
    /// assert!(!inside(IssueDate::day(2014, 6, 1)) && !inside(IssueDate::year(2014)));
    /// ```
    pub fn contains(self, date: IssueDate) -> bool {
        self.from.is_none_or(|from| first_day(from) <= first_day(date))
            && self.to.is_none_or(|to| last_day(date) <= last_day(to))
    }
}

fn first_day(date: IssueDate) -> (u16, u8, u8) {
    let (year, month, day) = date.parts();
    (year, month.unwrap_or(1), day.unwrap_or(1))
}

/// The last day of a date, or one behind it before the next month.
fn last_day(date: IssueDate) -> (u16, u8, u8) {
    let (year, month, day) = date.parts();
    (year, month.unwrap_or(12), day.unwrap_or(31))
}

/// A year, a month or a day, with one of `-`, `/`, `.` between the numbers, or in Chinese.
fn date(text: &str) -> Result<IssueDate, Wrong> {
    let plain = text.trim_end_matches(['年', '月', '日', '号']);
    let numbers = plain.split(['-', '/', '.', '年', '月']);
    let numbers: Option<Vec<u32>> = numbers.map(number).collect();
    let date = match numbers.as_deref() {
        Some([year]) => IssueDate::year(*year),
        Some([year, month]) => IssueDate::month(*year, *month),
        Some([year, month, day]) => IssueDate::day(*year, *month, *day),
        _ => None,
    };
    date.ok_or(Wrong::NoDate)
}

fn number(digits: &str) -> Option<u32> {
    let plain = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// As it can be typed.
impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        if self.from != self.to {
            f.write_str("..")?;
            if let Some(to) = self.to {
                write!(f, "{to}")?;
            }
        }
        Ok(())
    }
}
