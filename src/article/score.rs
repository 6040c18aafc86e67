//! How likely an article begins at a place: a logistic sum over cues that can be named.

use super::why::{Evidence, Word};

/// What speaks for or against the beginning of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Headline,
    Byline,
    ToldByline,
    LoneByline,
    Dateline,
    PageHead,
    ColumnTag,
    EndAbove,
    Distance,
    Subtitle,
    Photo,
    AfterPhoto,
    Lede,
    InnerSpace,
    Float,
    Numbered,
    Comma,
    Quoted,
    Label,
    Topic,
    Fit,
    Stack,
    Long,
    Room,
    Depth,
    Colon,
    ShortEnd,
}

/// How many cues there are.
const CUES: usize = Cue::ShortEnd as usize + 1;

/// One row of the table.
struct Row {
    cue: Cue,
    /// Added to the sum, times the strength of the cue (1 when it is there).
    weight: f32,
    /// What the reader is shown as the reason.
    word: Word,
}

const fn row(cue: Cue, weight: f32, zh: &'static str, en: &'static str) -> Row {
    Row { cue, weight, word: Word::new(zh, en) }
}

/// The sum when no cue is there: most places are no beginning.
const BIAS: f32 = -5.4;

/// All cues. A weight of 1 makes the odds 2.7 times better. The weights were fitted (logistic
/// regression) on pages put together from news with their headlines, clean and damaged, and then
/// rounded; those of cues that such pages do not have were set by hand.
const WEIGHTS: [Row; CUES] = [
    // A short line without a stop. Section headings look the same: weak alone.
    row(Cue::Headline, 0.4, "标题行", "headline"),
    // Names of authors directly under such a line.
    row(Cue::Byline, 4.8, "署名", "byline"),
    // … and a mark (□) or a word (记者) says that they are authors.
    row(Cue::ToldByline, 3.8, "署名有标记", "marked byline"),
    // A marked byline that opens text without a headline: the headline stands elsewhere.
    row(Cue::LoneByline, 4.2, "署名前无标题", "byline without headline"),
    // The next paragraph opens with place, day and agency.
    row(Cue::Dateline, 6.4, "电头或来信抬头", "dateline or address"),
    // A line that names a page of the paper.
    row(Cue::PageHead, 4.5, "版头", "page header"),
    // The headline begins with the name of a column, or a column name stands over it.
    row(Cue::ColumnTag, 2.2, "栏目", "column"),
    // The text above ends with its author, a workplace or a source.
    row(Cue::EndAbove, 3.0, "上文已结束", "end of the text above"),
    // Text since the last beginning: ln(characters / 300), from -0.7 to 1.2. Does not count
    // against what a byline or a dateline announces: news items are short.
    row(Cue::Distance, 1.5, "篇幅", "distance"),
    // A line after a dash explains the headline.
    row(Cue::Subtitle, 2.2, "副题", "subtitle"),
    // A complete caption and a credit where the layout left room for a picture.
    row(Cue::Photo, 3.4, "图片", "picture"),
    // A headline after a picture that stands for itself: no text is waiting to go on.
    row(Cue::AfterPhoto, 4.6, "图片之后", "after a picture"),
    // The next paragraph opens with a day.
    row(Cue::Lede, 1.7, "导语有日期", "day in the first words"),
    // Headlines of two halves are set with a space; section headings hardly ever.
    row(Cue::InnerSpace, 0.9, "题中空格", "headline of two halves"),
    // More blank lines than usual: something was taken out of the layout.
    row(Cue::Float, 1.0, "空行", "gap"),
    // Sections are numbered, articles are not.
    row(Cue::Numbered, -3.5, "序号", "number"),
    // Section headings may hold a comma, headlines use a space instead.
    row(Cue::Comma, -1.2, "逗号", "comma"),
    // A line in quotation marks is something that was said.
    row(Cue::Quoted, -1.1, "引语", "quotation"),
    // A line that ends with a dash leads to what follows.
    row(Cue::Label, -0.7, "引起下文", "label"),
    // The words below differ from those above as they do between places far apart on the page (1)
    // rather than as inside a text (0).
    row(Cue::Topic, 1.5, "话题转变", "change of topic"),
    // Share of the headline in the first paragraph below, less its share in the text above.
    row(Cue::Fit, 1.0, "题合下文", "headline fits the text below"),
    // Several short lines in a row: kicker and title.
    row(Cue::Stack, 1.1, "多行标题", "headline of several lines"),
    // A longer line than section headings are: (characters - 12) / 8, from -0.6 to 1.
    row(Cue::Long, 1.6, "标题较长", "long headline"),
    // More room over the headline than under it.
    row(Cue::Room, 0.4, "题上留白", "room above"),
    // The words break off here rather than at the paragraphs near by: 0 as there, 1 entirely.
    row(Cue::Depth, 3.1, "话题断开", "words break off"),
    // A colon inside the headline.
    row(Cue::Colon, 0.3, "冒号", "colon"),
    // The text above ends with a paragraph of a few words.
    row(Cue::ShortEnd, 0.4, "上文短句作结", "short end above"),
];

/// Strength of every cue at one place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cues([f32; CUES]);

impl Default for Cues {
    fn default() -> Self {
        Self([0.0; CUES])
    }
}

impl Cues {
    /// Notes that `cue` is there when `present`.
    pub(super) fn set(&mut self, cue: Cue, present: bool) {
        self.put(cue, f32::from(u8::from(present)));
    }

    /// Notes how strong `cue` is.
    pub(super) fn put(&mut self, cue: Cue, strength: f32) {
        if let Some(slot) = self.0.get_mut(cue as usize) {
            *slot = strength;
        }
    }

    /// Whether `cue` is there.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.strength(cue) > 0.0
    }

    /// Probability, by these cues, that an article begins here, and what it comes from.
    pub(super) fn evidence(&self) -> Evidence {
        let terms = WEIGHTS.iter().map(|row| (row.weight * self.strength(row.cue), row.word));
        Evidence::sum(BIAS, terms)
    }

    fn strength(&self, cue: Cue) -> f32 {
        self.0.get(cue as usize).copied().unwrap_or_default()
    }
}

/// Strength of [`Cue::Distance`] after `chars` characters of text.
pub(super) fn distance(chars: u32) -> f32 {
    (chars.max(1) as f32 / 300.0).ln().clamp(-0.7, 1.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn probability(cues: &[Cue], chars: u32) -> f32 {
        let mut all = Cues::default();
        for &cue in cues {
            all.set(cue, true);
        }
        all.put(Cue::Distance, distance(chars));
        all.evidence().confidence
    }

    #[test]
    fn rows_stand_in_the_order_of_the_cues() {
        for (place, row) in WEIGHTS.iter().enumerate() {
            assert_eq!(row.cue as usize, place, "{:?}", row.word);
        }
    }

    #[test]
    fn no_single_cue_of_form_is_enough() {
        for cue in [Cue::Headline, Cue::InnerSpace, Cue::Float, Cue::Lede, Cue::Subtitle] {
            assert!(probability(&[cue, Cue::Headline], 5_000) < 0.6, "{cue:?}");
        }
    }

    #[test]
    fn headline_and_marked_byline_are_sure() {
        let cues = [Cue::Headline, Cue::Byline, Cue::ToldByline];
        assert!(probability(&cues, 600) > 0.9);
        assert!(probability(&[Cue::Headline, Cue::Dateline], 600) > 0.9);
        assert!(probability(&[Cue::Headline, Cue::Numbered, Cue::Dateline], 300) < 0.6);
    }

    #[test]
    fn evidence_is_sorted_and_positive() {
        let mut cues = Cues::default();
        for cue in [Cue::Headline, Cue::Byline, Cue::Comma] {
            cues.set(cue, true);
        }
        assert_eq!(cues.evidence().words(Lang::En), ["byline", "headline"]);
    }
}
