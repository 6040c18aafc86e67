//! Cutting summaries from an analysis: any length is a prefix of one order.

use super::{Analysis, Keyword, Sentence, count_chars};
use crate::text::range::TextRange;

/// Part of the weight of a word that a phrase around it must have to stand for it.
const NEARLY: f64 = 0.8;

/// A key sentence: a sentence with its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeySentence {
    /// 1 for the best.
    pub rank: usize,
    /// Index into [`Analysis::sentences`].
    pub index: usize,
    /// Its place in the article's text.
    pub range: TextRange,
    /// See [`Sentence::score`].
    pub score: f64,
}

/// How long a summary shall be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// This many sentences.
    Sentences(usize),
    /// This share of the characters of the running text, 0 to 1; at least one sentence.
    Ratio(f64),
    /// At most this many characters; at least one sentence.
    Chars(usize),
}

impl Analysis {
    /// The key sentences of a summary of this length, in reading order. `text` is the article's
    /// text, for counting characters.
    pub fn key_sentences(&self, length: Length, text: &str) -> Vec<KeySentence> {
        let mut picked: Vec<KeySentence> = self
            .order
            .iter()
            .take(self.prefix(length, text))
            .enumerate()
            .filter_map(|(at, &index)| {
                let Sentence { range, score, .. } = *self.sentences.get(index)?;
                Some(KeySentence { rank: at + 1, index, range, score })
            })
            .collect();
        picked.sort_by_key(|sentence| sentence.index);
        picked
    }

    /// The keywords that a person reads, best first: of those that are part of one another one each.
    ///
    /// A word gives way to a phrase around it that weighs nearly as much, as 绿色 to 绿色工厂; a
    /// phrase gives way to a better part of it. [`Analysis::keywords`] has all of them, as lists
    /// that people make for catalogues do.
    pub fn distinct_keywords(&self) -> Vec<&Keyword> {
        self.best_distinct_keywords(usize::MAX)
    }

    /// The first so many of them: all are told from each other, which takes some time.
    pub fn best_distinct_keywords(&self, most: usize) -> Vec<&Keyword> {
        let holds = |whole: &Keyword, part: &Keyword| {
            whole.text.len() > part.text.len() && whole.text.contains(&part.text)
        };
        let told = |part: &Keyword| {
            // The heaviest come first.
            let heavy = |whole: &&Keyword| whole.weight >= NEARLY * part.weight;
            self.keywords.iter().take_while(heavy).any(|whole| holds(whole, part))
        };
        let mut distinct: Vec<&Keyword> = Vec::with_capacity(most.min(self.keywords.len()));
        for keyword in self.keywords.iter().filter(|keyword| !told(keyword)) {
            if distinct.len() == most {
                break;
            }
            if !distinct.iter().any(|better| holds(keyword, better)) {
                distinct.push(keyword);
            }
        }
        distinct
    }

    /// How many of the best sentences make up a summary of this length.
    fn prefix(&self, length: Length, text: &str) -> usize {
        let chars = |index: &usize| {
            self.sentences.get(*index).map_or(0, |sentence| count_chars(sentence.range.of(text)))
        };
        let budget = match length {
            Length::Sentences(count) => return count,
            Length::Chars(chars) => chars,
            Length::Ratio(ratio) => {
                let all: usize = (0..self.sentences.len()).map(|index| chars(&index)).sum();
                (all as f64 * ratio.clamp(0.0, 1.0)).ceil() as usize
            }
        };
        let mut used = 0;
        let fitting = self.order.iter().take_while(|index| {
            used += chars(index);
            used <= budget
        });
        fitting.count().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Vocabulary, analyze},
        article::{SplitMode, split},
    };

    #[test]
    fn of_keywords_within_each_other_one_is_told() {
        let text = "绿色工厂\n\n绿色工厂在澄江开工，绿色工厂的屋顶种草。绿色工厂梯度培育，绿色工厂梯度分三级，澄江的绿色不止一处。\n";
        let article = split(text.into(), SplitMode::Off).articles.remove(0);
        let analysis = analyze(&article, &Vocabulary::default());
        let told = analysis.distinct_keywords();
        let has = |text: &str| told.iter().any(|keyword| keyword.text == text);
        assert!(has("绿色工厂") && has("澄江") && !has("绿色") && !has("工厂"), "{told:?}");
        let pairs = told.iter().flat_map(|one| told.iter().map(move |other| (one, other)));
        assert!(pairs.filter(|(one, other)| one.text.contains(&other.text)).count() == told.len());
    }

    #[test]
    fn a_summary_keeps_its_length() {
        let sentences: Vec<String> =
            (1..=20).map(|at| format!("第{at}号桥在春天修好了。")).collect();
        let text = format!("修桥\n\n{}", sentences.concat());
        let article = split(text.into(), SplitMode::Off).articles.remove(0);
        let analysis = analyze(&article, &Vocabulary::default());
        let chars = |length| -> usize {
            let found = analysis.key_sentences(length, &article.text);
            found.iter().map(|key| count_chars(key.range.of(&article.text))).sum()
        };
        assert_eq!(analysis.key_sentences(Length::Sentences(3), &article.text).len(), 3);
        assert!((1..=50).contains(&chars(Length::Chars(50))));
        assert!(chars(Length::Chars(1)) > 0, "one sentence at least");
        let all = chars(Length::Sentences(usize::MAX));
        assert!(chars(Length::Ratio(0.5)) <= all / 2 + 1);
    }
}
