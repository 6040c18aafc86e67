//! Lists of small numbers, one after the other in a single allocation.

/// A list of `u32` for every row, in compressed form: what a vector of vectors holds, in two
/// allocations.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    /// Row `r` is `items[offsets[r]..offsets[r + 1]]`.
    offsets: Vec<usize>,
    items: Vec<u32>,
}

impl Rows {
    /// Groups `(row, item)` pairs by row, by counting: linear time, and items keep their order.
    ///
    /// Every row must be below `rows`.
    pub(crate) fn group(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut offsets = vec![0; rows + 1];
        for (row, _) in pairs.clone() {
            offsets[row as usize + 1] += 1;
        }
        accumulate(&mut offsets);
        let mut free = offsets.clone();
        let mut items = vec![0; offsets.last().copied().unwrap_or(0)];
        for (row, item) in pairs {
            let slot = &mut free[row as usize];
            items[*slot] = item;
            *slot += 1;
        }
        Self { offsets, items }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The items of one row, which must be below [`len`](Self::len).
    pub(crate) fn row(&self, row: usize) -> &[u32] {
        &self.items[self.offsets[row]..self.offsets[row + 1]]
    }

    /// All rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> + Clone {
        self.offsets.windows(2).map(|bounds| &self.items[bounds[0]..bounds[1]])
    }

    /// Where each row starts in a flat list of all items.
    pub(crate) fn starts(&self) -> &[usize] {
        &self.offsets[..self.len()]
    }

    /// Rows of these items, which end at `ends`.
    pub(crate) fn from_items(items: Vec<u32>, ends: impl Iterator<Item = usize>) -> Self {
        Self { offsets: std::iter::once(0).chain(ends).collect(), items }
    }

    /// The same pairs seen from the other side: rows become items and items become rows.
    ///
    /// The rows that come out are in ascending order, whatever the order that went in.
    pub(crate) fn transposed(&self, rows: usize) -> Self {
        let mut offsets = vec![0; rows + 1];
        for &item in &self.items {
            offsets[item as usize + 1] += 1;
        }
        accumulate(&mut offsets);
        let mut free = offsets.clone();
        let mut items = vec![0; self.items.len()];
        for (row, of_row) in (0..).zip(self.iter()) {
            for &item in of_row {
                let slot = &mut free[item as usize];
                items[*slot] = row;
                *slot += 1;
            }
        }
        Self { offsets, items }
    }
}

/// Turns the sizes of rows, with a zero in front, into the places where they start and end.
pub(crate) fn accumulate(sizes: &mut [usize]) {
    let mut total = 0;
    for size in sizes {
        total += *size;
        *size = total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_in_the_order_given_and_transposes_in_ascending_order() {
        let pairs = [(2, 7), (0, 5), (2, 3), (0, 5)];
        let rows = Rows::group(4, pairs.iter().copied());
        let all: Vec<&[u32]> = rows.iter().collect();
        assert_eq!(all, [&[5, 5][..], &[], &[7, 3], &[]]);
        assert_eq!(rows.row(2), [7, 3]);
        assert_eq!(rows.starts(), [0, 2, 2, 4]);

        let again = Rows::from_items(vec![5, 5, 7, 3], [2, 2, 4, 4].into_iter());
        assert!(again.iter().eq(rows.iter()));

        let back = rows.transposed(8).transposed(4);
        assert_eq!(back.row(2), [3, 7]);
        assert_eq!(back.len(), 4);
    }

    #[test]
    fn no_rows_at_all() {
        let rows = Rows::group(0, std::iter::empty());
        assert_eq!(rows.len(), 0);
        assert_eq!(rows.transposed(0).len(), 0);
    }
}
