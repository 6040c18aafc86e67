//! A day of a newspaper in one file: `第1版 要闻`, and under it `1. title` and text.

use super::words;
use super::{
    Field, LIKELY, Number, OVERWHELMING, Place, Plan, Prose, byline_at, inside, is_headline,
    number, whole,
};
use crate::article::chars::is_blank;
use crate::article::lines::Lines;
use crate::article::{Role, cues};

/// Lines in which the first page header must stand.
const TOP: usize = 4;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    let top = (0..TOP.min(lines.filled.len())).find(|&at| page(lines, at).is_some())?;
    let slight = |at: usize| lines.filled.get(at).is_some_and(|line| line.chars <= 40);
    if !(0..top).all(slight) {
        return None;
    }
    let mut reader = Reader { lines, fields: Vec::new(), items: Vec::new(), pages: Vec::new() };
    for at in top..lines.filled.len() {
        reader.read(at)?;
    }
    reader.plan()
}

/// The number of the page when line `at` is a page header.
fn page(lines: &Lines<'_>, at: usize) -> Option<u32> {
    let line = lines.filled.get(at).filter(|line| line.chars <= 30)?;
    let frame = |c: char| is_blank(c) || "=＝-—#*【】[]".contains(c);
    let inner = line.range.of(lines.text).trim_matches(frame);
    let (value, rest) = page_number(inner)?;
    let apart = |c: char| is_blank(c) || "：:（(·-—|｜】]".contains(c);
    rest.chars().next().is_none_or(apart).then_some(value)
}

/// Reads `第N版`; what follows it is returned.
pub(super) fn page_number(text: &str) -> Option<(u32, &str)> {
    let text = text.strip_prefix('第')?.trim_start_matches(is_blank);
    let (value, rest) = super::digits(text).or_else(|| han_number(text))?;
    let rest = rest.trim_start_matches(is_blank).strip_prefix('版')?;
    Some((value, rest))
}

/// A number up to ninety-nine in Chinese numerals.
fn han_number(text: &str) -> Option<(u32, &str)> {
    fn one(text: &str) -> Option<(u32, &str)> {
        const ONES: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
        (1..).zip(ONES).find_map(|(value, one)| Some((value, text.strip_prefix(one)?)))
    }
    let (tens, rest) = one(text).unwrap_or((0, text));
    match rest.strip_prefix('十') {
        Some(rest) => {
            let (ones, rest) = one(rest).unwrap_or((0, rest));
            Some((tens.max(1) * 10 + ones, rest))
        }
        None => (tens > 0).then_some((tens, rest)),
    }
}

struct Item {
    at: usize,
    number: Number,
    /// First line of its text.
    text: usize,
    /// Page headers above it.
    page: usize,
}

struct Reader<'a, 't> {
    lines: &'a Lines<'t>,
    fields: Vec<Field>,
    items: Vec<Item>,
    /// Line and number of each page header.
    pages: Vec<(usize, u32)>,
}

impl Reader<'_, '_> {
    /// Takes the next line; `None` when it is out of place.
    fn read(&mut self, at: usize) -> Option<()> {
        if let Some(value) = page(self.lines, at) {
            if self.pages.last().is_some_and(|&(_, last)| value <= last) {
                return None;
            }
            self.pages.push((at, value));
            self.fields.extend(whole(self.lines, at, Place::Page(Role::PageHeader)));
            return Some(());
        }
        let fresh = self.items.last().map_or(0, |item| item.page) < self.pages.len();
        let line = self.lines.filled.get(at)?;
        let text = self.lines.str(at);
        let last = self.items.last().map(|item| item.number);
        let number = number(text).filter(|number| last.is_none_or(|last| last.mark == number.mark));
        match number.filter(|_| is_headline(line)) {
            Some(number) => {
                let next = last.map_or(1, |last| last.value + 1);
                if number.value != next && !(fresh && number.value == 1) {
                    return None;
                }
                self.item(at, number);
            }
            None if fresh => return cues::is_imprint(text).then_some(()),
            None => {}
        }
        Some(())
    }

    fn item(&mut self, at: usize, number: Number) {
        let end = self.lines.str(at).len();
        let title = Place::Article(Role::Title);
        self.fields.extend(inside(self.lines, at, number.length, end, title));
        let names = byline_at(self.lines, at + 1);
        let text = at + 1 + usize::from(names.is_some());
        self.fields.extend(names);
        self.items.push(Item { at, number, text, page: self.pages.len() });
    }

    fn plan(self) -> Option<Plan> {
        let count = self.items.len();
        let ends = self.items.iter().skip(1).map(|item| item.at).chain([self.lines.filled.len()]);
        let mut texts = 0;
        for (item, end) in self.items.iter().zip(ends) {
            let header = self.pages.get(item.page).map_or(end, |&(at, _)| at.min(end));
            let prose = Prose::of(self.lines, item.text..header);
            if prose.chars < 10 {
                return None;
            }
            texts += usize::from(prose.is_text());
        }
        if count < 3 || texts * 5 < count * 4 || self.pages.first()?.1 > 4 {
            return None;
        }
        let sure = self.pages.len() >= 2 && count >= 4 && texts * 10 >= count * 9;
        Some(Plan {
            fields: self.fields,
            starts: self.items.iter().map(|item| item.at).collect(),
            confidence: if sure { OVERWHELMING } else { LIKELY },
            evidence: vec![words::HEADER, words::NUMBERED],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_headers() {
        for (text, want) in [
            ("第1版 要闻", Some(1)),
            ("第 12 版：要闻", Some(12)),
            ("== 第2版 ==", Some(2)),
            ("【第三版】", Some(3)),
            ("第二十一版", Some(21)),
            ("第十版", Some(10)),
            ("第1版第2次印刷", None),
            ("第1章 要闻", None),
            ("第版", None),
        ] {
            assert_eq!(page(&Lines::scan(text), 0), want, "{text}");
        }
    }
}
