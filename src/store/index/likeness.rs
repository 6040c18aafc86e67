//! Which texts are reprints of each other, told by four numbers of each.
//!
//! Of the runs of letters of a text, hashed, the least hash in each quarter of the numbers is kept:
//! one permutation hashing (Li, Owen and Zhang, 2012, section 2) of the sets that Broder compares
//! (1997, "On the resemblance and containment of documents"). Two texts have the same least hash in
//! a quarter with the probability of the share of runs that they have in common.
//!
//! That is so of texts with many runs. With few of them a quarter has none or one, and says hardly anything;
//! and where a text is a sentence, a letter more or less is other news: a comment, a notice with its date.
//! So a text that is short has a hash of all its letters in the place of those numbers, and has only the same
//! letters for a reprint, whatever stands between them.

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
/// Letters up to which a text is short. With more of them hardly one in 10^7 has a quarter without a run, unless
/// the text says one thing again and again.
const SHORT: usize = 64;
/// Equal hashes that make two texts reprints: with nine tenths of their runs in common 95 of 100
/// pairs have them, with half 31, without any hardly one in 10^13.
const EQUAL: usize = 3;

/// Four numbers of 16 bits that tell reprints, of the letters of a text ([`read_letters`]; what is 0 is passed
/// over). The text is in the form that is searched, so that it makes no difference how it is written. 0 if it has
/// no letters: then nothing is known to be its reprint.
///
/// [`read_letters`]: crate::text::searchable::read_letters
pub fn likeness(letters: &[u32]) -> u64 {
    let letters = letters.iter().filter(|letter| **letter != 0).map(|letter| u64::from(*letter));
    if letters.clone().nth(SHORT).is_none() {
        return of_all(letters);
    }
    let least = least_of_runs(letters.clone());
    // Two quarters without a run are equal, and yet there is nothing that both texts have.
    if least.contains(&u64::MAX) {
        return of_all(letters);
    }
    least.iter().fold(0, |all, hash| all << BITS | hash & 0xFFFF)
}

/// A hash of all letters in their order, which fills all four numbers; 0 if there are none.
fn of_all(letters: impl Iterator<Item = u64>) -> u64 {
    stirred(letters.fold(0, |sum, letter| sum.wrapping_mul(BASE).wrapping_add(letter)))
}

/// The least hash of a run in each quarter of the numbers; `u64::MAX` in one that has none.
fn least_of_runs(letters: impl Iterator<Item = u64>) -> [u64; HASHES] {
    let mut least = [u64::MAX; HASHES];
    let mut run = [0_u64; RUN];
    let mut sum = 0_u64;
    for letter in letters {
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
    least
}

/// Whether the texts with these numbers are reprints of each other; not if nothing is known of one.
pub fn are_reprints(one: u64, other: u64) -> bool {
    let equal = |at: &usize| hash(one, *at) == hash(other, *at);
    one != 0 && other != 0 && (0..HASHES).filter(equal).count() >= EQUAL
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
mod tests;
