//! What happens on the tour, as a file that anyone can read and change.

use std::fmt;

use zhaidu::lang::Lang;

/// What happens, in order.
pub(super) struct Tape {
    /// Columns and rows of the terminal.
    pub(super) size: (u16, u16),
    pub(super) steps: Vec<Step>,
}

/// One line of a tape.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// `wait 文章 | articles`: until a screen has this text.
    Wait(Texts),
    /// `keys j Enter`: keys as a keymap writes them; as bytes.
    Keys(String),
    /// `type 渡口 | 渡口`: a text, key by key.
    Type(Texts),
    /// `show 2.5 打开 | Open it`: the screen as it is now, for so many seconds, and what is told of it.
    Show(f32, Texts),
}

/// A text in both languages.
#[derive(Debug, PartialEq)]
pub(super) struct Texts([String; 2]);

impl Texts {
    fn read(text: &str) -> Self {
        let (zh, en) = text.split_once(" | ").unwrap_or((text, text));
        Self([zh, en].map(|text| text.trim().to_owned()))
    }

    pub(super) fn of(&self, lang: Lang) -> &str {
        let Self([zh, en]) = self;
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A line that is not as it should be: its number, from 1, and what is wrong.
#[derive(Debug, PartialEq)]
pub(super) struct Mistake(usize, &'static str);

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

impl Tape {
    /// Reads a tape. Blank lines and those that begin with `#` say nothing.
    pub(super) fn read(text: &str) -> Result<Self, Mistake> {
        let mut tape = Self { size: (100, 30), steps: Vec::new() };
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what| Mistake(number, what);
            let (word, rest) = line.split_once(' ').ok_or(wrong("a word and what it is about"))?;
            let step = match word {
                "size" => {
                    let size = rest.split_once('x').map(|(a, b)| (a.parse(), b.parse()));
                    let Some((Ok(columns), Ok(rows))) = size else {
                        return Err(wrong("size COLUMNSxROWS"));
                    };
                    tape.size = (columns, rows);
                    continue;
                }
                "wait" => Step::Wait(Texts::read(rest)),
                "keys" => Step::Keys(rest.split_whitespace().map(bytes).collect()),
                "type" => Step::Type(Texts::read(rest)),
                "show" => {
                    let (seconds, told) = rest.split_once(' ').unwrap_or((rest, ""));
                    let seconds = seconds.parse().map_err(|_| wrong("show SECONDS TEXT"))?;
                    Step::Show(seconds, Texts::read(told))
                }
                _ => return Err(wrong("one of size, wait, keys, type, show")),
            };
            tape.steps.push(step);
        }
        Ok(tape)
    }
}

/// What a terminal sends for a key.
fn bytes(key: &str) -> String {
    match key {
        "Enter" => "\r".into(),
        "Esc" => "\u{1b}".into(),
        "Tab" => "\t".into(),
        "Space" => " ".into(),
        "Backspace" => "\u{7f}".into(),
        "Down" => "\u{1b}[B".into(),
        "Up" => "\u{1b}[A".into(),
        _ => match key.strip_prefix("C-").and_then(|letter| letter.bytes().next()) {
            Some(letter) => char::from(letter & 0x1f).into(),
            None => key.into(),
        },
    }
}

#[test]
fn tapes_are_read_and_mistakes_are_told() {
    let tape =
        Tape::read("# a tour\nsize 80x24\n\nwait 篇 | articles\nkeys j Enter C-c\nshow 2 好")
            .expect("a tape");
    assert_eq!(tape.size, (80, 24));
    let texts = |zh: &str, en: &str| Texts([zh.into(), en.into()]);
    let steps = [
        Step::Wait(texts("篇", "articles")),
        Step::Keys("j\r\u{3}".into()),
        Step::Show(2.0, texts("好", "好")),
    ];
    assert_eq!(tape.steps, steps);
    for (text, line) in [("dance now", 1), ("wait x\nsize 80", 2), ("show soon x", 1), ("keys", 1)]
    {
        assert_eq!(Tape::read(text).err().map(|mistake| mistake.0), Some(line), "{text}");
    }
}
