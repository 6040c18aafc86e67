//! Dates as they are written. A type of our own: a date may lack day and month, and nothing is
//! ever reckoned with it, so a calendar of time zones and durations would not earn its place.

use std::{fmt, num::NonZero};

use super::super::chars::is_numeral;

/// The date of an issue: a day, or only its month or year when no more is known. It is always one
/// that the calendar has, from 1800 to 2100. Dates sort by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IssueDate {
    // Numbers that cannot be 0, so that an optional date takes no more than these four bytes.
    year: NonZero<u16>,
    month: Option<NonZero<u8>>,
    day: Option<NonZero<u8>>,
}

impl IssueDate {
    /// A day; `None` when there is none of that number.
    pub fn day(year: u32, month: u32, day: u32) -> Option<Self> {
        let known = Self::month(year, month)?;
        let day = u8::try_from(day).ok()?;
        let last = last_day(month, is_leap(year))?;
        (1..=last).contains(&day).then_some(Self { day: NonZero::new(day), ..known })
    }

    /// A month.
    pub fn month(year: u32, month: u32) -> Option<Self> {
        let known = Self::year(year)?;
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { month: NonZero::new(month), ..known })
    }

    /// A year.
    pub fn year(year: u32) -> Option<Self> {
        let year = u16::try_from(year).ok().filter(|year| (1800..=2100).contains(year))?;
        Some(Self { year: NonZero::new(year)?, month: None, day: None })
    }

    /// Year, month and day, as far as they are known.
    pub fn parts(self) -> (u16, Option<u8>, Option<u8>) {
        (self.year.get(), self.month.map(NonZero::get), self.day.map(NonZero::get))
    }
}

/// As ISO 8601 has it, with what is known: `2003-04-20`, `2003-04`, `2003`.
impl fmt::Display for IssueDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let rest = [self.month, self.day];
        rest.into_iter().flatten().try_for_each(|number| write!(f, "-{number:02}"))
    }
}

fn is_leap(year: u32) -> bool {
    (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
}

/// The last day of a month.
pub(super) fn last_day(month: u32, leap: bool) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

/// A date found in a text, and the bytes it takes there.
pub(super) struct Found {
    pub(super) date: IssueDate,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The one day that is written in `text`: `20030420`, `2003-4-20`, `2003年4月20日`,
/// `二〇〇三年四月二十日`. `None` when there is none, or several that differ.
pub(super) fn only_day(text: &str) -> Option<Found> {
    let mut only: Option<Found> = None;
    let mut from = 0;
    while let Some(found) = next_day(text, from) {
        if only.as_ref().is_some_and(|only| only.date != found.date) {
            return None;
        }
        from = found.end;
        only.get_or_insert(found);
    }
    only
}

/// The first day that begins at byte `from` or behind it.
fn next_day(text: &str, from: usize) -> Option<Found> {
    let mut before = text.get(..from).and_then(|before| before.chars().next_back());
    for (at, c) in text.get(from..)?.char_indices() {
        let start = from + at;
        // Neither in the middle of a number nor in that of a hash.
        let bounded = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !is_numeral(c));
        before = Some(c);
        if !bounded || !is_numeral(c) {
            continue;
        }
        let rest = text.get(start..)?;
        if let Some((date, length)) = compact(rest).or_else(|| spaced(rest)) {
            return Some(Found { date, start, end: start + length });
        }
    }
    None
}

/// Eight digits that nothing follows which would make them part of something longer.
fn compact(text: &str) -> Option<(IssueDate, usize)> {
    let digits = text.get(..8).filter(|head| head.bytes().all(|b| b.is_ascii_digit()))?;
    if text[8..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let number: u32 = digits.parse().ok()?;
    Some((IssueDate::day(number / 10_000, number / 100 % 100, number % 100)?, 8))
}

/// Year, month and day with one and the same mark between them, or with their Chinese words.
fn spaced(text: &str) -> Option<(IssueDate, usize)> {
    let (year, rest) = number(text, 4)?;
    if text.len() - rest.len() < 4 {
        return None;
    }
    let mark = rest.chars().next()?;
    let (between, behind) = match mark {
        '年' => ('月', Some('日')),
        '-' | '/' | '.' | '_' => (mark, None),
        _ => return None,
    };
    let skip = |rest: &'_ str| if behind.is_some() { rest.trim_start().len() } else { rest.len() };
    let tail = |rest: &str, length: usize| rest.len() - length;
    let rest = rest.strip_prefix(mark)?;
    let (month, rest) = number(rest.get(tail(rest, skip(rest))..)?, 2)?;
    let rest = rest.strip_prefix(between)?;
    let (day, rest) = number(rest.get(tail(rest, skip(rest))..)?, 2)?;
    let rest = match behind {
        Some(mark) => rest.strip_prefix(mark)?,
        // 2003-04-20T08:00 is a day with a time; 2003-04-20x is a name.
        None if rest.starts_with(|c: char| c.is_ascii_alphanumeric() && c != 'T') => return None,
        None => rest,
    };
    Some((IssueDate::day(year, month, day)?, text.len() - rest.len()))
}

/// The number that `text` begins with and what follows it: up to `most` digits, or a Chinese
/// number as it stands in dates, digit by digit or with tens.
pub(super) fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let end = text.find(|c| !digits(c)).unwrap_or(text.len());
    if end > 0 {
        let (word, rest) = text.split_at(end);
        let value = word.chars().try_fold(0_u32, |value, c| {
            let digit = c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32))?;
            value.checked_mul(10)?.checked_add(digit)
        })?;
        return (word.chars().count() <= most).then_some((value, rest));
    }
    let end = text.find(|c| !is_numeral(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    Some((chinese(word)?, rest))
}

/// 二〇〇三, 四, 十, 二十, 三十一.
fn chinese(word: &str) -> Option<u32> {
    let digit =
        |c: char| "零一二三四五六七八九".chars().position(|d| d == c).or((c == '〇').then_some(0));
    let digits = |part: &str| {
        let each = part.chars().map(digit).collect::<Option<Vec<_>>>()?;
        (each.len() <= 4).then(|| each.iter().fold(0, |value, d| value * 10 + *d as u32))
    };
    let Some((tens, ones)) = word.split_once('十') else {
        return if word.is_empty() { None } else { digits(word) };
    };
    let single = |part: &str, none| match part.chars().count() {
        0 => Some(none),
        1 => digits(part),
        _ => None,
    };
    Some(single(tens, 1)? * 10 + single(ones, 0)?)
}

/// The date that the field of a record begins with; a time may follow. A month or a year alone is
/// taken when it is all there is.
pub(super) fn of_field(field: &str) -> Option<IssueDate> {
    let field = field.trim();
    if let Some(found) = next_day(field, 0) {
        return (found.start == 0).then_some(found.date);
    }
    whole(field)
}

/// A text that is a month or a year and nothing else: `2019-02`, `2019年2月`, `2019年`, `2019`.
fn whole(text: &str) -> Option<IssueDate> {
    match year_or_month(text) {
        None => text.parse().ok().filter(|_| text.len() == 4).and_then(IssueDate::year),
        known => known,
    }
}

/// A text that is a month or the word for a year and nothing else: `2019-02`, `2019年2月`,
/// `2019年`.
pub(super) fn year_or_month(text: &str) -> Option<IssueDate> {
    let (year, rest) = number(text, 4)?;
    if text.len() - rest.len() < 4 {
        return None;
    }
    let (month, end) = match rest.chars().next()? {
        '年' if rest == "年" => return IssueDate::year(year),
        '年' => (rest.strip_prefix('年')?, "月"),
        mark @ ('-' | '/' | '.') => (rest.strip_prefix(mark)?, ""),
        _ => return None,
    };
    let (month, rest) = number(month, 2)?;
    (rest == end).then(|| IssueDate::month(year, month)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_a_text() {
        for (text, date) in [
            ("20030420", Some("2003-04-20")),
            ("a_20160816_3", Some("2016-08-16")),
            ("2003-4-20", Some("2003-04-20")),
            ("2003.04.20 08:00", Some("2003-04-20")),
            ("远山日报2003年4月20日 星期日", Some("2003-04-20")),
            ("2003 年4月20日", None),
            ("2003年 4月 20日", Some("2003-04-20")),
            ("二〇〇三年四月二十日", Some("2003-04-20")),
            ("一九四九年十月一日", Some("1949-10-01")),
            ("２００３年１０月２１日", Some("2003-10-21")),
            ("2000-02-29", Some("2000-02-29")),
            ("1900-02-29", None),
            ("2003-13-01", None),
            ("2003-04-31", None),
            ("20031301", None),
            ("17991231", None),
            ("21010101", None),
            ("120030420", None),
            ("200304201", None),
            ("x20030420", None),
            ("20030420x", None),
            ("2003-04/20", None),
            ("20190101-20191231", None),
            ("20190101 2019-01-01", Some("2019-01-01")),
            ("", None),
        ] {
            let found = only_day(text).map(|found| found.date.to_string());
            assert_eq!(found.as_deref(), date, "{text}");
        }
    }

    #[test]
    fn dates_in_fields() {
        for (text, date) in [
            ("2003-04-20T08:00:00Z", Some("2003-04-20")),
            ("2003/4/20 8:00", Some("2003-04-20")),
            ("2003-04", Some("2003-04")),
            ("2003年4月", Some("2003-04")),
            ("2003", Some("2003")),
            ("1045353600", None),
            ("printed 2003-04-20", None),
            ("2003-04-99", None),
            ("", None),
        ] {
            assert_eq!(of_field(text).map(|date| date.to_string()).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn dates_sort_by_time() {
        let dates = [
            IssueDate::year(2003),
            IssueDate::month(2003, 4),
            IssueDate::day(2003, 4, 2),
            IssueDate::day(2003, 4, 20),
            IssueDate::day(2003, 10, 1),
        ];
        assert!(dates.is_sorted() && dates.iter().all(Option::is_some));
    }
}
