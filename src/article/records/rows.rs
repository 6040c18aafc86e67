//! An article on each line: `第1版()专栏:要闻 title text`, `title⇥text`, `1. title text`.

use super::day::page_number;
use super::words;
use super::{
    Field, LIKELY, OVERWHELMING, Place, Plan, TEXT, are_titles, inside, is_headline, number,
};
use crate::article::chars::is_blank;
use crate::article::lines::{Line, Lines};
use crate::article::why::Word;
use crate::article::{Role, byline, cues};

/// Characters in which the head of a line must end.
const HEAD: usize = 120;

pub(super) fn find(lines: &Lines<'_>) -> Option<Plan> {
    headed(lines).or_else(|| tabbed(lines)).or_else(|| numbered(lines))
}

/// Where the fields of a line lie, in bytes from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    /// Page and column, from the start of the line to here.
    column: usize,
    title: (usize, usize),
    byline: (usize, usize),
    text: usize,
}

impl Row {
    fn fields(self, lines: &Lines<'_>, at: usize) -> impl Iterator<Item = Field> {
        let all = [
            (Role::Column, (0, self.column)),
            (Role::Title, self.title),
            (Role::Byline, self.byline),
            (Role::Paragraph, (self.text, lines.str(at).len())),
        ];
        all.map(|(role, (from, to))| inside(lines, at, from, to, Place::Article(role)))
            .into_iter()
            .flatten()
    }
}

/// Lines that begin with their page and column.
fn headed(lines: &Lines<'_>) -> Option<Plan> {
    let rows = rows(lines, |_, text| {
        let column = column(text)?;
        let mut row = head(text, column).unwrap_or(Row { text: column, ..Row::default() });
        row.column = column;
        Some(row)
    })?;
    let long = lines.filled.iter().filter(|line| line.chars >= TEXT).count();
    let titled = rows.iter().filter(|row| row.title.1 > 0).count();
    let enough = rows.len() >= 3 && long * 5 >= rows.len() * 4 && titled * 10 >= rows.len() * 9;
    let evidence = vec![words::HEADER, words::ROWS];
    enough.then(|| plan(lines, &rows, OVERWHELMING, evidence))
}

/// Bytes of `第1版(要闻)专栏:国内要闻`; page alone is not enough.
fn column(text: &str) -> Option<usize> {
    let start = cues::head(text, 48);
    let (_, rest) = page_number(start)?;
    let place = match rest.strip_prefix(['(', '（']) {
        Some(inner) => inner.split_once([')', '）']).map(|(_, rest)| rest)?,
        None => rest,
    };
    let named = place.trim_start_matches(is_blank).strip_prefix("专栏").map(|name| {
        let name = name.strip_prefix([':', '：']).unwrap_or(name);
        name.find(is_blank).map_or("", |end| name.split_at(end).1)
    });
    let rest =
        named.filter(|rest| !rest.is_empty()).or((place.len() < rest.len()).then_some(place))?;
    Some(start.len() - rest.len())
}

/// Lines of a title, a tabulator and text.
fn tabbed(lines: &Lines<'_>) -> Option<Plan> {
    let rows = rows(lines, |line, text| {
        let (title, body) = text.split_once('\t')?;
        let row = Row { title: (0, title.len()), text: title.len() + 1, ..Row::default() };
        (!body.contains('\t') && is_row(line, title, TEXT)).then_some(row)
    })?;
    let sound = rows.len() >= 3 && are_articles(lines, &rows);
    sound.then(|| plan(lines, &rows, LIKELY, vec![words::ROWS, words::TABS]))
}

/// Lines that are numbered from one, with space between title and text.
fn numbered(lines: &Lines<'_>) -> Option<Plan> {
    let mut last = 0;
    let mut mark = None;
    let rows = rows(lines, |line, text| {
        let number = number(text)?;
        last += 1;
        if number.value != last || *mark.get_or_insert(number.mark) != number.mark {
            return None;
        }
        let row = head(text, number.length)?;
        is_row(line, text.get(row.title.0..row.title.1)?, 100).then_some(row)
    })?;
    let sound = rows.len() >= 5 && are_articles(lines, &rows);
    sound.then(|| plan(lines, &rows, LIKELY, vec![words::ROWS, words::NUMBERED]))
}

/// The fields of every line; `None` at the first line that `read` does not know.
fn rows(lines: &Lines<'_>, mut read: impl FnMut(&Line, &str) -> Option<Row>) -> Option<Vec<Row>> {
    let row = |(at, line)| read(line, lines.str(at));
    lines.filled.iter().enumerate().map(row).collect()
}

/// Whether `title` can be the headline of the line, and `least` characters of text go with it.
fn is_row(line: &Line, title: &str, least: u32) -> bool {
    let facts = Line::of(title, 0, 0, 0);
    facts.is_some_and(|title| is_headline(&title) && line.chars >= title.chars + least)
        && line.is_chinese()
        && line.stopped
}

/// Whether the lines hold articles and not words with what they mean, speakers with what they say,
/// questions with answers: titles of some length that differ, over texts of several sentences.
fn are_articles(lines: &Lines<'_>, rows: &[Row]) -> bool {
    let title = |(at, row): (usize, &Row)| lines.str(at).get(row.title.0..row.title.1);
    let titles: Vec<&str> = rows.iter().enumerate().filter_map(title).map(str::trim).collect();
    let named = titles.iter().filter(|title| title.chars().nth(4).is_some()).count();
    let told = lines.filled.iter().filter(|line| line.inner_ends > 0).count();
    are_titles(&titles) && named * 5 >= rows.len() * 4 && told * 4 >= rows.len() * 3
}

fn plan(lines: &Lines<'_>, rows: &[Row], confidence: f32, evidence: Vec<Word>) -> Plan {
    let fields = rows.iter().enumerate().flat_map(|(at, row)| row.fields(lines, at)).collect();
    Plan { fields, starts: (0..rows.len()).collect(), confidence, evidence }
}

/// Title and names behind byte `from` of a line, parted by white space from the text and from each
/// other. A title may hold white space: short words without a comma or a stop go with it, as long
/// as they do not begin a report.
fn head(text: &str, from: usize) -> Option<Row> {
    const TITLE: usize = 44;
    const REPORT: [&str; 8] = ["本报", "本報", "新华社", "新華社", "记者", "通讯员", "据", "【"];
    let start = cues::head(text.get(from..)?, HEAD);
    let mut row = Row::default();
    let mut at = from;
    for word in start.split_inclusive(is_blank) {
        let (begin, word_end) = (at, at + word.trim_end_matches(is_blank).len());
        at += word.len();
        let word = word.trim_end_matches(is_blank);
        if word.is_empty() {
            continue;
        }
        let closed = word_end < at;
        let first = row.title.1 == 0;
        let begins = REPORT.iter().any(|report| word.starts_with(report));
        if !first && closed && byline::parse(word).is_some() {
            row.byline = (begin, word_end);
            row.text = at;
            break;
        }
        let sized = word.chars().count() <= if first { TITLE } else { 20 };
        let plain = !word.contains(['。', '；']) && (first || !word.contains('，'));
        let title = (if first { begin } else { row.title.0 }, word_end);
        let fits = text.get(title.0..title.1)?.chars().count() <= TITLE;
        if !closed || !sized || !plain || !fits || (!first && begins) {
            break;
        }
        row.title = title;
        row.text = at;
    }
    (row.title.1 > 0 && row.text < text.len()).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_lines() {
        for (text, title, names) in [
            ("石板路上 雨停了，路面泛着光。", "石板路上", ""),
            ("修缮老街 留住乡愁 本报讯 雨停了，路面泛着光。", "修缮老街 留住乡愁", ""),
            ("石板路上　林小满　雨停了，路面泛着光。", "石板路上", "林小满"),
        ] {
            let row = head(text, 0).expect(text);
            let of = |(from, to)| text.get(from..to).expect("in the line");
            assert_eq!((of(row.title), of(row.byline)), (title, names), "{text}");
        }
        assert_eq!(head("雨停了。路面泛着光。", 0), None);
    }

    #[test]
    fn columns() {
        for (text, want) in [
            ("第1版()专栏:国内要闻 石板路上 雨", Some("第1版()专栏:国内要闻")),
            ("第12版（副刊） 石板路上 雨", Some("第12版（副刊）")),
            ("第1版 石板路上 雨", None),
            ("第1条(总则) 石板路上", None),
        ] {
            assert_eq!(column(text).and_then(|end| text.get(..end)), want, "{text}");
        }
    }
}
