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
    /// What is looked for; nothing if it is nowhere.
    finders: Vec<Finder<'static>>,
    /// Whether it may be where none of these is.
    elsewhere: Elsewhere,
}

/// Where something may be in another form.
#[derive(Clone, Debug)]
enum Elsewhere {
    Nowhere,
    Anywhere,
    /// Where one of these is.
    Beside(Vec<Finder<'static>>),
}

/// The forms of something that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// Where one of these is, it is.
    pub whole: Vec<Vec<u8>>,
    /// Whether it has no others.
    pub is_all: bool,
    /// If it has others, all forms of a piece of it that has few, if there is one.
    pub piece: Option<Vec<Vec<u8>>>,
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

impl Elsewhere {
    fn is_no_place_in(&self, text: &[u8]) -> bool {
        match self {
            Self::Nowhere => true,
            Self::Anywhere => false,
            Self::Beside(finders) => finders.iter().all(|finder| finder.find(text).is_none()),
        }
    }
}

impl Printed {
    /// These groups of terms, by number, as they are folded.
    pub(super) fn of(groups: Vec<Vec<(usize, Finder<'static>)>>) -> Self {
        let needle =
            |(term, finder)| Needle { term, finders: vec![finder], elsewhere: Elsewhere::Anywhere };
        Self(groups.into_iter().map(|group| group.into_iter().map(needle).collect()).collect())
    }

    /// The same in other forms, which `forms` gives of each term.
    pub fn formed(&self, forms: impl Fn(&str) -> Forms) -> Self {
        let finders = |needles: &[Vec<u8>]| -> Vec<Finder<'static>> {
            needles.iter().map(|needle| Finder::new(needle).into_owned()).collect()
        };
        let formed = |Needle { term, finders: folded, .. }: &Needle| {
            let forms: Vec<Forms> = folded
                .iter()
                .map(|finder| forms(&String::from_utf8_lossy(finder.needle())))
                .collect();
            let elsewhere = match forms.as_slice() {
                [Forms { is_all: true, .. }] => Elsewhere::Nowhere,
                [Forms { piece: Some(piece), .. }] => Elsewhere::Beside(finders(piece)),
                _ => Elsewhere::Anywhere,
            };
            let finders = forms.iter().flat_map(|forms| finders(&forms.whole)).collect();
            Needle { term: *term, finders, elsewhere }
        };
        Self(self.0.iter().map(|group| group.iter().map(formed).collect()).collect())
    }

    /// What a text tells, of which it is known that it has none but terms for which `may_be` says so.
    pub fn ask(&self, text: &[u8], may_be: impl Fn(usize) -> bool) -> Answer {
        let mut counts = Vec::with_capacity(self.0.len());
        let mut is_all_there = true;
        for group in &self.0 {
            let before = counts.len();
            let group = || group.iter().filter(|needle| may_be(needle.term));
            for Needle { term, finders, .. } in group() {
                let places = finders.iter().flat_map(|finder| finder.find_iter(text));
                let count = places.take(MAX_HITS).count();
                if count > 0 {
                    counts.push((*term, count));
                }
            }
            if counts.len() == before {
                if group().all(|needle| needle.elsewhere.is_no_place_in(text)) {
                    return Answer::No;
                }
                is_all_there = false;
            }
        }
        if is_all_there { Answer::Yes(counts) } else { Answer::Unknown }
    }
}
