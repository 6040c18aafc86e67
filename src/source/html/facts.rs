//! Title, date, author and source of a page: what it tells of itself in its head, else in the lines
//! above its text.

use super::outline::{Block, Outline};
use crate::article::facts::Claims;
use crate::source::Record;

/// Characters of a line that tells facts and nothing else.
const SHORT: usize = 80;
/// Blocks of a page in which such lines are looked for.
const LOOKED_AT: usize = 200;

const TITLES: [&str; 3] = ["og:title", "articletitle", "twitter:title"];
const DATES: [&str; 10] = [
    "article:published_time",
    "og:release_date",
    "publishdate",
    "pubdate",
    "datepublished",
    "publish_time",
    "article:create_at",
    "dc.date",
    "date",
    "time",
];
const AUTHORS: [&str; 4] = ["article:author", "author", "dc.creator", "byl"];
const SOURCES: [&str; 4] = ["og:site_name", "mediaid", "source", "contentsource"];

/// What is known of a page, and its text without the lines that told it.
pub(super) fn of<'a>(outline: &Outline, blocks: Vec<&'a Block>) -> (Record, Vec<&'a Block>) {
    let meta = |names: &[&str]| {
        let named = |name: &&str| outline.metas.iter().find(|(known, _)| known == name);
        names.iter().find_map(named).map(|(_, value)| value.clone())
    };
    let title = title_of(outline, meta(&TITLES));
    let lines = || outline.blocks.iter().take(LOOKED_AT).filter(|block| block.chars <= SHORT);
    let named = |label: &str| lines().find_map(|block| labelled(&block.text, label));
    let dated = |date: &String| Claims::of_record(Some(date), None).date().is_some();
    let record = Record {
        line: 1,
        date: meta(&DATES).filter(dated).or_else(|| lines().find_map(|block| date_in(&block.text))),
        author: named("作者").or_else(|| meta(&AUTHORS)),
        source: named("来源").or_else(|| meta(&SOURCES)),
        title,
    };
    let first = blocks.iter().position(|block| block.chars > SHORT).unwrap_or(0);
    let is_fact = |at: usize, block: &Block| {
        let repeats = record.title.as_deref() == Some(&*block.text);
        let told = date_in(&block.text).is_some() && block.chars <= SHORT / 2;
        let labelled = labelled(&block.text, "来源").is_some() && block.chars <= SHORT / 2;
        (at < 4 && repeats) || (at < first && (told || labelled))
    };
    let kept = blocks.into_iter().enumerate().filter(|(at, block)| !is_fact(*at, block));
    let kept = kept.map(|(_, block)| block).collect();
    (record, kept)
}

/// The headline that the name of the window begins with or holds, else what the page calls itself,
/// else the name of the window without that of the site.
fn title_of(outline: &Outline, told: Option<String>) -> Option<String> {
    let window = outline.title.as_deref();
    let headlines = outline.blocks.iter().filter(|block| (1..=3).contains(&block.level));
    let mut headlines = headlines.take(50).filter(|block| block.chars >= 2);
    let shared = headlines.find(|block| window.is_none_or(|window| window.contains(&block.text)));
    shared.map(|block| block.text.clone()).or(told).or_else(|| window.map(without_site))
}

/// `title_site`, `title - site` and the like without the site.
fn without_site(window: &str) -> String {
    let cut = window.find(['_', '|', '｜']).or_else(|| window.find(" - "));
    let cut = cut.or_else(|| window.rfind('-').filter(|at| *at > window.len() / 2));
    let title = cut.and_then(|at| window.get(..at)).map(str::trim);
    title.filter(|title| title.chars().count() >= 4).unwrap_or(window).to_owned()
}

/// The word behind a label: `来源：新华社`.
fn labelled(line: &str, label: &str) -> Option<String> {
    let (_, rest) = line.split_once(label)?;
    let value = rest.trim_start().strip_prefix(['：', ':'])?.trim_start();
    let value = value.split([' ', '\u{3000}', '|', '｜', '】', ']', ')', '）']).next()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The day that is written in a line, from its first figure on.
fn date_in(line: &str) -> Option<String> {
    let starts = line.char_indices().filter(|(at, c)| {
        let rest = line.get(*at..).unwrap_or_default();
        c.is_ascii_digit() && (rest.starts_with("19") || rest.starts_with("20"))
    });
    let mut dates = starts.filter_map(|(at, _)| line.get(at..));
    let found = dates.find(|rest| {
        let claims = Claims::of_record(Some(rest), None);
        claims.date().is_some_and(|date| date.parts().2.is_some())
    });
    found.map(ToOwned::to_owned)
}
