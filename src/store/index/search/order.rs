//! Putting results in order, on all processors where there are many.

use std::{
    panic::resume_unwind,
    thread::{self, ScopedJoinHandle},
};

use super::{SearchHit, threads};

/// Results that one thread puts in order in a millisecond.
const ALONE: usize = 20_000;
const SIGN: u32 = 1 << 31;

/// Puts the best first, those found literally before those found by their pinyin.
pub(super) fn best_first(hits: &mut Vec<SearchHit>) {
    let literal = hits.iter().filter(|hit| !hit.by_pinyin).count();
    if literal == 0 || literal == hits.len() {
        sort_by(hits, by_score);
    } else {
        sort_by(hits, |hit| (hit.by_pinyin, by_score(hit)));
    }
}

/// Puts the newest first; those without a date last.
pub(super) fn newest_first(hits: &mut Vec<SearchHit>) {
    sort_by(hits, |hit| (!(hit.date.cast_unsigned() ^ SIGN), by_score(hit)));
}

/// The best first, then the first articles: one number is compared sooner than a score and a number. Articles have
/// 32 bits in all that is held of an archive.
pub(super) fn by_score(hit: &SearchHit) -> u64 {
    let bits = hit.score.to_bits();
    // As `f32::total_cmp` orders them.
    let score = if bits & SIGN == 0 { bits | SIGN } else { !bits };
    u64::from(!score) << 32 | u64::from(hit.article as u32)
}

fn sort_by<K: Copy + Ord + Send + Sync>(
    hits: &mut Vec<SearchHit>,
    key: impl Fn(&SearchHit) -> K + Copy + Send + Sync,
) {
    if hits.len() < ALONE {
        hits.sort_unstable_by_key(key);
        return;
    }
    // Keys with places are half as much to move as hits are.
    let part = hits.len().div_ceil(threads::count());
    let keys_of = |(at, hits): (usize, &[SearchHit])| {
        let keys = (at as u32..).zip(hits).map(|(at, hit)| (key(hit), at));
        let mut keys: Vec<(K, u32)> = keys.collect();
        keys.sort_unstable_by_key(|(key, _)| *key);
        keys
    };
    let parts = thread::scope(|scope| {
        let parts = (0..).step_by(part).zip(hits.chunks(part));
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || keys_of(part))).collect();
        let parts = parts.into_iter().map(ScopedJoinHandle::join);
        parts.map(|part| part.unwrap_or_else(|panic| resume_unwind(panic))).collect::<Vec<_>>()
    });
    let mut keys = parts.concat();
    // Of a few runs in order a stable sort makes one, by going through them once.
    keys.sort_by_key(|(key, _)| *key);
    let Some(first) = hits.first().copied() else { return };
    let mut sorted = vec![first; hits.len()];
    thread::scope(|scope| {
        for (sorted, keys) in sorted.chunks_mut(part).zip(keys.chunks(part)) {
            let hits = &*hits;
            scope.spawn(move || {
                for (slot, (_, at)) in sorted.iter_mut().zip(keys) {
                    if let Some(hit) = hits.get(*at as usize) {
                        *slot = *hit;
                    }
                }
            });
        }
    });
    *hits = sorted;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

        #[test]
        fn many_are_in_the_order_of_few(
            scores in prop::collection::vec((-2.0_f32..9.0, any::<bool>(), 0_i32..4), 1..400),
            times in 1_usize..200,
        ) {
            let hits = scores.iter().cycle().take(scores.len() * times);
            let hit = |(article, &(score, by_pinyin, date))| {
                SearchHit { article, text: 1, score, by_pinyin, date }
            };
            let hits: Vec<SearchHit> = (0..).zip(hits).map(hit).collect();
            let mut expected = hits.clone();
            expected.sort_by(|a, b| {
                let by_score = b.score.total_cmp(&a.score).then(a.article.cmp(&b.article));
                a.by_pinyin.cmp(&b.by_pinyin).then(by_score)
            });
            let mut sorted = hits;
            best_first(&mut sorted);
            prop_assert_eq!(&sorted, &expected);
            expected.sort_by(|a, b| {
                let by_score = b.score.total_cmp(&a.score).then(a.article.cmp(&b.article));
                b.date.cmp(&a.date).then(by_score)
            });
            newest_first(&mut sorted);
            prop_assert_eq!(sorted, expected);
        }
    }
}
