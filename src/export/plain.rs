//! Plain text, as `show` prints it: the place, then a line for each part.

use std::io;

use super::{Exported, front::states, writer::Form};
use crate::{
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Plain text; what the person keeps about an article stands in a line of its own.
pub(super) struct Plain {
    pub(super) lang: Lang,
}

impl Form for Plain {
    fn piece(&mut self, exported: &Exported, _: usize) -> io::Result<Vec<u8>> {
        let item = &exported.item;
        let mut piece = format!("[{}:{}]\n", item.path, item.line());
        let mut push = |line: &DisplayLine| {
            piece.push_str(line.as_str());
            piece.push('\n');
        };
        let states = states(exported, self.lang);
        if !states.is_empty() {
            let states: Vec<&str> = states.iter().map(DisplayLine::as_str).collect();
            push(&display!("[{}]", states.join(" ")));
        }
        for line in exported.marks.note.lines() {
            push(&display!("[{}{line}]", self.lang.of("备注：", "note: ")));
        }
        for part in &item.article.parts {
            push(&exported.part(part));
        }
        Ok(piece.into_bytes())
    }

    fn between(&self) -> &'static str {
        "\n"
    }
}
