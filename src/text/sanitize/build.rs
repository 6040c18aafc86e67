//! The pass that makes the displayed text and its map.
//!
//! Stretches of characters that stay as they are, nearly all of a text, are copied whole. Where
//! something has to be looked at, the base before it and all that joins it are taken together,
//! because Normalization Form C may make one character of several.

use super::{
    LineEnd, Run, RunKind, Unseen,
    chars::{extends, is_invisible, stays, voiced},
    cluster::{Cluster, push_told},
};

/// The displayed text as it grows.
#[derive(Debug)]
pub(super) struct Builder<'s> {
    pub(super) text: String,
    pub(super) runs: Vec<Run>,
    pub(super) hidden: usize,
    source: &'s str,
    line_end: LineEnd,
    unseen: Unseen,
    cluster: Cluster,
}

/// Characters that stay as they are.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    end: usize,
    /// The last of them and where it is, unless it is a line end.
    base: Option<(usize, char)>,
}

impl<'s> Builder<'s> {
    /// The displayed text, or `None` when it is the source as it stands.
    pub(super) fn sanitised(source: &'s str, line_end: LineEnd, unseen: Unseen) -> Option<Self> {
        if source.chars().all(|c| stays(c, line_end)) {
            return None;
        }
        let text = String::with_capacity(source.len());
        let (runs, cluster) = (Vec::new(), Cluster::default());
        let built = Self { text, runs, hidden: 0, source, line_end, unseen, cluster }.build();
        built.runs.iter().any(|run| run.kind == RunKind::Replaced).then_some(built)
    }

    fn build(mut self) -> Self {
        let mut at = 0;
        while at < self.source.len() {
            let same = self.stretch(at);
            let (next, c) = self.next_seen(same.end);
            let base = same.base.filter(|&(_, base)| c.is_some_and(|c| joins(base, c)));
            let end = base.map_or(same.end, |(base, _)| base);
            self.put_same(at, end);
            at = match base {
                None if next > end => self.drop_unseen(end, next),
                _ => self.put_cluster(end),
            };
        }
        self
    }

    /// The characters from `at` on that stay as they are.
    fn stretch(&self, at: usize) -> Stretch {
        let mut found = Stretch { end: at, base: None };
        for c in self.chars_from(at) {
            if !stays(c, self.line_end) {
                break;
            }
            found.base = (c != '\n').then_some((found.end, c));
            found.end += c.len_utf8();
        }
        found
    }

    /// The first character from `at` on that is seen, and its place. Those that are told are seen.
    fn next_seen(&self, mut at: usize) -> (usize, Option<char>) {
        for c in self.chars_from(at) {
            if !is_invisible(c) || self.unseen == Unseen::Told {
                return (at, Some(c));
            }
            at += c.len_utf8();
        }
        (at, None)
    }

    fn put_same(&mut self, start: usize, end: usize) {
        let same = self.source.get(start..end).unwrap_or_default();
        if !same.is_empty() {
            self.begin_run(start, RunKind::Verbatim);
            self.text.push_str(same);
        }
    }

    fn drop_unseen(&mut self, start: usize, end: usize) -> usize {
        self.begin_run(start, RunKind::Replaced);
        self.hidden += self.source.get(start..end).map_or(0, |unseen| unseen.chars().count());
        end
    }

    /// Takes the character at `start` with all that joins it; where that ends.
    fn put_cluster(&mut self, start: usize) -> usize {
        let mut chars = self.chars_from(start);
        let Some(first) = chars.next() else { return self.source.len() };
        let mut end = start + first.len_utf8();
        let paired = first == '\r' && chars.next() == Some('\n');
        if paired || first == '\n' {
            self.begin_run(start, RunKind::Replaced);
            self.text.push(if self.line_end == LineEnd::Kept { '\n' } else { ' ' });
            return end + usize::from(paired);
        }
        if is_invisible(first) {
            self.begin_run(start, RunKind::Replaced);
            push_told(&mut self.text, first);
            return end;
        }
        self.cluster.begin(first);
        while let (next, Some(c)) = self.next_seen(end)
            && (extends(c) || self.cluster.takes(c))
        {
            self.hidden += self.source.get(end..next).map_or(0, |unseen| unseen.chars().count());
            self.cluster.push(c, self.unseen);
            end = next + c.len_utf8();
        }
        let (shown, dropped) = self.cluster.settle(self.unseen);
        self.hidden += dropped;
        if self.source.get(start..end) == Some(shown) {
            self.put_same(start, end);
        } else {
            self.runs.push(Run {
                display: self.text.len(),
                source: start,
                kind: RunKind::Replaced,
            });
            self.text.push_str(shown);
        }
        end
    }

    fn begin_run(&mut self, source: usize, kind: RunKind) {
        let goes_on = self.runs.last().is_some_and(|run| run.kind == RunKind::Verbatim);
        if kind == RunKind::Replaced || !goes_on {
            self.runs.push(Run { display: self.text.len(), source, kind });
        }
    }

    fn chars_from(&self, at: usize) -> std::str::Chars<'s> {
        self.source.get(at..).unwrap_or_default().chars()
    }
}

/// Whether `c` is shown together with `base`, which stays as it is where nothing follows.
fn joins(base: char, c: char) -> bool {
    extends(c) || voiced(base, c).is_some()
}
