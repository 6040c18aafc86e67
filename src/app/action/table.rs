//! The table of all commands.

use super::Action::{
    Article, Back, Command, Decide, Edit as Line, Filter, Focus as FocusOn, Group as GroupRows,
    Help, HelpStep as InHelp, Hidden, History, Level, Mark, Move, Occurrence, Open, Page,
    PageArticle, Pane as Room, Problems, Quit, Redraw, Related, Reload, Search, Sentence,
    Sentences, Skim, Sort, SortReverse, Split, Suspend, Unfold, Why, Zoom,
};
use super::export::ExportWhat;
use super::{
    Action, ActionSpec, Amount, Context, Edit, Focus, Group, HelpStep, MarkDo, Motion, Pane,
    PaneChange, Step,
};
use super::{Decide as D, Group as G, Search as S, Travel};
use crate::article::order::{GroupBy, SortBy};

const EVERYWHERE: &[Context] = &[
    Context::List,
    Context::Results,
    Context::Skim,
    Context::Reader,
    Context::Sentences,
    Context::Keywords,
    Context::Page,
    Context::Help,
    Context::Problems,
];
/// Also while a line is typed.
const ANYWHERE: &[Context] = &[
    Context::List,
    Context::Results,
    Context::Skim,
    Context::Reader,
    Context::Sentences,
    Context::Keywords,
    Context::Page,
    Context::Help,
    Context::Problems,
    Context::Prompt,
];
const PANES: &[Context] =
    &[Context::List, Context::Results, Context::Reader, Context::Sentences, Context::Keywords];
/// The panes in which the order of the list can be seen.
const ORDER: &[Context] = &[Context::List, Context::Reader, Context::Sentences, Context::Keywords];
const TEXTS: &[Context] = &[
    Context::List,
    Context::Results,
    Context::Skim,
    Context::Reader,
    Context::Sentences,
    Context::Keywords,
    Context::Page,
];
/// The panes that stand beside key sentences and have no use for a level.
const LISTED: &[Context] =
    &[Context::List, Context::Results, Context::Skim, Context::Sentences, Context::Keywords];
const LIST: &[Context] = &[Context::List];
const READER: &[Context] = &[Context::Reader];
const MARKED: &[Context] = &[
    Context::List,
    Context::Results,
    Context::Skim,
    Context::Reader,
    Context::Sentences,
    Context::Keywords,
];
const PAGES: &[Context] = &[Context::Page];
const SPLIT: &[Context] = &[Context::Page, Context::Reader, Context::List, Context::Results];
const HELP: &[Context] = &[Context::Help];
const PROMPT: &[Context] = &[Context::Prompt];
const RESULTS: &[Context] = &[Context::Results];
const SEARCH: &[Context] = &[Context::Results, Context::Prompt];
const LISTS: &[Context] = &[
    Context::List,
    Context::Results,
    Context::Skim,
    Context::Sentences,
    Context::Keywords,
    Context::Page,
];

const fn row(
    words: &'static str,
    action: Action,
    contexts: &'static [Context],
    group: Group,
    zh: &'static str,
    en: &'static str,
) -> ActionSpec {
    ActionSpec { words, action, contexts, group, repeats: false, zh, en }
}

impl ActionSpec {
    /// The row of a command that a number before its key repeats.
    const fn repeated(self) -> Self {
        Self { repeats: true, ..self }
    }
}

/// Every command, in the order of the help.
#[rustfmt::skip]
pub const ACTIONS: &[ActionSpec] = &[
    row("move up", Move(Motion::Up), EVERYWHERE, G::Moving,
        "上移一行", "Move a row up").repeated(),
    row("move down", Move(Motion::Down), EVERYWHERE, G::Moving,
        "下移一行", "Move a row down").repeated(),
    row("move half-up", Move(Motion::HalfUp), EVERYWHERE, G::Moving,
        "上移半屏", "Move half a screen up").repeated(),
    row("move half-down", Move(Motion::HalfDown), EVERYWHERE, G::Moving,
        "下移半屏", "Move half a screen down").repeated(),
    row("move page-up", Move(Motion::PageUp), EVERYWHERE, G::Moving,
        "上移一屏", "Move a screen up").repeated(),
    row("move page-down", Move(Motion::PageDown), EVERYWHERE, G::Moving,
        "下移一屏", "Move a screen down").repeated(),
    row("move first", Move(Motion::First), EVERYWHERE, G::Moving,
        "到开头", "Go to the beginning").repeated(),
    row("move last", Move(Motion::Last), EVERYWHERE, G::Moving,
        "到末尾", "Go to the end").repeated(),
    row("article next", Article(Step::Next), TEXTS, G::Moving,
        "列表中的下一篇文章", "Go to the next article in the list").repeated(),
    row("article previous", Article(Step::Previous), TEXTS, G::Moving,
        "列表中的上一篇文章", "Go to the previous article in the list").repeated(),
    row("page-article next", PageArticle(Step::Next), TEXTS, G::Moving,
        "同一版面的下一篇文章", "Go to the next article of the same page").repeated(),
    row("page-article previous", PageArticle(Step::Previous), TEXTS, G::Moving,
        "同一版面的上一篇文章", "Go to the previous article of the same page").repeated(),
    row("history back", History(Travel::Back), TEXTS, G::Moving,
        "回到跳转之前的位置", "Return to the place before the jump").repeated(),
    row("history forward", History(Travel::Forward), TEXTS, G::Moving,
        "再到跳转之后的位置", "Go again to the place after the jump").repeated(),

    row("open", Open, LISTS, G::Reading,
        "打开所选：读文章，跳到要点，或在文中点亮关键词",
        "Open the article, or show the sentence or keyword in it"),
    row("back", Back, EVERYWHERE, G::Reading,
        "返回；关闭浮层", "Go back; close what lies on top"),
    row("sentence next", Sentence(Step::Next), PANES, G::Reading,
        "文中的下一条要点", "Go to the next key sentence in the text").repeated(),
    row("sentence previous", Sentence(Step::Previous), PANES, G::Reading,
        "文中的上一条要点", "Go to the previous key sentence in the text").repeated(),
    row("occurrence next", Occurrence(Step::Next), PANES, G::Reading,
        "搜索结果或所选关键词的下一处", "Go to the next hit of the search, or of the keyword").repeated(),
    row("occurrence previous", Occurrence(Step::Previous), PANES, G::Reading,
        "搜索结果或所选关键词的上一处", "Go to the previous hit of the search, or of the keyword").repeated(),
    row("sentences more", Sentences(Amount::More), LISTED, G::Reading,
        "多列几条要点", "Show more key sentences").repeated(),
    row("sentences fewer", Sentences(Amount::Fewer), LISTED, G::Reading,
        "少列几条要点", "Show fewer key sentences").repeated(),
    row("skim", Skim, LIST, G::Reading,
        "一篇接一篇浏览列表：标题、要点、关键词", "Skim the list: titles, key sentences, keywords"),
    row("why", Why, PANES, G::Reading,
        "这条要点为什么入选", "Say why this sentence is a key sentence"),
    row("level more", Level(Amount::More), READER, G::Reading,
        "正文多显示一些，到全文为止", "Show more of each article, up to all of it").repeated(),
    row("level less", Level(Amount::Fewer), READER, G::Reading,
        "正文只留更少的重要句子", "Fold each article to fewer of its best sentences").repeated(),
    row("unfold", Unfold, READER, G::Reading,
        "展开屏幕上的第一处折叠", "Open the first fold on the screen").repeated(),

    row("hidden", Hidden, TEXTS, G::Reading,
        "显示或收起正文里的隐藏字符", "Show the hidden characters of the text, or not"),

    row("sort source", Sort(SortBy::Source), ORDER, G::List,
        "按来源的顺序排列，再按倒序", "Sort the list as the archive is; again: reversed"),
    row("sort date", Sort(SortBy::Date), ORDER, G::List,
        "按日期排列，再按倒序", "Sort by date; again: the newest first"),
    row("sort page", Sort(SortBy::Page), ORDER, G::List,
        "按版次排列，再按倒序", "Sort by page of the newspaper; again: reversed"),
    row("sort title", Sort(SortBy::Title), ORDER, G::List,
        "按标题排列，再按倒序", "Sort by headline; again: reversed"),
    row("sort author", Sort(SortBy::Author), ORDER, G::List,
        "按作者排列，再按倒序", "Sort by author; again: reversed"),
    row("sort chars", Sort(SortBy::Chars), ORDER, G::List,
        "按字数排列，再按倒序", "Sort by length; again: the longest first"),
    row("sort marks", Sort(SortBy::Marks), ORDER, G::List,
        "加星的在前，再未读、已读；再按倒序", "Sort by marks: starred, unread, read; again: reversed"),
    row("sort reverse", SortReverse, ORDER, G::List,
        "颠倒列表的顺序", "Turn the order of the list round"),
    row("group none", GroupRows(GroupBy::None), ORDER, G::List,
        "不分组", "Show the list without groups"),
    row("group date", GroupRows(GroupBy::Date), ORDER, G::List,
        "按日期分组", "Group the list by date"),
    row("group paper", GroupRows(GroupBy::Paper), ORDER, G::List,
        "按报纸分组", "Group the list by newspaper"),
    row("group author", GroupRows(GroupBy::Author), ORDER, G::List,
        "按作者分组", "Group the list by author"),

    row("filter", Filter, ORDER, G::Finding,
        "边打边筛选标题，不必连续，可用拼音", "Filter the list by titles as you type, fuzzily"),
    row("related", Related, TEXTS, G::Finding,
        "与所选文章相近的文章", "List the articles nearest to this one"),
    row("search", Search(S::Open), TEXTS, G::Finding,
        "查找全部文章，或改查找的词", "Search all articles, or change what is searched for"),
    row("search order", Search(S::Order), RESULTS, G::Finding,
        "结果按相关、日期或来源排列", "Sort the results by score, by date, as the archive is"),
    row("search pinyin", Search(S::Pinyin), SEARCH, G::Finding,
        "字母是否也当拼音查找", "Take letters for pinyin, too, or not"),

    row("page view", Page, TEXTS, G::Page,
        "文章所在的版面，再按回到文章", "Show the page of the article, or the article again"),
    row("page split", Split, SPLIT, G::Page,
        "这一版改用另一种分篇方式", "Split this page in another way: auto, strict, off"),
    row("page join-previous", Decide(D::Join(Step::Previous)), PAGES, G::Page,
        "光标所在的文章与上一篇合并", "Join the article with the one above"),
    row("page join-next", Decide(D::Join(Step::Next)), PAGES, G::Page,
        "光标所在的文章与下一篇合并", "Join the article with the one below"),
    row("page begin", Decide(D::Begin), PAGES, G::Page,
        "光标所在的行另起一篇", "An article begins at the line of the cursor"),
    row("page undo", Decide(D::Undo), PAGES, G::Page,
        "撤销对这一版的上一个决定", "Take back the last decision about the page").repeated(),

    row("mark star", Mark(MarkDo::Star), MARKED, G::Marks,
        "加星，再按去掉", "Give the article a star, or take it away").repeated(),
    row("mark read", Mark(MarkDo::Read), MARKED, G::Marks,
        "标为已读，再按标为未读", "Say that the article is read, or not").repeated(),
    row("mark all-read", Mark(MarkDo::AllRead), MARKED, G::Marks,
        "列表或结果中的全部标为已读", "Say that all in the list, or all results, are read"),
    row("mark tags", Mark(MarkDo::Tags), MARKED, G::Marks,
        "加标签；-标签 去掉", "Give the article tags; -tag takes one away"),
    row("mark note", Mark(MarkDo::Note), MARKED, G::Marks,
        "写备注", "Write a note about the article"),
    row("mark show-note", Mark(MarkDo::ShowNote), MARKED, G::Marks,
        "看完整的备注", "Show all of the note"),
    row("mark undo", Mark(MarkDo::Undo), MARKED, G::Marks,
        "撤销上一次标记", "Take back what was marked last").repeated(),
    row("mark redo", Mark(MarkDo::Redo), MARKED, G::Marks,
        "重做撤销的标记", "Mark again what was taken back").repeated(),

    row("export article", Action::Export(ExportWhat::Article), TEXTS, G::Taking,
        "把这篇文章导出到文件", "Export the article to a file"),
    row("export list", Action::Export(ExportWhat::List), TEXTS, G::Taking,
        "导出列表里的文章，或查找结果", "Export what the list or the search shows"),
    row("export marked", Action::Export(ExportWhat::Marked), TEXTS, G::Taking,
        "导出有星标、标签或备注的文章", "Export what has a star, a tag or a note"),

    row("focus next", FocusOn(Focus::Step(Step::Next)), TEXTS, G::Panes,
        "到下一个窗格", "Go to the next pane").repeated(),
    row("focus previous", FocusOn(Focus::Step(Step::Previous)), TEXTS, G::Panes,
        "到上一个窗格", "Go to the previous pane").repeated(),
    row("focus list", FocusOn(Focus::Pane(Pane::List)), TEXTS, G::Panes,
        "到文章列表", "Go to the list of articles"),
    row("focus reader", FocusOn(Focus::Pane(Pane::Reader)), TEXTS, G::Panes,
        "到正文", "Go to the text"),
    row("focus sentences", FocusOn(Focus::Pane(Pane::Sentences)), TEXTS, G::Panes,
        "到要点", "Go to the key sentences"),
    row("focus keywords", FocusOn(Focus::Pane(Pane::Keywords)), TEXTS, G::Panes,
        "到关键词", "Go to the keywords"),
    row("zoom", Zoom, PANES, G::Panes,
        "当前窗格占满屏幕，再按复原", "Give the pane the whole screen, or take it back"),
    row("pane grow", Room(PaneChange::Grow), PANES, G::Panes,
        "放大当前窗格", "Make the pane larger").repeated(),
    row("pane shrink", Room(PaneChange::Shrink), PANES, G::Panes,
        "缩小当前窗格", "Make the pane smaller").repeated(),
    row("pane hide", Room(PaneChange::Hide), PANES, G::Panes,
        "隐藏当前窗格", "Hide the pane"),
    row("pane reset", Room(PaneChange::Reset), PANES, G::Panes,
        "各窗格恢复原样", "Put all panes back as they were"),

    row("help", Help, EVERYWHERE, G::Program,
        "帮助：现在能按的键", "Show the keys that work here"),
    row("help find", InHelp(HelpStep::Find), HELP, G::Program,
        "在帮助里查找", "Find commands in the help"),
    row("help run", InHelp(HelpStep::Run), HELP, G::Program,
        "执行帮助里所选的命令", "Run the command selected in the help"),
    row("mouse toggle", Action::Mouse, ANYWHERE, G::Program,
        "鼠标交给终端去选文字，再按收回", "Give the mouse to the terminal, or take it back"),
    row("problems", Problems, EVERYWHERE, G::Program,
        "未能读取的来源和原因", "Show what could not be read, and why"),
    row("command", Command, TEXTS, G::Program,
        "输入命令", "Type a command"),
    row("reload", Reload, TEXTS, G::Program,
        "重新读取这一版", "Read this page again"),
    row("redraw", Redraw, EVERYWHERE, G::Program,
        "重画屏幕", "Draw the screen again"),
    row("suspend", Suspend, EVERYWHERE, G::Program,
        "挂起，回到 shell（用 fg 返回）", "Stop and go to the shell (fg comes back)"),
    row("quit", Quit, EVERYWHERE, G::Program,
        "退出", "Quit"),

    row("edit accept", Line(Edit::Accept), PROMPT, G::Typing,
        "执行输入的命令", "Do what the line says"),
    row("edit cancel", Line(Edit::Cancel), PROMPT, G::Typing,
        "放弃输入", "Close the line"),
    row("edit complete", Line(Edit::Complete), PROMPT, G::Typing,
        "补全命令", "Complete the command"),
    row("edit break", Line(Edit::Break), PROMPT, G::Typing,
        "备注换行", "Begin another line of a note"),
    row("edit older", Line(Edit::Older), PROMPT, G::Typing,
        "前一条输入过的命令", "Bring back the line before"),
    row("edit newer", Line(Edit::Newer), PROMPT, G::Typing,
        "后一条输入过的命令", "Bring back the line after"),
    row("edit left", Line(Edit::Left), PROMPT, G::Typing,
        "光标左移一字", "Move the caret to the left"),
    row("edit right", Line(Edit::Right), PROMPT, G::Typing,
        "光标右移一字", "Move the caret to the right"),
    row("edit start", Line(Edit::Start), PROMPT, G::Typing,
        "光标到行首", "Move the caret to the start"),
    row("edit end", Line(Edit::End), PROMPT, G::Typing,
        "光标到行尾", "Move the caret to the end"),
    row("edit erase", Line(Edit::Erase), PROMPT, G::Typing,
        "删去光标前的字", "Take away the character before the caret"),
    row("edit delete", Line(Edit::Delete), PROMPT, G::Typing,
        "删去光标后的字", "Take away the character behind the caret"),
    row("edit erase-word", Line(Edit::EraseWord), PROMPT, G::Typing,
        "删去光标前的词", "Take away the word before the caret"),
    row("edit erase-to-start", Line(Edit::EraseToStart), PROMPT, G::Typing,
        "删去光标前的全部", "Take away everything before the caret"),
];
