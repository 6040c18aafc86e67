//! Key presses that terminals and multiplexers keep to themselves.

use super::{Chord, Key, Modifiers};
use crate::lang::Lang;

impl Chord {
    /// Why the key press may never reach a program in a terminal, if there is a common reason.
    pub fn trouble(self) -> Option<Trouble> {
        let Modifiers { ctrl, shift, .. } = self.modifiers;
        match self.key {
            Key::Char(c) if ctrl => match c {
                's' | 'q' => Some(Trouble::FlowControl),
                'b' => Some(Trouble::Prefix("tmux")),
                'a' => Some(Trouble::Prefix("screen")),
                'i' => Some(Trouble::SameAs("Tab")),
                'm' | 'j' => Some(Trouble::SameAs("Enter")),
                '[' => Some(Trouble::SameAs("Esc")),
                'h' => Some(Trouble::SameAs("Backspace")),
                'a'..='z' | ' ' | '@' | '\\' | ']' | '^' | '_' => None,
                _ => Some(Trouble::NotSent),
            },
            Key::Tab if ctrl => Some(Trouble::NotSent),
            Key::Enter | Key::Esc | Key::Backspace if ctrl || shift => Some(Trouble::NotSent),
            Key::PageUp | Key::PageDown if shift => Some(Trouble::Scrollback),
            _ => None,
        }
    }
}

/// Why a key press may not reach the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Some lines between keyboard and program take it as XON or XOFF.
    FlowControl,
    /// The named program takes it as its prefix.
    Prefix(&'static str),
    /// Terminals send the same code for the named key.
    SameAs(&'static str),
    /// Most terminals send the key without its modifiers, or nothing.
    NotSent,
    /// Terminals scroll their own history with it.
    Scrollback,
}

impl Trouble {
    /// The reason, as the end of a sentence that begins with the key.
    pub fn message(self, lang: Lang) -> String {
        match (self, lang) {
            (Self::FlowControl, Lang::Zh) => "可能被终端用作流控（停止或恢复输出）".into(),
            (Self::FlowControl, Lang::En) => {
                "may be taken for flow control, which stops and resumes the screen".into()
            }
            (Self::Prefix(who), Lang::Zh) => format!("是 {who} 的前缀键，在其中按下到不了本程序"),
            (Self::Prefix(who), Lang::En) => {
                format!("is the prefix key of {who} and does not get through there")
            }
            (Self::SameAs(key), Lang::Zh) => format!("在终端里多与 {key} 无法区分"),
            (Self::SameAs(key), Lang::En) => {
                format!("can not be told from {key} in most terminals")
            }
            (Self::NotSent, Lang::Zh) => "多数终端发不出".into(),
            (Self::NotSent, Lang::En) => "is not sent by most terminals".into(),
            (Self::Scrollback, Lang::Zh) => "多数终端用来翻看自己的历史".into(),
            (Self::Scrollback, Lang::En) => {
                "is used by most terminals to scroll their own history".into()
            }
        }
    }
}
