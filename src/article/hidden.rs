//! Beginnings without any line that announces them.
//!
//! When a headline is left over at the end of an article that has one already, the text above it
//! must hold two articles: the second began where a paragraph breaks off and the words of the
//! headline set in.

use super::chars::is_han;
use super::decide::Segment;
use super::evidence::{Affinity, PairCounts};
use super::heads::left_over;
use super::joins;
use super::lines::{End, Lines};
use super::roles::Class;
use super::why::{Evidence, Word};

/// How sure such a beginning is; measured on too few pages for more than a cautious figure.
const CONFIDENCE: f32 = 0.7;
const LEFT_OVER: Word = Word::new(
    "篇末多出标题，正文在此中断",
    "a headline is left over at the end, and the text breaks off here",
);
/// Characters of text that must stand on either side.
const LEAST: u32 = 200;
/// Share of the headline's words, by density, that must stand below the beginning.
const BELOW: f32 = 0.6;

/// Cuts segments in two where a headline is left over.
pub(super) fn reveal(
    lines: &Lines<'_>,
    classes: &[Class],
    pairs: &PairCounts<'_>,
    segments: Vec<Segment>,
) -> Vec<Segment> {
    let mut revealed: Vec<Segment> = Vec::with_capacity(segments.len());
    for mut segment in segments {
        let (headlines, closed) = left_over(classes, &segment);
        let headline = headlines.first().filter(|_| closed && segment.titled);
        let begins = |segment: &Segment| {
            headline.and_then(|&at| hidden_start(lines, classes, pairs, segment, at))
        };
        let mut start = None;
        // A headline too many: the one at a doubtful beginning may head a section of the article
        // that begins before it.
        if let Some(above) = revealed.last().filter(|_| !segment.evidence.is_sure()) {
            let joined = Segment { end: segment.end, ..above.clone() };
            start = begins(&joined);
            if start.is_some() {
                revealed.pop();
                segment = joined;
            }
        }
        let start = start.or_else(|| begins(&segment));
        let Some(start) = start else {
            revealed.push(segment);
            continue;
        };
        let hidden = Segment {
            start,
            end: segment.end,
            evidence: Evidence::of(CONFIDENCE, LEFT_OVER),
            titled: false,
            photo: false,
        };
        segment.end = start;
        revealed.push(segment);
        revealed.push(hidden);
    }
    revealed
}

/// The line where the text of the headline in line `headline` sets in.
fn hidden_start(
    lines: &Lines<'_>,
    classes: &[Class],
    pairs: &PairCounts<'_>,
    segment: &Segment,
    headline: usize,
) -> Option<usize> {
    let affinity = Affinity::of(lines.str(headline));
    let text = |at: usize| classes.get(at) == Some(&Class::Body);
    let mut sums = Vec::with_capacity(headline - segment.start);
    let (mut chars, mut hits) = (0_u32, 0_u32);
    for at in segment.start..headline {
        if text(at) {
            chars = chars.saturating_add(lines.filled.get(at)?.chars);
            hits = hits.saturating_add(affinity.count(lines.str(at)));
        }
        sums.push((at, chars, hits));
    }
    let breaks_off = |at: usize| {
        let (Some(line), Some(next)) = (lines.filled.get(at), lines.filled.get(at + 1)) else {
            return false;
        };
        let border = (line.last, next.first);
        let known = is_han(border.0) && is_han(border.1) && pairs.get(border) > 0;
        text(at) && text(at + 1) && line.end == End::Open && !known
    };
    let density = |hits: u32, chars: u32| hits as f32 / chars.max(1) as f32;
    let places = sums.iter().filter(|&&(at, above, _)| {
        above >= LEAST && chars - above >= LEAST && at + 1 < headline && breaks_off(at)
    });
    let scored = places.map(|&(at, above, known)| {
        let (before, after) = (density(known, above), density(hits - known, chars - above));
        (at + 1, after / (before + after).max(f32::MIN_POSITIVE))
    });
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 >= BELOW).then_some(best.0)
}

/// Pairs of characters that [`reveal`] and the joins ask for.
pub(super) fn borders<'t>(
    lines: &Lines<'t>,
    classes: &[Class],
    segments: &[Segment],
) -> PairCounts<'t> {
    let text = |at: usize| classes.get(at) == Some(&Class::Body);
    let around = segments.iter().filter_map(|segment| {
        let mut body = (segment.start..segment.end).filter(|&at| text(at));
        let first = lines.filled.get(body.next()?)?;
        Some((lines.filled.get(body.next_back()?)?.last, first.first))
    });
    PairCounts::of(lines.text, joins::borders(lines, text).chain(around))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::roles::classify;

    #[test]
    fn a_doubtful_beginning_stays_when_nothing_hidden_is_found() {
        let long = "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌。".repeat(9);
        let text =
            format!("石板路上\n{long}\n大桥合龙\n{long}\n（作者单位：远山大学）\n多出来的标题\n");
        let lines = Lines::scan(&text);
        let classes = classify(&lines);
        let segment = |start, end, confidence| Segment {
            start,
            end,
            evidence: Evidence::of(confidence, LEFT_OVER),
            titled: true,
            photo: false,
        };
        let segments = vec![segment(0, 2, 0.95), segment(2, 6, 0.7)];
        assert!(left_over(&classes, &segments[1]).1, "the last headline is left over");
        let pairs = PairCounts::default();
        assert_eq!(reveal(&lines, &classes, &pairs, segments.clone()), segments);
    }
}
