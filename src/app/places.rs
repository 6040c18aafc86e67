//! How far articles were read: what was kept before, and what is to be kept now.

use std::collections::HashMap;

use crate::article::{ArticleId, ReadingPlace};

/// The places of all articles that were read and left.
#[derive(Debug, Default)]
pub struct PlaceBook {
    known: HashMap<ArticleId, usize>,
    orders: Vec<ReadingPlace>,
}

impl PlaceBook {
    /// The byte of its text at which an article was left; `None` if it never was behind its beginning.
    pub fn of(&self, id: ArticleId) -> Option<usize> {
        self.known.get(&id).copied()
    }

    /// Takes in what was kept before; what was left meanwhile holds over it.
    pub(super) fn load(&mut self, kept: HashMap<ArticleId, usize>) {
        let left = std::mem::replace(&mut self.known, kept);
        self.known.extend(left);
    }

    /// An article is left at a place. Only what has changed is kept: whoever passes by a thousand
    /// articles leaves no trace of them.
    pub(super) fn leave(&mut self, place: ReadingPlace) {
        if self.of(place.id).unwrap_or(0) != place.offset {
            self.known.insert(place.id, place.offset);
            self.orders.push(place);
        }
    }

    /// The places that are to be kept now.
    pub(super) fn orders(&mut self) -> Vec<ReadingPlace> {
        std::mem::take(&mut self.orders)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(number: u8, offset: usize) -> ReadingPlace {
        ReadingPlace { id: ArticleId([number; 16]), title: String::new(), offset }
    }

    #[test]
    fn only_what_has_changed_is_kept() {
        let mut book = PlaceBook::default();
        book.load(HashMap::from([(ArticleId([1; 16]), 30)]));
        for left in [place(1, 30), place(2, 0), place(3, 9), place(3, 9), place(1, 0)] {
            book.leave(left);
        }
        assert_eq!(book.orders(), [place(3, 9), place(1, 0)]);
        assert_eq!(book.orders(), []);
    }

    #[test]
    fn what_was_left_before_the_disk_was_read_holds() {
        let mut book = PlaceBook::default();
        book.leave(place(1, 60));
        book.load(HashMap::from([(ArticleId([1; 16]), 30), (ArticleId([2; 16]), 5)]));
        assert_eq!([1, 2].map(|number| book.of(ArticleId([number; 16]))), [Some(60), Some(5)]);
    }
}
