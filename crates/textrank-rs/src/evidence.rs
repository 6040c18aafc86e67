//! Other evidence than the graph for what a sentence is worth, and the blend of all of it.
//!
//! Each kind of evidence gives every sentence a value of zero or more. [`blend`] turns the values
//! of a kind into shares of the text and adds the shares up, each kind as far as it is trusted. As
//! nothing but sums is involved, a score can always be taken apart into what each kind gave.

/// How likely the point of a text stands at each position when it is put first, as in news.
///
/// The value at position `i` (from 0) is `floor + (1 − floor) / (i + 1)^decline`: 1 at the first
/// and `floor` far from it. A `decline` of 0 treats all positions alike.
///
/// ```
/// let prior = textrank_rs::from_start(3, 1.0, 0.0);
/// assert_eq!(prior, [1.0, 0.5, 1.0 / 3.0]);
/// ```
pub fn from_start(sentences: usize, decline: f64, floor: f64) -> Vec<f64> {
    let at = |position: usize| floor + (1.0 - floor) / (position as f64 + 1.0).powf(decline);
    (0..sentences).map(at).collect()
}

/// The same for texts that come to their point at the end: values rise in equal steps, to 1 at the
/// last position.
///
/// ```
/// assert_eq!(textrank_rs::towards_end(4), [0.25, 0.5, 0.75, 1.0]);
/// ```
pub fn towards_end(sentences: usize) -> Vec<f64> {
    (1..=sentences).map(|nth| nth as f64 / sentences as f64).collect()
}

/// One kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence<'a> {
    /// A value for every sentence, by position. Missing, negative and infinite values and NaN
    /// count as zero.
    pub values: &'a [f64],
    /// How far it is trusted beside the other kinds; with zero, a negative number or NaN not at
    /// all.
    pub trust: f64,
}

/// Blends evidence: for each kind, what it adds to the score of each sentence.
///
/// The values of a kind are scaled to a sum of 1, so that kinds of any size can be compared, and
/// multiplied by its part of the trust in all kinds. The sum over all kinds and sentences is then
/// 1. A kind whose values are all zero says nothing, and the others share its trust.
///
/// ```
/// use textrank_rs::{Evidence, blend};
///
/// let early = Evidence { values: &[3.0, 1.0], trust: 1.0 };
/// let frequent = Evidence { values: &[0.0, 8.0], trust: 3.0 };
/// assert_eq!(blend(2, &[early, frequent]), [vec![0.1875, 0.0625], vec![0.0, 0.75]]);
/// ```
pub fn blend(sentences: usize, evidence: &[Evidence<'_>]) -> Vec<Vec<f64>> {
    let kinds: Vec<(Vec<f64>, f64)> =
        evidence.iter().map(|kind| usable(sentences, *kind)).collect();
    let trust: f64 = kinds.iter().map(|(_, trust)| trust).sum();
    let share = |(values, own): (Vec<f64>, f64)| {
        let part = if trust > 0.0 { own / trust } else { 0.0 };
        values.into_iter().map(|value| value * part).collect()
    };
    kinds.into_iter().map(share).collect()
}

/// The values scaled to a sum of 1, with the trust in them; none in values that are all zero.
fn usable(sentences: usize, evidence: Evidence<'_>) -> (Vec<f64>, f64) {
    let value = |at: usize| {
        let value = evidence.values.get(at).copied().unwrap_or(0.0);
        if value.is_finite() { value.max(0.0) } else { 0.0 }
    };
    let mut values: Vec<f64> = (0..sentences).map(value).collect();
    // Scaled by the largest first, so that no sum can overflow.
    let largest = values.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return (values, 0.0);
    }
    for value in &mut values {
        *value /= largest;
    }
    let sum: f64 = values.iter().sum();
    for value in &mut values {
        *value /= sum;
    }
    let trust = if evidence.trust.is_finite() { evidence.trust.max(0.0) } else { 0.0 };
    (values, trust)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_to_blend() {
        assert_eq!(blend(2, &[]), Vec::<Vec<f64>>::new());
        let mute = Evidence { values: &[0.0, f64::NAN], trust: 5.0 };
        let vetoed = Evidence { values: &[1.0], trust: f64::NAN };
        assert_eq!(blend(2, &[mute, vetoed]), [[0.0, 0.0], [0.0, 0.0]]);
        let only = Evidence { values: &[1.0, 1.0], trust: 0.1 };
        assert_eq!(blend(2, &[mute, only])[1], [0.5, 0.5]);
    }

    proptest! {
        #[test]
        fn parts_are_shares(
            rows in prop::collection::vec((prop::collection::vec(any::<f64>(), 0..6), any::<f64>()), 0..5),
        ) {
            let evidence: Vec<Evidence> =
                rows.iter().map(|(values, trust)| Evidence { values, trust: trust.abs().min(1e100) }).collect();
            let parts = blend(4, &evidence);
            prop_assert!(parts.iter().all(|part| part.len() == 4));
            let sum: f64 = parts.iter().flatten().sum();
            prop_assert!(parts.iter().flatten().all(|share| *share >= 0.0));
            prop_assert!(sum == 0.0 || (sum - 1.0).abs() < 1e-9, "{}", sum);
        }
    }
}
