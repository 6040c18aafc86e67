//! What is asked: pieces of what stands in the archive, the same at every run.

use pinyin::ToPinyin;

use crate::made::File;

/// What kind of query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    One,
    Two,
    Phrase,
    Pinyin,
    UpToSix,
}

impl Kind {
    /// Those that have a line of their own.
    pub(crate) const ALL: [Self; 4] = [Self::One, Self::Two, Self::Phrase, Self::Pinyin];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::One => "one character",
            Self::Two => "two characters",
            Self::Phrase => "phrases of 3 to 6",
            Self::Pinyin => "pinyin of titles",
            Self::UpToSix => "one to six characters",
        }
    }
}

/// A query, and the text that it finds if it is found by its letters.
pub(crate) struct Asked {
    pub(crate) text: Option<String>,
    pub(crate) query: String,
}

/// `count` queries of a kind. Places are drawn evenly, so frequent words are asked for as often as
/// they are written.
pub(crate) fn ask(files: &[File], kind: Kind, count: usize) -> Vec<Asked> {
    let mut dice = 88_172_645_463_325_252_u64;
    let mut roll = |below: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % below.max(1) as u64) as usize
    };
    let mut asked = Vec::new();
    for _ in 0..count * 1000 {
        let Some(file) = files.get(roll(files.len())) else { break };
        let chars: Vec<char> = match kind {
            Kind::Pinyin => file.text.lines().next().unwrap_or_default().chars().collect(),
            _ => file.text.chars().collect(),
        };
        let length = match kind {
            Kind::One => 1,
            Kind::Two => 2,
            Kind::Phrase => 3 + roll(4),
            Kind::Pinyin => 3 + roll(2),
            Kind::UpToSix => 1 + roll(6),
        };
        let start = roll(chars.len());
        let Some(piece) = chars.get(start..start + length) else { continue };
        if !piece.iter().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
            continue;
        }
        let piece: String = piece.iter().collect();
        asked.push(match kind {
            Kind::Pinyin => {
                let initials = piece.as_str().to_pinyin().flatten();
                Asked { text: None, query: initials.map(pinyin::Pinyin::first_letter).collect() }
            }
            _ => Asked { query: format!("\"{piece}\""), text: Some(piece) },
        });
        if asked.len() == count {
            break;
        }
    }
    asked
}
