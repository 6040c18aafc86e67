//! What was written, on its way back to those who made it.

use std::sync::{Arc, Mutex, PoisonError};

use super::Analysed;

/// Terms of a list that is kept for the next text, at most: twice as many as a usual article has.
const MOST_TERMS: usize = 1 << 12;

/// Analyses that were written. The workers take them apart, and use their lists again: memory that one thread
/// has asked for and another gives back has both wait for each other, which took a twentieth of the time.
#[derive(Clone, Debug, Default)]
pub(in crate::store::index) struct Spent(Arc<Mutex<Vec<Analysed>>>);

impl Spent {
    /// Gives one back.
    pub(super) fn give(&self, mut analysed: Analysed) {
        for terms in [&mut analysed.terms, &mut analysed.threes] {
            if terms.capacity() > MOST_TERMS {
                *terms = Vec::new();
            }
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(analysed);
    }

    /// Takes one, if there is any.
    pub(in crate::store::index) fn take(&self) -> Option<Analysed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}
