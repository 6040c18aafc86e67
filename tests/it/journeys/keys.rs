//! The part of the table about keys themselves: numbers, the help that runs, the list of commands.

use zhaidu::app::{
    action::Pane::{List, Reader, Sentences},
    overlay::OverlayKind,
};

use super::table::{
    Journey, NORMAL,
    Seen::{Asked, Count, Focus, Hit, Notice, Over, Pending, Sentence, Shown, Title, Top, Typed},
};

/// What is done with keys.
pub(super) const KEYS: &[Journey] = &[
    // Numbers before a command.
    (NORMAL, "", "2 j", &[Title("城南的菜场"), Notice("")]),
    (NORMAL, "", "1 0 j", &[Title("短讯七号")]),
    (NORMAL, "", "1", &[Pending(""), Notice("1 ..")]),
    (NORMAL, "", "2 g g", &[Title("山里的电站")]),
    (NORMAL, "", "3 G", &[Title("城南的菜场")]),
    (NORMAL, "", "9 9 9 G", &[Title("短讯二十号")]),
    (NORMAL, "", "2 Esc j", &[Title("山里的电站"), Focus(List)]),
    (NORMAL, "", "2 Q j", &[Title("山里的电站")]),
    (NORMAL, "A-2", "4 j", &[Focus(Reader), Top("第1段")]),
    (NORMAL, "A-2", "2 Space", &[Top("第8段")]),
    (NORMAL, "A-2", "2 J", &[Focus(Reader), Title("城南的菜场")]),
    (NORMAL, "3 J", "2 K", &[Title("山里的电站")]),
    (NORMAL, "", "2 Enter", &[Focus(Reader), Title("河边的书店")]),
    (NORMAL, "", "0", &[Notice("0 is not bound")]),
    (NORMAL, "A-3", "2 j", &[Sentence(3)]),
    (NORMAL, "J J", "{", &[Title("城南的菜场"), Notice("first article of this page")]),
    (NORMAL, "s", "2 s", &[Sentence(3)]),
    (NORMAL, "", "3 +", &[Count(8)]),
    (NORMAL, "/ 第 2 段 Enter Enter", "2 n", &[Hit(1), Title("城南的菜场")]),
    (NORMAL, "A-3 Enter A-4 l J", "2 H", &[Focus(Sentences), Title("河边的书店")]),
    // The help, searched and run.
    (NORMAL, "?", "C-d C-d C-d", &[Over(Some((OverlayKind::Help, 13)))]),
    (NORMAL, "?", "/ z o o m", &[Typed(Some("zoom")), Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "? / z o o m", "Enter", &[Typed(None), Over(None), Shown(&[List])]),
    (NORMAL, "? / 2 Space s", "Esc", &[Typed(None), Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "? / z Backspace", "Backspace", &[Typed(None), Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "? / z o Esc", "Esc", &[Over(None)]),
    (NORMAL, "? / m o v e", "Down Enter", &[Over(None), Title("山里的电站")]),
    (NORMAL, "? j", "Enter", &[Over(None), Title("山里的电站")]),
    (NORMAL, "A-2 ? / o p e n", "Enter", &[Over(None), Notice("open does not work here")]),
    (NORMAL, "? / b r e w", "Enter", &[Typed(Some("brew")), Asked(&[])]),
    // Commands listed while one is typed.
    (NORMAL, ": z o", "Enter", &[Typed(None), Shown(&[List])]),
    (NORMAL, "", "W n", &[Notice("theme: dark")]),
    (NORMAL, "W n W n W n W n", "W n", &[Notice("theme: auto")]),
    (NORMAL, "", "W d", &[Notice("theme: dark")]),
    (NORMAL, "", "W l", &[Notice("theme: light")]),
    (NORMAL, "", "W s", &[Notice("theme: sixteen")]),
    (NORMAL, "", "W m", &[Notice("theme: mono")]),
    (NORMAL, "W m", "W a", &[Notice("theme: auto")]),
    (NORMAL, "", "W o", &[Notice("no theme of your own")]),
    (NORMAL, ": t h e m e Space l i g h t", "Enter", &[Typed(None), Notice("theme: light")]),
    (NORMAL, ": m o v e", "Down Enter", &[Typed(None), Title("山里的电站")]),
    (NORMAL, ": d o w n Space m", "Enter", &[Title("山里的电站")]),
    (NORMAL, ": p a n e", "C-n C-n C-p Tab", &[Typed(Some("pane shrink"))]),
    (NORMAL, ": m o v e Space d o w n", "Down Enter", &[Title("短讯二号")]),
];
