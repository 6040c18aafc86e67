//! What an index can know of a query: text that every article which matches must have.

use super::{Expr, Field, Pattern, Term, pinyin::PinyinPattern};

/// A condition that every matching article fulfils, and others may.
///
/// It is about the folded title, keywords and text of an article taken together, and is weaker than
/// the query: what fulfils it still has to be matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    /// Nothing is known; every article has to be looked at.
    Anything,
    /// This folded text, not empty, is in it.
    Text(String),
    /// All of these, at least two, none of which is [`Required::Anything`].
    All(Vec<Required>),
    /// At least one of these, none of which is [`Required::Anything`].
    Any(Vec<Required>),
}

impl Required {
    /// What a condition requires, when Latin letters may be pinyin or when they may not.
    pub fn of(expr: &Expr, pinyin: bool) -> Self {
        match expr {
            Expr::All(parts) => Self::all(parts.iter().map(|part| Self::of(part, pinyin))),
            Expr::Any(parts) => Self::any(parts.iter().map(|part| Self::of(part, pinyin))),
            Expr::Not(_) => Self::Anything,
            Expr::Term(term) => Self::of_term(term, pinyin),
        }
    }

    fn of_term(term: &Term, pinyin: bool) -> Self {
        if !matches!(term.field, Field::Any | Field::Title | Field::Keyword) {
            return Self::Anything;
        }
        match &term.pattern {
            Pattern::Literal(literal) => {
                let may_be_pinyin = pinyin && !literal.quoted;
                if may_be_pinyin && PinyinPattern::is_one(&literal.folded) {
                    return Self::Anything;
                }
                Self::text(&literal.folded)
            }
            Pattern::Regex(regex) => regex.required().clone(),
            Pattern::Date(_) | Pattern::Is(_) => Self::Anything,
        }
    }

    /// This text.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Anything } else { Self::Text(text.to_owned()) }
    }

    /// All of these.
    pub(super) fn all(parts: impl Iterator<Item = Self>) -> Self {
        let mut known = Vec::new();
        for part in parts {
            match part {
                Self::Anything => {}
                Self::All(inner) => known.extend(inner),
                part => known.push(part),
            }
        }
        match (known.len(), known.pop()) {
            (1, Some(only)) => only,
            (_, Some(last)) => {
                known.push(last);
                Self::All(known)
            }
            (_, None) => Self::Anything,
        }
    }

    /// One of these.
    pub(super) fn any(parts: impl Iterator<Item = Self>) -> Self {
        let mut known = Vec::new();
        for part in parts {
            match part {
                Self::Anything => return Self::Anything,
                Self::Any(inner) => known.extend(inner),
                part => known.push(part),
            }
        }
        if known.is_empty() { Self::Anything } else { Self::Any(known) }
    }

    /// Whether something that contains what `contains` says fulfils the condition.
    pub fn holds(&self, contains: &mut impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Anything => true,
            Self::Text(text) => contains(text),
            Self::All(parts) => parts.iter().all(|part| part.holds(contains)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(contains)),
        }
    }
}
