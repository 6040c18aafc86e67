//! How well a sentence stands alone as a key sentence.

use std::sync::LazyLock;

use super::{
    is_letter,
    phrases::Phrases,
    recipe::{Ingredient, Recipe},
    sentences::Candidate,
    words_of,
};
use crate::{lang::Lang, text::letter::marks};

/// Content words, about half of all, beyond which a sentence is too long to be read at a glance.
const LONG: f64 = 40.0;
/// Content words below which it says hardly anything.
const SHORT: usize = 4;
/// How fast spoken words count against a sentence: with a third of them it loses two thirds.
const TALK: f64 = 6.0;
/// Pull quotes that are looked at: no article has as many, and a text made to have more must not
/// take longer for it.
const PULL_QUOTES: usize = 20;
/// Characters that end a sentence, or a member of a long one that was cut there.
const ENDS: &[char] = &[
    '。', '！', '？', '!', '?', '”', '」', '…', '.', '）', ')', '’', '』', '｡', '；', ';', '"',
    '》', '】',
];

static OPENINGS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(words_of(include_str!("words/openings.txt"))));

/// Something in favour of a sentence or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// It opens with a pronoun or a connective that leans on the sentence before.
    Leaning,
    /// It is a question.
    Question,
    /// A quotation mark or bracket has no partner.
    Unbalanced,
    /// It does not end as a sentence does.
    Unfinished,
    /// It has hardly any content words.
    Short,
    /// It is too long to be read at a glance.
    Long,
    /// It is full of spoken words.
    Talk,
    /// It only repeats the title.
    Echo,
    /// The page prints it once more as a pull quote: its editor chose it.
    Pulled,
}

impl Trait {
    /// What it is called.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Leaning => lang.of("承上", "leans on the one before"),
            Self::Question => lang.of("问句", "question"),
            Self::Unbalanced => lang.of("标点不成对", "unbalanced marks"),
            Self::Unfinished => lang.of("未完", "unfinished"),
            Self::Short => lang.of("太短", "short"),
            Self::Long => lang.of("太长", "long"),
            Self::Talk => lang.of("口语", "talk"),
            Self::Echo => lang.of("重复标题", "echo of the title"),
            Self::Pulled => lang.of("被摘引", "pull quote"),
        }
    }

    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Leaning,
        Self::Question,
        Self::Unbalanced,
        Self::Unfinished,
        Self::Short,
        Self::Long,
        Self::Talk,
        Self::Echo,
        Self::Pulled,
    ];
}

/// The factors by which the traits of a sentence change its score; 1 for a trait it does not have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality([f32; Trait::ALL.len()]);

impl Quality {
    /// A sentence with nothing against it.
    pub(super) const PLAIN: Self = Self([1.0; Trait::ALL.len()]);

    /// The traits that the sentence has, each with its factor.
    pub fn traits(&self) -> impl Iterator<Item = (Trait, f64)> + '_ {
        let all = Trait::ALL.into_iter().zip(self.0.iter().map(|factor| f64::from(*factor)));
        all.filter(|(_, factor)| (factor - 1.0).abs() > 1e-3)
    }

    /// All factors multiplied.
    pub fn factor(&self) -> f64 {
        self.0.iter().map(|factor| f64::from(*factor)).product()
    }

    fn set(&mut self, quality: Trait, factor: f64) {
        self.0[quality as usize] = factor as f32;
    }
}

/// How a sentence stands to what is printed around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ties {
    /// It only repeats the title.
    pub echo: bool,
    /// The page prints it once more as a pull quote.
    pub pulled: bool,
}

/// Judges a sentence.
pub(super) fn quality(sentence: &Candidate, ties: Ties, recipe: Recipe) -> Quality {
    let mut quality = Quality::PLAIN;
    if recipe.has(Ingredient::Quality) {
        judge(&mut quality, sentence);
        if ties.echo {
            quality.set(Trait::Echo, 0.3);
        }
        if ties.pulled {
            quality.set(Trait::Pulled, 1.5);
        }
    }
    if recipe.has(Ingredient::Talk) {
        let share = sentence.spoken as f64 / sentence.tokens.max(1) as f64;
        quality.set(Trait::Talk, 1.0 / (1.0 + TALK * share));
    }
    quality
}

/// What can be said of a sentence by itself.
fn judge(quality: &mut Quality, sentence: &Candidate) {
    let text = sentence.text;
    let words = sentence.words.len();
    if OPENINGS.open(text) {
        quality.set(Trait::Leaning, 0.85);
    }
    if text.ends_with(['？', '?']) {
        quality.set(Trait::Question, 0.8);
    }
    if !is_balanced(text) {
        quality.set(Trait::Unbalanced, 0.8);
    }
    if !text.ends_with(ENDS) {
        quality.set(Trait::Unfinished, 0.7);
    }
    if words < SHORT {
        quality.set(Trait::Short, 0.3);
    }
    if words as f64 > LONG {
        quality.set(Trait::Long, (LONG / words as f64).sqrt());
    }
}

/// Whether every kind of paired mark stands there as often opened as closed.
fn is_balanced(text: &str) -> bool {
    let mut open = [0_i32; 6];
    for (_, c) in marks(text) {
        let (pair, step) = match c {
            '“' => (0, 1),
            '”' => (0, -1),
            '「' => (1, 1),
            '」' => (1, -1),
            '『' => (2, 1),
            '』' => (2, -1),
            '（' | '(' => (3, 1),
            '）' | ')' => (3, -1),
            '《' => (4, 1),
            '》' => (4, -1),
            '【' => (5, 1),
            '】' => (5, -1),
            _ => continue,
        };
        open[pair] += step;
    }
    open == [0; 6]
}

/// Whether a pull quote of the page is the sentence, a part of it, or has it as a part.
pub(super) fn is_pulled(sentence: &str, pull_quotes: &[String]) -> bool {
    if pull_quotes.is_empty() {
        return false;
    }
    let sentence = letters(sentence);
    let fits = |quote: &String| quote.contains(&sentence) || sentence.contains(quote.as_str());
    !sentence.is_empty() && pull_quotes.iter().take(PULL_QUOTES).any(fits)
}

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| is_letter(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(text: &str) -> Vec<Trait> {
        let mut quality = Quality::PLAIN;
        judge(&mut quality, &Candidate { words: &[0; 10], ..Candidate::bare(text) });
        quality.traits().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_stands_against_a_sentence() {
        for (text, expected) in [
            ("澄江的新桥在春天修好了。", vec![]),
            ("其中一座在春天修好了。", vec![Trait::Leaning]),
            ("新桥什么时候修好？", vec![Trait::Question]),
            ("“新桥在春天修好了。", vec![Trait::Unbalanced]),
            ("新桥在春天（三月修好了", vec![Trait::Unbalanced, Trait::Unfinished]),
            ("新桥(三座）在春天修好了。", vec![]),
        ] {
            assert_eq!(traits(text), expected, "{text}");
        }
        let mut quality = Quality::PLAIN;
        judge(&mut quality, &Candidate { words: &[0; 160], ..Candidate::bare("好。") });
        assert_eq!(quality.traits().collect::<Vec<_>>(), [(Trait::Long, 0.5)]);
        assert!((quality.factor() - 0.5).abs() < 1e-6);
    }

    #[test]
    fn pull_quotes_are_recognised_through_their_marks() {
        let quotes = [letters("■县城的桥要先给走路的人用")];
        assert!(is_pulled("“县城的桥，要先给走路的人用。”", &quotes));
        assert!(!is_pulled("桥头种了树。", &quotes) && !is_pulled("……", &quotes));
    }
}
