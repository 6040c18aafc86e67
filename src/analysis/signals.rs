//! What the article itself says about how far each kind of evidence can be trusted.

use std::sync::LazyLock;

use super::{
    phrases::Phrases,
    recipe::{Ingredient, Recipe},
    sentences::Candidate,
    title::TitleEvidence,
    words_of,
};

/// Share of spoken words above which a text is taken for speech: nothing below the first, wholly
/// above the second. Written news has 0 to 3 %, transcripts 6 to 16 %.
const SPOKEN: (f64, f64) = (0.03, 0.07);
/// Share of the sentences in the second half that conclude, above which the text is taken for one
/// that comes to its point at the end.
const CONCLUDING: (f64, f64) = (0.0, 0.15);
/// How far position is trusted at least when there is a title: a lead may say it in other words.
const LEAST_LEAD: f64 = 0.3;
/// What is left of the trust in a title when the text is speech: it names the topic of the day,
/// and not what was said.
const TITLE_OF_SPEECH: f64 = 0.1;

/// Signs that are read from the article, 0 to 1 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signals {
    /// How much the text is speech, by its share of spoken words (see `words/spoken.txt`): the
    /// first sentences of speech are greetings.
    pub speech: f64,
    /// How much the text comes to its point at the end, by phrases that draw a conclusion in its
    /// second half (see `words/conclusions.txt`): rulings, studies, essays.
    pub conclusion: f64,
    /// How well the first sentence takes up the title, beside the sentence that does best: in news
    /// with a lead it does. `None` when there is no title, or none that a sentence takes up.
    pub lead: Option<f64>,
}

/// How far each kind of evidence is trusted in an article, on a common scale; the graph has 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trust {
    /// In the first positions.
    pub position: f64,
    /// In the title.
    pub title: f64,
    /// In the support of other sentences.
    pub graph: f64,
    /// In frequent words.
    pub frequency: f64,
    /// In the last positions.
    pub conclusion: f64,
}

impl Signals {
    /// Reads the signs.
    pub(super) fn read(sentences: &[Candidate], title: &TitleEvidence) -> Self {
        let tokens: usize = sentences.iter().map(|sentence| sentence.tokens).sum();
        let spoken: usize = sentences.iter().map(|sentence| sentence.spoken).sum();
        let late = sentences.get(sentences.len() / 2..).unwrap_or_default();
        let concluding = late.iter().filter(|sentence| is_conclusion(sentence.text)).count();
        let speech = between(SPOKEN, spoken as f64 / tokens.max(1) as f64);
        // One more than there are, so that a single sentence is not yet proof.
        let share = concluding as f64 / (late.len() + 1) as f64;
        Self { speech, conclusion: between(CONCLUDING, share) * (1.0 - speech), lead: title.lead }
    }

    /// How far each kind of evidence is trusted: the most that the recipe allows, less what the
    /// signs say.
    pub(super) fn trust(&self, recipe: Recipe) -> Trust {
        let written = recipe.value(Ingredient::Speech, 1.0 - self.speech, 1.0);
        let opening = 1.0 - recipe.value(Ingredient::Conclusion, self.conclusion, 0.0);
        let lead = LEAST_LEAD + (1.0 - LEAST_LEAD) * self.lead.unwrap_or(1.0).powi(2);
        let title = TITLE_OF_SPEECH + (1.0 - TITLE_OF_SPEECH) * written;
        let most = |ingredient, trust| recipe.value(ingredient, trust, 0.0);
        Trust {
            position: most(Ingredient::Position, 4.0)
                * written
                * opening
                * recipe.value(Ingredient::Lead, lead, 1.0),
            title: most(Ingredient::Title, 4.0) * title,
            graph: most(Ingredient::Graph, 1.0),
            frequency: most(Ingredient::Frequency, 1.0),
            conclusion: most(Ingredient::Conclusion, 1.0) * self.conclusion,
        }
    }
}

/// Where `value` lies between two bounds, 0 to 1.
fn between((low, high): (f64, f64), value: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

/// Phrases that count at the beginning of a sentence, and those that count anywhere.
static CONCLUSIONS: LazyLock<(Phrases, Phrases)> = LazyLock::new(|| {
    let phrases = words_of(include_str!("words/conclusions.txt"));
    let (opening, anywhere): (Vec<&str>, Vec<&str>) = phrases.partition(|p| p.starts_with('^'));
    let opening = opening.into_iter().map(|phrase| phrase.trim_start_matches('^'));
    (Phrases::new(opening), Phrases::new(anywhere.into_iter()))
});

fn is_conclusion(sentence: &str) -> bool {
    let (opening, anywhere) = &*CONCLUSIONS;
    opening.open(sentence) || anywhere.are_in(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conclusions_are_known_by_their_phrases() {
        for (sentence, expected) in [
            ("综上，桥要修。", true),
            ("他说综上所述没有意思。", false),
            ("实验结果表明，新桥更稳。", true),
            ("县里决定如下：修桥。", true),
            ("县里决定修桥。", false),
        ] {
            assert_eq!(is_conclusion(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn signs_move_trust_within_bounds() {
        let signals = |speech, conclusion, lead| {
            Signals { speech, conclusion, lead: Some(lead) }.trust(Recipe::default())
        };
        let news = signals(0.0, 0.0, 1.0);
        let talk = signals(1.0, 0.0, 1.0);
        let ruling = signals(0.0, 1.0, 1.0);
        assert!(news.position > news.graph && news.title > news.graph);
        assert!(talk.position == 0.0 && talk.title < talk.graph);
        assert!(ruling.position == 0.0 && ruling.conclusion > 0.0);
        assert!(signals(0.0, 0.0, 0.0).position < news.position / 2.0);
    }
}
