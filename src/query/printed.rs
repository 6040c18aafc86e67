//! Asking texts in the form in which they are kept, before they are folded.

use memchr::memmem::Finder;

use super::hits::MAX_HITS;

/// What is looked for in texts that are in some form, all of it.
///
/// What is looked for is folded, and folded text folds to itself: so where it is printed in that
/// form, the text need not be folded first.
#[derive(Clone, Debug)]
pub struct Printed(Vec<Needle>);

#[derive(Clone, Debug)]
struct Needle {
    /// The number of the term.
    term: usize,
    finder: Finder<'static>,
    /// Whether it is nowhere where this is not.
    is_only_form: bool,
}

/// What a text in some form tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It matches: how often each term is there.
    Yes(Vec<(usize, usize)>),
    /// It has not the only form of some term.
    No,
    /// It has not all of it, but may have it in another form.
    Unknown,
}

impl Printed {
    /// These terms, by number, as they are folded.
    pub(super) fn of(terms: impl Iterator<Item = (usize, Finder<'static>)>) -> Self {
        let needle = |(term, finder)| Needle { term, finder, is_only_form: false };
        Self(terms.map(needle).collect())
    }

    /// The same in another form, which `form` gives, and says whether it is the only one.
    pub fn formed(&self, form: &dyn Fn(&str) -> (Vec<u8>, bool)) -> Self {
        let formed = |Needle { term, finder, .. }: &Needle| {
            let (needle, is_only_form) = form(&String::from_utf8_lossy(finder.needle()));
            Needle { term: *term, finder: Finder::new(&needle).into_owned(), is_only_form }
        };
        Self(self.0.iter().map(formed).collect())
    }

    /// What a text tells.
    pub fn ask(&self, text: &[u8]) -> Answer {
        let mut counts = Vec::with_capacity(self.0.len());
        for Needle { term, finder, is_only_form } in &self.0 {
            match finder.find_iter(text).take(MAX_HITS).count() {
                0 if *is_only_form => return Answer::No,
                0 => {}
                count => counts.push((*term, count)),
            }
        }
        if counts.len() == self.0.len() { Answer::Yes(counts) } else { Answer::Unknown }
    }
}
