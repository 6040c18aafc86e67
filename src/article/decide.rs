//! Where articles begin on a page.

use super::SplitMode;
use super::blocks::{Block, blocks};
use super::evidence::{Affinity, REACH};
use super::forms;
use super::lines::{End, Lines};
use super::roles::Class;
use super::topics::Topics;
use super::why::{Evidence, SURE, Word};

/// Smallest probability of a beginning.
const ACCEPTED: f32 = 0.6;
/// Probability of a beginning that alone shows that a page holds several articles.
const ALONE: f32 = 0.85;
/// The same for two of them.
const TOGETHER: f32 = 0.75;
/// How much better a headline must fit the text above it than the text below it to be its.
const FITS_ABOVE: f32 = 0.5;
const TOP: Word = Word::new("版面开头", "top of the page");

/// The lines of one article before their roles are known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// First line.
    pub(super) start: usize,
    /// One past the last line.
    pub(super) end: usize,
    /// How sure it is that an article begins at `start`, and why.
    pub(super) evidence: Evidence,
    /// Whether a headline stands at its start.
    pub(super) titled: bool,
    /// Whether it is a picture with its caption.
    pub(super) photo: bool,
}

/// A place where an article might begin: its line among the filled ones, and what spoke for it.
pub(super) type Considered = (usize, Evidence);

/// Cuts the page into segments; lines that belong to the page alone are still among them. The
/// places that were considered come with them.
pub(super) fn segments(
    lines: &Lines<'_>,
    classes: &[Class],
    mode: SplitMode,
) -> (Vec<Segment>, Vec<Considered>) {
    let count = classes.len();
    if count == 0 {
        return Default::default();
    }
    let blocks = blocks(lines, classes);
    let top = blocks.first().filter(|block| block.first == 0);
    let first = Segment {
        start: 0,
        end: count,
        evidence: Evidence { confidence: 1.0, ..Evidence::of(1.0, TOP) },
        titled: top.is_some_and(|block| !block.headlines.is_empty()),
        photo: top.is_some_and(|block| block.photo),
    };
    if mode == SplitMode::Off {
        return (vec![Segment { photo: false, ..first }], Vec::new());
    }
    let considered = Vec::new();
    let topics = Topics::of(lines, classes);
    let segments = vec![first];
    let mut found = Search { lines, classes, segments, since: 0, topics, considered };
    let mut read = 0;
    for block in &blocks {
        found.since = found.since.saturating_add(text_between(lines, classes, read, block.first));
        read = block.end;
        if block.first > 0 {
            found.consider(block);
        }
    }
    let sure = is_sure(&found.segments);
    let least = match mode {
        SplitMode::Auto if sure => ACCEPTED,
        _ => SURE,
    };
    (slight(lines, classes, joined(found.segments, least)), found.considered)
}

/// Whether a page holds several articles beyond doubt. To cut an article in two does more harm than
/// to leave two together, so a page with nothing but doubtful beginnings stays whole.
fn is_sure(segments: &[Segment]) -> bool {
    let likely = |least: f32| {
        segments.iter().skip(1).filter(|segment| segment.evidence.confidence >= least).count()
    };
    likely(ALONE) >= 1 || likely(TOGETHER) >= 2
}

/// Segments without the beginnings that are less probable than `least`: a segment that begins so
/// goes to the one before it.
fn joined(segments: Vec<Segment>, least: f32) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        match joined.last_mut() {
            Some(above) if segment.evidence.confidence < least => {
                above.end = segment.end;
                above.photo &= segment.photo;
            }
            _ => joined.push(segment),
        }
    }
    joined
}

/// Segments without those of a few words without a stop: these belong to the headline below.
fn slight(lines: &Lines<'_>, classes: &[Class], segments: Vec<Segment>) -> Vec<Segment> {
    /// Characters of a text that can stand for itself.
    const LEAST: u32 = 30;
    let stopped = |at: usize| lines.filled.get(at).is_some_and(|line| line.end == End::Final);
    let mut kept: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        match kept.last_mut() {
            Some(above)
                if !above.photo
                    && text_between(lines, classes, above.start, above.end) < LEAST
                    && !(above.start..above.end).any(stopped) =>
            {
                above.end = segment.end;
                above.titled |= segment.titled;
            }
            _ => kept.push(segment),
        }
    }
    kept
}

/// Characters of text in the lines `from..to`.
fn text_between(lines: &Lines<'_>, classes: &[Class], from: usize, to: usize) -> u32 {
    let body = |at: &usize| classes.get(*at) == Some(&Class::Body);
    let size = |at: usize| lines.filled.get(at).map_or(0, |line| line.chars);
    (from..to).filter(body).map(size).fold(0, u32::saturating_add)
}

/// The search for beginnings, block after block.
struct Search<'a, 't> {
    lines: &'a Lines<'t>,
    classes: &'a [Class],
    segments: Vec<Segment>,
    /// Characters of text since the last beginning.
    since: u32,
    topics: Topics,
    considered: Vec<Considered>,
}

impl Search<'_, '_> {
    fn consider(&mut self, block: &Block) {
        let after_photo = self
            .segments
            .last()
            .is_some_and(|last| last.photo && self.ends_photo(last.start, block.first));
        let cues = block.cues(self.lines, self.classes, &mut self.topics, self.since, after_photo);
        let evidence = cues.map(|cues| cues.evidence());
        let Some(evidence) = evidence.filter(|evidence| self.accepts(block, evidence)) else {
            if after_photo {
                self.take_back();
            }
            return;
        };
        let above_titled = self.segments.last().is_some_and(|above| above.titled);
        let late = !above_titled && block.headlines.len() > 1 && self.is_late(block);
        let start = match block.headlines.get(1) {
            Some(&second) if late => second,
            _ => block.begin,
        };
        self.considered.push((start, evidence.clone()));
        if let Some(above) = self.segments.last_mut() {
            above.end = start;
        }
        self.segments.push(Segment {
            start,
            end: self.classes.len(),
            evidence,
            titled: !block.headlines.is_empty(),
            photo: block.photo,
        });
        self.since = 0;
    }

    /// Whether `evidence` is enough; what is not is noted with its reasons.
    fn accepts(&mut self, block: &Block, evidence: &Evidence) -> bool {
        let enough = evidence.confidence >= ACCEPTED;
        if !enough {
            self.considered.push((block.begin, evidence.clone()));
        }
        enough
    }

    /// Whether only the picture's own lines lie between its start and the block at `to`.
    fn ends_photo(&self, start: usize, to: usize) -> bool {
        self.classes.get(start..to).is_some_and(|own| !own.contains(&Class::Body))
    }

    /// The picture did not stand for itself after all: text goes on behind it.
    fn take_back(&mut self) {
        if self.segments.len() > 1 {
            self.segments.pop();
            if let Some(above) = self.segments.last_mut() {
                above.end = self.classes.len();
            }
        } else if let Some(first) = self.segments.first_mut() {
            first.photo = false;
        }
    }

    /// Whether the first headline of `block` is printed after the text that it belongs to.
    fn is_late(&self, block: &Block) -> bool {
        let Some((&first, &second)) = block.headlines.first().zip(block.headlines.get(1)) else {
            return false;
        };
        if forms::is_dashed(self.lines.str(second)) {
            return false;
        }
        let closing = |at: usize| {
            matches!(self.classes[at], Class::Affiliation | Class::Source | Class::Byline)
        };
        if block.lead().any(closing) {
            return true;
        }
        let affinity = Affinity::of(self.lines.str(first));
        let start = self.segments.last().map_or(0, |segment| segment.start);
        let above = affinity.share(self.lines, (start..block.first).rev(), REACH);
        let below = affinity.share(self.lines, block.end..self.classes.len(), REACH);
        above - below >= FITS_ABOVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::roles::classify;

    const LONG: &str =
        "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌，说着昨夜的水势。";

    const OTHER: &str =
        "跨江大桥昨夜合龙，施工队连夜浇筑桥面混凝土，监测船测得桥墩数据正常，工程师逐根检查钢索。";

    /// First lines of the segments of a page with these lines; `~` and `^` are long paragraphs on
    /// two subjects.
    fn starts(page: &[&'static str], mode: SplitMode) -> Vec<usize> {
        let (long, other) = (LONG.repeat(14), OTHER.repeat(14));
        let line = |line: &&'static str| match *line {
            "~" => long.clone(),
            "^" => other.clone(),
            text => text.to_owned(),
        };
        let text: Vec<String> = page.iter().map(line).collect();
        let text = text.join("\n");
        let lines = Lines::scan(&text);
        let (segments, _) = segments(&lines, &classify(&lines), mode);
        assert_eq!(segments.last().map(|last| last.end), Some(page.len()));
        assert!(segments.windows(2).all(|pair| pair[0].end == pair[1].start));
        segments.iter().map(|segment| segment.start).collect()
    }

    /// A headline over another subject is likely, but not beyond doubt.
    const LIKELY: [&str; 5] = ["石板路上", "~", "大桥合龙 两岸通车", "^", "^"];

    #[test]
    fn likely_beginnings_need_a_sure_one_on_the_page() {
        let sure = ["桥头的灯", "□何一舟", "~"];
        let both = [&LIKELY[..], &sure[..]].concat();
        assert_eq!(starts(&LIKELY, SplitMode::Auto), [0]);
        assert_eq!(starts(&both, SplitMode::Auto), [0, 2, 5]);
        assert_eq!(starts(&both, SplitMode::Strict), [0, 5]);
        assert_eq!(starts(&both, SplitMode::Off), [0]);
    }

    #[test]
    fn section_headings_begin_nothing() {
        let page = ["石板路上", "□林小满", "~", "先修屋顶", "~", "再修 墙面", "~", "一、桥", "~"];
        assert_eq!(starts(&page, SplitMode::Auto), [0]);
    }

    #[test]
    fn a_headline_after_its_text_stays_with_it() {
        let page =
            ["□林小满", "~", "（作者单位：远山大学）", "石板路上", "桥头的灯", "□何一舟", "~"];
        assert_eq!(starts(&page, SplitMode::Auto), [0, 4]);
        let page = ["石板路上", "□林小满", "~", "肩题在此", "桥头的灯", "□何一舟", "^"];
        assert_eq!(starts(&page, SplitMode::Auto), [0, 3]);
    }
}
