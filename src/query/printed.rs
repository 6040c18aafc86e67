//! Asking texts in the form in which they are kept, before they are folded.

use memchr::memmem::Finder;

use super::hits::MAX_HITS;

/// What is looked for in texts that are in some form: of all groups of terms one at least.
///
/// What is looked for is folded, and folded text folds to itself: so where it is printed in that
/// form, the text need not be folded first.
#[derive(Clone, Debug)]
pub struct Printed(Vec<Vec<Needle>>);

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
    /// It has of some group none, and those have no other form.
    No,
    /// It has not all of it, but may have it in another form.
    Unknown,
}

impl Printed {
    /// These groups of terms, by number, as they are folded.
    pub(super) fn of(groups: Vec<Vec<(usize, Finder<'static>)>>) -> Self {
        let needle = |(term, finder)| Needle { term, finder, is_only_form: false };
        Self(groups.into_iter().map(|group| group.into_iter().map(needle).collect()).collect())
    }

    /// The same in another form, which `form` gives, and says whether it is the only one.
    pub fn formed(&self, form: &dyn Fn(&str) -> (Vec<u8>, bool)) -> Self {
        let formed = |Needle { term, finder, .. }: &Needle| {
            let (needle, is_only_form) = form(&String::from_utf8_lossy(finder.needle()));
            Needle { term: *term, finder: Finder::new(&needle).into_owned(), is_only_form }
        };
        Self(self.0.iter().map(|group| group.iter().map(formed).collect()).collect())
    }

    /// What a text tells.
    pub fn ask(&self, text: &[u8]) -> Answer {
        let mut counts = Vec::with_capacity(self.0.len());
        let mut is_all_there = true;
        for group in &self.0 {
            let before = counts.len();
            for Needle { term, finder, .. } in group {
                let count = finder.find_iter(text).take(MAX_HITS).count();
                if count > 0 {
                    counts.push((*term, count));
                }
            }
            if counts.len() == before {
                if group.iter().all(|needle| needle.is_only_form) {
                    return Answer::No;
                }
                is_all_there = false;
            }
        }
        if is_all_there { Answer::Yes(counts) } else { Answer::Unknown }
    }
}
