//! Sessions to draw: texts of every kind of character, and a person who cannot sit still.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use zhaidu::{
    app::msg::Msg,
    lang::Lang,
    text::width::Widths,
    view::theme::{BuiltIn, Theme},
};

use super::table::sampled;
use crate::harness::{Program, Source, painted, seeds};

/// Sizes of the screen: every layout, and one odd width.
const SIZES: [(u16, u16); 6] = [(80, 24), (120, 30), (60, 20), (200, 50), (101, 31), (83, 18)];

/// What is typed, the likelier the more often it stands here.
const KEYS: &str =
    "j j j j j j k k Space Space b G Home J J K Tab Tab A-1 A-2 A-2 A-3 A-4 s s S n ? Esc z X";

/// Articles of our own, and lines of each.
const ARTICLES: usize = 8;
const LINES: usize = 40;

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// A session: pictures one after the other.
pub(super) struct Journey {
    program: Program,
    theme: Theme,
    pub(super) dice: Dice,
}

impl Journey {
    /// Begins a session on a terminal of which this is believed.
    pub(super) fn begin(widths: Widths, seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mixed: Vec<String> = (0..ARTICLES).map(|_| mixture(&mut dice)).collect();
        let mixed: Vec<&str> = mixed.iter().map(String::as_str).collect();
        let mut sources = vec![Source::of_texts("混…合.txt", &mixed)];
        sources.extend(seeds().into_iter().flatten().take(2));
        let mut program = Program::ready(sources, Lang::Zh, SIZES[0]);
        program.send(Msg::Widths(widths));
        Self { program, theme: BuiltIn::Sixteen.theme(), dice }
    }

    /// The next picture, and whether the screen got another size before it.
    pub(super) fn go_on(&mut self) -> (Buffer, bool) {
        let resized = self.dice.roll(40) == 0;
        if resized {
            let size = self.dice.pick(&SIZES);
            self.program.resize(size);
        } else {
            let keys: Vec<&str> = KEYS.split(' ').collect();
            let key = self.dice.pick(&keys);
            self.program.press(key);
        }
        (self.picture(), resized)
    }

    /// The picture as it is.
    pub(super) fn picture(&self) -> Buffer {
        painted(&self.program.model, &self.theme)
    }
}

/// A text of all kinds of characters side by side.
fn mixture(dice: &mut Dice) -> String {
    let all = sampled();
    let mut text = String::new();
    for _ in 0..LINES {
        for _ in 0..dice.roll(60) {
            piece(dice, &all, &mut text);
        }
        text.push_str("。\n");
    }
    text
}

fn piece(dice: &mut Dice, all: &[char], text: &mut String) {
    let quotes: Vec<char> = "“”‘’…—·□④ǎèΩж─█→●".chars().collect();
    let emoji = ["👨\u{200d}👩", "👍\u{1F3FD}", "❤\u{FE0F}", "🇨🇳", "🇯", "\u{31350}", "\u{1FAE9}"];
    let hostile = ["\u{1b}[31m", "\u{9b}2J", "\t", "\u{202e}", "\u{200b}", "\u{fffd}", "\u{e000}"];
    match dice.roll(12) {
        0..=3 => text.push_str("京津冀协同发展，"),
        4..=5 => text.push(dice.pick(&quotes)),
        6..=7 => text.push(dice.pick(all)),
        8 => text.push_str(dice.pick(&["e\u{301}", "京\u{302}", "a\u{300}\u{304}", "\u{1161}"])),
        9 => text.push_str(dice.pick(&emoji)),
        10 => text.push_str(dice.pick(&hostile)),
        _ => {
            let _ = write!(text, " {} ", dice.roll(100_000));
        }
    }
}
