//! What the terminal was measured to do, and what follows from it.

use std::io;

use super::Finding;
use crate::{
    cli::{decide::Because, output::Output},
    config::{self, settings::Ambiguous},
    lang::Lang,
    text::width::{Class, Measured, Widths},
    tui::{
        Answer,
        survey::{self, Survey},
    },
};

/// Measures the terminal; `None` where there is none to measure.
pub(super) fn survey(out: &mut Output) -> io::Result<Option<Survey>> {
    if config::screen().is_err() {
        return Ok(None);
    }
    // What was printed so far stands above the row that is measured on.
    out.flush()?;
    survey::survey().map(Some)
}

/// What each class was measured to take.
pub(super) fn widths(survey: &Survey, lang: Lang) -> Finding {
    let label = lang.of("字宽", "widths");
    match survey.answer {
        Answer::Measured(widths) => {
            let cells = Class::ALL.map(|class| {
                let cells = match widths.get(class) {
                    Measured::One => "1",
                    Measured::Two => "2",
                    Measured::Unknown => "?",
                };
                format!("{} {cells}", class.representative())
            });
            Finding::new(label, format!("中 2  {}", cells.join("  ")))
        }
        Answer::NotUtf8 => {
            Finding::new(label, lang.of("终端不用 UTF-8", "the terminal does not use UTF-8"))
                .advise(lang.of(
                    "choose UTF-8 in its settings (xterm -u8), or reattach with tmux -u",
                    "choose UTF-8 in its settings (xterm -u8), or reattach with tmux -u",
                ))
        }
        Answer::Silent => {
            let silent = lang.of("终端没有在一秒内回答", "the terminal did not answer in a second");
            Finding::new(label, silent)
        }
    }
}

/// What ambiguous characters are taken to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    /// The widths of the interface.
    pub(super) widths: Widths,
    because: Why,
}

#[derive(Clone, Copy, Debug)]
enum Why {
    Asked(Because),
    Measured,
    NoAnswer,
    NotMeasured,
}

impl Decision {
    /// What the interface would do here.
    pub(super) fn of(asked: (Ambiguous, Because), survey: Option<&Survey>) -> Self {
        let (ambiguous, because) = asked;
        if let Some(widths) = ambiguous.widths() {
            return Self { widths, because: Why::Asked(because) };
        }
        match survey.map(|survey| survey.answer) {
            Some(Answer::Measured(widths)) => Self { widths, because: Why::Measured },
            Some(_) => Self { widths: Widths::UNIVERSAL, because: Why::NoAnswer },
            None => Self { widths: Widths::NARROW, because: Why::NotMeasured },
        }
    }

    pub(super) fn finding(self, lang: Lang) -> Finding {
        let what = match kind(self.widths) {
            Kind::Narrow => lang.of("“”…—□ 占一格", "“”…—□ take one cell"),
            Kind::Wide => lang.of("“”…—□ 占两格", "“”…—□ take two cells"),
            Kind::Universal => lang.of(
                "“”…—□ 占一格还是两格不知道，留两格",
                "“”…—□ take one cell or two, nobody knows: room for two",
            ),
            Kind::Mixed => lang.of("“”…—□ 各类不同", "“”…—□ differ from class to class"),
        };
        let why = match self.because {
            Why::Asked(Because::Option) => lang.of("由命令行指定", "by the command line"),
            Why::Asked(Because::Environment) => lang.of("由环境变量指定", "by the environment"),
            Why::Asked(Because::Settings | Because::Default) => {
                lang.of("由设置文件指定", "by the settings")
            }
            Why::Measured => lang.of("测得", "measured"),
            Why::NoAnswer => lang.of("终端没有回答", "no answer"),
            Why::NotMeasured => {
                lang.of("没有终端可测，用默认值", "no terminal to measure: the default")
            }
        };
        let label = lang.of("间距", "spacing");
        Finding::new(
            label,
            match lang {
                Lang::Zh => format!("{what}（{why}）"),
                Lang::En => format!("{what} ({why})"),
            },
        )
    }
}

enum Kind {
    Narrow,
    Wide,
    Universal,
    Mixed,
}

fn kind(widths: Widths) -> Kind {
    let ambiguous = Class::ALL.into_iter().filter(|class| *class != Class::Recent);
    let all = |measured| ambiguous.clone().all(|class| widths.get(class) == measured);
    if all(Measured::One) {
        Kind::Narrow
    } else if all(Measured::Two) {
        Kind::Wide
    } else if all(Measured::Unknown) {
        Kind::Universal
    } else {
        Kind::Mixed
    }
}

/// Whether frames can be shown at once.
pub(super) fn update(survey: &Survey, lang: Lang) -> Finding {
    let found = match survey.synchronised {
        Some(true) => lang.of("整帧同步", "whole frames at once"),
        Some(false) => {
            lang.of("没有整帧同步，无妨", "not whole frames at once, which does no harm")
        }
        None => lang.of("没说能否整帧同步，无妨", "not told, which does no harm"),
    };
    Finding::new(lang.of("刷新", "update"), found)
}
