//! What a person decided about a page, against the splitter.

use std::fmt;

use super::decide::{Considered, Segment};
use super::lines::Lines;
use super::roles::Class;
use super::why::{Evidence, Reason, Word};
use super::{Owner, SplitMode};

const OWN: Word = Word::new("你的决定", "your own decision");
const NO_ARTICLE: Word = Word::new("你说这不是文章", "you said that this is no article");

/// Something that a person decided about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// About one of its lines.
    Line(Override),
    /// How willing the splitter is to see several articles on it.
    Mode(SplitMode),
    /// The decision before counts no more.
    Undo,
    /// Something that only later versions know, which can be taken back as any other.
    Unknown,
}

/// A decision about one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Override {
    /// The line, as index into [`Page::lines`](super::Page::lines).
    pub line: usize,
    /// What was decided about it.
    pub verdict: Verdict,
}

/// What was decided about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// An article begins there.
    Begins,
    /// No article begins there: it goes on with the one above.
    GoesOn,
    /// What begins there is no article: its lines belong to the page.
    NoArticle,
}

impl Verdict {
    /// Whether it says where articles begin, not what they are. One of each kind holds for a line.
    pub fn is_border(self) -> bool {
        self != Self::NoArticle
    }
}

/// The hash of a page's whole text: what a decision is about, wherever the page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageId(pub [u8; 32]);

impl PageId {
    /// The id of a page with this text: its BLAKE3 hash.
    pub fn of(text: &str) -> Self {
        Self(*blake3::hash(text.as_bytes()).as_bytes())
    }

    /// The id that is written so, 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(*hash.as_bytes()))
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Evidence {
    /// Whether a person decided it.
    pub fn is_own(&self) -> bool {
        self.reasons.iter().any(|reason| reason.word == OWN || reason.word == NO_ARTICLE)
    }
}

/// Cuts and joins `segments` as `overrides` say, the later one where two are about one line. What
/// was considered at such a line gives way to the decision.
pub(super) fn apply(
    overrides: &[Override],
    lines: &Lines<'_>,
    classes: &[Class],
    segments: &mut Vec<Segment>,
    considered: &mut Vec<Considered>,
) {
    for decision in overrides.iter().filter(|decision| decision.verdict.is_border()) {
        let found = lines.filled.binary_search_by_key(&decision.line, |line| line.index);
        // The top of the page is where its first article begins, whatever anybody says.
        let Some(at) = found.ok().filter(|&at| at > 0) else { continue };
        considered.retain(|(considered, _)| *considered != at);
        let start = segments.binary_search_by_key(&at, |segment| segment.start);
        match (decision.verdict, start) {
            (Verdict::Begins, Ok(same)) => segments[same].evidence = begins(),
            (Verdict::Begins, Err(below)) => cut(segments, below, at, classes),
            (Verdict::GoesOn, Ok(same)) => {
                let segment = segments.remove(same);
                if let Some(above) = same.checked_sub(1).and_then(|above| segments.get_mut(above)) {
                    above.end = segment.end;
                    above.photo &= segment.photo;
                }
                considered.push((at, against(OWN)));
            }
            (Verdict::GoesOn, Err(_)) => considered.push((at, against(OWN))),
            // Of no use before all borders are known.
            (Verdict::NoArticle, _) => {}
        }
    }
}

/// Takes away what is no article, as `overrides` say: its lines belong to the page. What does not begin
/// where that was said is another one by now; and one article is left whatever anybody says.
pub(super) fn dismiss(
    overrides: &[Override],
    lines: &Lines<'_>,
    segments: &mut Vec<Segment>,
    owners: &mut [Owner],
    considered: &mut Vec<Considered>,
) {
    for decision in overrides.iter().filter(|decision| !decision.verdict.is_border()) {
        let at = lines.filled.binary_search_by_key(&decision.line, |line| line.index);
        let begins = |at: usize| segments.binary_search_by_key(&at, |segment| segment.start).ok();
        let found = at.ok().and_then(|at| Some((at, begins(at)?)));
        let Some((at, number)) = found.filter(|_| segments.len() > 1) else { continue };
        segments.remove(number);
        for owner in owners.iter_mut() {
            match owner {
                Owner::Article(own) if *own == number => *owner = Owner::Page,
                Owner::Article(later) if *later > number => *later -= 1,
                Owner::Article(_) | Owner::Page => {}
            }
        }
        considered.retain(|(considered, _)| *considered != at);
        considered.push((at, against(NO_ARTICLE)));
    }
}

/// Cuts the segment before index `below` at line `at`.
fn cut(segments: &mut Vec<Segment>, below: usize, at: usize, classes: &[Class]) {
    let Some(above) = below.checked_sub(1).and_then(|above| segments.get_mut(above)) else {
        return;
    };
    let end = std::mem::replace(&mut above.end, at);
    let titled = classes.get(at).is_some_and(|class| class.is_display());
    segments.insert(below, Segment { start: at, end, evidence: begins(), titled, photo: false });
}

fn begins() -> Evidence {
    Evidence { confidence: 1.0, ..Evidence::of(1.0, OWN) }
}

fn against(word: Word) -> Evidence {
    let share = -Evidence::of(1.0, word).reasons.first().map_or(0.0, |reason| reason.share);
    Evidence { confidence: 0.0, reasons: vec![Reason { word, share }] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Page, split, split_with};
    use crate::lang::Lang;
    use Verdict::{Begins, GoesOn, NoArticle};
    use proptest::prelude::*;

    const PAGE: &str = "石板路上\n\n□林小满\n\n雨停了，路面泛着光，巷口的茶馆早早开了门。\n\n\
                        桥头的灯\n\n□何一舟\n\n灯亮了一夜，桥下的水也响了一夜，天亮才歇。\n";

    fn page(mode: SplitMode, overrides: &[(usize, Verdict)]) -> Page {
        let decided = |&(line, verdict): &(usize, Verdict)| Override { line, verdict };
        let overrides: Vec<Override> = overrides.iter().map(decided).collect();
        split_with(PAGE.into(), mode, &overrides)
    }

    fn titles(page: &Page) -> Vec<String> {
        page.articles.iter().map(super::super::Article::headline).collect()
    }

    #[test]
    fn a_decision_outweighs_the_splitter() {
        let two = page(SplitMode::Off, &[(6, Begins)]);
        assert_eq!(titles(&two), ["石板路上", "桥头的灯"]);
        assert_eq!(two.articles[1].start.words(Lang::En), ["your own decision"]);
        assert!(two.articles[1].start.confidence >= 1.0 && two.articles[1].start.is_sure());
        assert_eq!(two.articles[1].authors, ["何一舟"]);
        let one = page(SplitMode::Off, &[(6, Begins), (6, GoesOn)]);
        assert_eq!(one.articles.len(), 1);
        let refused: Vec<_> = one.candidates.iter().map(|c| (c.line, c.accepted)).collect();
        assert_eq!(refused, [(6, false)]);
        assert_eq!(one.candidates[0].evidence.reasons[0].word.of(Lang::Zh), "你的决定");
    }

    #[test]
    fn a_beginning_that_was_found_can_be_joined() {
        let long = "雨后的石板路泛着光，巷口的茶馆早早开了门，三五位老人围坐一桌。".repeat(14);
        let text = format!("石板路上\n\n□林小满\n\n{long}\n\n桥头的灯\n\n□何一舟\n\n{long}\n");
        let found = split(text.as_str().into(), SplitMode::Auto);
        assert_eq!(found.articles.len(), 2);
        let joined = [Override { line: found.candidates[0].line, verdict: GoesOn }];
        let joined = split_with(text.into(), SplitMode::Auto, &joined);
        assert_eq!(joined.articles.len(), 1);
        assert!(joined.articles[0].text.contains("何一舟"), "nothing is lost");
    }

    #[test]
    fn what_is_no_article_belongs_to_the_page() {
        for (line, left) in [(0, "桥头的灯"), (6, "石板路上")] {
            let rest = page(SplitMode::Off, &[(6, Begins), (line, NoArticle)]);
            assert_eq!(titles(&rest), [left]);
            let of_page =
                |line: usize| rest.lines.get(line).map(|line| line.owner) == Some(Owner::Page);
            assert!([0, 2, 4].iter().all(|at| of_page(line + at)), "{:?}", rest.lines);
            let told = rest.candidates.iter().find(|it| it.line == line).map(|it| &it.evidence);
            assert!(told.is_some_and(Evidence::is_own), "{:?}", rest.candidates);
            assert_eq!(rest.borders().starts.len(), 1);
        }
        // Nothing begins there any more, and one article stays.
        let joined = page(SplitMode::Off, &[(6, Begins), (6, NoArticle), (6, GoesOn)]);
        assert_eq!(titles(&joined), ["石板路上"]);
        let last = page(SplitMode::Off, &[(6, Begins), (0, NoArticle), (6, NoArticle)]);
        assert_eq!(titles(&last), ["桥头的灯"]);
        let none = page(SplitMode::Off, &[(2, NoArticle), (999, NoArticle), (0, NoArticle)]);
        assert_eq!(titles(&none), ["石板路上"]);
    }

    #[test]
    fn decisions_about_nothing_change_nothing() {
        let plain = page(SplitMode::Off, &[]);
        for decision in [(0, GoesOn), (0, Begins), (1, Begins), (999, Begins), (999, GoesOn)] {
            let same = page(SplitMode::Off, &[decision]);
            assert_eq!(titles(&same), titles(&plain), "{decision:?}");
            assert_eq!(same.candidates, plain.candidates, "{decision:?}");
        }
    }

    #[test]
    fn the_id_is_written_and_read() {
        let id = PageId::of(PAGE);
        assert_eq!(PageId::parse(&id.to_string()), Some(id));
        assert_eq!(PageId::parse("12"), None);
        assert_ne!(id, PageId::of(&PAGE[3..]));
    }

    proptest! {
        /// Whatever is decided, every line that is not blank is in one place, once.
        #[test]
        fn nothing_is_lost(
            decisions in prop::collection::vec((0usize..14, any::<bool>()), 0..12),
            mode in prop::sample::select(vec![SplitMode::Off, SplitMode::Auto, SplitMode::Strict]),
        ) {
            let verdict = |begins| if begins { Begins } else { GoesOn };
            let decided: Vec<_> = decisions.iter().map(|&(at, b)| (at, verdict(b))).collect();
            let page = page(mode, &decided);
            let pieces = page.articles.iter().flat_map(|article| &article.parts);
            let mut lines: Vec<usize> = pieces
                .flat_map(|part| &part.pieces)
                .map(|piece| page.line_of(piece.source.start))
                .collect();
            lines.sort_unstable();
            prop_assert_eq!(lines, [1, 3, 5, 7, 9, 11]);
            for (line, verdict) in decided.iter().rev().take(1) {
                let begins = page.candidates.iter().any(|c| c.line == *line && c.accepted);
                let filled = *line > 0 && line % 2 == 0 && *line < 11;
                prop_assert_eq!(begins, filled && *verdict == Begins);
            }
        }
    }
}
