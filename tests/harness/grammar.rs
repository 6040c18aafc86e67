//! What the program may write to a terminal: text, and a closed set of control sequences. All
//! else came from a text and is a hole.

use std::collections::BTreeMap;

use super::answers::question;

/// Modes of the terminal that the program may switch: automatic wrapping, cursor, wheel as arrows,
/// mouse, alternate screen, paste, synchronised update, word of other colours.
const MODES: [u16; 11] = [7, 25, 1000, 1002, 1003, 1006, 1007, 1049, 2004, 2026, 2031];

/// Panics at the first byte that is neither text nor one of the program's own sequences.
#[track_caller]
pub(crate) fn check(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("the output is UTF-8");
    if let Err(at) = parse(text, &mut |_, _| {}) {
        let (before, after) = text.split_at(at);
        let before: String = before.chars().rev().take(60).collect();
        let before: String = before.chars().rev().collect();
        let after: String = after.chars().take(60).collect();
        panic!("foreign output after {before:?}: {after:?}");
    }
}

/// The modes that differ from those of a terminal that nobody touched.
pub(crate) fn modes_left(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let mut modes = BTreeMap::new();
    let _ = parse(&text, &mut |mode, on| {
        modes.insert(mode, on);
    });
    // The cursor and wrapping are on by themselves, everything else is off.
    let by_itself = |mode| mode == 25 || mode == 7;
    modes.into_iter().filter(|(mode, on)| *on != by_itself(*mode)).map(|(mode, _)| mode).collect()
}

/// Tells of every mode that is switched; the place of the first thing that may not be there.
fn parse(text: &str, switched: &mut dyn FnMut(u16, bool)) -> Result<(), usize> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += if let Some(length) = question(rest) {
            length
        } else if let Some(sequence) = rest.strip_prefix("\x1b[") {
            2 + control_sequence(sequence, switched).ok_or(at)?
        } else {
            let c = rest.chars().next().ok_or(at)?;
            if !is_plain(c) {
                return Err(at);
            }
            c.len_utf8()
        };
    }
    Ok(())
}

/// Length of one of the program's own sequences behind `ESC [`.
fn control_sequence(text: &str, switched: &mut dyn FnMut(u16, bool)) -> Option<usize> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (parameters, end_byte) = (text.get(..end)?, text.get(end..=end)?);
    let numbers = |count: std::ops::RangeInclusive<usize>| {
        let mut parts = parameters.split(';');
        count.contains(&parts.clone().count())
            && parts.all(|part| part.len() <= 5 && part.chars().all(|c| c.is_ascii_digit()))
    };
    let own = match end_byte {
        "m" => numbers(1..=16),
        "H" => numbers(2..=2),
        "G" | "S" | "T" => numbers(1..=1) && !parameters.is_empty(),
        "J" => parameters == "2",
        "K" => parameters.is_empty(),
        "r" => parameters.is_empty() || numbers(2..=2),
        "h" | "l" => {
            let mode = parameters.strip_prefix('?')?.parse().ok()?;
            switched(mode, end_byte == "h");
            MODES.contains(&mode)
        }
        _ => false,
    };
    own.then_some(end + 1)
}

/// Whether a character only stands there: it neither acts on the terminal nor reorders or hides
/// what is around it.
fn is_plain(c: char) -> bool {
    match c {
        '\r' | '\n' => true,
        // Marks of direction, separators of lines, invisible operators, tags.
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => false,
        c => !c.is_control(),
    }
}

#[test]
fn the_grammar_knows_its_own_from_foreign_sequences() {
    let own =
        ["\x1b[?1049h\x1b[?25l\x1b[2J\x1b[3;12H\x1b[1;38;5;6m中文\x1b[0m\x1b[r", "a\r\nb", {
            "\x1b[?7l\x1b[2;9r\x1b[3S\x1b[1T\x1b[12G“\x1b[K\x1b[?7h"
        }];
    for text in own {
        check(text.as_bytes());
    }
    let foreign = [
        "\x1b]0;t\x07",
        "\x1b]52;c;eA==\x1b\\",
        "\x1bP1$r\x1b\\",
        "\x1bc",
        "\x1b[6n",
        "\x1b[?9h",
        "\x1b[31",
        "\u{9b}31m",
        "\x07",
        "\x08",
        "\t",
        "\u{202e}",
        "\u{85}",
        "\x7f",
        "\x1b[3J",
        "\x1b[1K",
        "\x1b[G",
    ];
    for text in foreign {
        assert_eq!(parse(text, &mut |_, _| {}), Err(0), "{text:?}");
    }
}

#[test]
fn modes_are_followed_to_the_last() {
    assert_eq!(modes_left(b"\x1b[?1049h\x1b[?25l text"), [25, 1049]);
    assert_eq!(
        modes_left(b"\x1b[?1049h\x1b[?25l\x1b[?25h\x1b[?1049l\x1b[?2004l"),
        Vec::<u16>::new()
    );
}
