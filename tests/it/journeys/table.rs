//! The table: where a journey begins, what is typed, what is noticed then.

use zhaidu::app::{
    action::Pane,
    layout::PANES,
    msg::{Effect, Invisible},
    overlay::OverlayKind,
    prompt::Prompt,
};

use crate::harness::{Program, in_style};
use Pane::{Keywords, List, Reader, Sentences};
use Seen::{
    Articles, Asked, Count, Focus, Height, Hit, Keyword, Lit, Marked, Notice, Over, Page, Pending,
    Results, Rows, Sent, Sentence, Shown, Title, Top, Typed, Width,
};

pub(super) const NORMAL: (u16, u16) = (80, 24);
pub(super) const WIDE: (u16, u16) = (160, 45);
pub(super) const NARROW: (u16, u16) = (60, 20);

/// What a person notices.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seen {
    /// The pane that the keys go to.
    Focus(Pane),
    /// The selected article.
    Title(&'static str),
    /// How the first line of the reader begins.
    Top(&'static str),
    /// How many key sentences are listed.
    Count(usize),
    /// The number of the selected key sentence, from 1, which is in sight if the reader is.
    Sentence(usize),
    /// The number of the selected keyword, from 1.
    Keyword(usize),
    /// The message in the status line; `""` for none.
    Notice(&'static str),
    /// Whether a keyword is lit in the text.
    Lit(bool),
    /// What lies on top, and its first line.
    Over(Option<(OverlayKind, usize)>),
    /// What a terminal or a shell was asked for.
    Asked(&'static [Effect]),
    /// The panes on the screen.
    Shown(&'static [Pane]),
    /// Columns of a pane.
    Width(Pane, u16),
    /// Rows of a pane, its heading included.
    Height(Pane, u16),
    /// The beginning of a key sequence in the status line.
    Pending(&'static str),
    /// The line that is typed, if there is one.
    Typed(Option<&'static str>),
    /// Whether invisible characters are shown.
    Marked(bool),
    /// The line of the page under the cursor, from 1, if the page is shown.
    Page(Option<usize>),
    /// How many articles there are.
    Articles(usize),
    /// How many rows the list has.
    Rows(usize),
    /// The number of the selected result, from 1, and how many there are, if results are shown.
    Results(Option<(usize, usize)>),
    /// The number of the hit that was gone to, from 1; it is lit in the text and in sight.
    Hit(usize),
    /// What was sent out of the program, as the last thing.
    Sent(fn(&Effect) -> bool),
}

impl Seen {
    /// Panics unless the program shows it.
    pub(super) fn check(self, program: &Program, journey: &str) {
        let model = &program.model;
        let place = |pane| model.screen().place(pane).unwrap_or_default();
        match self {
            Focus(pane) => assert_eq!(model.focus, pane, "{journey}"),
            Title(title) => assert_eq!(program.title(), Some(title), "{journey}"),
            Top(start) => {
                let top = program.top_line();
                assert!(top.starts_with(start), "{journey}: {start} is not at the top but {top}");
            }
            Count(count) => assert_eq!(model.sentences.items.len(), count, "{journey}"),
            Sentence(number) => {
                assert_eq!(model.sentences.selected + 1, number, "{journey}");
                let range = model.sentences.current().expect("a key sentence").range;
                let hidden = model.screen().place(Reader).is_none();
                assert!(hidden || model.reader.is_visible(range), "{journey}: out of sight");
            }
            Keyword(number) => assert_eq!(model.keywords.selected + 1, number, "{journey}"),
            Notice("") => assert_eq!(model.notice, None, "{journey}"),
            Notice(part) => {
                let text = program.text();
                let status = text.lines().last().unwrap_or_default();
                assert!(status.contains(part), "{journey}: {status}");
            }
            Lit(lit) => {
                let painted = program.painted();
                let shown = ['x', 'X'].iter().any(|style| !in_style(&painted, *style).is_empty());
                assert_eq!(shown, lit, "{journey}");
            }
            Over(over) => {
                let open = model.overlays.last().map(|overlay| (overlay.kind, overlay.top));
                assert_eq!(open, over, "{journey}");
            }
            Asked(effects) => assert_eq!(program.asked, effects, "{journey}"),
            Shown(panes) => {
                let shown = PANES.into_iter().filter(|pane| model.screen().place(*pane).is_some());
                assert_eq!(shown.collect::<Vec<_>>(), panes, "{journey}");
            }
            Width(pane, columns) => assert_eq!(place(pane).width, columns, "{journey}"),
            Height(pane, rows) => assert_eq!(place(pane).height, rows, "{journey}"),
            Pending(keys) => {
                let pending: Vec<String> = model.pending.iter().map(ToString::to_string).collect();
                assert_eq!(pending.join(" "), keys, "{journey}");
            }
            Typed(line) => {
                assert_eq!(model.prompt.as_ref().map(Prompt::text), line, "{journey}");
            }
            Page(line) => {
                let cursor = model.page.cursor().filter(|_| model.page.is_on);
                assert_eq!(cursor.map(|(line, _)| line + 1), line, "{journey}");
            }
            Results(expected) => {
                let search = &model.search;
                let count = search.results.articles;
                let number = if count == 0 { 0 } else { search.selected + 1 };
                assert_eq!(search.is_on.then_some((number, count)), expected, "{journey}");
            }
            Hit(number) => {
                assert_eq!(model.search.at, Some(number - 1), "{journey}");
                let hit = model.search.current().expect("a result").hits[number - 1];
                assert!(model.reader.is_visible(hit), "{journey}: out of sight");
                let lit = in_style(&program.painted(), 'F');
                let text = model.reader.article().expect("an article").text.clone();
                assert!(lit.ends_with(hit.of(&text)), "{journey}: {lit} is lit");
            }
            Sent(is_meant) => {
                assert!(
                    program.asked.last().is_some_and(is_meant),
                    "{journey}: {:?}",
                    program.asked
                );
            }
            Articles(count) => assert_eq!(model.archive.article_count(), count, "{journey}"),
            Rows(count) => assert_eq!(model.archive.rows().len(), count, "{journey}"),
            Marked(marked) => {
                assert_eq!(model.invisible == Invisible::Marked, marked, "{journey}");
                assert_eq!(program.text().contains("U+200B"), marked, "{journey}");
            }
        }
    }
}

/// Where it begins (size, keys typed before), the keys, what is seen then.
pub(super) type Journey = ((u16, u16), &'static str, &'static str, &'static [Seen]);

/// Moving in the list, from article to article and in the text.
const MOVING: &[Journey] = &[
    (NORMAL, "", "", &[Focus(List), Title("河边的书店"), Notice(""), Count(5)]),
    (NORMAL, "", "j", &[Focus(List), Title("山里的电站")]),
    (NORMAL, "", "Down Up", &[Title("河边的书店")]),
    (NORMAL, "", "k", &[Title("河边的书店")]),
    (NORMAL, "", "C-d", &[Title("短讯二号")]),
    (NORMAL, "C-d", "C-u", &[Title("河边的书店")]),
    (NORMAL, "", "PageDown", &[Title("短讯八号")]),
    (NORMAL, "PageDown", "b", &[Title("河边的书店")]),
    (NORMAL, "", "G", &[Title("短讯二十号")]),
    (NORMAL, "G", "j", &[Title("短讯二十号")]),
    (NORMAL, "G", "g g", &[Title("河边的书店"), Pending("")]),
    (NORMAL, "A-2", "j j j j", &[Focus(Reader), Top("第1段")]),
    (NORMAL, "A-2 j j j j j", "k", &[Top("第1段")]),
    (NORMAL, "A-2", "C-d", &[Top("第1段")]),
    (NORMAL, "A-2 C-d C-d", "C-u", &[Top("第1段")]),
    (NORMAL, "A-2", "Space PageDown", &[Top("第8段"), Title("河边的书店")]),
    (NORMAL, "A-2 Space Space Space", "b", &[Top("第8段")]),
    (NORMAL, "A-2 G", "Home", &[Top("河边的书店")]),
    (NORMAL, "A-2 G", "Home s", &[Focus(Reader), Sentence(1)]),
    (NORMAL, "A-2", "G", &[Top("好，省下来的钱拿去修那座桥")]),
    (NORMAL, "A-3", "j j", &[Focus(Sentences), Sentence(3)]),
    (NORMAL, "A-3", "G k", &[Sentence(4)]),
    (NORMAL, "A-4", "j j k", &[Focus(Keywords), Keyword(2)]),
    (NORMAL, "A-2 j j", "J", &[Focus(Reader), Title("山里的电站"), Top("山里的电站")]),
    (NORMAL, "A-4 J", "K", &[Focus(Keywords), Title("河边的书店")]),
    (NORMAL, "", "}", &[Title("山里的电站"), Notice("")]),
    (NORMAL, "}", "}", &[Title("山里的电站"), Notice("last article of this page")]),
    (NORMAL, "}", "{", &[Title("河边的书店")]),
];

/// Opening, leaving, key sentences, keywords, history.
const READING: &[Journey] = &[
    (NORMAL, "", "Enter", &[Focus(Reader), Shown(&[Reader, Sentences, Keywords])]),
    (NARROW, "", "z", &[Focus(List), Notice("the only pane")]),
    (NARROW, "", "Enter", &[Focus(Reader), Shown(&[Reader])]),
    (NORMAL, "Enter", "Esc", &[Focus(List), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "", "h", &[Focus(List), Notice("q quits")]),
    (NORMAL, "A-3", "h", &[Focus(List)]),
    (NORMAL, "A-2 A-3", "h", &[Focus(Reader)]),
    (NORMAL, "A-3 j j j j", "Enter", &[Focus(Reader), Sentence(5)]),
    (NARROW, "A-3 j", "Enter", &[Focus(Reader), Sentence(2), Shown(&[Reader])]),
    (NORMAL, "", "A-4", &[Focus(Keywords), Lit(false)]),
    (NORMAL, "A-2", "A-4", &[Focus(Keywords), Lit(true)]),
    (NORMAL, "A-2 A-4", "A-2", &[Focus(Reader), Lit(false)]),
    (NORMAL, "A-2 A-4", "l A-2", &[Focus(Reader), Lit(true)]),
    (NORMAL, "A-2 A-4 l A-2", "Esc", &[Focus(Reader), Lit(false)]),
    (NORMAL, "A-2 A-4 l", "Esc", &[Focus(Reader), Lit(false)]),
    (NORMAL, "", "n", &[Focus(Reader), Lit(true), Keyword(1)]),
    (NORMAL, "A-2 G", "N", &[Focus(Reader), Lit(true)]),
    (NORMAL, "", "s", &[Focus(Reader), Sentence(1), Notice("")]),
    (NORMAL, "s", "s s", &[Sentence(3)]),
    (NORMAL, "s s s", "S", &[Sentence(2)]),
    (NORMAL, "s", "S", &[Sentence(1), Notice("no more key sentences")]),
    (NORMAL, "s s s s s", "s", &[Sentence(5), Notice("no more key sentences")]),
    (NARROW, "A-3", "s", &[Focus(Reader), Sentence(1)]),
    (WIDE, "A-3", "s s", &[Focus(Sentences), Sentence(2)]),
    (NORMAL, "", "+", &[Count(6), Notice("6 key sentences")]),
    (NORMAL, "", "- -", &[Count(3), Notice("3 key sentences")]),
    (NORMAL, "", "- - - - - -", &[Count(1), Notice("1 key sentences")]),
    (NORMAL, "+ +", "j", &[Title("山里的电站"), Count(7)]),
    (
        NORMAL,
        "A-3 j j j Enter",
        "H",
        &[Focus(Sentences), Top("好，过年之前总要见一个分晓。"), Sentence(4)],
    ),
    (NORMAL, "A-3 j j j Enter H", "L", &[Focus(Reader), Sentence(4)]),
    (NORMAL, "A-3 Enter J", "H", &[Focus(Sentences), Title("河边的书店")]),
    (NORMAL, "", "H", &[Notice("no more places")]),
    (NORMAL, "A-3 Enter", "L", &[Focus(Reader), Notice("no more places")]),
];

/// The order of the list.
const ORDER: &[Journey] = &[
    (NORMAL, "", ", t", &[Title("河边的书店"), Notice("by headline")]),
    (NORMAL, ", t", "g g", &[Title("城南的菜场")]),
    (NORMAL, ", t g g", "j", &[Title("山里的电站")]),
    (NORMAL, ", t", ", t", &[Title("河边的书店"), Notice("by headline, reversed")]),
    (NORMAL, "", ", c G", &[Title("河边的书店")]),
    (NORMAL, ", c , c", "g g", &[Title("河边的书店")]),
    (NORMAL, ", c", "}", &[Title("山里的电站")]),
    (NORMAL, "", ", s G", &[Title("河边的书店")]),
    (NORMAL, "", ", r G", &[Title("河边的书店")]),
    (NORMAL, ", t g g", ", s", &[Title("城南的菜场"), Notice("in the order of the archive")]),
    (NORMAL, "", ", d J", &[Title("山里的电站")]),
    (NORMAL, "", ", p", &[Notice("by page")]),
    (NORMAL, "", ", a", &[Notice("by author")]),
    (NORMAL, "", ", g d", &[Title("河边的书店"), Notice("dates, by source")]),
    (NORMAL, ", g d", "j", &[Title("山里的电站")]),
    (NORMAL, "", ", g p", &[Notice("newspapers, by source")]),
    (NORMAL, "", ", g a", &[Notice("authors, by source")]),
    (NORMAL, ", g a", ", g n", &[Notice("in the order of the archive")]),
];

/// Panes: focus, room, hiding, zooming.
const ROOM: &[Journey] = &[
    (NORMAL, "", "Tab", &[Focus(Sentences)]),
    (NORMAL, "", "Tab Tab Tab", &[Focus(List)]),
    (NORMAL, "", "S-Tab", &[Focus(Keywords)]),
    (NORMAL, "A-2", "Tab Tab Tab", &[Focus(Reader)]),
    (WIDE, "", "Tab", &[Focus(Reader), Shown(&PANES)]),
    (NARROW, "", "Tab", &[Focus(Reader), Shown(&[Reader])]),
    (NARROW, "", "S-Tab", &[Focus(Keywords), Shown(&[Keywords])]),
    (NORMAL, "A-4", "A-1", &[Focus(List), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "", "A-2", &[Focus(Reader), Shown(&[Reader, Sentences, Keywords])]),
    (NORMAL, "", "A-3", &[Focus(Sentences), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "", "z", &[Shown(&[List]), Height(List, 23)]),
    (NORMAL, "A-3 z", "z", &[Focus(Sentences), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "z", "Tab", &[Focus(List), Shown(&[List])]),
    (NORMAL, "z", "A-4", &[Focus(Keywords), Shown(&[Keywords]), Width(Keywords, 80)]),
    (NORMAL, "A-3 z", "Esc", &[Focus(Sentences), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "", ">", &[Height(List, 13)]),
    (NORMAL, "", "<", &[Height(List, 11)]),
    (NORMAL, "A-3", ">", &[Width(Sentences, 56)]),
    (NORMAL, "A-4", ">", &[Width(Sentences, 48)]),
    (WIDE, "", "> >", &[Width(List, 67)]),
    (NORMAL, "A-4", "x", &[Focus(List), Shown(&[List, Sentences]), Width(Sentences, 80)]),
    (NORMAL, "A-4 x A-3 x", "", &[Shown(&[List]), Height(List, 23)]),
    (NORMAL, "A-4 x", "A-4", &[Focus(Keywords), Shown(&[List, Sentences, Keywords])]),
    (NORMAL, "", "x", &[Focus(List), Notice("this pane cannot be hidden")]),
    (WIDE, "", "x", &[Focus(Reader), Shown(&[Reader, Sentences, Keywords])]),
    (NARROW, "A-4", "x", &[Focus(Keywords), Notice("this pane cannot be hidden")]),
    (NORMAL, "A-4 x A-3 > > A-1 <", "X", &[Shown(&[List, Sentences, Keywords]), Height(List, 12)]),
];

/// Overlays, the program as a whole, and keys that do nothing.
const PROGRAM: &[Journey] = &[
    (NORMAL, "", "?", &[Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "", "？", &[Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "?", "j j k", &[Over(Some((OverlayKind::Help, 0))), Title("河边的书店")]),
    (NORMAL, "? G", "g g", &[Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "?", "q", &[Over(None), Asked(&[])]),
    (NORMAL, "A-2 ?", "Esc", &[Over(None), Focus(Reader)]),
    (NORMAL, "", "!", &[Over(Some((OverlayKind::Problems, 0)))]),
    (NORMAL, "? !", "Esc", &[Over(Some((OverlayKind::Help, 0)))]),
    (NORMAL, "", "C-l", &[Asked(&[Effect::Redraw])]),
    (NORMAL, "", "C-z", &[Asked(&[Effect::Suspend])]),
    (NORMAL, "", "q", &[Asked(&[Effect::Quit])]),
    (NORMAL, "?", "C-c", &[Asked(&[Effect::Quit])]),
    (NORMAL, "A-2 Space Space", "C-r", &[Top("第8段"), Notice("reloaded"), Count(5)]),
    (NORMAL, "G", "g", &[Pending("g"), Title("短讯二十号"), Notice("g ..")]),
    (NORMAL, "A-2 g", "Esc", &[Pending(""), Focus(Reader)]),
    (
        NORMAL,
        "",
        "g z",
        &[Pending(""), Notice("g z is not bound"), Shown(&[List, Sentences, Keywords])],
    ),
    (NORMAL, "", "Q", &[Notice("Q is not bound")]),
    (NORMAL, "Q", "j", &[Notice("")]),
    ((10, 3), "", "j Enter s + z ? Esc", &[Title("山里的电站")]),
];

/// The page in the place of the text, and what is decided about it.
const PAGE: &[Journey] = &[
    (NORMAL, "", "p", &[Page(Some(1)), Focus(Reader), Shown(&[Reader]), Notice("")]),
    (NORMAL, "p", "p", &[Page(None), Focus(Reader), Top("河边的书店")]),
    (NORMAL, "p", "Esc", &[Page(None), Focus(Reader)]),
    (NORMAL, "A-2 Space Space", "p", &[Page(Some(12))]),
    (NORMAL, "A-2 Space Space p", "Enter", &[Page(None), Top("第8段")]),
    (NORMAL, "p", "j j j", &[Page(Some(3))]),
    (NORMAL, "p", "G", &[Page(Some(44)), Title("河边的书店")]),
    (NORMAL, "p G", "g g", &[Page(Some(1))]),
    (NORMAL, "p", "Space", &[Page(Some(12))]),
    (NORMAL, "p G", "}", &[Page(Some(1)), Title("山里的电站")]),
    (NORMAL, "p", "A-1", &[Page(None), Focus(List)]),
    (NORMAL, "p", "A-3", &[Page(None), Focus(Sentences)]),
    (NORMAL, "p", "s", &[Page(Some(1)), Notice("s is not bound")]),
    (NORMAL, "p", "?", &[Over(Some((OverlayKind::Help, 0)))]),
    (WIDE, "", "p", &[Page(Some(1)), Focus(Reader), Shown(&[List, Reader])]),
    (WIDE, "p", "A-1 j", &[Page(Some(1)), Focus(List), Title("山里的电站")]),
    (WIDE, "p A-1", "p", &[Page(None), Focus(List)]),
    (NARROW, "", "p", &[Page(Some(1)), Shown(&[Reader])]),
    (NORMAL, "p j j j j j", "c", &[Articles(25), Page(Some(5)), Notice("saved: 2 articles")]),
    (NORMAL, "p j j j j j c", "u", &[Articles(24), Page(Some(5)), Notice("saved: 1 article.")]),
    (NORMAL, "p j j j j j c", "m", &[Articles(24), Page(Some(5))]),
    (NORMAL, "p j j j j j c {", "M", &[Articles(24), Page(Some(1))]),
    (NORMAL, "p", "c", &[Articles(24), Notice("an article begins here already")]),
    (NORMAL, "p", "m", &[Articles(24), Notice("no article above")]),
    (NORMAL, "p", "M", &[Articles(24), Notice("no article below")]),
    (NORMAL, "p", "u", &[Articles(24), Notice("nothing was decided")]),
    (NORMAL, "p j j j j j c", "D", &[Articles(24), Page(Some(5)), Notice("saved: 1 article.")]),
    (NORMAL, "p j j j j j c D", "u", &[Articles(25), Notice("saved: 2 articles.")]),
    (NORMAL, "p j j j j j c D", "D", &[Articles(24), Notice("this line belongs to no article")]),
    (NORMAL, "p", "D", &[Articles(24), Notice("it is the only article of the page")]),
    (NORMAL, "p", "t", &[Notice("Split auto")]),
    (NORMAL, "p t t", "t", &[Notice("Split off"), Title("河边的书店")]),
    (NORMAL, "", "T", &[Page(Some(1)), Notice("")]),
];

/// All of them.
pub(super) fn journeys() -> impl Iterator<Item = &'static Journey> {
    let (finding, filtering) = (super::finding::FINDING, super::filtering::FILTERING);
    let (levels, skimming) = (super::levels::LEVELS, super::skimming::SKIMMING);
    let keys = super::keys::KEYS;
    [
        MOVING,
        READING,
        levels,
        skimming,
        ORDER,
        finding,
        super::in_text::IN_TEXT,
        filtering,
        super::filters::FILTERS,
        PAGE,
        ROOM,
        PROGRAM,
        super::typing::TYPING,
        super::exporting::EXPORTING,
        super::marks::MARKS,
        super::taking::TAKING,
        super::results::RESULTS,
        super::mouse::MOUSE,
        keys,
    ]
    .into_iter()
    .flatten()
}
