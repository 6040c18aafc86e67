//! The forms of headlines, headings and items of a list.

use super::chars::{is_bullet, is_circled, is_han, is_numeral};
use super::cues::head;

/// Whether a headline begins with the name of a column in brackets.
pub(super) fn has_column_tag(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['【', '〔', '[']) else { return false };
    let Some((tag, after)) = rest.split_once(['】', '〕', ']']) else { return false };
    (2..=10).contains(&tag.chars().count()) && tag.chars().all(is_han) && !after.trim().is_empty()
}

/// Whether a headline is numbered as a section is: `一、` `（一）` `第三章` `1.` `## `.
pub(super) fn is_numbered(text: &str) -> bool {
    let start = head(text, 8);
    if start.starts_with('#') || start.chars().next().is_some_and(is_circled) {
        return true;
    }
    let ordinal = start.strip_prefix('第').unwrap_or(start).trim_start();
    let inner = ordinal.strip_prefix(['(', '（']).unwrap_or(ordinal);
    let rest = inner.trim_start_matches(is_numeral);
    if rest.len() == inner.len() {
        return false;
    }
    let after = rest.trim_start().chars().next();
    match (start.starts_with('第'), inner.len() < ordinal.len()) {
        (true, _) => after.is_some_and(|c| "章节節回部卷篇讲講条條编編幕".contains(c)),
        (_, true) => after.is_some_and(|c| matches!(c, ')' | '）')),
        _ => {
            let decimal = rest.strip_prefix('.').and_then(|r| r.chars().next());
            after.is_some_and(|c| matches!(c, '、' | '.' | '．' | ')' | '）'))
                && !decimal.is_some_and(|c| c.is_ascii_digit() && !inner.starts_with(is_han))
        }
    }
}

/// Whether a few words with a mark before them head a section: `■案例一`, `>>专家解析`.
pub(super) fn is_marked_heading(text: &str) -> bool {
    let words = text.trim_start_matches(|c| is_bullet(c) || matches!(c, '>' | '＞'));
    words.len() < text.len()
        && !text.starts_with(['□', '•'])
        && !text.starts_with("> ")
        && (2..=12).contains(&words.trim().chars().count())
        && words.trim().chars().all(|c| is_han(c) || c.is_alphanumeric())
}

/// How a numbered line is numbered; lines of one kind in a row are a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `1.` `2、`
    Digits,
    /// `一、`
    Han,
    /// `（一）`
    Brackets,
    /// `①`
    Circles,
    /// `第一章`
    Ordinal,
}

/// The numbering of a line that [`is_numbered`]; `None` for the headings of Markdown.
pub(super) fn numbering(text: &str) -> Option<Numbering> {
    match text.chars().next()? {
        '#' => None,
        '第' => Some(Numbering::Ordinal),
        '(' | '（' => Some(Numbering::Brackets),
        c if is_bullet(c) || matches!(c, '>' | '＞') => None,
        c if is_circled(c) => Some(Numbering::Circles),
        c if is_han(c) => Some(Numbering::Han),
        _ => Some(Numbering::Digits),
    }
}

/// Whether the line is the name of a newspaper.
pub(super) fn is_paper(text: &str) -> bool {
    (3..=10).contains(&text.chars().take(11).count())
        && text.chars().all(is_han)
        && text.ends_with(['报', '報', '刊'])
}

/// Whether a line begins as an item of a list, of Markdown or of a conversation does.
pub(super) fn is_item(text: &str) -> bool {
    ["- ", "* ", "+ ", "> ", "|", "```", "· "].iter().any(|mark| text.starts_with(mark))
        || text.starts_with(is_bullet)
        || is_numbered(text)
}

/// Whether the line that has the words of a subtitle: `——`, `聚焦…④`.
pub(super) fn is_dashed(text: &str) -> bool {
    text.starts_with(['—', '─']) || text.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::super::checks::check;
    use super::*;

    #[test]
    fn headline_forms() {
        check(
            "numbered",
            is_numbered,
            &["一、基本情况", "（二）做法", "第三章 风", "1. 开始", "3、做法", "## 用法", "①水"],
            &["一天", "3.5公里的路", "第三次会议", "十分钟", "（笑）"],
        );
        check("column tag", has_column_tag, &["【夜话】灯下"], &["【夜话】", "夜话"]);
        check("item", is_item, &["- 苹果", "■苹果", "1. 苹果"], &["苹果", "-苹果"]);
    }

    #[test]
    fn kinds_of_numbers() {
        for (text, kind) in [
            ("一、水", Some(Numbering::Han)),
            ("（一）水", Some(Numbering::Brackets)),
            ("1. 水", Some(Numbering::Digits)),
            ("第一章 水", Some(Numbering::Ordinal)),
            ("①水", Some(Numbering::Circles)),
            ("## 水", None),
        ] {
            assert_eq!(numbering(text), kind, "{text}");
        }
        assert!(is_paper("远山日报") && !is_paper("远山日报社") && !is_paper("报"));
    }
}
