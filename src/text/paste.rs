//! Text to be pasted elsewhere, where nothing in it may act.
//!
//! What is copied out of an archive is pasted into shells, editors and chats. It keeps its words
//! byte for byte, but loses what cannot be seen: control characters, which press keys in a shell and
//! move the cursor of a terminal, and marks of direction and characters without width, which make a
//! text read as what it is not. What remains of it that can act are the line ends of a text of
//! several lines: a shell that does not know bracketed paste takes each for Enter.

use super::sanitize::is_unsafe;

/// A text of several lines: `\n` ends them, no other character does.
///
/// ```
/// use zhaidu::text::paste::block;
///
/// assert_eq!(block("江\u{200b}水\r\n\u{1b}[2J清了\u{202e}。\n"), "江水\n[2J清了。");
/// ```
pub fn block(text: &str) -> String {
    let lines = text.split('\n').map(|line| seen(line.strip_suffix('\r').unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// A text on one line, with single spaces between its words: a title must not end a quotation early.
///
/// ```
/// use zhaidu::text::paste::line;
///
/// assert_eq!(line(" 一条江\n\u{3000}怎样\u{7}走近 "), "一条江 怎样走近");
/// ```
pub fn line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    seen(&spaced).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line without what cannot be seen; a tab, which completes words in a shell, is a space.
fn seen(line: &str) -> String {
    let spaced = line.chars().map(|c| if c == '\t' { ' ' } else { c });
    spaced.filter(|c| !is_unsafe(*c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_as_they_are() {
        for text in ["精準(zhǔn)承接", "$(rm -rf ~); `id`", "a\u{301} é", "“引号”——……"]
        {
            assert_eq!((line(text), block(text)), (text.to_owned(), text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text in any::<String>()) {
            prop_assert!(!line(&text).chars().any(is_unsafe));
            prop_assert!(!block(&text).chars().any(|c| c != '\n' && is_unsafe(c)));
        }
    }
}
