//! What the header or footer of a page says.

use std::{fmt, num::NonZero};

use super::{
    super::{Page, Role, chars::is_blank, cues},
    Claims,
    date::{self, number},
    is_newspaper,
};

/// The page of a newspaper: its number, below the letter of its section if there are several.
/// Pages sort as they lie in the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageNumber {
    // Numbers that cannot be 0, so that an optional page takes no more than these four bytes.
    sheet: Option<NonZero<u8>>,
    number: NonZero<u16>,
}

impl PageNumber {
    /// A page with this number, below the letter of its section, which is ASCII and capital; `None` for 0 and for
    /// numbers that no newspaper has.
    pub fn new(sheet: Option<char>, number: u32) -> Option<Self> {
        let letter = |sheet: char| u8::try_from(sheet).ok().filter(u8::is_ascii_uppercase);
        let sheet = match sheet {
            Some(sheet) => Some(NonZero::new(letter(sheet)?)?),
            None => None,
        };
        let number = u16::try_from(number).ok().filter(|number| *number <= 400)?;
        Some(Self { sheet, number: NonZero::new(number)? })
    }

    /// The letter of the section, `A` for page A3.
    pub fn sheet(self) -> Option<char> {
        self.sheet.map(|sheet| char::from(sheet.get()))
    }

    /// The number, from 1.
    pub fn number(self) -> u16 {
        self.number.get()
    }
}

/// `A3`, or `3` for a paper of one section.
impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sheet().map_or(Ok(()), |sheet| write!(f, "{sheet}"))?;
        write!(f, "{}", self.number)
    }
}

/// A header with its place.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// First byte of its line in the text of the page.
    pub(super) at: usize,
    pub(super) claims: Claims,
}

/// Lines at either end of a page that may be a header without having been seen as one.
const ENDS: usize = 2;
/// Longest header in characters.
const LONGEST: usize = 60;

/// All lines of a page that say something about the issue, in order.
pub(super) fn all(page: &Page) -> Vec<Header> {
    let filled = || page.lines.iter().filter(|line| line.role != Role::Blank);
    let first = filled().nth(ENDS).map_or(usize::MAX, |line| line.range.start);
    let last = filled().rev().take(ENDS).last().map_or(0, |line| line.range.start);
    filled()
        .filter_map(|line| {
            let text = line.range.of(&page.text).trim_matches(is_blank);
            let seen = line.role == Role::PageHeader;
            let outer = line.range.start < first || line.range.start >= last;
            let claims = if seen || outer { read(text, seen) } else { None }?;
            Some(Header { at: line.range.start, claims })
        })
        .collect()
}

/// What all headers that say anything about it agree on.
pub(super) fn agreed(headers: &[Header]) -> Claims {
    fn one<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }
    Claims {
        date: one(headers.iter().filter_map(|header| header.claims.date)),
        paper: one(headers.iter().filter_map(|header| header.claims.paper.clone())),
        page: one(headers.iter().filter_map(|header| header.claims.page)),
    }
}

/// Reads a header. A line that was not seen as one has to be nothing but date, day of the week,
/// newspaper and page.
fn read(line: &str, seen: bool) -> Option<Claims> {
    // Stops and commas stand in sentences, whatever the line was taken for.
    if line.chars().nth(LONGEST).is_some() || line.contains(['。', '！', '？', '；', '，']) {
        return None;
    }
    let found = date::only_day(line);
    let (before, after) = match &found {
        Some(found) => (line.get(..found.start)?, line.get(found.end..)?),
        None => (line, ""),
    };
    let mut claims = Claims { date: found.map(|found| found.date), ..Claims::default() };
    let mut rest = 0;
    let separates = |c: char| is_blank(c) || "|｜·•—-,，:：;；()（）[]【】/".contains(c);
    for word in [before, after].into_iter().flat_map(|part| part.split(separates)) {
        let word = word.trim_matches(['《', '》']);
        if word.is_empty() || is_weekday(word) {
            continue;
        }
        match page_number(word) {
            Some(page) if claims.page.is_none() => claims.page = Some(page),
            None if is_newspaper(word) && claims.paper.is_none() => {
                claims.paper = Some(word.to_owned());
            }
            _ if word.chars().nth(8).is_some() => return None,
            _ => rest += 1,
        }
    }
    let told = claims.date.is_some() || claims.page.is_some();
    // A name alone may be a headline, and other words make it a sentence.
    (told && (rest == 0 || seen)).then_some(claims)
}

fn is_weekday(word: &str) -> bool {
    let day = ["星期", "周", "礼拜", "禮拜"].iter().find_map(|start| word.strip_prefix(start));
    day.is_some_and(|day| ["一", "二", "三", "四", "五", "六", "日", "天"].contains(&day))
}

/// `第5版`, `第十二版`, `A01版`.
pub(super) fn page_number(word: &str) -> Option<PageNumber> {
    let word = word.strip_suffix('版')?;
    if let Some(counted) = word.strip_prefix('第') {
        return sheet_and_number(counted.trim());
    }
    word.starts_with(|c: char| c.is_ascii_uppercase()).then(|| sheet_and_number(word)).flatten()
}

/// `A01` or `5`.
fn sheet_and_number(word: &str) -> Option<PageNumber> {
    let sheet = word.chars().next().filter(char::is_ascii_uppercase);
    let digits = if sheet.is_some() { word.get(1..)? } else { word };
    let (number, rest) = number(digits, 3)?;
    rest.is_empty().then(|| PageNumber::new(sheet, number)).flatten()
}

/// Whether a line looks like the name of a page with the name of a column behind it.
pub(super) fn page_with_column(text: &str) -> Option<PageNumber> {
    let word = text.split([':', '：', ' ', '-', '_', '（', '(']).next().unwrap_or(text);
    page_number(word).filter(|_| cues::is_page_number(cues::head(text, 40)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{SplitMode, split};

    #[test]
    fn headers() {
        for (line, seen, found) in [
            ("2003年4月20日人民日报 第5版", false, "2003-04-20|人民日报|5"),
            ("远山日报 2021年3月5日 星期五 第04版", false, "2021-03-05|远山日报|4"),
            ("A01版:重点", true, "||A1"),
            ("A01版：重点", false, "-"),
            ("第十二版", false, "||12"),
            ("2021-03-05", false, "2021-03-05||"),
            ("远山日报", true, "-"),
            ("他2021年3月5日在远山日报工作", false, "-"),
            ("他读了人民日报的第5版", false, "-"),
            ("责任编辑：王明", true, "-"),
        ] {
            let text = read(line, seen).map_or_else(
                || "-".to_owned(),
                |claims| {
                    let date = claims.date.map(|date| date.to_string()).unwrap_or_default();
                    let page = claims.page.map(|page| page.to_string()).unwrap_or_default();
                    format!("{date}|{}|{page}", claims.paper.unwrap_or_default())
                },
            );
            assert_eq!(text, found, "{line}");
        }
    }

    #[test]
    fn a_name_in_running_text_is_no_header() {
        let text = "石板路上\n\n□林小满\n\n雨停了。他说，2021年3月5日的人民日报第5版写过这条路。\n";
        assert!(all(&split(text.into(), SplitMode::Auto)).is_empty());
    }
}
