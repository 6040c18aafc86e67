//! Deciding about one article.

use memchr::memmem::Finder;

use crate::text::{range::TextRange, searchable::Searchable};

use super::{
    Expr, Field, Flag, Found, Kind, Literal, Pattern, Place, Query, Required, Subject, Term,
    date::DateRange, fields::Fields, hits::MAX_HITS, pinyin::PinyinPattern, printed::Printed,
    regex::Regex,
};

/// Letters from which on pinyin is looked for in long texts: any two are the initials of something
/// in every one of them.
pub(crate) const MIN_IN_TEXTS: usize = 3;

/// How a query is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchOptions {
    /// Whether Latin letters that are not there may be pinyin.
    pub pinyin: bool,
}

impl Default for MatchOptions {
    fn default() -> Self {
        Self { pinyin: true }
    }
}

/// What is known about whether an article matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does. What was found in what is known so far.
    Yes(Found),
    /// It does not.
    No,
    /// That depends on something that is not known yet.
    Pending,
}

/// A query made ready to be asked of many articles.
///
/// ```
/// use zhaidu::query::{Fact, MatchOptions, Matcher, Query, Subject};
/// use zhaidu::text::searchable::Searchable;
///
/// let matcher = Matcher::new(&Query::parse("開通 -房价").unwrap(), MatchOptions::default());
/// let source = "新线开通\n今天开通。";
/// let text = Searchable::of(source);
/// let subject = Subject {
///     title: Fact::Known("新线开通"),
///     keywords: Fact::Known(&[]),
///     text: Fact::Known(&text),
///     ..Subject::default()
/// };
/// let found = matcher.matches(&subject).unwrap();
/// let hits: Vec<&str> = found.hits.iter().map(|hit| hit.range.of(source)).collect();
/// assert_eq!(hits, ["开通", "开通", "开通"]);
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    root: Node,
    terms: Vec<Term>,
    needles: Vec<Needle>,
    required: Required,
}

/// The query with numbers instead of terms.
#[derive(Clone, Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Term(usize),
}

/// A term made ready.
#[derive(Clone, Debug)]
struct Needle {
    field: Field,
    looks_for: LooksFor,
    /// Whether the article must have it, not must not.
    wanted: bool,
}

#[derive(Clone, Debug)]
enum LooksFor {
    Text { finder: Box<Finder<'static>>, whole: bool, pinyin: Option<Box<PinyinPattern>> },
    Regex(Regex),
    Date(DateRange),
    Is(Flag),
}

impl Matcher {
    /// Makes a query ready.
    pub fn new(query: &Query, options: MatchOptions) -> Self {
        Self::with(query, options.pinyin, &|_| options.pinyin)
    }

    /// Makes a query ready for who asks articles for what is printed there, but may read some fields by their
    /// pinyin, and tags and notes always, which are few and short.
    pub fn literal_but_for(
        query: &Query,
        options: MatchOptions,
        is_read: impl Fn(Field) -> bool,
    ) -> Self {
        Self::with(query, false, &|field| options.pinyin && (field.is_of_marks() || is_read(field)))
    }

    fn with(query: &Query, pinyin: bool, may_be_pinyin: &dyn Fn(Field) -> bool) -> Self {
        let mut matcher = Self {
            root: Node::All(Vec::new()),
            terms: Vec::new(),
            needles: Vec::new(),
            required: Required::of(&query.expr, pinyin),
        };
        matcher.root = matcher.node(&query.expr, may_be_pinyin, true);
        matcher
    }

    fn node(&mut self, expr: &Expr, pinyin: &dyn Fn(Field) -> bool, wanted: bool) -> Node {
        match expr {
            Expr::All(parts) => {
                Node::All(parts.iter().map(|part| self.node(part, pinyin, wanted)).collect())
            }
            Expr::Any(parts) => {
                Node::Any(parts.iter().map(|part| self.node(part, pinyin, wanted)).collect())
            }
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner, pinyin, !wanted))),
            Expr::Term(term) => {
                // What is left out must be printed there: an index knows no readings of all texts. Tags are few.
                let is_read = pinyin(term.field) && (wanted || term.field.is_of_marks());
                let looks_for = LooksFor::new(term, is_read);
                self.needles.push(Needle { field: term.field, looks_for, wanted });
                self.terms.push(term.clone());
                Node::Term(self.terms.len() - 1)
            }
        }
    }

    /// The terms of the query in the order in which they were typed.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// What every matching article has, so that an index can leave out the others.
    pub fn required(&self) -> &Required {
        &self.required
    }

    /// What was found in an article, if it is known to match.
    pub fn matches(&self, subject: &Subject<'_>) -> Option<Found> {
        match self.judge(subject) {
            Verdict::Yes(found) => Some(found),
            Verdict::No | Verdict::Pending => None,
        }
    }

    /// Whether an article matches, as far as that is known.
    pub fn judge(&self, subject: &Subject<'_>) -> Verdict {
        let fields = Fields::new(*subject);
        match self.holds(&self.root, &fields) {
            Some(true) => Verdict::Yes(self.found(&fields)),
            Some(false) => Verdict::No,
            None => Verdict::Pending,
        }
    }

    /// What a text has as it is printed when it matches, if that is all that is asked.
    pub fn printed(&self) -> Option<Printed> {
        let term = |node: &Node| {
            let Node::Term(term) = *node else { return None };
            match self.needles.get(term)? {
                Needle {
                    field: Field::Any,
                    looks_for: LooksFor::Text { finder, pinyin: None, .. },
                    ..
                } => Some((term, finder.as_ref().clone())),
                _ => None,
            }
        };
        let group = |node: &Node| match node {
            Node::Any(parts) => parts.iter().map(term).collect::<Option<Vec<_>>>(),
            single => term(single).map(|term| vec![term]),
        };
        let groups: Option<Vec<_>> = match &self.root {
            Node::All(parts) if !parts.is_empty() => parts.iter().map(group).collect(),
            single => group(single).map(|group| vec![group]),
        };
        Some(Printed::of(groups?))
    }

    /// Whether a condition holds; `None` when that is not known. As deep as a query may be.
    fn holds(&self, node: &Node, fields: &Fields<'_>) -> Option<bool> {
        match node {
            Node::All(parts) => self.decided(parts, fields, false),
            Node::Any(parts) => self.decided(parts, fields, true),
            Node::Not(inner) => self.holds(inner, fields).map(|holds| !holds),
            Node::Term(term) => self.needles.get(*term)?.holds(fields),
        }
    }

    /// `decisive` when one of the parts is, its opposite when all are.
    fn decided(&self, parts: &[Node], fields: &Fields<'_>, decisive: bool) -> Option<bool> {
        let mut all_known = true;
        for part in parts {
            match self.holds(part, fields) {
                Some(holds) if holds == decisive => return Some(decisive),
                known => all_known &= known.is_some(),
            }
        }
        all_known.then_some(!decisive)
    }

    fn found(&self, fields: &Fields<'_>) -> Found {
        let mut found = Found::default();
        for (term, needle) in self.needles.iter().enumerate().filter(|(_, it)| it.wanted) {
            needle.collect(term, fields, &mut found);
        }
        found.tidy();
        found
    }
}

impl LooksFor {
    fn new(term: &Term, may_be_pinyin: bool) -> Self {
        match &term.pattern {
            Pattern::Literal(literal) => Self::Text {
                finder: Box::new(Finder::new(&literal.folded).into_owned()),
                // Keywords and tags are names.
                whole: literal.quoted && matches!(term.field, Field::Keyword | Field::Tag),
                pinyin: may_be_pinyin.then(|| pinyin(literal, term.field)).flatten(),
            },
            Pattern::Regex(regex) => Self::Regex(regex.clone()),
            Pattern::Date(span) => Self::Date(*span),
            Pattern::Is(flag) => Self::Is(*flag),
        }
    }
}

/// The pinyin that a word may be. A path is written in the letters that were typed for it.
fn pinyin(literal: &Literal, field: Field) -> Option<Box<PinyinPattern>> {
    let may_be = !literal.quoted && field != Field::Path;
    may_be.then(|| PinyinPattern::new(&literal.folded).map(Box::new)).flatten()
}

/// Whether pinyin of so many letters is looked for in a place.
fn is_long_enough(pinyin: &PinyinPattern, place: Place) -> bool {
    !matches!(place, Place::Text | Place::Note) || pinyin.letters() >= MIN_IN_TEXTS
}

impl Needle {
    fn holds(&self, fields: &Fields<'_>) -> Option<bool> {
        match &self.looks_for {
            LooksFor::Date(span) => fields.date(|date| span.contains(date)),
            LooksFor::Is(flag) => fields.is(*flag),
            LooksFor::Regex(regex) => fields.search(self.field, |_, text| regex.is_in(text.text())),
            LooksFor::Text { finder, whole, pinyin } => {
                let literal = fields.search(self.field, |_, text| is_in(finder, *whole, text));
                let (Some(pinyin), None | Some(false)) = (pinyin, literal) else { return literal };
                fields.search(self.field, |place, text| {
                    is_long_enough(pinyin, place) && pinyin.find(text.text()).is_some()
                })
            }
        }
    }

    /// Adds all hits.
    fn collect(&self, term: usize, fields: &Fields<'_>, found: &mut Found) {
        match &self.looks_for {
            LooksFor::Date(_) | LooksFor::Is(_) => {}
            LooksFor::Regex(regex) => {
                fields.search(self.field, |place, text| {
                    let hits = sources(text, regex.hits(text.text()));
                    found.add(term, place, Kind::Regex, &hits);
                    false
                });
            }
            LooksFor::Text { finder, whole, pinyin } => {
                let before = found.hits.len();
                fields.search(self.field, |place, text| {
                    let all = is_in(finder, *whole, text);
                    let starts = finder.find_iter(text.text().as_bytes()).filter(|_| all);
                    let length = finder.needle().len();
                    let ranges = starts.map(|start| TextRange::new(start, start + length));
                    found.add(term, place, Kind::Literal, &sources(text, ranges));
                    false
                });
                let Some(pinyin) = pinyin.as_ref().filter(|_| found.hits.len() == before) else {
                    return;
                };
                fields.search(self.field, |place, text| {
                    if is_long_enough(pinyin, place) {
                        let ranges = sources(text, pinyin.find_all(text.text()));
                        found.add(term, place, Kind::Pinyin, &ranges);
                    }
                    false
                });
            }
        }
    }
}

/// Whether a literal is in a text, or is it.
fn is_in(finder: &Finder<'_>, whole: bool, text: &Searchable) -> bool {
    let text = text.text().as_bytes();
    if whole { text.trim_ascii() == finder.needle() } else { finder.find(text).is_some() }
}

/// Hits in the text as it is printed.
fn sources(text: &Searchable, hits: impl Iterator<Item = TextRange>) -> Vec<TextRange> {
    hits.take(MAX_HITS).map(|hit| text.source(hit)).collect()
}

#[cfg(test)]
mod tests;
