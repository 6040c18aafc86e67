//! The pictures in the README files are the screen of the real program.
//!
//! The program runs on a terminal of its own, keys are typed, and the screen is drawn as SVG.
//! `UPDATE_PICTURES=1 cargo test --locked --test it pictures` writes them anew.

pub(super) mod svg;
pub(super) mod terminal;

use std::{env, fs};

use terminal::Terminal;

/// A picture: its file, the language, the size of the screen, and how to get there.
struct Picture {
    file: &'static str,
    lang: &'static str,
    /// Columns and rows.
    size: (u16, u16),
    /// What must be on the screen before keys are typed, and the keys.
    steps: &'static [(&'static str, &'static str)],
    theme: &'static str,
    paper: svg::Paper,
}

const PICTURES: [Picture; 5] = [
    Picture {
        file: "wide.svg",
        lang: "en",
        size: (120, 34),
        steps: &[
            ("articles / 4 sources [mouse] ? help", "j"),
            ("5/15 sentences", "\rsss"),
            ("Key sentences 3/5", ""),
        ],
        theme: "dark",
        paper: svg::DARK,
    },
    Picture {
        file: "light.svg",
        lang: "zh",
        size: (120, 34),
        steps: &[("篇 / 4 个来源 [鼠标] ? 帮助", "j"), ("5/15 句", "\rs\x1b4"), (">关键词", "")],
        theme: "light",
        paper: svg::LIGHT,
    },
    Picture {
        file: "normal.svg",
        lang: "en",
        size: (80, 24),
        steps: &[("articles / 4 sources [mouse] ? help", "j"), ("5/15 sentences", "")],
        theme: "dark",
        paper: svg::DARK,
    },
    Picture {
        file: "wide.zh.svg",
        lang: "zh",
        size: (120, 34),
        steps: &[("篇 / 4 个来源 [鼠标] ? 帮助", "j"), ("5/15 句", "\rsss"), ("要点 3/5", "")],
        theme: "dark",
        paper: svg::DARK,
    },
    Picture {
        file: "normal.zh.svg",
        lang: "zh",
        size: (80, 24),
        steps: &[("篇 / 4 个来源 [鼠标] ? 帮助", "j"), ("5/15 句", "")],
        theme: "dark",
        paper: svg::DARK,
    },
];

#[test]
fn pictures_show_the_program_as_it_is() {
    for picture in &PICTURES {
        let Picture { lang, theme, .. } = picture;
        let args = ["demo", "--ambiguous", "1", "--lang", lang, "--theme", theme];
        let mut terminal = Terminal::run(&args, picture.size);
        for (awaited, keys) in picture.steps {
            terminal.wait_for(awaited);
            terminal.type_keys(keys);
        }
        let file = super::root().join("tests/pictures").join(picture.file);
        if env::var_os("UPDATE_PICTURES").is_some() {
            terminal.settle();
            let drawn = svg::draw(terminal.screen(), picture.paper);
            fs::write(&file, drawn).expect("a writable folder");
        }
        let drawn = fs::read_to_string(&file).expect("a picture");
        let expected = svg::text(&drawn).trim_start_matches('\n');
        assert!(!expected.is_empty());
        // What is worked out behind the screen comes when it comes; in the end it is there.
        let what =
            format!("{}: UPDATE_PICTURES=1 draws it anew. Expected:\n{expected}", picture.file);
        terminal.wait_until(&what, |found| svg::escaped(&svg::contents(found)) == expected);
    }
}
