//! The table of all commands.

use super::Action::{
    Article, Back, Focus as FocusOn, Help, History, Move, Occurrence, Open, PageArticle,
    Pane as Room, Problems, Quit, Redraw, Reload, Sentence, Sentences, Suspend, Zoom,
};
use super::{Action, ActionSpec, Amount, Context, Focus, Group, Motion, Pane, PaneChange, Step};
use super::{Group as G, Travel};

const EVERYWHERE: &[Context] = &[
    Context::List,
    Context::Reader,
    Context::Sentences,
    Context::Keywords,
    Context::Help,
    Context::Problems,
];
const PANES: &[Context] = &[Context::List, Context::Reader, Context::Sentences, Context::Keywords];
const LISTS: &[Context] = &[Context::List, Context::Sentences, Context::Keywords];

const fn row(
    words: &'static str,
    action: Action,
    contexts: &'static [Context],
    group: Group,
    zh: &'static str,
    en: &'static str,
) -> ActionSpec {
    ActionSpec { words, action, contexts, group, zh, en }
}

/// Every command, in the order of the help.
#[rustfmt::skip]
pub const ACTIONS: &[ActionSpec] = &[
    row("move up", Move(Motion::Up), EVERYWHERE, G::Moving,
        "上移一行", "Move a row up"),
    row("move down", Move(Motion::Down), EVERYWHERE, G::Moving,
        "下移一行", "Move a row down"),
    row("move half-up", Move(Motion::HalfUp), EVERYWHERE, G::Moving,
        "上移半屏", "Move half a screen up"),
    row("move half-down", Move(Motion::HalfDown), EVERYWHERE, G::Moving,
        "下移半屏", "Move half a screen down"),
    row("move page-up", Move(Motion::PageUp), EVERYWHERE, G::Moving,
        "上移一屏", "Move a screen up"),
    row("move page-down", Move(Motion::PageDown), EVERYWHERE, G::Moving,
        "下移一屏", "Move a screen down"),
    row("move first", Move(Motion::First), EVERYWHERE, G::Moving,
        "到开头", "Go to the beginning"),
    row("move last", Move(Motion::Last), EVERYWHERE, G::Moving,
        "到末尾", "Go to the end"),
    row("article next", Article(Step::Next), PANES, G::Moving,
        "列表中的下一篇文章", "Go to the next article in the list"),
    row("article previous", Article(Step::Previous), PANES, G::Moving,
        "列表中的上一篇文章", "Go to the previous article in the list"),
    row("page-article next", PageArticle(Step::Next), PANES, G::Moving,
        "同一版面的下一篇文章", "Go to the next article of the same page"),
    row("page-article previous", PageArticle(Step::Previous), PANES, G::Moving,
        "同一版面的上一篇文章", "Go to the previous article of the same page"),
    row("history back", History(Travel::Back), PANES, G::Moving,
        "回到跳转之前的位置", "Return to the place before the jump"),
    row("history forward", History(Travel::Forward), PANES, G::Moving,
        "再到跳转之后的位置", "Go again to the place after the jump"),

    row("open", Open, LISTS, G::Reading,
        "打开所选：读文章，跳到要点，或在文中点亮关键词",
        "Open the article, or show the sentence or keyword in it"),
    row("back", Back, EVERYWHERE, G::Reading,
        "返回；关闭浮层", "Go back; close what lies on top"),
    row("sentence next", Sentence(Step::Next), PANES, G::Reading,
        "文中的下一条要点", "Go to the next key sentence in the text"),
    row("sentence previous", Sentence(Step::Previous), PANES, G::Reading,
        "文中的上一条要点", "Go to the previous key sentence in the text"),
    row("occurrence next", Occurrence(Step::Next), PANES, G::Reading,
        "所选关键词的下一处", "Go to the next place of the selected keyword"),
    row("occurrence previous", Occurrence(Step::Previous), PANES, G::Reading,
        "所选关键词的上一处", "Go to the previous place of the selected keyword"),
    row("sentences more", Sentences(Amount::More), PANES, G::Reading,
        "多列几条要点", "Show more key sentences"),
    row("sentences fewer", Sentences(Amount::Fewer), PANES, G::Reading,
        "少列几条要点", "Show fewer key sentences"),

    row("focus next", FocusOn(Focus::Step(Step::Next)), PANES, G::Panes,
        "到下一个窗格", "Go to the next pane"),
    row("focus previous", FocusOn(Focus::Step(Step::Previous)), PANES, G::Panes,
        "到上一个窗格", "Go to the previous pane"),
    row("focus list", FocusOn(Focus::Pane(Pane::List)), PANES, G::Panes,
        "到文章列表", "Go to the list of articles"),
    row("focus reader", FocusOn(Focus::Pane(Pane::Reader)), PANES, G::Panes,
        "到正文", "Go to the text"),
    row("focus sentences", FocusOn(Focus::Pane(Pane::Sentences)), PANES, G::Panes,
        "到要点", "Go to the key sentences"),
    row("focus keywords", FocusOn(Focus::Pane(Pane::Keywords)), PANES, G::Panes,
        "到关键词", "Go to the keywords"),
    row("zoom", Zoom, PANES, G::Panes,
        "当前窗格占满屏幕，再按复原", "Give the pane the whole screen, or take it back"),
    row("pane grow", Room(PaneChange::Grow), PANES, G::Panes,
        "放大当前窗格", "Make the pane larger"),
    row("pane shrink", Room(PaneChange::Shrink), PANES, G::Panes,
        "缩小当前窗格", "Make the pane smaller"),
    row("pane hide", Room(PaneChange::Hide), PANES, G::Panes,
        "隐藏当前窗格", "Hide the pane"),
    row("pane reset", Room(PaneChange::Reset), PANES, G::Panes,
        "各窗格恢复原样", "Put all panes back as they were"),

    row("help", Help, EVERYWHERE, G::Program,
        "帮助：现在能按的键", "Show the keys that work here"),
    row("problems", Problems, EVERYWHERE, G::Program,
        "未能读取的来源和原因", "Show what could not be read, and why"),
    row("reload", Reload, PANES, G::Program,
        "重新读取这一版", "Read this page again"),
    row("redraw", Redraw, EVERYWHERE, G::Program,
        "重画屏幕", "Draw the screen again"),
    row("suspend", Suspend, EVERYWHERE, G::Program,
        "挂起，回到 shell（用 fg 返回）", "Stop and go to the shell (fg comes back)"),
    row("quit", Quit, EVERYWHERE, G::Program,
        "退出", "Quit"),
];
