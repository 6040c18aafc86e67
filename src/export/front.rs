//! What stands above the text of an article in forms that people read.

use super::Exported;
use crate::{
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Title, byline and where it was printed; all safe to show, empty where nothing is known.
pub(super) struct Front {
    /// Headline, or the first words of an article without one.
    pub(super) headline: DisplayLine,
    /// Byline as printed, without the sign before it.
    pub(super) byline: DisplayLine,
    /// Date, newspaper and page, as far as they are known.
    pub(super) imprint: Vec<DisplayLine>,
    /// Path and line of the source.
    pub(super) place: DisplayLine,
}

impl Front {
    pub(super) fn new(exported: &Exported, lang: Lang) -> Self {
        let item = &exported.item;
        let facts = item.document.facts_of(item.article);
        // The sign that newspapers print before it says nothing here.
        let bullet = |c: char| {
            matches!(c, '□' | '■' | '◇' | '◆' | '○' | '●' | '△' | '▲') || c.is_whitespace()
        };
        let byline = item.article.byline();
        let byline = byline.map(|byline| DisplayLine::new(byline.trim_start_matches(bullet)));
        let source = item.document.record.as_ref().and_then(|record| record.source.as_deref());
        let page = facts.page().map(|page| match lang {
            Lang::Zh => display!("第{page}版"),
            Lang::En => display!("page {page}"),
        });
        let headline = DisplayLine::new(&item.article.headline());
        Self {
            headline: if headline.is_empty() {
                lang.of("无题", "Untitled").into()
            } else {
                headline
            },
            byline: byline.unwrap_or_else(|| DisplayLine::new(&item.article.authors.join("、"))),
            imprint: [
                facts.date().map(DisplayLine::of),
                facts.paper().or(source).map(DisplayLine::new),
                page,
            ]
            .into_iter()
            .flatten()
            .collect(),
            place: display!("{}:{}", item.path, item.line()),
        }
    }
}

/// What the person keeps about an article, in words: star, read, tags.
pub(super) fn states(exported: &Exported, lang: Lang) -> Vec<DisplayLine> {
    let marks = exported.marks;
    let star = marks.starred.then(|| lang.of("★ 星标", "★ starred").into());
    let read = marks.read.then(|| lang.of("✓ 已读", "✓ read").into());
    let tags = marks.tags.iter().map(|tag| display!("#{tag}"));
    star.into_iter().chain(read).chain(tags).collect()
}
