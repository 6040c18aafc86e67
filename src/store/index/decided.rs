//! What was decided about pages, as far as an index has to know it: so that when something else is decided, the
//! sources with those pages are read again, and no others.

use std::collections::{BTreeMap, HashSet};

use crate::{article::PageId, store::overrides::Overrides};

/// Bytes of the id of a page that are kept: if two pages had them in common, a source would be read once more.
const KEY: usize = 8;

/// What an index knows a page by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageKey([u8; KEY]);

impl PageKey {
    /// The key of a page.
    pub fn of(page: PageId) -> Self {
        Self(beginning(&page.0))
    }

    /// Keys as they are written.
    pub(super) fn to_bytes(keys: &[Self]) -> Vec<u8> {
        keys.iter().flat_map(|key| key.0).collect()
    }

    /// The keys that were written so.
    pub(super) fn of_bytes(bytes: &[u8]) -> impl Iterator<Item = Self> {
        bytes.as_chunks().0.iter().map(|key| Self(*key))
    }
}

/// Pages about which something is decided, each with a number of what holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecidedPages(BTreeMap<PageKey, [u8; KEY]>);

impl DecidedPages {
    /// What holds now.
    pub fn of(overrides: &Overrides) -> Self {
        let number =
            |decided| beginning(blake3::hash(format!("{decided:?}").as_bytes()).as_bytes());
        let pages = overrides.all().into_iter();
        Self(pages.map(|(page, decided)| (PageKey::of(page), number(decided))).collect())
    }

    /// The pages about which they say different things.
    pub(super) fn changed(&self, other: &Self) -> HashSet<PageKey> {
        let pages = self.0.keys().chain(other.0.keys());
        pages.filter(|page| self.0.get(page) != other.0.get(page)).copied().collect()
    }

    /// They as they are written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(page, number)| [page.0, *number]).flatten().collect()
    }

    /// Those that were written so.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let (keys, _) = bytes.as_chunks::<KEY>();
        let (pages, _) = keys.as_chunks::<2>();
        Self(pages.iter().map(|[page, number]| (PageKey(*page), *number)).collect())
    }
}

fn beginning(hash: &[u8; 32]) -> [u8; KEY] {
    hash.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{Decision, SplitMode},
        store::overrides::line,
    };

    fn decided(decisions: &[(&str, Decision)]) -> DecidedPages {
        let lines = decisions.iter().map(|(text, decision)| line(PageId::of(text), *decision));
        DecidedPages::of(&Overrides::of_lines(lines.collect::<String>().as_bytes()))
    }

    #[test]
    fn only_pages_about_which_something_else_holds_have_changed() {
        let mode = |text, mode| (text, Decision::Mode(mode));
        let (off, strict) = (mode("灯", SplitMode::Off), mode("灯", SplitMode::Strict));
        let other = mode("桥", SplitMode::Off);
        let undone = ("灯", Decision::Undo);
        let cases: [(&[_], &[_], &[&str]); 7] = [
            (&[], &[], &[]),
            (&[off, other], &[other, off], &[]),
            (&[off], &[off, other], &["桥"]),
            (&[off, other], &[strict, other], &["灯"]),
            (&[off], &[other], &["灯", "桥"]),
            // What was taken back was never decided.
            (&[off, undone], &[], &[]),
            (&[off, strict, undone], &[off], &[]),
        ];
        for (one, two, expected) in cases {
            let expected = expected.iter().map(|text| PageKey::of(PageId::of(text))).collect();
            let (one, two) = (decided(one), decided(two));
            assert_eq!((one.changed(&two), two.changed(&one)), (expected, one.changed(&two)));
            assert_eq!(DecidedPages::of_bytes(&one.to_bytes()), one);
        }
    }

    #[test]
    fn keys_come_back() {
        let keys = ["灯", "桥"].map(|text| PageKey::of(PageId::of(text)));
        let bytes = PageKey::to_bytes(&keys);
        assert_eq!(PageKey::of_bytes(&bytes).collect::<Vec<_>>(), keys);
    }
}
