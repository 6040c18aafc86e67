//! The part of the table that types lines.

use zhaidu::app::action::Pane::{Keywords, List, Reader, Sentences};
use zhaidu::app::msg::Effect;

use super::table::{
    Journey, NORMAL,
    Seen::{Asked, Focus, Marked, Notice, Shown, Title, Typed},
};

/// Commands in words.
pub(super) const TYPING: &[Journey] = &[
    (NORMAL, "", ":", &[Typed(Some("")), Focus(List)]),
    (NORMAL, ": j q ?", "", &[Typed(Some("jq?")), Asked(&[]), Title("河边的书店")]),
    (NORMAL, ": z o o m", "Enter", &[Typed(None), Shown(&[List])]),
    (NORMAL, ": m o v e Space d o w n", "Enter", &[Typed(None), Title("山里的电站")]),
    (NORMAL, ": q u i t", "Enter", &[Asked(&[Effect::Quit])]),
    (NORMAL, ": o p n e", "Enter", &[Notice("no such command: opne; did you mean open?")]),
    (NORMAL, "A-2 : o p e n", "Enter", &[Notice("open does not work here"), Focus(Reader)]),
    (NORMAL, ":", "Enter", &[Typed(None), Notice("")]),
    (NORMAL, ": z", "Esc", &[Typed(None), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, ": z", "C-c", &[Typed(None), Asked(&[])]),
    (NORMAL, ": z", "Backspace", &[Typed(Some(""))]),
    (NORMAL, ": z Backspace", "Backspace", &[Typed(None)]),
    (NORMAL, ": z o", "Tab", &[Typed(Some("zoom")), Notice("")]),
    (NORMAL, ": p a g e -", "Tab", &[Typed(Some("page-article "))]),
    (NORMAL, ": f o c", "Tab", &[Typed(Some("focus "))]),
    (NORMAL, ": b c", "Left Left a", &[Typed(Some("abc"))]),
    (NORMAL, ": b c", "Home a End d", &[Typed(Some("abcd"))]),
    (NORMAL, ": a c", "Home Right b", &[Typed(Some("abc"))]),
    (NORMAL, ": a x", "Left Delete", &[Typed(Some("a"))]),
    (NORMAL, ": z o o m Space o u t", "C-w", &[Typed(Some("zoom "))]),
    (NORMAL, ": z o o m", "Left C-u", &[Typed(Some("m"))]),
    (NORMAL, ": z o o m Enter : h e l p Enter q :", "Up Up", &[Typed(Some("zoom"))]),
    (NORMAL, ": z o o m Enter :", "Up Down", &[Typed(Some(""))]),
    (NORMAL, "", "v", &[Marked(false), Notice("nothing is hidden")]),
    (NORMAL, "G", "v", &[Marked(true), Notice("")]),
    (NORMAL, "G v", "v", &[Marked(false)]),
];
