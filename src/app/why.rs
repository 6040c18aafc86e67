//! Why a sentence is a key sentence: its score by parts, and the sentences that support it.

use super::overlay::{Line, paragraph};
use crate::{
    analysis::{KeySentence, Sentence, Support},
    lang::Lang,
    listing::ArticleKey,
    text::{
        display::{DisplayLine, display},
        sanitize::DisplayText,
        width::Widths,
    },
};

/// A sentence of which the person wants to know why it was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The article.
    pub key: ArticleKey,
    /// The sentence.
    pub sentence: KeySentence,
    /// Sentences that support it; `None` until they are known.
    pub support: Option<Vec<Support>>,
}

/// What there is to set lines with.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The displayed text of the article.
    pub text: &'a DisplayText,
    /// Cells of a line.
    pub room: usize,
    /// What characters take.
    pub widths: Widths,
    /// Language of the interface.
    pub lang: Lang,
}

impl Page<'_> {
    fn sentence(&self, range: crate::text::range::TextRange) -> impl Iterator<Item = Line> {
        let shown = self.text.shown().slice(self.text.range_to_display(range)).to_line();
        let rows: Vec<Line> = paragraph(shown.shown(), self.room, self.widths).collect();
        rows.into_iter()
    }
}

impl Why {
    /// The answer, as far as it is known. `scored` is the sentence with what its score comes from.
    pub fn lines(&self, scored: &Sentence, page: Page<'_>) -> Vec<Line> {
        let lang = page.lang;
        let rank = self.sentence.rank;
        let mut lines = vec![Line::Heading(match lang {
            Lang::Zh => display!("要点 {rank}"),
            Lang::En => display!("Key sentence {rank}"),
        })];
        lines.extend(page.sentence(self.sentence.range));
        lines.push(Line::Text(DisplayLine::default()));
        lines.push(Line::Heading(display!(
            "{} {}",
            lang.of("得分", "Score"),
            percent(scored.grounds.score())
        )));
        let parts = scored.grounds.parts(lang);
        let given = parts.into_iter().filter(|(_, part)| *part > 0.0);
        lines.extend(given.map(|(name, part)| Line::Keys(percent(part), name.into())));
        let traits = scored.grounds.quality.traits();
        lines.extend(
            traits.map(|(which, factor)| {
                Line::Keys(display!("× {factor:.2}"), which.name(lang).into())
            }),
        );
        lines.push(Line::Text(DisplayLine::default()));
        lines.push(Line::Heading(
            lang.of("与它互证最多的句子", "Sentences that support it most").into(),
        ));
        match &self.support {
            None => lines.push(Line::Text(lang.of("正在计算 ..", "Working it out ..").into())),
            Some(support) if support.is_empty() => {
                lines.push(Line::Text(lang.of("没有", "None").into()));
            }
            Some(support) => {
                for found in support {
                    let words = found.words.join(lang.of("、", ", "));
                    lines.push(Line::Keys(percent(found.share), DisplayLine::new(&words)));
                    lines.extend(page.sentence(found.range));
                }
            }
        }
        lines
    }
}

fn percent(share: f64) -> DisplayLine {
    display!("{:.1} %", share * 100.0)
}
