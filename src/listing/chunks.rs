//! A long sequence in shared pieces.

use std::sync::Arc;

/// Something that holds several items.
pub(super) trait Measured {
    /// How many.
    fn measure(&self) -> usize;
}

/// A sequence in pieces of any length. Copies share the pieces; the last one is copied when it grows
/// while somebody else holds it.
#[derive(Clone, Debug)]
pub(super) struct Chunks<T> {
    /// The number of the first item of each.
    starts: Vec<usize>,
    pieces: Vec<Arc<T>>,
    len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), pieces: Vec::new(), len: 0 }
    }
}

impl<T: Measured + Clone + Default> Chunks<T> {
    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The piece that holds an item, and the number of the item in it.
    pub(super) fn find(&self, at: usize) -> Option<(&T, usize)> {
        let piece = self.starts.partition_point(|start| *start <= at).checked_sub(1)?;
        Some((self.pieces.get(piece)?, at - self.starts.get(piece)?))
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: T) {
        self.starts.push(self.len);
        self.len += piece.measure();
        self.pieces.push(Arc::new(piece));
    }

    /// The last piece, for an item to be added to it, which [`Chunks::grew`] has to be told; a new one
    /// if that has `full` items already.
    pub(super) fn growing(&mut self, full: usize) -> &mut T {
        if self.pieces.last().is_none_or(|last| last.measure() >= full) {
            self.add(T::default());
        }
        let last = self.pieces.len() - 1;
        Arc::make_mut(&mut self.pieces[last])
    }

    /// Items were added to the last piece.
    pub(super) fn grew(&mut self, by: usize) {
        self.len += by;
    }
}
