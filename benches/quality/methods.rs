//! The ways of ranking that are compared. All of them take the sentences and words of the program,
//! so that what differs is the ranking alone.

use std::cmp::Ordering;

use textrank_rs::{KeywordOptions, SentenceOptions, rank_keywords, rank_sentences};
use zhaidu::analysis::{Ingredient, Recipe, Vocabulary, analyze_with};

use crate::{
    cases::Case,
    measures::{Chosen, Rouge, rouge, tokens},
};

/// Keywords that are asked of a method.
const KEYWORDS: usize = 30;

/// What a method makes of an article, best first.
#[derive(Default)]
pub(crate) struct Ranked {
    /// Sentences; empty where the method ranks none.
    pub(crate) sentences: Vec<Chosen>,
    /// Keywords; empty where the method finds none.
    pub(crate) keywords: Vec<String>,
}

/// Whether a method is told the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    /// As the file has it.
    Given,
    /// Never.
    Withheld,
    /// Unless it is what the method is to find.
    Fair,
}

/// What a method is to the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The program.
    Ours,
    /// What it has to beat.
    Peer,
    /// What no choice of sentences beats by much.
    Ceiling,
}

/// A way of ranking.
pub(crate) struct Method {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// Whether it is told the title.
    pub(crate) title: Title,
    /// What it is to the comparison.
    pub(crate) side: Side,
    /// Whether it ranks sentences.
    pub(crate) sentences: bool,
    /// Whether it ranks keywords.
    pub(crate) keywords: bool,
    /// The recipe of the program, for methods that use it.
    pub(crate) recipe: Recipe,
    /// Ranks.
    pub(crate) rank: fn(&Case, Recipe) -> Ranked,
}

/// All of them, in the order of the table.
pub(crate) const METHODS: [Method; 7] = [
    Method::ours("zhaidu", Title::Given, zhaidu),
    Method::ours("zhaidu, no title", Title::Withheld, zhaidu),
    Method::peer("lead", [true, false], lead),
    Method::peer("TextRank", [true, true], textrank),
    Method::peer("SumBasic", [true, false], sumbasic),
    Method::peer("tf·idf", [false, true], tfidf),
    Method { side: Side::Ceiling, ..Method::peer("oracle", [true, false], oracle) },
];

/// The program as it is, and with one ingredient of its recipe left out at a time.
pub(crate) fn ablations() -> Vec<Method> {
    let whole = Method { title: Title::Fair, ..Method::ours("zhaidu", Title::Fair, zhaidu) };
    let without = |ingredient| Method {
        name: name(ingredient),
        keywords: false,
        recipe: Recipe { without: Some(ingredient) },
        ..Method::ours("", Title::Fair, zhaidu)
    };
    std::iter::once(whole).chain(Ingredient::ALL.map(without)).collect()
}

fn name(ingredient: Ingredient) -> &'static str {
    match ingredient {
        Ingredient::Position => "without position",
        Ingredient::Title => "without title",
        Ingredient::Graph => "without graph",
        Ingredient::Frequency => "without frequency",
        Ingredient::Conclusion => "without conclusion",
        Ingredient::Speech => "without speech",
        Ingredient::Lead => "without lead",
        Ingredient::Quality => "without quality",
        Ingredient::Talk => "without talk",
        Ingredient::Redundancy => "without redundancy",
    }
}

impl Method {
    const fn ours(name: &'static str, title: Title, rank: fn(&Case, Recipe) -> Ranked) -> Self {
        let recipe = Recipe { without: None };
        Self { name, title, side: Side::Ours, sentences: true, keywords: true, recipe, rank }
    }

    const fn peer(name: &'static str, ranks: [bool; 2], rank: fn(&Case, Recipe) -> Ranked) -> Self {
        let [sentences, keywords] = ranks;
        Self { side: Side::Peer, sentences, keywords, ..Self::ours(name, Title::Fair, rank) }
    }
}

fn zhaidu(case: &Case, recipe: Recipe) -> Ranked {
    let analysis = analyze_with(case.article, &Vocabulary::default(), recipe);
    Ranked {
        sentences: chosen(case, analysis.order.iter().copied()),
        keywords: analysis.keywords.into_iter().map(|keyword| keyword.text).collect(),
    }
}

/// The sentences as they come.
fn lead(case: &Case, _: Recipe) -> Ranked {
    sentences_alone(case, (0..case.analysis.sentences.len()).collect())
}

/// Mihalcea and Tarau 2004: sentences by the overlap of their content words, words by the company
/// they keep in a window of five, damping 0.85, no prior.
fn textrank(case: &Case, _: Recipe) -> Ranked {
    let scores = rank_sentences(&case.content(), &SentenceOptions::default()).ranks.scores;
    let tokens: Vec<Vec<Option<u32>>> = case
        .titles()
        .chain(case.sentences())
        .map(|range| case.ids(range).map(|id| case.sort(id).names.then_some(id)).collect())
        .collect();
    let words = rank_keywords(&tokens, &KeywordOptions::default()).keywords;
    Ranked {
        sentences: chosen(case, best_first(&scores)),
        keywords: named(case, words.iter().map(|keyword| keyword.word)),
    }
}

/// Nenkova and Vanderwende 2005: again and again, of the sentences with the most probable word that
/// is left, the one with the highest mean probability of its content words is taken, and the
/// probabilities of its words are squared.
fn sumbasic(case: &Case, _: Recipe) -> Ranked {
    let sentences = case.content();
    let total = sentences.iter().map(Vec::len).sum::<usize>().max(1) as f64;
    let mut shares = vec![0.0; case.sorts.len()];
    for word in sentences.iter().flatten() {
        shares[*word as usize] += 1.0 / total;
    }
    let mut left: Vec<usize> = (0..sentences.len()).collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let of = |at: usize| sentences[at].iter().map(|word| shares[*word as usize]);
        let highest = |at: usize| of(at).fold(0.0, f64::max);
        let most = left.iter().map(|at| highest(*at)).fold(0.0, f64::max);
        let best = first_best(&left, |at| {
            let mean = of(at).sum::<f64>() / of(at).len().max(1) as f64;
            if highest(at) < most { mean - 1.0 } else { mean }
        });
        let taken = left.remove(best);
        order.push(taken);
        let mut words = sentences[taken].clone();
        words.sort_unstable();
        words.dedup();
        for word in words {
            shares[word as usize] *= shares[word as usize];
        }
    }
    sentences_alone(case, order)
}

/// Words that name something by how often they stand there and how rare they are elsewhere.
fn tfidf(case: &Case, _: Recipe) -> Ranked {
    let mut counts = vec![0.0; case.sorts.len()];
    for word in &case.words.words {
        if let Some(count) = counts.get_mut(word.id as usize) {
            *count += 1.0;
        }
    }
    let scores: Vec<f64> = case
        .sorts
        .iter()
        .zip(counts)
        .map(|(sort, count)| if sort.names { count * sort.rarity } else { 0.0 })
        .collect();
    let naming = best_first(&scores).filter(|at| case.sort(*at as u32).names);
    Ranked { keywords: named(case, naming.map(|at| at as u32)), ..Ranked::default() }
}

/// Again and again the sentence that does most for ROUGE-1 and ROUGE-2 against the reference, as
/// long as one does anything; then the others as they come.
fn oracle(case: &Case, _: Recipe) -> Ranked {
    let reference = tokens(case.reference);
    let text = &case.article.text;
    let sentences: Vec<Vec<String>> =
        case.sentences().map(|range| tokens(range.of(text))).collect();
    let mut left: Vec<usize> = (0..sentences.len()).collect();
    let (mut order, mut summary, mut reached) = (Vec::new(), Vec::new(), 0.0);
    let with = |summary: &[String], at: usize| -> Vec<String> {
        summary.iter().chain(sentences.get(at).into_iter().flatten()).cloned().collect()
    };
    while !left.is_empty() && summary.len() < reference.len() {
        let value = |at: usize| {
            let summary = with(&summary, at);
            [Rouge::One, Rouge::Two].map(|n| rouge(n, &summary, &reference).f1).iter().sum::<f64>()
        };
        let place = first_best(&left, value);
        let Some(best) = left.get(place).copied().filter(|best| value(*best) > reached) else {
            break;
        };
        reached = value(best);
        summary = with(&summary, best);
        order.push(left.remove(place));
    }
    order.extend(left);
    sentences_alone(case, order)
}

fn sentences_alone(case: &Case, order: Vec<usize>) -> Ranked {
    Ranked { sentences: chosen(case, order), ..Ranked::default() }
}

/// The sentences at these places, with their texts.
fn chosen(case: &Case, order: impl IntoIterator<Item = usize>) -> Vec<Chosen> {
    let sentences = order.into_iter().filter_map(|index| {
        let range = case.analysis.sentences.get(index)?.range;
        Some(Chosen { index, text: range.of(&case.article.text).to_owned() })
    });
    sentences.collect()
}

/// The words with these ids, as many as are asked for.
fn named(case: &Case, ids: impl Iterator<Item = u32>) -> Vec<String> {
    ids.take(KEYWORDS).map(|id| case.word(id).to_owned()).collect()
}

/// All places, best score first, equal ones as they come.
fn best_first(scores: &[f64]) -> impl Iterator<Item = usize> {
    let mut places: Vec<(usize, f64)> = scores.iter().copied().enumerate().collect();
    // In single precision: less than that differs by the order in which numbers were added up.
    places.sort_by(|a, b| (b.1 as f32).total_cmp(&(a.1 as f32)));
    places.into_iter().map(|(place, _)| place)
}

/// The place in `left` of what has the highest score, the first of several.
fn first_best(left: &[usize], score: impl Fn(usize) -> f64) -> usize {
    let scores = left.iter().map(|at| score(*at)).enumerate();
    let better = |a: &(usize, f64), b: &(usize, f64)| match a.1.total_cmp(&b.1) {
        Ordering::Equal => b.0.cmp(&a.0),
        order => order,
    };
    scores.max_by(better).map_or(0, |(place, _)| place)
}
