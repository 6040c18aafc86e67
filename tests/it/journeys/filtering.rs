//! The part of the table that filters the list by titles.

use zhaidu::app::action::Pane::{List, Reader};

use super::table::{
    Journey, NARROW, NORMAL,
    Seen::{Asked, Focus, Notice, Rows, Title, Typed},
};

/// Filtering the list.
pub(super) const FILTERING: &[Journey] = &[
    (NORMAL, "J", "f", &[Typed(Some("")), Rows(24), Title("山里的电站"), Focus(List)]),
    (NORMAL, "A-2", "f", &[Typed(Some("")), Focus(List)]),
    (NORMAL, "f 灯 塔", "", &[Typed(Some("灯塔")), Rows(1), Title("海上的灯塔")]),
    // The characters may stand apart; the best title comes first.
    (NORMAL, "f 海 塔", "", &[Rows(1), Title("海上的灯塔")]),
    (NORMAL, "f 十 号", "", &[Rows(11), Title("短讯十号")]),
    (NORMAL, "f d x", "", &[Rows(20), Title("短讯一号")]),
    (NORMAL, "f d e n g t a", "", &[Rows(1), Title("海上的灯塔")]),
    (NORMAL, "f 號", "", &[Rows(20)]),
    (NORMAL, "f ! 号", "", &[Rows(4), Title("河边的书店")]),
    (NORMAL, "f 没 有", "", &[Rows(0)]),
    (NORMAL, "f 没 有", "Backspace Backspace", &[Rows(24), Title("河边的书店")]),
    (NORMAL, "j f 塔", "Esc", &[Typed(None), Rows(24), Title("山里的电站")]),
    (NORMAL, "j f", "Backspace", &[Typed(None), Rows(24), Title("山里的电站")]),
    (NORMAL, "f 十 号", "Enter", &[Typed(None), Rows(11), Title("短讯十号"), Focus(List)]),
    (NORMAL, "f 十 号 Enter", "j", &[Rows(11), Title("短讯二十号")]),
    (NORMAL, "f 十 号", "Down", &[Typed(Some("十号")), Title("短讯二十号")]),
    (NORMAL, "f 十 号 Down", "Up", &[Typed(Some("十号")), Title("短讯十号")]),
    (NORMAL, "f 十 号 Enter", "G", &[Rows(11), Title("短讯十九号")]),
    (NORMAL, "f 十 号 Enter G Enter", "K", &[Focus(Reader), Title("短讯十八号")]),
    (NORMAL, "f 十 号 Enter G", "Esc", &[Rows(24), Title("短讯十九号"), Notice("listed again")]),
    (NORMAL, "f 十 号 Enter Esc", "Esc", &[Rows(24), Notice("q quits")]),
    (NORMAL, "f 十 号 Enter j f 五", "Esc", &[Rows(11), Title("短讯二十号")]),
    (NORMAL, "f 十 号 Enter", "f", &[Typed(Some("十号")), Rows(11)]),
    (NORMAL, "f 塔 Enter Enter", "q", &[Asked(&[zhaidu::app::msg::Effect::Quit])]),
    // An order that was chosen holds in the filter, too.
    (NORMAL, "f 十 号 Enter", ", t", &[Rows(11), Title("短讯十号")]),
    (NORMAL, "f 十 号 Enter , t", ", r", &[Rows(11)]),
    (NORMAL, ", s", "f 十 号 Enter g g", &[Rows(11), Title("短讯二十号")]),
    // What is gone to is shown, filtered out or not.
    (NORMAL, "f 塔 Enter", "}", &[Rows(1), Notice("last article of this page")]),
    (NORMAL, "f 书 店 Enter", "}", &[Rows(24), Title("山里的电站")]),
    (NORMAL, "f 灯 塔 Enter / 电 站 Enter", "", &[Title("山里的电站")]),
    (NORMAL, "f 灯 塔 Enter / 电 站 Enter", "Esc", &[Rows(1), Title("海上的灯塔")]),
    (NARROW, "f 灯 塔", "Enter", &[Rows(1), Title("海上的灯塔"), Focus(List)]),
];
