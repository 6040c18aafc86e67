//! Something that happens to the program, and what must hold of its screen then.

use std::sync::LazyLock;

use ratatui::{
    buffer::{Buffer, CellWidth},
    layout::Size,
};
use zhaidu::{
    app::{
        action::Context,
        chord::Chord,
        keymap::Keymap,
        mouse::{Click, MouseEvent, MouseKind},
        msg::{Msg, Trouble},
    },
    listing::{ArticleKey, SourceState},
    text::{display::DisplayLine, sanitize::is_unsafe},
};

use super::input::Input;
use crate::harness::{Program, analysis, chords, demo_articles};

/// Something that happens to the program.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Key(Chord),
    Mouse(MouseEvent),
    Resize(u16, u16),
    Work,
    WorkOnce,
    Learnt(u32),
    Emptied(u32),
    Failed(u32),
    Found(String),
    Trouble(String),
    StaleAnalysis(ArticleKey, usize),
    StaleText(ArticleKey),
    Complete,
    Idle,
}

impl Event {
    /// One that bytes stand for.
    pub(super) fn of(input: &mut Input) -> Self {
        let keys = known_keys();
        let word = |input: &mut Input| {
            let bytes: Vec<u8> = (0..input.below(30)).map(|_| input.byte()).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let kind = input.below(100);
        let mut key =
            || ArticleKey { source: input.below(6) as u32, article: input.below(6) as u32 };
        match kind {
            0..50 => Self::Key(keys[input.far_below(keys.len())]),
            50..75 => Self::Mouse(mouse(input)),
            75..82 => Self::Resize(input.below(140) as u16, input.below(45) as u16),
            82..86 => Self::Work,
            86..89 => Self::WorkOnce,
            89..91 => Self::Learnt(input.below(5) as u32),
            91 => Self::Emptied(input.below(5) as u32),
            92 => Self::Failed(input.below(5) as u32),
            93 => Self::Found(word(input)),
            94 => Self::Trouble(word(input)),
            95 => Self::StaleAnalysis(key(), kind),
            96 => Self::StaleText(key()),
            97 => Self::Complete,
            _ => Self::Idle,
        }
    }

    /// It happens.
    pub(crate) fn happen(self, program: &mut Program) {
        match self {
            Self::Key(chord) => program.key(chord),
            Self::Mouse(event) => program.send(Msg::Mouse(event)),
            Self::Resize(width, height) => program.send(Msg::Resize(Size { width, height })),
            Self::Work => program.work(),
            Self::WorkOnce => drop(program.work_once()),
            Self::Learnt(source) => program.read_one(source),
            Self::Emptied(source) => {
                program.send(Msg::Learnt(vec![(source, SourceState::Read(Vec::new()))]));
            }
            Self::Failed(source) => {
                let failed = SourceState::Failed("locked".into());
                program.send(Msg::Learnt(vec![(source, failed)]));
            }
            Self::Found(name) => program.send(Msg::Found(vec![DisplayLine::new(&name)])),
            Self::Trouble(why) => {
                program.send(Msg::Trouble(Trouble::general(DisplayLine::new(&why))));
            }
            Self::StaleAnalysis(key, of) => {
                let articles: Vec<_> = demo_articles().collect();
                let article = articles[of % articles.len()];
                program.send(Msg::Analysis(key, analysis(article)));
            }
            Self::StaleText(key) => program.send(Msg::Text(key, Err("gone".into()))),
            Self::Complete => program.send(Msg::Complete { skipped: 3 }),
            Self::Idle => program.send(Msg::Idle),
        }
    }
}

/// Something done with the mouse, mostly where the screen is.
fn mouse(input: &mut Input) -> MouseEvent {
    let kind = match input.below(5) {
        0 => MouseKind::Press(Click::Single),
        1 => MouseKind::Press(Click::Double),
        2 => MouseKind::Drag,
        3 => MouseKind::Release,
        _ => MouseKind::Wheel(i16::from(input.byte().cast_signed())),
    };
    let far = if input.below(16) == 0 { u16::MAX - 255 } else { 0 };
    let at = (u16::from(input.byte()) + far, u16::from(input.byte()) / 3 + far);
    MouseEvent { at: at.into(), kind }
}

/// Every key of the default keymap, and two that it does not have.
pub(crate) fn known_keys() -> &'static [Chord] {
    static KEYS: LazyLock<Vec<Chord>> = LazyLock::new(|| {
        let keymap = Keymap::default();
        let bound = Context::ALL.iter().flat_map(|context| keymap.bindings(*context));
        let mut keys: Vec<Chord> = bound.flat_map(|(keys, _)| keys.chords()).copied().collect();
        keys.extend(chords("中 F12"));
        keys.sort_unstable();
        keys.dedup();
        keys
    });
    &KEYS
}

/// The screen is a picture that can be shown, and the focus is on it.
pub(crate) fn check_screen(program: &Program) {
    check_picture(&program.painted(), program.model.size);
    let (model, screen) = (&program.model, program.model.screen());
    let shown = screen.status.y == 0 || screen.place(model.focus).is_some();
    assert!(shown, "{:?} has the focus and no place on {}", model.focus, model.size);
}

/// When everything is done that was asked for, what is selected is there, and drawing changes nothing.
pub(crate) fn check_rest(program: &mut Program) {
    program.work();
    if let Some(key) = program.model.list.selected {
        let settled = program.model.failure().is_some() || program.model.analysis().is_some();
        assert!(settled, "{key:?} is neither analysed nor given up");
    }
    let before = format!("{:?}", program.model);
    let (first, second) = (program.painted(), program.painted());
    assert_eq!(first, second, "the same model looks the same");
    assert!(before == format!("{:?}", program.model), "drawing changes nothing");
}

/// No row is wider than the screen by our measure, no wide character is cut in half, and nothing
/// that could act on the terminal is among the symbols.
pub(crate) fn check_picture(buffer: &Buffer, size: Size) {
    assert_eq!(buffer.area.as_size(), size);
    for y in 0..size.height {
        let mut x = 0;
        while x < size.width {
            let cell = buffer.cell((x, y)).expect("inside");
            let cells = cell.cell_width().max(1);
            assert!(!cell.symbol().chars().any(is_unsafe), "{:?}", cell.symbol());
            assert!(x + cells <= size.width, "{:?} leaves row {y} of {size}", cell.symbol());
            for covered in 1..cells {
                let covered = buffer.cell((x + covered, y)).expect("inside");
                assert_eq!(covered.symbol(), " ", "{:?} at {x},{y} of {size}", cell.symbol());
                assert_eq!(
                    covered.style(),
                    cell.style(),
                    "{:?} at {x},{y} of {size}",
                    cell.symbol()
                );
            }
            x += cells;
        }
    }
}
