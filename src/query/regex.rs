//! Regular expressions over folded text.
//!
//! The text that is searched has one form for traditional and simplified characters, full and half
//! width, capitals and small letters. An expression is taken to the same form where it names
//! characters, so that `/開通/` and `/GDP/` find what the words do; `(?-i)` therefore changes nothing.
//! Nothing but a line end that is written out matches one, and `^` and `$` are the ends of lines: a
//! hit lies within a paragraph.

use regex_automata::{Input, meta};
use regex_syntax::{
    Error, ParserBuilder, ast,
    hir::{self, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition},
};

use crate::text::{
    range::{TextRange, character_at},
    searchable::folded_char,
};

use super::{Required, error::RegexProblem, hits::MAX_HITS};

/// Bytes that the program of an expression may take, and as much again while it runs.
const MAX_SIZE: usize = 1 << 20;
/// Bytes that are searched for one hit: some expressions look at the whole rest of a text for each.
const WINDOW: usize = 16 << 10;
/// Searches in one text.
const MAX_SEARCHES: usize = 2 * MAX_HITS;
/// Groups that may lie in one another.
const MAX_NESTING: u32 = 64;
/// Classes of characters that are folded one by one, by size.
const MAX_FOLDED: usize = 2_000;
/// Characters of a class of which a text must have one, to be worth asking an index.
const MAX_CHOICE: usize = 8;

/// A regular expression; the linear kind, without back references and look-around. Two are equal
/// when they are written the same.
#[derive(Clone, Debug)]
pub struct Regex {
    pattern: String,
    program: meta::Regex,
    required: Required,
}

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

impl Eq for Regex {}

impl Regex {
    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// What is wrong with it and where in it, if it is in one place.
    pub(super) fn new(pattern: &str) -> Result<Self, (RegexProblem, Option<TextRange>)> {
        let mut parser = ParserBuilder::new()
            .nest_limit(MAX_NESTING)
            .case_insensitive(true)
            .multi_line(true)
            .build();
        let hir = parser.parse(pattern).map_err(|error| problem(&error))?;
        let hir = folded(hir);
        let required = required(&hir);
        let config = meta::Config::new()
            .nfa_size_limit(Some(MAX_SIZE))
            .onepass_size_limit(Some(MAX_SIZE))
            .hybrid_cache_capacity(MAX_SIZE);
        let program = meta::Builder::new().configure(config).build_from_hir(&hir);
        let program = program.map_err(|_| (RegexProblem::TooLarge, None))?;
        Ok(Self { pattern: pattern.to_owned(), program, required })
    }

    /// The expression as it was typed.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// What every folded text has that the expression is found in.
    pub fn required(&self) -> &Required {
        &self.required
    }

    /// Whether it is found in a folded text, be it as nothing.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        self.program.is_match(folded)
    }

    /// Where it is found in a folded text, in order and apart; places of no length are left out. A hit
    /// longer than a few thousand characters may come in several pieces, or be left out.
    pub(super) fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = TextRange> {
        let mut at = 0;
        let mut searches = MAX_SEARCHES;
        std::iter::from_fn(move || {
            while searches > 0 && at < folded.len() {
                let end = character_at(folded, at + WINDOW);
                let Some(found) = self.program.find(Input::new(folded).span(at..end)) else {
                    // What begins in the second half may end behind it.
                    at = if end < folded.len() {
                        character_at(folded, end - WINDOW / 2)
                    } else {
                        end
                    };
                    continue;
                };
                searches -= 1;
                at = found.end();
                if !found.is_empty() {
                    return Some(TextRange::new(found.start(), found.end()));
                }
                at +=
                    folded.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            }
            None
        })
    }
}

fn problem(error: &Error) -> (RegexProblem, Option<TextRange>) {
    let place = |span: &ast::Span| Some(TextRange::new(span.start.offset, span.end.offset));
    match error {
        Error::Parse(error) => (of_syntax(error.kind()), place(error.span())),
        Error::Translate(error) => (of_meaning(error.kind()), place(error.span())),
        other => (RegexProblem::Other(other.to_string()), None),
    }
}

fn of_syntax(kind: &ast::ErrorKind) -> RegexProblem {
    use ast::ErrorKind as Kind;
    match kind {
        Kind::ClassUnclosed | Kind::GroupUnclosed => RegexProblem::Unclosed,
        Kind::GroupUnopened => RegexProblem::Unopened,
        Kind::RepetitionMissing => RegexProblem::NothingToRepeat,
        Kind::RepetitionCountInvalid
        | Kind::RepetitionCountDecimalEmpty
        | Kind::RepetitionCountUnclosed
        | Kind::DecimalInvalid
        | Kind::DecimalEmpty => RegexProblem::Count,
        Kind::ClassRangeInvalid => RegexProblem::Order,
        Kind::EscapeUnrecognized
        | Kind::EscapeUnexpectedEof
        | Kind::EscapeHexEmpty
        | Kind::EscapeHexInvalid
        | Kind::EscapeHexInvalidDigit
        | Kind::SpecialWordBoundaryUnclosed
        | Kind::SpecialWordBoundaryUnrecognized
        | Kind::SpecialWordOrRepetitionUnexpectedEof
        | Kind::ClassEscapeInvalid => RegexProblem::Escape,
        Kind::UnicodeClassInvalid => RegexProblem::Class,
        Kind::FlagDanglingNegation
        | Kind::FlagDuplicate { .. }
        | Kind::FlagRepeatedNegation { .. }
        | Kind::FlagUnexpectedEof
        | Kind::FlagUnrecognized => RegexProblem::Flag,
        Kind::GroupNameDuplicate { .. }
        | Kind::GroupNameEmpty
        | Kind::GroupNameInvalid
        | Kind::GroupNameUnexpectedEof => RegexProblem::Name,
        Kind::UnsupportedLookAround | Kind::UnsupportedBackreference => RegexProblem::Unsupported,
        Kind::NestLimitExceeded(_) => RegexProblem::TooLarge,
        other => RegexProblem::Other(other.to_string()),
    }
}

fn of_meaning(kind: &hir::ErrorKind) -> RegexProblem {
    use hir::ErrorKind as Kind;
    match kind {
        Kind::UnicodePropertyNotFound | Kind::UnicodePropertyValueNotFound => RegexProblem::Class,
        // Only an escape names a byte.
        Kind::InvalidUtf8 => RegexProblem::Escape,
        other => RegexProblem::Other(other.to_string()),
    }
}

/// The expression that finds in folded text what `hir` means. As deep as the parser allows.
fn folded(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Literal(hir::Literal(bytes)) => match std::str::from_utf8(&bytes) {
            Ok(text) => {
                Hir::literal(text.chars().map(folded_char).collect::<String>().into_bytes())
            }
            Err(_) => Hir::literal(bytes),
        },
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(folded_class(class))),
        HirKind::Class(class @ Class::Bytes(_)) => Hir::class(class),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min, max, greedy, sub: Box::new(folded(*sub)) })
        }
        HirKind::Capture(capture) => folded(*capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(folded).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(folded).collect()),
    }
}

/// The forms of the characters of a class. Classes that are large both ways, such as all letters,
/// have them already.
fn folded_class(class: ClassUnicode) -> ClassUnicode {
    let mut folded = class;
    if size(&folded) <= MAX_FOLDED {
        folded = forms(&folded);
    } else {
        folded.negate();
        if size(&folded) <= MAX_FOLDED {
            folded = forms(&folded);
        }
        folded.negate();
    }
    folded.difference(&ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]));
    folded
}

fn size(class: &ClassUnicode) -> usize {
    class.ranges().iter().map(ClassUnicodeRange::len).sum()
}

fn forms(class: &ClassUnicode) -> ClassUnicode {
    let chars = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    let forms = chars.map(folded_char).map(|form| ClassUnicodeRange::new(form, form));
    ClassUnicode::new(forms)
}

/// What stands in every text that a folded expression matches.
fn required(hir: &Hir) -> Required {
    match hir.kind() {
        HirKind::Literal(hir::Literal(bytes)) => {
            std::str::from_utf8(bytes).map_or(Required::Anything, Required::text)
        }
        HirKind::Class(Class::Unicode(class)) if size(class) <= MAX_CHOICE => {
            let chars = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            Required::any(chars.map(|c| Required::text(&c.to_string())))
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Concat(parts) => Required::all(parts.iter().map(required)),
        HirKind::Alternation(parts) => Required::any(parts.iter().map(required)),
        _ => Required::Anything,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hits(pattern: &str, folded: &str) -> Vec<TextRange> {
        Regex::new(pattern).expect(pattern).hits(folded).collect()
    }

    #[test]
    fn hits_are_in_order_and_have_a_length() {
        for (pattern, text, found) in [
            ("a*", "baab", vec!["aa"]),
            ("", "ab", vec![]),
            ("x?", "京x", vec!["x"]),
            ("^.|.$", "京津\n冀", vec!["京", "津", "冀"]),
            (".+", "京津\n冀", vec!["京津", "冀"]),
            ("京\\s+津", "京\n津 京 津", vec!["京 津"]),
        ] {
            let shown: Vec<&str> = hits(pattern, text).iter().map(|hit| hit.of(text)).collect();
            assert_eq!(shown, found, "{pattern}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn long_lines_lose_no_hit(gaps in proptest::collection::vec(0usize..9_000, 1..12)) {
            let text: String = gaps.iter().map(|gap| "一".repeat(*gap) + "甲a乙").collect();
            let found = hits("甲.乙|二", &text);
            prop_assert_eq!(found.len(), gaps.len());
            prop_assert!(found.iter().all(|hit| hit.of(&text) == "甲a乙"));
            // What is longer than can be seen at once comes in pieces.
            prop_assert_eq!(hits("一+", &text).iter().map(|hit| hit.len()).sum::<usize>(), gaps.iter().sum::<usize>() * 3);
        }
    }
}
