//! What always holds for whole articles: nothing is lost, every range fits, the ranking is sound.

use proptest::prelude::*;
use zhaidu::{
    article::{self, Article, SplitMode},
    text::{
        range::TextRange,
        sanitize::DisplayText,
        segment::Segmenter,
        width::Widths,
        wrap::{Measure, wrap},
    },
};

use super::{any_text, bounded};
use crate::fuzz::laws::{sentences, summary};
use crate::harness::{analysis, demo_articles, seeds};

/// Marks that no row of prose may begin with.
const NEVER_FIRST: &str = "，。、；：！？）」』》〉】〕］｝〗”’…—·％℃";

proptest! {
    #![proptest_config(bounded(48))]

    #[test]
    fn text_tools_lose_nothing_of_any_article(text in any_text()) {
        for article in article::split(text.into(), SplitMode::Auto).articles {
            check_text_tools(&article);
        }
    }

    #[test]
    fn an_analysis_holds_together_for_any_text(text in any_text()) {
        for article in article::split(text.into(), SplitMode::Auto).articles {
            summary::check(&article);
        }
    }
}

#[test]
fn text_tools_and_analysis_hold_for_the_demo() {
    for article in demo_articles() {
        check_text_tools(article);
        summary::check(article);
        assert!(analysis(article).keywords.len() >= 5 && analysis(article).sentences.len() >= 5);
    }
}

#[test]
fn text_tools_and_analysis_hold_for_real_pages() {
    let sources = seeds().into_iter().flatten().take(40);
    for article in sources.filter_map(|source| source.articles.ok()).flatten() {
        check_text_tools(&article.0);
        summary::check(&article.0);
    }
}

/// Sentences, words, rows and the displayed text are the whole article, cut at characters.
fn check_text_tools(article: &Article) {
    let text: &str = &article.text;
    let words = Segmenter::shared().words(text);
    let joined: String = words.words.iter().map(|word| cut(text, word.range)).collect();
    assert_eq!(joined, text, "words");
    for part in &article.parts {
        let part = cut(text, part.range);
        sentences::check(part);
        for width in [2, 13, 36, 76] {
            let rows = wrap(part, Measure { width, indent: 4, hang: 2, widths: Widths::NARROW });
            let joined: String = rows.iter().map(|row| cut(part, row.range)).collect();
            assert_eq!(joined, part, "rows of {width}");
        }
    }
    check_display(article);
}

/// Every character is shown as it is, as something else, with those beside it, or is counted as
/// hidden.
fn check_display(article: &Article) {
    let shown = DisplayText::block(&article.text);
    let (mut joined, mut empty) = (String::new(), 0);
    for (at, c) in article.text.char_indices() {
        let range = TextRange::new(at, at + c.len_utf8());
        let piece = cut(shown.as_str(), shown.range_to_display(range));
        if piece.is_empty() {
            empty += 1;
        } else {
            assert!(shown.to_source(shown.to_display(at)) <= at, "{c:?} and back");
        }
        joined.push_str(piece);
    }
    assert_eq!(joined, shown.as_str());
    assert!(shown.hidden() <= empty, "{} hidden, {empty} without a place", shown.hidden());
}

/// The text of a range that must fit.
fn cut(text: &str, range: TextRange) -> &str {
    text.get(range.start..range.end).expect("a range between characters")
}

/// The rows of a part that begin with a mark which may not be first, unless a run of marks that is
/// longer than any row could keep whole leaves no choice.
fn wrong_rows(part: &str, measure: Measure) -> Vec<String> {
    let is_mark = |c: &char| NEVER_FIRST.contains(*c);
    let rows = wrap(part, measure);
    let wrong = rows.iter().skip(1).filter(|row| {
        let (before, after) = part.split_at(row.range.start);
        let run = before.chars().rev().take_while(is_mark).count()
            + after.chars().take_while(is_mark).count();
        after.chars().next().as_ref().is_some_and(is_mark) && run <= 4
    });
    wrong.map(|row| cut(part, row.range).to_owned()).collect()
}

#[test]
fn no_row_of_prose_begins_with_a_closing_mark() {
    let mut rows = 0;
    for article in demo_articles() {
        for part in &article.parts {
            for width in 20..=76 {
                for hang in [0, 2] {
                    let part = cut(&article.text, part.range);
                    let measure = Measure { width, indent: 4, hang, widths: Widths::NARROW };
                    assert_eq!(wrong_rows(part, measure), [""; 0], "in {width} cells");
                    rows += wrap(part, measure).len();
                }
            }
        }
    }
    assert!(rows > 10_000, "only {rows} rows");
}

proptest! {
    #[test]
    fn no_row_of_any_prose_begins_with_a_closing_mark(
        text in "([一-龥]{1,5}[，。、；：！？）》”…—]{0,2}){0,40}",
        width in 20usize..80,
        hang in 0usize..3,
    ) {
        prop_assert_eq!(wrong_rows(&text, Measure { width, indent: 4, hang, widths: Widths::NARROW }), [""; 0]);
    }
}
