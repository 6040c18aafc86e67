//! How much of an article is shown: all of it, or its best sentences with folds between them.

use super::flow::{Chunk, Gap, Lead, lead_of, push_part};
use crate::{
    analysis::{Analysis, Length},
    article::{Article, Part, Role},
    text::{range::TextRange, sanitize::DisplayText, sentence::sentences},
};

/// The shares of the characters that can be shown, in per cent.
const STEPS: [u8; 6] = [100, 50, 30, 20, 10, 5];

/// How much of an article is shown, by characters of its running text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(usize);

impl Level {
    /// Everything.
    pub const ALL: Self = Self(0);

    /// The share that is shown, in per cent.
    pub fn percent(self) -> u8 {
        STEPS.get(self.0).copied().unwrap_or(100)
    }

    /// The level that shows this share, if there is one.
    pub fn of_percent(percent: u8) -> Option<Self> {
        STEPS.iter().position(|step| *step == percent).map(Self)
    }

    /// The level that shows more; `None` when everything is shown.
    pub fn more(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// The level that shows less; `None` at the lowest.
    pub fn less(self) -> Option<Self> {
        (self.0 + 1 < STEPS.len()).then_some(Self(self.0 + 1))
    }

    /// The length of a summary of this level.
    fn length(self) -> Length {
        Length::Ratio(f64::from(self.percent()) / 100.0)
    }
}

/// A stretch of an article that is shown or folded as a whole.
#[derive(Clone, Copy)]
struct Unit {
    /// Its place in the article's text. Units follow one another without gaps but for line breaks.
    range: TextRange,
    role: Role,
    /// How many sentences it has.
    sentences: usize,
    is_shown: bool,
    /// Whether another unit of the same part stands before it.
    goes_on: bool,
}

/// The chunks of an article at a level: its head, the sentences of the summary of that length in reading
/// order, what lies in `opened` (ranges of the article's text), and a fold for each stretch between.
/// `None` when nothing is to be folded. Linear in the length of the text.
pub fn folded(
    article: &Article,
    text: &DisplayText,
    analysis: &Analysis,
    level: Level,
    opened: &[TextRange],
) -> Option<Vec<Chunk>> {
    if level == Level::ALL || analysis.order.is_empty() {
        return None;
    }
    let mut picked = vec![false; analysis.sentences.len()];
    for key in analysis.key_sentences(level.length(), &article.text) {
        if let Some(picked) = picked.get_mut(key.index) {
            *picked = true;
        }
    }
    let mut units = units(article, analysis, &picked);
    for unit in &mut units {
        unit.is_shown |= opened.iter().any(|opened| opened.overlaps(unit.range));
    }
    show_headings(&mut units);
    Some(chunks(&units, text))
}

/// How many sentences an article has: as many as are shown and folded at any level. More than are ranked
/// where it has an abstract or captions. Linear in the length of the text.
pub fn sentence_count(article: &Article, analysis: &Analysis) -> usize {
    let picked = vec![false; analysis.sentences.len()];
    units(article, analysis, &picked).iter().map(|unit| unit.sentences).sum()
}

/// The article taken apart: a unit for each sentence, and for each part that has none.
fn units(article: &Article, analysis: &Analysis, picked: &[bool]) -> Vec<Unit> {
    let mut units = Vec::with_capacity(analysis.sentences.len() + article.parts.len());
    let mut sentences = analysis.sentences.iter().zip(picked).peekable();
    for part in &article.parts {
        let first = units.len();
        let mut start = part.range.start;
        while let Some((sentence, is_picked)) =
            sentences.next_if(|(sentence, _)| sentence.range.start < part.range.end)
        {
            // What stands between two sentences goes with the first.
            let next = sentences.peek().map_or(part.range.end, |(next, _)| next.range.start);
            let end = next.clamp(sentence.range.end.min(part.range.end), part.range.end);
            units.push(Unit {
                range: TextRange::new(start, end),
                role: part.role,
                sentences: 1,
                is_shown: *is_picked,
                goes_on: units.len() > first,
            });
            start = end;
        }
        if units.len() == first {
            units.push(whole(part, &article.text));
        }
    }
    units
}

/// A part none of whose sentences are ranked, such as an abstract: the head of an article always shows.
fn whole(&Part { range, role, .. }: &Part, text: &str) -> Unit {
    let is_shown = is_head(role);
    let is_title = is_shown || role == Role::Heading;
    let sentences = if is_title { 0 } else { sentences(range.of(text)).len() };
    Unit { range, role, sentences, is_shown, goes_on: false }
}

/// A heading shows if anything below it does.
fn show_headings(units: &mut [Unit]) {
    let mut is_shown_below = false;
    for unit in units.iter_mut().rev() {
        if unit.role == Role::Heading {
            unit.is_shown |= is_shown_below;
            is_shown_below = false;
        } else {
            is_shown_below |= unit.is_shown;
        }
    }
}

fn chunks(units: &[Unit], text: &DisplayText) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut after_head = false;
    for stretch in units.chunk_by(|a, b| a.is_shown == b.is_shown && (!a.is_shown || b.goes_on)) {
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let range = text.range_to_display(TextRange::new(first.range.start, last.range.end));
        let is_head = is_head(first.role) && first.is_shown;
        let gap = if after_head && !is_head { Gap::Row } else { Gap::None };
        after_head = is_head;
        if first.is_shown {
            let lead = lead_of(first.role);
            push_part(
                &mut chunks,
                text.as_str(),
                Chunk { gap, lead, ..Chunk::of(range, first.role) },
            );
        } else {
            let sentences: usize = stretch.iter().map(|unit| unit.sentences).sum();
            let folded = Some(u32::try_from(sentences).unwrap_or(u32::MAX));
            chunks.push(Chunk {
                gap,
                lead: Lead::Indented,
                folded,
                ..Chunk::of(range, Role::Other)
            });
        }
    }
    chunks
}

/// Whether it belongs to the head of an article, which stands apart.
fn is_head(role: Role) -> bool {
    matches!(role, Role::Column | Role::Kicker | Role::Title | Role::Subtitle | Role::Byline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Vocabulary, analyze},
        article::{SplitMode, split},
    };

    const PAGE: &str = "渡口的灯\n\n□本报记者 林一\n\n\
        渡口的灯亮了四十年。守灯的人换了三个。第一个人姓陈，他在渡口守了二十年灯。\n\n\
        夜里有雾的时候，渡口的灯是河上唯一的光。船家说，看见渡口的灯，就知道到家了。\n\n\
        风大。雨也大。没有人说话。\n";

    /// The rows of a level: text as it stands there, a fold as the number of its sentences.
    fn at(level: Level, opened: &[TextRange]) -> Option<Vec<String>> {
        let article = split(PAGE.into(), SplitMode::Off).articles.remove(0);
        let text = DisplayText::block(&article.text);
        let analysis = analyze(&article, &Vocabulary::default());
        let told = |chunk: Chunk| match chunk.folded {
            Some(sentences) => format!("⋯{sentences}"),
            None => chunk.range.of(text.as_str()).trim_end().to_owned(),
        };
        let chunks = folded(&article, &text, &analysis, level, opened)?;
        let ends: Vec<usize> = chunks.iter().map(|chunk| chunk.range.end).collect();
        let starts = chunks.iter().skip(1).map(|chunk| chunk.range.start);
        assert!(ends.iter().zip(starts).all(|(end, start)| *end <= start), "in order");
        Some(chunks.into_iter().map(told).collect())
    }

    #[test]
    fn a_level_keeps_the_head_and_its_best_sentences() {
        assert_eq!(at(Level::ALL, &[]), None);
        let lowest = Level(STEPS.len() - 1);
        let rows = at(lowest, &[]).expect("folds");
        let (head, rest) = rows.split_at(2);
        assert_eq!(head, ["渡口的灯", "□本报记者 林一"]);
        let shown: Vec<&String> = rest.iter().filter(|row| !row.starts_with('⋯')).collect();
        assert_eq!(shown.len(), 1, "{rest:?}");
        let folded: u32 =
            rest.iter().filter_map(|row| row.strip_prefix('⋯')?.parse::<u32>().ok()).sum();
        assert_eq!(folded, 7, "{rest:?}");
        let mut folds = rest.split(|row| !row.starts_with('⋯'));
        assert!(folds.all(|folds| folds.len() < 2), "folds of neighbours are one: {rest:?}");
    }

    #[test]
    fn a_fold_counts_sentences_that_are_not_ranked_too() {
        let mut article = split(PAGE.into(), SplitMode::Off).articles.remove(0);
        let paragraph = article.parts.iter_mut().find(|part| part.role == Role::Paragraph);
        paragraph.expect("a paragraph").role = Role::Abstract;
        let text = DisplayText::block(&article.text);
        let analysis = analyze(&article, &Vocabulary::default());
        let lowest = Level(STEPS.len() - 1);
        let chunks = folded(&article, &text, &analysis, lowest, &[]).expect("folds");
        let folded: u32 = chunks.iter().filter_map(|chunk| chunk.folded).sum();
        assert_eq!((analysis.sentences.len(), folded), (5, 7), "{chunks:?}");
        let shown = analysis.key_sentences(lowest.length(), &article.text).len();
        assert_eq!(
            sentence_count(&article, &analysis),
            shown + 7,
            "what is said of all is the sum"
        );
    }

    #[test]
    fn every_level_shows_what_a_lower_one_does() {
        let mut level = Level::ALL;
        let mut before: Option<Vec<String>> = None;
        while let Some(less) = level.less() {
            level = less;
            let rows = at(level, &[]).expect("folds");
            let shown: String = rows.concat();
            if let Some(before) = before {
                let more = before.concat();
                let kept = rows.iter().filter(|row| !row.starts_with('⋯'));
                assert!(kept.clone().all(|row| more.contains(row.as_str())), "{shown} {more}");
            }
            assert_eq!(level.more().and_then(Level::less), Some(level));
            before = Some(rows);
        }
        assert_eq!((level.percent(), level.less()), (5, None));
    }

    #[test]
    fn an_opened_fold_shows_its_text() {
        let rain = PAGE.find("雨也大").expect("a sentence");
        let lowest = Level(STEPS.len() - 1);
        let all = at(lowest, &[TextRange::new(0, PAGE.len())]).expect("chunks");
        assert!(all.iter().all(|row| !row.starts_with('⋯')), "{all:?}");
        let article = split(PAGE.into(), SplitMode::Off).articles.remove(0);
        let at_rain = article.text.find("雨也大").expect("the same text");
        assert!(at_rain <= rain);
        let some = at(lowest, &[TextRange::new(at_rain, at_rain + 1)]).expect("chunks");
        assert!(some.contains(&"雨也大。".to_owned()), "{some:?}");
    }
}
