//! The words of a text that say what it is about.

use super::vocabulary::Vocabulary;
use crate::text::fold;

/// The words of a text that say something about its topic, in order, each once, as they are printed.
/// Words of a single character say too little.
///
/// ```
/// use zhaidu::analysis::{Vocabulary, content_words};
///
/// let words = content_words("渡口的書店，書店的老闆。", &Vocabulary::default());
/// assert_eq!(words, ["渡口", "書店", "老闆"]);
/// ```
pub fn content_words(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let folded = fold::folded(text);
    let words = vocabulary.segmenter().words(&folded);
    let kinds = vocabulary.kinds(&words);
    let says = |id: u32| kinds.get(id as usize).is_some_and(|kind| kind.content && kind.chars > 1);
    let mut printed: Vec<String> = Vec::new();
    for word in words.words.iter().filter(|word| says(word.id)) {
        let word = word.range.of(text);
        if !printed.iter().any(|known| known == word) {
            printed.push(word.to_owned());
        }
    }
    printed
}
