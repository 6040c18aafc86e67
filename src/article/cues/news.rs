//! How news begins: with place, day and agency, or with a day.

use super::{ends_any, has_any, head, starts_any};
use crate::article::chars::{closes, is_comma, is_han, is_numeral, opens};

/// What a paper calls itself where it says who reports.
const OWN: [&str; 7] = ["本报", "本報", "本网", "本台", "本刊", "本社", "本站"];

/// Agencies that papers print.
const AGENCIES: [&str; 13] = [
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "中央社",
    "人民网",
    "新华网",
    "央视",
    "路透社",
    "法新社",
    "美联社",
    "美聯社",
    "塔斯社",
];

/// Who sends news: agencies, and the paper itself.
pub(in crate::article) fn senders() -> impl Iterator<Item = &'static str> {
    AGENCIES.into_iter().chain(OWN)
}

/// Whether a paragraph begins with the place, day and agency that open a news item, or with the
/// address that opens a letter to the editor.
pub(in crate::article) fn has_dateline(text: &str) -> bool {
    const REPORTS: [&str; 4] = ["报道", "報導", "报导", "報道"];
    const MARKS: [&str; 6] = ["讯", "訊", "电", "電", "消息", "快讯"];
    if starts_any(text, &["编辑同志", "編輯同志", "编者同志", "编辑部：", "编辑先生"])
    {
        return true;
    }
    if text.starts_with(['【', '〔']) {
        let inside = head(text, 32).split(closes).next().unwrap_or_default();
        return (1..=28).contains(&inside.trim_start_matches(opens).chars().count())
            && (ends_any(inside, &MARKS) || ends_any(inside, &REPORTS));
    }
    let start = head(text.trim_start_matches(opens), 24);
    if starts_any(start, &OWN) || starts_any(start, &AGENCIES) {
        let ends = |c: char| c.is_whitespace() || opens(c) || closes(c) || is_comma(c);
        let word = start.split(ends).next().unwrap_or_default();
        return ends_any(word, &MARKS)
            || has_any(word, &["日电", "日電", "日讯", "日訊"])
            || starts_any(word, &["本报讯", "本報訊"]);
    }
    if is_marked_opening(start, &MARKS) {
        return true;
    }
    if has_any(start, &["讯（记者", "讯(记者", "訊（記者", "讯 （记者", "訊(記者", "讯（通讯员"])
    {
        return true;
    }
    let Some(named) = start.strip_prefix(['据', '據']) else { return false };
    let name = named.split_whitespace().next().unwrap_or_default().trim_matches(['《', '》']);
    let short = (3..=12).contains(&name.chars().count()) && name.chars().all(is_han);
    short
        && ends_any(name, &["报", "報", "社", "网", "網", "台", "电", "電", "讯", "訊", "消息"])
        && named.contains(char::is_whitespace)
}

/// Whether a text opens with a short name that ends in a word for news and is set apart by white
/// space or a bracket, as `远山体育讯 …` and `远山网6月3日电（…）`.
fn is_marked_opening(start: &str, marks: &[&str]) -> bool {
    let set_apart = |c: char| c.is_whitespace() || matches!(c, '（' | '(' | '：' | ':');
    let Some((word, _)) = start.split_once(set_apart) else { return false };
    let plain = |c: char| is_han(c) || c.is_ascii_digit();
    (3..=14).contains(&word.chars().count())
        && word.chars().all(plain)
        && ends_any(word, marks)
        && !ends_any(word, &["通讯", "資訊", "简讯", "充电", "家电", "发电", "用电", "来电"])
}

/// Whether a paragraph begins as the first paragraph of news does: with a day.
pub(in crate::article) fn has_lede(text: &str) -> bool {
    let start = head(text, 12);
    let day = start.split_once('月').is_some_and(|(month, rest)| {
        month.chars().next_back().is_some_and(is_numeral)
            && rest.chars().next().is_some_and(is_numeral)
            && rest.contains('日')
    });
    day || has_any(
        start,
        &[
            "近日",
            "日前",
            "昨日",
            "今日",
            "昨天",
            "今天",
            "连日来",
            "連日來",
            "北京时间",
            "当地时间",
            "本周",
            "上周",
        ],
    )
}
