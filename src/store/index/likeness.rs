//! Which texts are reprints of each other, told by four numbers of each.
//!
//! Of the runs of letters of a text, hashed, the least hash in each quarter of the numbers is kept:
//! one permutation hashing (Li, Owen and Zhang, 2012, section 2) of the sets that Broder compares
//! (1997, "On the resemblance and containment of documents"). Two texts have the same least hash in
//! a quarter with the probability of the share of runs that they have in common.

/// Letters of a run: with fewer, texts on one topic would be alike.
const RUN: usize = 5;
/// The number whose powers the letters of a run are multiplied by (Karp and Rabin, 1987), and the
/// power of the letter that falls out.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const LAST: u64 = {
    let mut power = 1_u64;
    let mut times = 0;
    while times < RUN {
        power = power.wrapping_mul(BASE);
        times += 1;
    }
    power
};
/// Hashes that are kept, and bits of each.
pub(super) const HASHES: usize = 4;
const BITS: usize = 16;
/// Equal hashes that make two texts reprints: with nine tenths of their runs in common 95 of 100
/// pairs have them, with half 31, without any hardly one in 10^13.
const EQUAL: usize = 3;

/// Four numbers of 16 bits that tell reprints, of the letters of a text ([`read_letters`]; what is 0 is passed
/// over). The text is in the form that is searched, so that it makes no difference how it is written.
///
/// [`read_letters`]: crate::text::searchable::read_letters
pub fn likeness(letters: &[u32]) -> u64 {
    let mut least = [u64::MAX; HASHES];
    let mut run = [0_u64; RUN];
    let mut sum = 0_u64;
    for &letter in letters.iter().filter(|letter| **letter != 0) {
        let letter = u64::from(letter);
        // A polynomial over the run, from the one before it: the letter that falls out is taken off.
        let [out, second, third, fourth, last] = run;
        run = [second, third, fourth, last, letter];
        sum = sum.wrapping_mul(BASE).wrapping_add(letter).wrapping_sub(out.wrapping_mul(LAST));
        let hash = stirred(sum);
        // Seldom less than all before it.
        if let Some(least) = least.get_mut((hash >> 62) as usize)
            && hash < *least
        {
            *least = hash;
        }
    }
    least.iter().fold(0, |all, hash| all << BITS | hash & 0xFFFF)
}

/// Whether the texts with these numbers are reprints of each other.
pub fn are_reprints(one: u64, other: u64) -> bool {
    let equal = |at: &usize| hash(one, *at) == hash(other, *at);
    (0..HASHES).filter(equal).count() >= EQUAL
}

/// The numbers by which reprints are looked for: those of two texts have one in common at least.
pub(super) fn keys(likeness: u64) -> impl Iterator<Item = u32> {
    (0..HASHES).map(move |at| (at as u32) << BITS | hash(likeness, at))
}

fn hash(likeness: u64, at: usize) -> u32 {
    (likeness >> (at * BITS) & 0xFFFF) as u32
}

/// The bits of a number spread over all of it (the last step of `MurmurHash3`, Appleby 2011).
fn stirred(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 33).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let hash = (hash ^ hash >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::searchable::read_letters;

    fn of(text: &str) -> u64 {
        let mut letters = Vec::new();
        read_letters(text, &mut letters);
        likeness(&letters)
    }

    #[test]
    fn reprints_are_alike_and_other_texts_are_not() {
        let (mut found, mut mistaken) = (0, 0);
        for kind in 0..100 {
            let sentence = |n: usize| {
                format!(
                    "第{n}个渡口的灯在{}年亮了，{kind}村守灯的人说起{}尺的水位。",
                    n * 7,
                    n * 13 + kind
                )
            };
            let whole: String = (0..40).map(sentence).collect();
            let cut: String = (2..40).map(sentence).collect();
            let reprint = format!("據本報訊 {}（王明）", cut.replacen("水位", "水深", 1));
            let other: String = (40..80).map(sentence).collect();
            found += usize::from(are_reprints(of(&whole), of(&reprint)));
            mistaken += usize::from(are_reprints(of(&whole), of(&other)));
            assert!(are_reprints(of(&whole), of(&whole.replace('灯', "燈"))));
        }
        assert!(found >= 75, "{found}");
        assert_eq!(mistaken, 0);
    }

    #[test]
    fn reprints_have_a_key_in_common() {
        let (one, other) = (0x0001_0002_0003_0004, 0x0001_0002_0003_0009);
        assert!(are_reprints(one, other) && !are_reprints(one, 0x0001_0002_0008_0009));
        let keys: Vec<u32> = super::keys(one).collect();
        assert_eq!(super::keys(other).filter(|key| keys.contains(key)).count(), 3);
    }
}
