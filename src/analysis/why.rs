//! Why a sentence ranks where it does: the sentences that support it, and by which words.

use super::{Stretch, Tally, sentence_ranges, sentences, spans, vocabulary::Vocabulary};
use crate::{
    article::Article,
    text::{
        fold,
        range::{TextRange, character_at},
    },
};

/// Supporters that are told of, at most.
const MOST: usize = 3;
/// Shared words that are told of each, at most.
const WORDS: usize = 6;

/// A sentence that supports another one in the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Support {
    /// Its index among the sentences of the [`Analysis`](super::Analysis).
    pub sentence: usize,
    /// Its place in the article's text.
    pub range: TextRange,
    /// Its share in all the support that the sentence gets, 0 to 1.
    pub share: f64,
    /// Words that both have, the most telling first, as they are printed at their first place.
    pub words: Vec<String>,
}

/// The sentences that support the one with index `sentence` most, strongest first. The article is cut
/// and its graph built once more, so this takes about as long as the analysis did.
pub fn supporters(article: &Article, vocabulary: &Vocabulary, sentence: usize) -> Vec<Support> {
    let covered = character_at(&article.text, super::COVERED);
    let printed = article.text.get(..covered).unwrap_or_default();
    let folded = fold::folded(printed);
    let words = vocabulary.segmenter().words(&folded);
    let kinds = vocabulary.kinds(&words);
    let ranges = sentence_ranges(&Stretch::all(article, covered), &folded);
    let spans = spans(&words, &ranges);
    let mut content = Vec::new();
    let tallies: Vec<Tally> =
        spans.iter().map(|span| Tally::of(span, &kinds, &mut content)).collect();
    let of = |at: usize| {
        let tally = tallies.get(at).map(|tally| tally.content.clone());
        tally.and_then(|range| content.get(range)).unwrap_or_default()
    };
    let contents: Vec<&[u32]> = (0..tallies.len()).map(of).collect();
    let graph = sentences::graph(&contents, &kinds);
    let weight = |id: u32| kinds.get(id as usize).map_or(0.0, |kind| kind.weight);
    let printed_as = |id: u32| {
        let first = words.words.iter().find(|word| word.id == id)?;
        Some(first.range.of(printed).to_owned())
    };
    let told = |found: textrank_rs::Supporter| {
        let mut shared: Vec<u32> = of(found.sentence).to_vec();
        shared.retain(|id| of(sentence).contains(id));
        shared.sort_unstable_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
        shared.dedup();
        Some(Support {
            sentence: found.sentence,
            range: *ranges.get(found.sentence)?,
            share: found.share,
            words: shared.into_iter().filter_map(printed_as).take(WORDS).collect(),
        })
    };
    graph.supporters(sentence).into_iter().filter_map(told).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::analyze,
        article::{SplitMode, split},
    };

    #[test]
    fn a_sentence_is_supported_by_those_that_share_its_words() {
        let text = "渡口的灯\n\n渡口的燈亮了四十年。夜裡有霧的時候，渡口的燈是河上唯一的光。\
                    今天食堂吃麵。船家看見渡口的燈，就知道河上的家到了。\n";
        let article = split(text.into(), SplitMode::Off).articles.remove(0);
        let vocabulary = Vocabulary::default();
        let analysis = analyze(&article, &vocabulary);
        let found = supporters(&article, &vocabulary, 1);
        let indices: Vec<usize> = found.iter().map(|support| support.sentence).collect();
        assert!(indices.contains(&3) && !indices.contains(&2), "{found:?}");
        assert!(found.iter().map(|support| support.share).sum::<f64>() <= 1.0 + 1e-9);
        for support in &found {
            assert_eq!(support.range, analysis.sentences[support.sentence].range);
            assert!(!support.words.is_empty());
        }
        assert!(found[0].words.contains(&"渡口".to_owned()), "{found:?}");
        assert_eq!(supporters(&article, &vocabulary, 99), []);
    }
}
