//! Finding commands by what is typed of them: their words, their keys, what they do.

use super::action::ActionSpec;
use crate::lang::Lang;

/// How well a command fits what was typed; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It begins like that.
    Beginning,
    /// Each word that was typed begins one of its words.
    Words,
    /// Each word that was typed is somewhere in its words, its keys, or what it does.
    Anywhere,
}

/// How well a command with these keys fits what was typed, if it does. The order of words and letter
/// case count for nothing.
pub fn fit(spec: &ActionSpec, keys: &str, typed: &str, lang: Lang) -> Option<Fit> {
    let typed = typed.to_lowercase();
    let mut words = typed.split_whitespace();
    if spec.words.starts_with(typed.trim()) {
        return Some(Fit::Beginning);
    }
    let begins = |word: &str| spec.words.split([' ', '-']).any(|part| part.starts_with(word));
    if words.clone().all(begins) {
        return Some(Fit::Words);
    }
    let all = format!("{} {keys} {}", spec.words, spec.help(lang)).to_lowercase();
    words.all(|word| all.contains(word)).then_some(Fit::Anywhere)
}

#[cfg(test)]
mod tests {
    use super::super::action::Action;
    use super::*;

    #[test]
    fn commands_are_found_by_words_keys_and_help() {
        for (words, typed, lang, expected) in [
            ("move half-down", "move h", Lang::En, Some(Fit::Beginning)),
            ("move half-down", "down mo", Lang::En, Some(Fit::Words)),
            ("move half-down", "SCREEN", Lang::En, Some(Fit::Anywhere)),
            ("move half-down", "半屏", Lang::Zh, Some(Fit::Anywhere)),
            ("move half-down", "半屏", Lang::En, None),
            ("move half-down", "c-d", Lang::En, Some(Fit::Anywhere)),
            ("move half-down", "opne", Lang::En, None),
            ("move half-down", "", Lang::En, Some(Fit::Beginning)),
        ] {
            let action = Action::parse(words).expect(words);
            assert_eq!(fit(action.spec(), "C-d", typed, lang), expected, "{typed}");
        }
    }
}
