//! Runs of lines that are not text, and whether an article begins in them.

use super::cues;
use super::evidence::Affinity;
use super::forms;
use super::lines::{End, Lines};
use super::roles::Class;
use super::score::{self, Cue, Cues};
use super::topics::Topics;

/// A run of lines between two stretches of text. A picture with its caption ends a block, because
/// what follows it has nothing to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// First line.
    pub(super) first: usize,
    /// One past the last line.
    pub(super) end: usize,
    /// Whether text follows directly.
    pub(super) has_text: bool,
    /// First line that belongs to what begins here; the lines before it end what stands above.
    pub(super) begin: usize,
    /// Lines that may be kicker, title and subtitle.
    pub(super) headlines: Vec<usize>,
    /// The byline under them, or alone.
    pub(super) byline: Option<usize>,
    /// Whether the block is a picture with caption and credit, and nothing else.
    pub(super) photo: bool,
}

/// All blocks of the page, in order.
pub(super) fn blocks(lines: &Lines<'_>, classes: &[Class]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < classes.len() {
        let length = classes[at..].iter().take_while(|&&class| class != Class::Body).count();
        let end = at + length;
        let mut first = at;
        for credit in at + 1..end {
            let pair = [classes[credit - 1], classes[credit]];
            if pair == [Class::Caption, Class::Credit] && credit + 1 < end {
                blocks.push(Block::read(lines, classes, first, credit + 1, false));
                first = credit + 1;
            }
        }
        if first < end {
            blocks.push(Block::read(lines, classes, first, end, end < classes.len()));
        }
        at = end + 1;
    }
    blocks
}

impl Block {
    fn read(
        lines: &Lines<'_>,
        classes: &[Class],
        first: usize,
        end: usize,
        has_text: bool,
    ) -> Self {
        let photo = !has_text && stands_alone(lines, classes, first, end);
        let mut begin = first;
        let last = (first..end).rev().find(|&at| classes[at] == Class::Display);
        while begin < end && closes_above(classes, begin, last, photo) {
            begin += 1;
        }
        let byline = (begin..end).find(|&at| classes[at] == Class::Byline);
        let mut stop = byline.unwrap_or(end);
        if let Some(text) = (begin..stop).find(|&at| classes[at] == Class::Abstract) {
            stop = text;
        }
        let apart = |at: usize| classes[at].is_beside() || lines.floats(at);
        if let Some(byline) = byline {
            // A picture or a gap over the byline: the lines above it are not its headline.
            if (begin + 1..=byline).any(apart) && !photo {
                begin = (begin..=byline).rev().find(|&at| apart(at)).unwrap_or(begin);
                begin += usize::from(classes[begin].is_beside());
            }
        }
        let of = |class: Class| (begin..stop).filter(|&at| classes[at] == class).collect();
        let mut headlines: Vec<usize> = of(Class::Display);
        if headlines.is_empty() {
            headlines = of(Class::Numbered);
            headlines.truncate(1);
        }
        Self { first, end, has_text, begin, headlines, byline, photo }
    }

    /// The lines that end the text above.
    pub(super) fn lead(&self) -> std::ops::Range<usize> {
        self.first..self.begin
    }

    /// The cues for an article that begins in this block, `since` characters of text after the
    /// last beginning; `None` when there is nothing that could begin one.
    pub(super) fn cues(
        &self,
        lines: &Lines<'_>,
        classes: &[Class],
        topics: &mut Topics,
        since: u32,
        after_photo: bool,
    ) -> Option<Cues> {
        let below = if self.has_text { lines.str(self.end) } else { "" };
        // After the end of a text, a dateline announces a news item by itself: its headline may
        // have been printed elsewhere.
        let announced = self.ends_above(lines, classes) && cues::has_dateline(below);
        let headless = self.headlines.is_empty() && self.byline.is_none();
        let opens = self.has_text && (announced || !headless);
        if !opens && !self.photo {
            return None;
        }
        let mut cues = Cues::default();
        let headed = !self.headlines.is_empty();
        let floats = (self.first..=self.begin.min(self.end - 1)).any(|at| lines.floats(at));
        cues.set(Cue::Headline, headed);
        cues.set(Cue::Float, floats);
        cues.set(Cue::EndAbove, self.ends_above(lines, classes));
        cues.set(Cue::PageHead, self.lead().any(|at| classes[at] == Class::PageHead));
        self.byline_cues(lines, &mut cues);
        self.form_cues(lines, classes, &mut cues);
        let opening = if self.photo { lines.str(self.end - 2) } else { below };
        cues.set(Cue::Photo, self.photo);
        cues.set(Cue::Dateline, announced || (headed && cues::has_dateline(below)));
        cues.set(
            Cue::Lede,
            cues::has_lede(opening) || (self.photo && cues::names_picture(opening)),
        );
        cues.set(Cue::AfterPhoto, headed && after_photo);
        self.word_cues(lines, classes, topics, &mut cues);
        let distance = score::distance(since);
        if cues.has(Cue::Dateline) || cues.has(Cue::ToldByline) {
            cues.put(Cue::Distance, distance.max(0.0));
        } else if !after_photo {
            cues.put(Cue::Distance, distance);
        }
        Some(cues)
    }

    /// What the words around the block tell.
    fn word_cues(
        &self,
        lines: &Lines<'_>,
        classes: &[Class],
        topics: &mut Topics,
        cues: &mut Cues,
    ) {
        let (change, depth) = topics.change(self.end);
        cues.put(Cue::Topic, change);
        cues.put(Cue::Depth, depth);
        let headline: String = self.headlines.iter().map(|&at| lines.str(at)).collect();
        if headline.is_empty() || !self.has_text {
            return;
        }
        let affinity = Affinity::of(&headline);
        let text = |at: &usize| classes[*at] == Class::Body;
        let above = affinity.share(lines, (0..self.first).rev().filter(text), 2_700);
        let below = affinity.share(lines, (self.end..classes.len()).filter(text).take(1), 2_700);
        cues.put(Cue::Fit, below - above);
    }

    fn byline_cues(&self, lines: &Lines<'_>, cues: &mut Cues) {
        let Some(byline) = self.byline else { return };
        let told = super::byline::parse(lines.str(byline)).is_some_and(|byline| byline.told);
        let headed = !self.headlines.is_empty();
        cues.set(Cue::Byline, headed);
        cues.set(Cue::ToldByline, headed && told);
        cues.set(Cue::LoneByline, !headed && told && self.has_text);
    }

    fn form_cues(&self, lines: &Lines<'_>, classes: &[Class], cues: &mut Cues) {
        let facts = |at: &usize| lines.filled.get(*at);
        let texts = || self.headlines.iter().map(|&at| lines.str(at));
        let column = |at: usize| classes[at] == Class::Column;
        let single = self.headlines.len() == 1 && self.byline.is_none();
        let quoted =
            |text: &str| text.starts_with(['“', '「', '"']) && text.ends_with(['”', '」', '"']);
        cues.set(
            Cue::ColumnTag,
            texts().any(forms::has_column_tag) || (self.begin..self.end).any(column),
        );
        cues.set(Cue::Subtitle, texts().skip(1).any(forms::is_dashed));
        cues.set(
            Cue::InnerSpace,
            self.headlines.iter().filter_map(facts).any(|line| line.inner_space),
        );
        cues.set(
            Cue::Comma,
            single && self.headlines.iter().filter_map(facts).any(|line| line.commas > 0),
        );
        let longest = self.headlines.iter().filter_map(facts).map(|line| line.chars).max();
        let longest = longest.unwrap_or_default() as f32;
        cues.put(
            Cue::Long,
            if longest > 0.0 { ((longest - 12.0) / 8.0).clamp(-0.6, 1.0) } else { 0.0 },
        );
        cues.set(Cue::Stack, self.headlines.len() > 1);
        let gap = |at: usize| lines.filled.get(at).map_or(0, |line| line.gap);
        cues.set(Cue::Room, self.begin > 0 && gap(self.begin) > gap(self.end));
        cues.set(
            Cue::Colon,
            texts().any(|text| text.trim_end_matches(['：', ':']).contains(['：', ':'])),
        );
        let last = self.first.checked_sub(1).and_then(|at| lines.filled.get(at));
        cues.set(Cue::ShortEnd, last.is_some_and(|line| line.end == End::Final && line.chars < 30));
        cues.set(Cue::Quoted, texts().any(quoted));
        cues.set(Cue::Label, texts().any(|text| text.ends_with("——")));
        cues.set(
            Cue::Numbered,
            !self.headlines.is_empty()
                && self.headlines.iter().all(|&at| classes[at] == Class::Numbered),
        );
    }

    /// Whether the text above is closed by its author, a workplace or a source.
    fn ends_above(&self, lines: &Lines<'_>, classes: &[Class]) -> bool {
        let closing =
            |at: usize| matches!(classes[at], Class::Affiliation | Class::Source | Class::Byline);
        let above = self.first.checked_sub(1).filter(|&at| classes[at] == Class::Body);
        self.lead().any(closing)
            || above.is_some_and(|at| cues::closing_author(lines.str(at)).is_some())
    }
}

/// Whether the lines `first..end` are a picture that is an item of its own: room was left for it,
/// its caption is a whole sentence, and no paragraph is interrupted by it.
fn stands_alone(lines: &Lines<'_>, classes: &[Class], first: usize, end: usize) -> bool {
    let pair = classes.get(end.saturating_sub(2)..end);
    if end - first < 2 || pair != Some(&[Class::Caption, Class::Credit]) {
        return false;
    }
    let above = first.checked_sub(1).filter(|&at| classes[at] == Class::Body);
    let closed = |at: usize| lines.filled.get(at).is_some_and(|line| line.end == End::Final);
    let caption = lines.filled.get(end - 2);
    let whole = caption.is_some_and(|line| line.chars >= 24 && line.end == End::Final);
    whole && above.is_none_or(closed) && (lines.floats(first) || first == 0)
}

/// Whether line `at`, at the top of a block whose last headline is `last`, belongs to what stands
/// above.
fn closes_above(classes: &[Class], at: usize, last: Option<usize>, photo: bool) -> bool {
    match classes[at] {
        Class::Affiliation
        | Class::Source
        | Class::Imprint
        | Class::PageHead
        | Class::Furniture
        | Class::PullQuote => true,
        Class::Credit | Class::Caption => !photo,
        Class::Byline => at > 0 && last > Some(at),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::roles::classify;

    const LONG: &str =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";

    fn read(text: &str) -> Vec<Block> {
        let lines = Lines::scan(text);
        let classes = classify(&lines);
        blocks(&lines, &classes)
    }

    #[test]
    fn the_end_of_the_text_above_is_set_apart() {
        let page = format!("题目一\n{LONG}\n（作者单位：远山大学）\n题目二\n□林小满\n{LONG}");
        let blocks = read(&page);
        let last = &blocks[1];
        assert_eq!((last.lead(), last.begin, last.byline), (2..3, 3, Some(4)));
        assert_eq!(last.headlines, [3]);
    }

    #[test]
    fn a_gap_over_the_byline_cuts_it_off() {
        let page = format!("题目一\n\n{LONG}\n\n半截题目\n\n\n\n□林小满\n\n{LONG}");
        let last = &read(&page)[1];
        assert_eq!((last.begin, last.headlines.len()), (3, 0));
    }

    #[test]
    fn a_picture_ends_a_block() {
        let page =
            format!("题目一\n\n{LONG}\n\n\n\n{LONG}图为茶馆。\n\n□林小满 摄\n\n题目二\n\n{LONG}");
        let blocks = read(&page);
        assert!(blocks[1].photo && !blocks[2].photo);
        assert_eq!(blocks[2].headlines, [4]);
    }
}
