//! Whatever an article holds, its analysis is the same each time; each sentence without damage has a rank,
//! summaries are sentences of the text and no longer than was asked for, and keywords stand where they are
//! said to.

use std::collections::HashSet;

use zhaidu::{
    analysis::{Analysis, Length, Vocabulary, analyze, count_chars},
    article::{Article, SplitMode, split},
    text::{fold::simplified, range::TextRange},
};

use super::input::Input;

pub(crate) fn holds(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let length = input.far_below(600);
    let text = input.rest_as_text();
    for article in split(text.as_ref().into(), SplitMode::Off).articles {
        check(&article);
        check_length(&article, length);
    }
}

/// A summary of so many characters has no more, unless it is one sentence.
fn check_length(article: &Article, length: usize) {
    let found = analyze(article, &Vocabulary::default());
    let summary = found.key_sentences(Length::Chars(length), &article.text);
    let chars: usize =
        summary.iter().map(|sentence| count_chars(sentence.range.of(&article.text))).sum();
    assert!(chars <= length || summary.len() == 1, "{chars} characters for {length}");
    assert_eq!(summary.is_empty(), found.order.is_empty(), "at least one");
    let ratio = found.key_sentences(Length::Ratio(length as f64 / 600.0), &article.text);
    assert_eq!(ratio.is_empty(), found.order.is_empty(), "at least one");
}

/// The text of a range that must fit.
fn cut(text: &str, range: TextRange) -> &str {
    text.get(range.start..range.end).expect("a range between characters")
}

/// Checks the analysis of an article.
pub(crate) fn check(article: &Article) {
    let text: &str = &article.text;
    let found = analyze(article, &Vocabulary::default());
    assert_eq!(
        found,
        analyze(article, &Vocabulary::default()),
        "the same text has the same analysis"
    );
    check_sentences(&found, text);
    let mut order = found.order.clone();
    order.sort_unstable();
    let whole = |at: &usize| !article.is_damaged(found.sentences[*at].range);
    let whole = (0..found.sentences.len()).filter(whole);
    assert!(order.into_iter().eq(whole), "each sentence without damage has one rank");
    for keyword in &found.keywords {
        let text_of = |place: &TextRange| cut(text, *place).to_owned();
        assert!(keyword.weight.is_finite() && (0.0..=1.0).contains(&keyword.weight));
        assert!(!keyword.places.is_empty() && keyword.places.is_sorted(), "{}", keyword.text);
        assert!(keyword.places.windows(2).all(|pair| !pair[0].overlaps(pair[1])));
        assert_eq!(text_of(&keyword.places[0]), keyword.text, "as it is printed");
        let same =
            |text: &str| text.chars().map(simplified).collect::<String>().replace('著', "着");
        assert!(keyword.places.iter().all(|place| same(&text_of(place)) == same(&keyword.text)));
    }
    let words: HashSet<&str> = found.keywords.iter().map(|keyword| keyword.text.as_str()).collect();
    assert_eq!(words.len(), found.keywords.len(), "each keyword is there once");
    assert!(found.keywords.is_sorted_by(|a, b| a.weight >= b.weight), "the heaviest first");
    assert!(found.keywords.first().is_none_or(|best| (best.weight - 1.0).abs() < 1e-9));
}

fn check_sentences(found: &Analysis, text: &str) {
    for sentence in &found.sentences {
        assert!(sentence.score.is_finite() && sentence.score >= 0.0);
        assert!(!cut(text, sentence.range).is_empty());
    }
    assert!(found.sentences.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    let all: f64 = found.sentences.iter().map(|sentence| sentence.score).sum();
    assert!(found.sentences.is_empty() || (all - 1.0).abs() < 1e-6, "the shares add up to {all}");
    let mut shorter = Vec::new();
    for count in 0..=found.order.len().min(12) {
        let summary = found.key_sentences(Length::Sentences(count), text);
        assert_eq!(summary.len(), count);
        assert!(summary.is_sorted_by_key(|sentence| sentence.range), "in the order of the text");
        let indices: Vec<usize> = summary.iter().map(|sentence| sentence.index).collect();
        assert!(shorter.iter().all(|index| indices.contains(index)), "a longer one has it all");
        shorter = indices;
    }
}
