//! The steps from text to page, in order, and who owns each line.

use std::sync::Arc;

use super::build::Builder;
use super::decide::{Considered, Segment, segments};
use super::evidence::PairCounts;
use super::grounds::ground;
use super::lines::Lines;
use super::roles::{Class, classify};
use super::{Article, Candidate, Override, Owner, Page, PageLine, Role, SplitMode};
use super::{damage, gloss, heads, hidden, overrides, records, repeats};

/// Splits `text` into articles.
///
/// Every line gets a role and an owner. A line that is not blank is in exactly one part of one
/// article, as it is except for glosses, or belongs to the page. The work grows with the length of the text.
///
/// ```
/// use zhaidu::article::{SplitMode, split};
///
/// let page = split("石板路上\n\n□林小满\n\n雨停了，路面泛着光。\n".into(), SplitMode::Auto);
/// assert_eq!(page.articles[0].title(), Some("石板路上"));
/// assert_eq!(page.articles[0].authors, ["林小满"]);
/// ```
pub fn split(text: Arc<str>, mode: SplitMode) -> Page {
    split_with(text, mode, &[])
}

/// As [`split`], but what a person decided about a line holds, whatever the mode.
///
/// ```
/// use zhaidu::article::{Override, SplitMode, Verdict, split_with};
///
/// let begins = Override { line: 1, verdict: Verdict::Begins };
/// let page = split_with("石板路上\n桥头的灯\n".into(), SplitMode::Auto, &[begins]);
/// assert_eq!(page.articles.len(), 2);
/// ```
pub fn split_with(text: Arc<str>, mode: SplitMode, decided: &[Override]) -> Page {
    let mut lines = Lines::scan(&text);
    let records = records::find(&mut lines, mode);
    let mut classes = classify(&lines);
    if records.is_none() {
        repeats::mark(&lines, &mut classes);
    }
    let (segments, mut considered) = match &records {
        Some(records) => (records.segments.clone(), Vec::new()),
        None => segments(&lines, &classes, mode),
    };
    let mut pairs = hidden::borders(&lines, &classes, &segments);
    let mut segments = match mode {
        SplitMode::Auto if records.is_none() && segments.len() > 1 => {
            hidden::reveal(&lines, &classes, &pairs, segments)
        }
        _ => segments,
    };
    if !decided.is_empty() {
        overrides::apply(decided, &lines, &classes, &mut segments, &mut considered);
        pairs = hidden::borders(&lines, &classes, &segments);
    }
    let mut roles = heads::roles(&lines, &classes, &segments);
    let mut owners = owners(&lines, &classes, &segments);
    if let Some(records) = &records {
        records.settle(&segments, &classes, &mut roles, &mut owners);
    }
    overrides::dismiss(decided, &lines, &mut segments, &mut owners, &mut considered);
    let sorted = Sorted { lines, classes, segments, considered, pairs, roles, owners };
    let (lines, articles, candidates) = sorted.articles();
    Page { text, lines, articles, candidates }
}

/// The lines of a page, sorted out.
pub(super) struct Sorted<'t> {
    pub(super) lines: Lines<'t>,
    pub(super) classes: Vec<Class>,
    /// Where articles begin and end.
    pub(super) segments: Vec<Segment>,
    pub(super) considered: Vec<Considered>,
    pub(super) pairs: PairCounts<'t>,
    /// The role of each filled line.
    pub(super) roles: Vec<Role>,
    /// The owner of each filled line.
    pub(super) owners: Vec<Owner>,
}

impl Sorted<'_> {
    /// The lines with role and owner, the articles, and where others might begin.
    pub(super) fn articles(self) -> (Vec<PageLine>, Vec<Article>, Vec<Candidate>) {
        let Self { lines, classes, segments, considered, pairs, roles, owners } = self;
        let glosses = gloss::superfluous(lines.text);
        let builder = Builder { lines: &lines, roles: &roles, pairs: &pairs, glosses: &glosses };
        let mut articles: Vec<Article> = segments
            .iter()
            .enumerate()
            .map(|(article, segment)| {
                let own = |&at: &usize| owners.get(at) == Some(&Owner::Article(article));
                let own: Vec<usize> = (segment.start..segment.end).filter(own).collect();
                builder.article(segment, &own)
            })
            .collect();
        damage::mark(&mut articles, !glosses.is_empty());
        let candidates = candidates(&lines, &segments, &considered);
        let lines = owned(lines, &classes, &roles, &owners);
        (lines, articles, candidates)
    }
}

/// The places that were considered, with those that were found otherwise, in order.
fn candidates(
    lines: &Lines<'_>,
    segments: &[Segment],
    considered: &[Considered],
) -> Vec<Candidate> {
    let line = |at: usize| lines.filled.get(at).map_or(0, |line| line.index);
    let starts = segments.iter().skip(1).map(|segment| (segment.start, &segment.evidence));
    let begins = |at: &usize| segments.binary_search_by_key(at, |segment| segment.start).is_ok();
    let refused = considered.iter().filter(|(at, _)| !begins(at));
    let refused = refused.map(|(at, evidence)| (*at, evidence, false));
    let mut all: Vec<Candidate> = starts
        .map(|(at, evidence)| (at, evidence, true))
        .chain(refused)
        .map(|(at, evidence, accepted)| Candidate {
            line: line(at),
            evidence: evidence.clone(),
            accepted,
        })
        .collect();
    all.sort_by_key(|candidate| candidate.line);
    all
}

/// Who owns each filled line: the article it lies in, or the page for headers, imprints and
/// pictures that stand between two articles.
pub(super) fn owners(lines: &Lines<'_>, classes: &[Class], segments: &[Segment]) -> Vec<Owner> {
    let mut owners = vec![Owner::Page; classes.len()];
    for (article, segment) in segments.iter().enumerate() {
        let furniture =
            |at: usize| matches!(classes[at], Class::PageHead | Class::Imprint | Class::Furniture);
        for at in (segment.start..segment.end).filter(|&at| !furniture(at)) {
            owners[at] = Owner::Article(article);
        }
    }
    for pair in segments.windows(2) {
        if let [above, below] = pair {
            between(lines, classes, above, below.start, &mut owners);
        }
    }
    // An article of nothing but furniture would be empty: it keeps its lines.
    for (article, segment) in segments.iter().enumerate() {
        if let Some(own) = owners.get_mut(segment.start..segment.end)
            && !own.contains(&Owner::Article(article))
        {
            own.fill(Owner::Article(article));
        }
    }
    owners
}

/// Gives to the page the pictures between the end of `above` and the beginning at line `start`,
/// when a gap or the author's name closes the text before them.
fn between(
    lines: &Lines<'_>,
    classes: &[Class],
    above: &Segment,
    start: usize,
    owners: &mut [Owner],
) {
    if above.photo {
        return;
    }
    let own = classes.get(above.start..start).unwrap_or_default();
    let Some(text) = own.iter().rposition(|&class| class == Class::Body) else { return };
    let mut closed = false;
    for at in above.start + text + 1..start {
        closed |= lines.floats(at);
        match classes[at] {
            Class::Byline | Class::Affiliation | Class::Source => closed = true,
            Class::Credit | Class::Caption if closed => owners[at] = Owner::Page,
            _ => {}
        }
    }
}

/// All lines of the page with role and owner. A blank line belongs to the article it lies inside
/// of, and to the page when it lies between two.
fn owned(lines: Lines<'_>, classes: &[Class], roles: &[Role], owners: &[Owner]) -> Vec<PageLine> {
    let mut all = lines.all;
    let mut blank_from = 0;
    let mut before = Owner::Page;
    for (at, line) in lines.filled.iter().enumerate() {
        let (role, owner) = (roles[at], owners[at]);
        if let Some(blank) = all.get_mut(blank_from..line.index).filter(|_| before == owner) {
            for blank in blank {
                blank.owner = owner;
            }
        }
        if let Some(filled) = all.get_mut(line.index) {
            filled.role = role;
            filled.owner = owner;
            (filled.why, filled.confidence) = ground(classes[at], role);
        }
        (blank_from, before) = (line.index + 1, owner);
    }
    all
}
