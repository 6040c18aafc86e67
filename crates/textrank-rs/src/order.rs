//! Putting scored things in order.

use std::cmp::Ordering;

/// The places `0..scores.len()`, best score first; equal scores keep the order of the places.
///
/// Scores are compared in single precision: what differs by less than one part in ten million
/// differs by the order in which numbers were added up, not by anything in the text. NaN counts
/// as the worst.
pub(crate) fn best_first(scores: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..scores.len()).collect();
    let key = |place: usize| {
        let score = scores[place] as f32;
        if score.is_nan() { f32::NEG_INFINITY } else { score }
    };
    places.sort_by(|&a, &b| key(b).partial_cmp(&key(a)).unwrap_or(Ordering::Equal));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_first_and_ties_by_place() {
        let noise = 0.3 + 0.1 - 0.2 - 0.1 + 0.1;
        let cases: [(&[f64], &[usize]); 5] = [
            (&[], &[]),
            (&[0.1, 0.3, 0.2], &[1, 2, 0]),
            (&[0.2, noise, 0.2], &[0, 1, 2]),
            (&[f64::NAN, 0.0, -0.0, -1.0], &[1, 2, 3, 0]),
            (&[f64::NEG_INFINITY, f64::INFINITY, 1.0], &[1, 2, 0]),
        ];
        for (scores, expected) in cases {
            assert_eq!(best_first(scores), expected, "{scores:?}");
        }
    }
}
