//! Cutting a paragraph into sentences.
//!
//! A sentence ends after 。！？ or an ellipsis that nothing closes, together with the quotation
//! marks and brackets that follow. A quotation stays in one piece with what introduces it and
//! with the note of who spoke (“……。”他说。), so that no sentence has half a pair. A mark whose
//! other half was lost counts for nothing: it must not swallow the rest of the paragraph.

mod dot;
mod marks;
mod pieces;
mod speech;
#[cfg(test)]
mod tests;

use super::range::TextRange;
use dot::Markers;
use marks::{Kind, Mark, Pair};
use pieces::Joint;

/// A quotation or a bracket with more characters than this is cut at its own stops.
const LONG_PAIR: usize = 120;
/// A remark in brackets behind a sentence has at most so many characters.
const REMARK: usize = 20;

/// The sentences of `paragraph`, in order, as ranges without the blanks around them. What lies
/// between two of them is white space (or has no width), so no character of the text is lost.
///
/// A line break is white space like any other: whether a paragraph ends there was decided before.
pub fn sentences(paragraph: &str) -> Vec<TextRange> {
    let marks = marks::scan(paragraph);
    let mut cutter = Cutter::new(paragraph, &marks);
    let mut at = 0;
    while let Some(mark) = marks.get(at) {
        at = cutter.take(at, *mark);
    }
    cutter.finish()
}

/// A row of stops with the closing marks behind it.
struct Run {
    /// First byte.
    at: usize,
    /// One past the last byte.
    end: usize,
    /// Index of the first mark behind it.
    next: usize,
    /// The last mark, when it closes something.
    closer: Option<Mark>,
    /// There is a 。 in it.
    full: bool,
    /// There is nothing but … and dots in it.
    ellipsis: bool,
    /// Its last mark is a Latin one, before which a small letter goes on.
    latin: bool,
}

struct Cutter<'a> {
    text: &'a str,
    marks: &'a [Mark],
    sentences: Vec<TextRange>,
    /// Where the sentence begins.
    start: Joint,
    /// Before this byte the sentence has neither letter nor digit.
    bare: usize,
    /// Where the outermost pair that may not be cut ends.
    guard: usize,
    /// Semicolons of the sentence outside of all pairs.
    semicolons: Vec<Joint>,
    markers: Markers,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, marks: &'a [Mark]) -> Self {
        Self {
            text,
            marks,
            sentences: Vec::with_capacity(text.len() / 96 + 1),
            start: (0, 0),
            bare: 0,
            guard: 0,
            semicolons: Vec::new(),
            markers: Markers::default(),
        }
    }

    /// Looks at one mark; the index of the next one to look at.
    fn take(&mut self, at: usize, mark: Mark) -> usize {
        match mark.kind {
            Kind::Open(_) => {
                if let Some(partner) = self.partner(mark)
                    && partner.index - mark.index <= LONG_PAIR
                {
                    self.guard = self.guard.max(partner.end);
                }
            }
            Kind::Semicolon if mark.end > self.guard => {
                self.semicolons.push((mark.end, mark.index + 1));
            }
            Kind::Full | Kind::Call | Kind::Ellipsis | Kind::Dot if self.stops(mark) => {
                let run = self.run(at, mark);
                if self.ends_behind(&run) {
                    let (end, next) = self.with_remark(&run);
                    self.cut(end, next);
                    return next;
                }
                return run.next;
            }
            _ => {}
        }
        at + 1
    }

    fn partner(&self, mark: Mark) -> Option<Mark> {
        self.marks.get(mark.partner?).copied()
    }

    fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn behind(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    fn stops(&mut self, mark: Mark) -> bool {
        mark.kind != Kind::Dot || self.markers.is_stop(self.text, self.start.0, mark.at, mark.end)
    }

    /// The stops and closing marks from mark number `at` on. White space may stand before a
    /// closing mark.
    fn run(&self, at: usize, first: Mark) -> Run {
        let latin = |mark: Mark| {
            let last = mark.end.checked_sub(1).and_then(|last| self.text.as_bytes().get(last));
            last.is_some_and(u8::is_ascii)
        };
        let mut run = Run {
            at: first.at,
            end: first.end,
            next: at + 1,
            closer: None,
            full: first.kind == Kind::Full,
            ellipsis: first.kind == Kind::Ellipsis,
            latin: latin(first),
        };
        while let Some(&mark) = self.marks.get(run.next) {
            let gap = self.between(run.end, mark.at);
            match mark.kind {
                Kind::Full | Kind::Call | Kind::Ellipsis | Kind::Dot if gap.is_empty() => {
                    run.closer = None;
                    run.full |= mark.kind == Kind::Full;
                    run.ellipsis &= mark.kind == Kind::Ellipsis;
                    run.latin = latin(mark);
                }
                Kind::Close(_) if gap.trim_start().is_empty() => run.closer = Some(mark),
                _ => break,
            }
            run.end = mark.end;
            run.next += 1;
        }
        run
    }

    fn ends_behind(&mut self, run: &Run) -> bool {
        let behind = self.behind(run.end);
        let next = behind.trim_start();
        if run.end < self.guard || next.starts_with(marks::is_pause) || !self.has_content(run.at) {
            return false;
        }
        let before = self.between(self.start.0, run.at);
        if speech::is_marker(before) {
            return false;
        }
        if run.ellipsis && run.closer.is_none() {
            let dots = run.latin && behind.starts_with(|c: char| c.is_ascii_alphanumeric());
            return !(dots || speech::is_inner_ellipsis(before, behind));
        }
        let latin = run.latin && before.ends_with(|c: char| c.is_ascii_alphanumeric());
        if latin && !dot::begins_anew(behind) {
            return false;
        }
        run.closer.is_none_or(|closer| self.ends_with_pair(run, closer, behind))
    }

    /// Whether the sentence ends with a pair whose last words have a stop of their own.
    fn ends_with_pair(&self, run: &Run, closer: Mark, behind: &str) -> bool {
        let next = behind.trim_start();
        if next.is_empty() {
            return true;
        }
        let Kind::Close(pair) = closer.kind else { return true };
        let opener = self.partner(closer).filter(|opener| opener.at >= self.start.0);
        let lead = opener.map(|opener| self.between(self.start.0, opener.at).trim_end());
        let lead = lead.and_then(|lead| lead.chars().next_back());
        if pair == Pair::Title || speech::goes_on(behind) {
            return false;
        }
        let introduced = matches!(lead, Some('：' | ':'));
        if pair.is_quotation() && !introduced && speech::is_attribution(behind) {
            return false;
        }
        // Words that are quoted, or put into brackets, in the middle of a sentence may have a ！
        // or a ？ of their own; a whole sentence has a 。.
        let embedded = match lead {
            None => false,
            Some(c) if pair.is_quotation() => c.is_alphanumeric() || matches!(c, '”' | '」' | '、'),
            Some(_) => true,
        };
        run.full || !embedded
    }

    /// The end of the sentence when a remark in brackets behind the run belongs to it, as （笑） or
    /// the name of the writer at the end of a paragraph; and the index of the mark behind that.
    fn with_remark(&self, run: &Run) -> (usize, usize) {
        let without = (run.end, run.next);
        let Some(&opener) = self.marks.get(run.next) else { return without };
        let Some(closer) = self.partner(opener).filter(|closer| closer.index > opener.index) else {
            return without;
        };
        let gap = self.between(run.end, opener.at);
        if !gap.trim_start().is_empty() || closer.index - opener.index > REMARK {
            return without;
        }
        let inside = self.between(opener.end, closer.at);
        let last = || self.behind(closer.end).trim_start().is_empty();
        let plain = || !inside.contains(marks::is_stop) && !speech::is_marker(inside);
        let belongs = match opener.kind {
            Kind::Open(Pair::Round) => plain() && (last() || speech::is_remark(inside)),
            Kind::Open(Pair::Square) => gap.is_empty() && speech::is_reference(inside),
            _ => false,
        };
        if belongs { (closer.end, opener.partner.map_or(run.next, |at| at + 1)) } else { without }
    }

    /// Whether the sentence has a letter or a digit before byte `end`.
    fn has_content(&mut self, end: usize) -> bool {
        let first = self.between(self.bare, end).find(char::is_alphanumeric);
        self.bare = first.map_or(end.max(self.bare), |at| self.bare + at);
        first.is_some()
    }

    /// Ends the sentence at byte `end`, before mark number `next`.
    fn cut(&mut self, end: usize, next: usize) {
        let index = self.index_of(end, next);
        let mut start = self.start.0;
        for at in pieces::joints(self.start, (end, index), &self.semicolons) {
            pieces::push(self.text, TextRange::new(start, at), &mut self.sentences);
            start = at;
        }
        pieces::push(self.text, TextRange::new(start, end), &mut self.sentences);
        self.start = (end, index);
        self.bare = end;
        self.semicolons.clear();
    }

    /// Characters before byte `end`, which lies behind the mark before number `next`.
    fn index_of(&self, end: usize, next: usize) -> usize {
        let mark = next.checked_sub(1).and_then(|at| self.marks.get(at));
        mark.map_or(0, |mark| mark.index + self.between(mark.at, end).chars().count())
    }

    /// The sentences; what is left without a stop is one more, unless it has no content.
    fn finish(mut self) -> Vec<TextRange> {
        let end = self.text.len();
        if self.has_content(end) || self.sentences.is_empty() {
            self.cut(end, self.marks.len());
        } else if let Some(last) = self.sentences.last_mut() {
            let rest = self.text.get(last.end..).unwrap_or_default();
            last.end += rest.trim_end_matches(pieces::is_blank).len();
        }
        self.sentences
    }
}
