use proptest::prelude::*;

use super::*;

const FINE: Walk = Walk { damping: 0.85, tolerance: 1e-12 };

fn ranked(text: &[Vec<Option<u32>>], window: usize, reach: Reach) -> Vec<Keyword> {
    let neighbours = CoOccurrence { window, reach };
    rank_keywords(text, &KeywordOptions { neighbours, walk: FINE, prior: None }).keywords
}

fn words(keywords: &[Keyword]) -> Vec<u32> {
    keywords.iter().map(|keyword| keyword.word).collect()
}

/// 7 – 8 – 9 in a row is the path a – b – c of the `PageRank` tests: 19/74, 36/74, 19/74. The ends
/// are equal, so they come in the order of the text.
#[test]
fn three_neighbours_by_hand() {
    let keywords = ranked(&[vec![Some(9), Some(8), Some(7)]], 2, Reach::Sentence);
    assert_eq!(words(&keywords), [8, 9, 7]);
    assert_eq!(keywords.iter().map(|k| k.first).collect::<Vec<_>>(), [1, 0, 2]);
    assert!((keywords[0].weight - 1.0).abs() < 1e-12);
    assert!((keywords[1].weight - 19.0 / 36.0).abs() < 1e-9);
}

#[test]
fn the_window_counts_places_and_stops_where_it_is_told_to() {
    let weights = |text: &[Vec<Option<u32>>], window, reach| -> Vec<(usize, f64)> {
        Text::new(text, window, reach).graph(window).neighbours(0).collect()
    };
    let text = [vec![Some(5), None, Some(6)], vec![Some(7), Some(5), Some(5)]];
    let cases = [
        (1, Reach::Text, vec![]),
        (2, Reach::Sentence, vec![(2, 1.0)]),
        (3, Reach::Sentence, vec![(1, 1.0), (2, 2.0)]),
        (3, Reach::Text, vec![(1, 2.0), (2, 2.0)]),
        (4, Reach::Text, vec![(1, 3.0), (2, 3.0)]),
        (64, Reach::Sentence, vec![(1, 1.0), (2, 2.0)]),
    ];
    for (window, reach, expected) in cases {
        assert_eq!(weights(&text, window, reach), expected, "{window} {reach:?}");
    }
}

#[test]
fn any_window_is_brought_into_range() {
    let text = [(0..200).map(Some).collect::<Vec<_>>()];
    assert_eq!(ranked(&text, 0, Reach::Text), ranked(&text, 1, Reach::Text));
    assert_eq!(ranked(&text, usize::MAX, Reach::Text), ranked(&text, WIDEST_WINDOW, Reach::Text));
    assert_ne!(ranked(&text, 63, Reach::Text), ranked(&text, WIDEST_WINDOW, Reach::Text));
}

#[test]
fn texts_without_company_have_keywords_too() {
    assert_eq!(ranked(&[], 5, Reach::Text), []);
    assert_eq!(ranked(&[vec![], vec![None, None]], 5, Reach::Sentence), []);
    let alone = Keyword { word: u32::MAX, weight: 1.0, first: 1 };
    assert_eq!(ranked(&[vec![None, Some(u32::MAX)]], 5, Reach::Text), [alone]);
    assert_eq!(ranked(&[vec![Some(3); 50]], 5, Reach::Text).len(), 1);
    let apart = ranked(&[vec![Some(4)], vec![Some(3)]], 5, Reach::Sentence);
    assert_eq!(words(&apart), [4, 3]);
}

#[test]
fn the_prior_is_by_word() {
    let text = [vec![Some(0), Some(4), Some(2)]];
    let with = |prior: &[f64]| {
        let neighbours = CoOccurrence { window: 3, ..CoOccurrence::default() };
        let options = KeywordOptions { neighbours, walk: FINE, prior: Some(prior) };
        words(&rank_keywords(&text, &options).keywords)
    };
    assert_eq!(with(&[0.0, 0.0, 1.0]), [2, 0, 4]);
    assert_eq!(with(&[0.0, 0.0, 0.0, 0.0, 1.0]), [4, 0, 2]);
    for useless in [&[][..], &[0.0; 5], &[-1.0, 9.0, f64::NAN]] {
        assert_eq!(with(useless), [0, 4, 2], "{useless:?}");
    }
}

prop_compose! {
    fn any_text()(
        text in prop::collection::vec(
            prop::collection::vec(prop::option::weighted(0.7, 0_u32..12), 0..15),
            0..6,
        ),
    ) -> Vec<Vec<Option<u32>>> {
        text
    }
}

proptest! {
    #[test]
    fn the_graph_counts_pairs_of_places(text in any_text(), window in 1_usize..9) {
        for reach in [Reach::Sentence, Reach::Text] {
            let line = Text::new(&text, window, reach);
            let graph = line.graph(window);
            let all: Vec<Option<u32>> = text.concat();
            let parts = if reach == Reach::Text { vec![all] } else { text.clone() };
            let mut expected = vec![vec![0_u32; line.words.len()]; line.words.len()];
            let number = |word: u32| line.words.iter().position(|&w| w == word);
            for part in parts {
                for (i, a) in part.iter().enumerate() {
                    for b in part.iter().take(i + window).skip(i + 1) {
                        if let (Some(a), Some(b)) = (a.and_then(number), b.and_then(number)) {
                            expected[a][b] += 1;
                            expected[b][a] += 1;
                        }
                    }
                }
            }
            for (word, row) in expected.iter().enumerate() {
                let linked: Vec<(usize, f64)> = row
                    .iter()
                    .enumerate()
                    .filter(|&(other, &count)| count > 0 && other != word)
                    .map(|(other, &count)| (other, f64::from(count)))
                    .collect();
                prop_assert_eq!(graph.neighbours(word).collect::<Vec<_>>(), linked);
            }
        }
    }

    #[test]
    fn weights_fall_from_one_and_do_not_depend_on_numbers(text in any_text()) {
        let keywords = ranked(&text, 5, Reach::Sentence);
        if let Some(best) = keywords.first() {
            prop_assert!((best.weight - 1.0).abs() < 1e-6);
        }
        prop_assert!(keywords.iter().all(|k| k.weight > 0.0 && k.weight <= 1.0));
        prop_assert!(keywords.is_sorted_by(|a, b| a.weight >= b.weight - 1e-6));
        let all: Vec<Option<u32>> = text.concat();
        for keyword in &keywords {
            let first = all.iter().position(|&token| token == Some(keyword.word));
            prop_assert_eq!(first, Some(keyword.first));
        }

        let rename = |word: u32| 4_000_000_000 - word * 7_654_321;
        let renamed: Vec<Vec<Option<u32>>> =
            text.iter().map(|s| s.iter().map(|token| token.map(rename)).collect()).collect();
        let expected: Vec<Keyword> =
            keywords.iter().map(|k| Keyword { word: rename(k.word), ..*k }).collect();
        prop_assert_eq!(ranked(&renamed, 5, Reach::Sentence), expected);
    }
}
