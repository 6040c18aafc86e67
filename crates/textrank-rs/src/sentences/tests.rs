use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn options(similarity: Similarity<'_>) -> SentenceOptions<'_> {
    let walk = Walk { tolerance: 1e-12, ..Walk::default() };
    SentenceOptions { similarity, walk, ..SentenceOptions::default() }
}

fn ordered(sentences: &[Vec<u32>], redundancy: Redundancy) -> Vec<usize> {
    let ranked = rank_sentences(sentences, &SentenceOptions::default());
    ranked.order(&ranked.ranks.scores, redundancy)
}

/// The similarity of two sentences by the definition, with sets.
fn by_definition(a: &[u32], b: &[u32], weights: Option<&[f64]>) -> f64 {
    let shared: BTreeSet<u32> = a.iter().filter(|word| b.contains(word)).copied().collect();
    let weight = |word: u32| match weights {
        None => 1.0,
        Some(weights) => weights.get(word as usize).copied().unwrap_or(0.0),
    };
    let logs: f64 = [a, b].iter().map(|s| (s.len().max(1) as f64).ln()).sum();
    if logs > 0.0 { shared.into_iter().map(weight).sum::<f64>() / logs } else { 0.0 }
}

/// `PageRank` with a full matrix and 400 sweeps, from the definition.
fn dense_scores(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let strengths: Vec<f64> = matrix.iter().map(|row| row.iter().sum()).collect();
    let mut scores = vec![1.0 / n as f64; n];
    for _ in 0..400 {
        let next = |i: usize| {
            let received = |j: usize| {
                if strengths[j] > 0.0 { matrix[j][i] / strengths[j] } else { 1.0 / n as f64 }
            };
            let sum: f64 = (0..n).map(|j| received(j) * scores[j]).sum();
            0.85 * sum + 0.15 / n as f64
        };
        scores = (0..n).map(next).collect();
    }
    scores
}

/// A text of `count` sentences whose words are as unevenly frequent as those of real text.
fn long_text(count: u32, length: u32) -> Vec<Vec<u32>> {
    let mut state = 12_345_u64;
    let mut word = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = (state >> 40) as f64 / f64::from(1_u32 << 24);
        20_000_f64.powf(part) as u32
    };
    (0..count).map(|_| (0..length).map(|_| word()).collect()).collect()
}

#[test]
fn overlap_by_hand() {
    // {2, 3} shared by 3 and 4 words: 2 / ln 12. Repeats lengthen a sentence but share only once.
    let cases: [(&[u32], &[u32], Option<f64>); 7] = [
        (&[1, 2, 3], &[2, 3, 4, 5], Some(2.0 / 12_f64.ln())),
        (&[1, 1, 2], &[1, 1, 1, 3], Some(1.0 / 12_f64.ln())),
        (&[1, 2], &[1, 2], Some(2.0 / 4_f64.ln())),
        (&[1, 2], &[3, 4], None),
        (&[1], &[1, 2, 3], Some(1.0 / 3_f64.ln())),
        (&[1], &[1], None),
        (&[], &[1, 2], None),
    ];
    for (a, b, expected) in cases {
        let graph = rank_sentences(&[a, b], &SentenceOptions::default()).graph;
        let found = graph.neighbours(0).next().map(|(_, weight)| weight);
        match (found, expected) {
            (Some(found), Some(expected)) => {
                assert!((found - expected).abs() < 1e-12, "{a:?} {b:?}");
            }
            _ => assert_eq!(found, expected, "{a:?} {b:?}"),
        }
    }
}

#[test]
fn weighted_by_hand() {
    let weights = [0.5, 2.0, -1.0, f64::NAN, 0.0];
    // Of the shared words only 0 and 1 weigh anything: (0.5 + 2) / (ln 7 + ln 7); 5 and 6 have
    // no weight at all.
    let sentence: &[u32] = &[0, 1, 2, 3, 4, 5, 6];
    let graph = rank_sentences(&[sentence; 2], &options(Similarity::Weighted(&weights))).graph;
    assert!((graph.strength(0) - 2.5 / 49_f64.ln()).abs() < 1e-12);
}

#[test]
fn the_prior_lifts_a_sentence() {
    let sentences = [[1, 2], [2, 3], [3, 4], [4, 1]];
    let prior = [0.0, 0.0, 1.0, 0.0];
    let options = SentenceOptions { prior: Some(&prior), ..SentenceOptions::default() };
    let ranked = rank_sentences(&sentences, &options);
    assert_eq!(best_first(&ranked.ranks.scores)[0], 2);
    // All four are alike without it, so they keep the order of the text.
    let plain = rank_sentences(&sentences, &SentenceOptions::default());
    assert_eq!(best_first(&plain.ranks.scores), [0, 1, 2, 3]);
}

#[test]
fn few_and_empty_sentences_have_an_order() {
    let cases: [(Vec<Vec<u32>>, &[usize]); 6] = [
        (vec![], &[]),
        (vec![vec![]], &[0]),
        (vec![vec![7]], &[0]),
        (vec![vec![], vec![]], &[0, 1]),
        (vec![vec![], vec![1, 2], vec![1, 3]], &[1, 2, 0]),
        (vec![vec![5, 6]; 4], &[0, 1, 2, 3]),
    ];
    for (sentences, expected) in cases {
        assert_eq!(ordered(&sentences, Redundancy::default()), expected, "{sentences:?}");
        let ranks = rank_sentences(&sentences, &SentenceOptions::default()).ranks;
        assert!(ranks.converged);
        assert_eq!(ranks.scores.len(), sentences.len());
    }
}

#[test]
fn repetition_goes_behind_everything_that_is_new() {
    // 0, 2 and 4 say the same (2 with one word more: cosine 4/√20 = 0.89); 1 and 3 are new.
    let sentences: Vec<Vec<u32>> = vec![
        vec![1, 2, 3, 4],
        vec![4, 5, 6, 7],
        vec![1, 2, 3, 4, 8],
        vec![7, 9, 10, 11],
        vec![4, 3, 2, 1],
    ];
    let scores = [0.5, 0.2, 0.4, 0.1, 0.3];
    let ranked = rank_sentences(&sentences, &SentenceOptions::default());
    let order = |cosine, against| ranked.order(&scores, Redundancy { cosine, against });
    assert_eq!(order(0.7, Against::All), [0, 1, 3, 2, 4]);
    assert_eq!(order(0.9, Against::All), [0, 2, 1, 3, 4]);
    for off in [1.0, 2.0, f64::NAN] {
        assert_eq!(order(off, Against::All), [0, 2, 4, 1, 3], "{off}");
    }
    // With 0 any shared word is too much: 4 links 1 to the first, 7 links 3 only to 1.
    assert_eq!(order(0.0, Against::All), [0, 3, 2, 4, 1]);
}

/// The first two share word 0 of three words each: cosine 1/3 when all words weigh the same, and
/// 9 / (9 + 1 + 1) when that word weighs 3 and the others 1.
#[test]
fn repetition_is_judged_by_the_weight_of_words() {
    let sentences: [&[u32]; 3] = [&[0, 1, 2], &[0, 3, 4], &[5, 6]];
    let weights = [3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let order = |similarity| {
        rank_sentences(&sentences, &options(similarity))
            .order(&[3.0, 2.0, 1.0], Redundancy::default())
    };
    assert_eq!(order(Similarity::Overlap), [0, 1, 2]);
    assert_eq!(order(Similarity::Weighted(&weights)), [0, 2, 1]);
}

#[test]
fn only_the_first_chosen_are_compared_when_asked() {
    let sentences = [[1, 2], [3, 4], [3, 4], [1, 2]];
    let ranked = rank_sentences(&sentences, &SentenceOptions::default());
    let scores = [4.0, 3.0, 2.0, 1.0];
    let order = |against| ranked.order(&scores, Redundancy { cosine: 0.7, against });
    assert_eq!(order(Against::First(0)), [0, 1, 2, 3]);
    assert_eq!(order(Against::First(1)), [0, 1, 2, 3]);
    assert_eq!(order(Against::First(2)), [0, 1, 2, 3]);
    let scores = [4.0, 2.0, 1.0, 3.0];
    let order = |against| ranked.order(&scores, Redundancy { cosine: 0.7, against });
    assert_eq!(order(Against::First(0)), [0, 3, 1, 2]);
    assert_eq!(order(Against::First(1)), [0, 1, 2, 3]);
    assert_eq!(order(Against::All), [0, 1, 3, 2]);
}

#[test]
fn scores_that_are_missing_or_nan_come_last() {
    let ranked = rank_sentences(&[[1], [2], [3], [4]], &SentenceOptions::default());
    assert_eq!(ranked.order(&[f64::NAN, 0.5], Redundancy::default()), [1, 0, 2, 3]);
    assert_eq!(ranked.order(&[1.0, 2.0, 3.0, 4.0, 5.0], Redundancy::default()), [3, 2, 1, 0]);
}

#[test]
fn supporters_are_named_strongest_first() {
    let sentences: [&[u32]; 4] = [&[1, 2, 3, 4], &[1, 2, 3, 5], &[4, 6, 7, 8], &[9, 10]];
    let ranked = rank_sentences(&sentences, &options(Similarity::Overlap));
    let found = ranked.supporters(0);
    assert_eq!(found.iter().map(|s| s.sentence).collect::<Vec<_>>(), [1, 2]);
    // Both give all they have to sentence 0, so the shares are as their scores.
    let scores = &ranked.ranks.scores;
    let expected = scores[1] / (scores[1] + scores[2]);
    assert!((found[0].share - expected).abs() < 1e-9, "{found:?}");
    assert_eq!(ranked.supporters(3), []);
    assert_eq!(ranked.supporters(4), []);
}

#[test]
fn ten_thousand_sentences_keep_a_bounded_graph() {
    let sentences = long_text(10_000, 30);
    let ranked = rank_sentences(&sentences, &SentenceOptions::default());
    assert!(ranked.ranks.converged);
    let edges = ranked.graph.edges();
    assert!(edges <= 10_000 * MOST_NAMED, "{edges}");
    // Every sentence names as many as it may, so at the least half of that is kept.
    assert!(edges >= 10_000 * MOST_NAMED / 2, "{edges}");
    let mut order = ranked.order(&ranked.ranks.scores, Redundancy::default());
    order.sort_unstable();
    assert!(order.into_iter().eq(0..10_000));
}

#[test]
fn beyond_the_exact_size_the_strongest_neighbours_are_kept() {
    // Sentence i shares two words with the one before and the one after, and a single word with
    // 149 more, of which only some can be named.
    let count = u32::try_from(EXACT_UP_TO).expect("a small number") + 500;
    let sentences: Vec<[u32; 5]> =
        (0..count).map(|i| [4 * i, 4 * i + 1, 4 * i + 4, 4 * i + 5, 1_000_000 + i / 150]).collect();
    let graph = rank_sentences(&sentences, &SentenceOptions::default()).graph;
    for i in 1..sentences.len() - 1 {
        let neighbours: Vec<(usize, f64)> = graph.neighbours(i).collect();
        assert!(neighbours.len() >= MOST_NAMED, "{i}: {}", neighbours.len());
        for near in [i - 1, i + 1] {
            // Two words, and the third where both lie in the same 150; over 2 ln 5.
            let shared = if near / 150 == i / 150 { 3.0 } else { 2.0 };
            let weight = neighbours.iter().find(|&&(other, _)| other == near).map(|pair| pair.1);
            let expected = shared / (2.0 * 5_f64.ln());
            assert!(weight.is_some_and(|w| (w - expected).abs() < 1e-12), "{i} {near} {weight:?}");
        }
    }
}

#[test]
fn words_that_are_everywhere_link_nothing_but_whole_repeats_are_still_seen() {
    let count = EXACT_UP_TO + 1;
    let mut sentences = vec![vec![1, 2, 3]; count];
    sentences.push(vec![4, 5, 6]);
    let ranked = rank_sentences(&sentences, &SentenceOptions::default());
    assert_eq!(ranked.graph.edges(), 0);
    let order = ranked.order(&ranked.ranks.scores, Redundancy::default());
    assert_eq!(order[..3], [0, count, 1]);
    let off = Redundancy { cosine: 1.0, ..Redundancy::default() };
    assert_eq!(ranked.order(&ranked.ranks.scores, off)[..3], [0, 1, 2]);

    // One sentence fewer, and every two of them are linked.
    let exact = rank_sentences(&sentences[1..count], &SentenceOptions::default());
    assert_eq!(exact.graph.edges(), EXACT_UP_TO * (EXACT_UP_TO - 1) / 2);
}

prop_compose! {
    fn any_text()(text in prop::collection::vec(prop::collection::vec(0_u32..15, 0..9), 1..25))
        -> Vec<Vec<u32>> {
        text
    }
}

proptest! {
    #[test]
    fn agrees_with_the_dense_computation(
        text in any_text(),
        weights in prop::collection::vec(0.0..3.0, 12),
        weighted in any::<bool>(),
    ) {
        let weights = weighted.then_some(&weights[..]);
        let similarity = weights.map_or(Similarity::Overlap, Similarity::Weighted);
        let ranked = rank_sentences(&text, &options(similarity));
        let entry = |i: usize, j: usize| {
            if i == j { 0.0 } else { by_definition(&text[i], &text[j], weights) }
        };
        let matrix: Vec<Vec<f64>> =
            (0..text.len()).map(|i| (0..text.len()).map(|j| entry(i, j)).collect()).collect();
        for (i, row) in matrix.iter().enumerate() {
            let linked = row.iter().filter(|&&weight| weight > 0.0).count();
            prop_assert_eq!(ranked.graph.neighbours(i).count(), linked);
            for (j, weight) in ranked.graph.neighbours(i) {
                prop_assert!((weight - row[j]).abs() < 1e-12);
            }
        }
        for (found, expected) in ranked.ranks.scores.iter().zip(dense_scores(&matrix)) {
            prop_assert!((found - expected).abs() < 1e-9, "{} {}", found, expected);
        }
    }

    #[test]
    fn an_order_is_a_permutation_and_repeats_come_last(
        text in any_text(),
        scores in prop::collection::vec(any::<f64>(), 0..30),
        cosine in 0.0..1.2,
    ) {
        let ranked = rank_sentences(&text, &SentenceOptions::default());
        let order = ranked.order(&scores, Redundancy { cosine, against: Against::All });
        let mut places = order.clone();
        places.sort_unstable();
        prop_assert!(places.into_iter().eq(0..text.len()));

        let sets: Vec<BTreeSet<u32>> = text.iter().map(|s| s.iter().copied().collect()).collect();
        let repeats = |a: usize, chosen: &[usize]| {
            chosen.iter().any(|&b| {
                let shared = sets[a].intersection(&sets[b]).count() as f64;
                let sizes = (sets[a].len() * sets[b].len()) as f64;
                cosine < 1.0 && shared > cosine * sizes.sqrt()
            })
        };
        // What comes before the first repeat was chosen; all that follows repeats one of these.
        let first = (0..order.len()).find(|&at| repeats(order[at], &order[..at]));
        let (chosen, repeated) = order.split_at(first.unwrap_or(order.len()));
        prop_assert!(repeated.iter().all(|&sentence| repeats(sentence, chosen)));
    }

    #[test]
    fn how_words_are_numbered_does_not_matter(
        text in any_text(),
        weights in prop::collection::vec(0.0..3.0, 15),
        names in Just((0_u32..15).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        // Renamed within a small range, so that the weights can follow, and into a large one.
        let renamed: Vec<Vec<u32>> =
            text.iter().map(|s| s.iter().map(|&word| names[word as usize]).collect()).collect();
        let mut moved = vec![0.0; 15];
        for (&name, &weight) in names.iter().zip(&weights) {
            moved[name as usize] = weight;
        }
        let before = rank_sentences(&text, &options(Similarity::Weighted(&weights)));
        let after = rank_sentences(&renamed, &options(Similarity::Weighted(&moved)));
        prop_assert_eq!(&before.ranks, &after.ranks);
        prop_assert_eq!(&before.graph, &after.graph);

        let spread: Vec<Vec<u32>> =
            text.iter().map(|s| s.iter().map(|&word| u32::MAX - word * 99_999_999 / 9).collect())
                .collect();
        let before = rank_sentences(&text, &options(Similarity::Overlap));
        let after = rank_sentences(&spread, &options(Similarity::Overlap));
        prop_assert_eq!(&before.ranks, &after.ranks);
    }
}
