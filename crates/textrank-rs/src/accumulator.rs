//! One row of a sparse matrix, summed up without hashing.

/// A row with more than one column in so many is put in order by looking at every column, which is
/// then cheaper than sorting.
const SCAN_SHARE: usize = 8;

/// Sums per column, where most columns stay at zero. Made once and reused for every row.
pub(crate) struct Accumulator {
    sums: Vec<f64>,
    touched: Vec<u32>,
}

impl Accumulator {
    /// All sums at zero.
    pub(crate) fn new(columns: usize) -> Self {
        Self { sums: vec![0.0; columns], touched: Vec::new() }
    }

    /// Adds to one column. The amount must be positive: a zero sum marks an untouched column.
    pub(crate) fn add(&mut self, column: u32, amount: f64) {
        let sum = &mut self.sums[column as usize];
        if *sum == 0.0 {
            self.touched.push(column);
        }
        *sum += amount;
    }

    /// Takes out the columns that were added to, with their sums, in ascending order.
    pub(crate) fn take_sorted(&mut self) -> impl Iterator<Item = (u32, f64)> + '_ {
        if self.touched.len() > self.sums.len() / SCAN_SHARE {
            self.touched.clear();
            let touched = (0..).zip(&self.sums).filter(|&(_, &sum)| sum != 0.0);
            self.touched.extend(touched.map(|(column, _)| column));
        } else {
            self.touched.sort_unstable();
        }
        self.take()
    }

    /// Takes out the columns that were added to, with their sums, in the order of first touch.
    ///
    /// The iterator must be run to its end: it resets the sums as it passes them.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (u32, f64)> + '_ {
        let sums = &mut self.sums;
        self.touched.drain(..).map(|column| (column, std::mem::take(&mut sums[column as usize])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_row_leaves_nothing_behind() {
        let mut row = Accumulator::new(40);
        row.add(3, 1.0);
        row.add(1, 2.0);
        row.add(3, 0.5);
        assert_eq!(row.take().collect::<Vec<_>>(), [(3, 1.5), (1, 2.0)]);
        row.add(2, 1.0);
        row.add(0, 4.0);
        assert_eq!(row.take_sorted().collect::<Vec<_>>(), [(0, 4.0), (2, 1.0)]);
        assert_eq!(row.take().count(), 0);

        // Enough columns that they are looked for rather than sorted.
        for column in (10..30).rev() {
            row.add(column, f64::from(column));
        }
        assert!(row.take_sorted().eq((10..30).map(|column| (column, f64::from(column)))));
        assert_eq!(row.take_sorted().count(), 0);
    }
}
