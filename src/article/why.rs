//! Why the splitter decided as it did, in the words of both languages.

use crate::lang::Lang;

/// Probability of what is hardly in doubt.
pub(super) const SURE: f32 = 0.9;

/// What a reason is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    zh: &'static str,
    en: &'static str,
}

impl Word {
    /// A reason with its names in Chinese and English.
    pub(super) const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The name in a language.
    pub fn of(&self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }
}

/// One thing that spoke for or against a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// What it is called.
    pub word: Word,
    /// What it added to the logarithm of the odds: above 0 it spoke for the decision, and 0.7
    /// doubled the odds.
    pub share: f32,
}

/// How sure a decision is, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Probability that the decision is right, 0 to 1.
    pub confidence: f32,
    /// What spoke for it and against it, the weightiest first.
    pub reasons: Vec<Reason>,
}

impl Evidence {
    /// A decision with one reason.
    pub(super) fn of(confidence: f32, word: Word) -> Self {
        Self::of_words(confidence, &[word])
    }

    /// A decision with several reasons that weigh the same.
    pub(super) fn of_words(confidence: f32, words: &[Word]) -> Self {
        let share = logit(confidence) / words.len().max(1) as f32;
        Self { confidence, reasons: words.iter().map(|&word| Reason { word, share }).collect() }
    }

    /// The decision for which `terms` add up, with those as reasons that weigh anything.
    pub(super) fn sum(bias: f32, terms: impl Iterator<Item = (f32, Word)>) -> Self {
        let mut reasons: Vec<Reason> = terms
            .filter(|term| term.0 != 0.0)
            .map(|(share, word)| Reason { word, share })
            .collect();
        reasons.sort_by(|a, b| b.share.abs().total_cmp(&a.share.abs()));
        let sum: f32 = reasons.iter().map(|reason| reason.share).sum();
        Self { confidence: logistic(bias + sum), reasons }
    }

    /// Whether there is hardly a doubt.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE
    }

    /// All reasons in one line, with what each of them weighed.
    pub fn told(&self, lang: Lang) -> String {
        let told = |reason: &Reason| match self.reasons.len() {
            1 => reason.word.of(lang).to_owned(),
            _ => format!("{} {:+.1}", reason.word.of(lang), reason.share),
        };
        let all: Vec<String> = self.reasons.iter().map(told).collect();
        all.join(lang.of("，", ", "))
    }

    /// What spoke for the decision, the weightiest first.
    pub fn words(&self, lang: Lang) -> Vec<&'static str> {
        let told = |reason: &&Reason| reason.share > 0.0;
        self.reasons.iter().filter(told).map(|reason| reason.word.of(lang)).collect()
    }
}

/// The logistic function: any sum to a probability.
pub(super) fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// The inverse of [`logistic`], kept finite for certainty.
fn logit(probability: f32) -> f32 {
    let kept = probability.clamp(0.000_1, 0.999_9);
    (kept / (1.0 - kept)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sorted_and_only_those_that_weigh() {
        let (a, b, c) = (Word::new("甲", "a"), Word::new("乙", "b"), Word::new("丙", "c"));
        let evidence = Evidence::sum(0.0, [(0.5, a), (-2.0, b), (0.0, c), (1.5, c)].into_iter());
        assert_eq!(evidence.reasons.iter().map(|r| r.word).collect::<Vec<_>>(), [b, c, a]);
        assert_eq!(evidence.words(Lang::En), ["c", "a"]);
        assert!((evidence.confidence - 0.5).abs() < 1e-6);
        assert!((logistic(logit(0.9)) - 0.9).abs() < 1e-5);
    }
}
