//! The help: every command with its keys, which can be searched and run from there.

use super::{
    action::{ACTIONS, Action, ActionSpec, Context, Group},
    choices::Choices,
    keymap::Keymap,
    lookup,
    overlay::Line,
    viewport::Span,
};
use crate::{lang::Lang, text::display::DisplayLine};

/// Keys of a command that are shown.
const KEYS: usize = 3;

/// State of the help while it lies on top.
#[derive(Clone, Debug, Default)]
pub struct HelpPane {
    sections: Vec<Section>,
    /// What its rows are to have.
    typed: String,
    /// The commands of the lines that are shown.
    commands: Choices<Action>,
}

/// A heading with what stands below it.
#[derive(Clone, Debug)]
struct Section {
    title: DisplayLine,
    rows: Vec<Row>,
}

/// A row of the help.
#[derive(Clone, Debug)]
struct Row {
    keys: DisplayLine,
    help: DisplayLine,
    /// The command; `None` for what only explains.
    spec: Option<&'static ActionSpec>,
}

impl HelpPane {
    /// The help for where the keys of `context` are in force: every command that has keys, by group.
    pub fn new(keymap: &Keymap, context: Context, lang: Lang) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for group in Group::ALL {
            let specs = ACTIONS.iter().filter(|spec| spec.group == group);
            let mut rows: Vec<Row> =
                specs.filter_map(|spec| command(spec, keymap, context, lang)).collect();
            if group == Group::Moving {
                let counts =
                    lang.of("先按数字：重复这么多次", "A number before a command repeats it");
                rows.push(Row { keys: "5 j".into(), help: counts.into(), spec: None });
            }
            sections.push(Section { title: group.title(lang).into(), rows });
            if group == Group::Panes {
                sections.push(mouse(lang));
            }
        }
        sections.push(marks(lang));
        Self { sections, ..Self::default() }
    }

    /// Its lines with what was typed in them, all of them if that is blank; the first command is selected.
    pub fn lines(&mut self, typed: &str, lang: Lang) -> Vec<Line> {
        let (mut lines, mut actions) = (Vec::new(), Vec::new());
        for section in &self.sections {
            let rows: Vec<&Row> = section.rows.iter().filter(|row| row.fits(typed, lang)).collect();
            if rows.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::Text(DisplayLine::default()));
            }
            lines.push(Line::Heading(section.title.clone()));
            actions.resize(lines.len(), None);
            for row in rows {
                lines.push(Line::Keys(row.keys.clone(), row.help.clone()));
                actions.push(row.spec.map(|spec| spec.action));
            }
        }
        if lines.is_empty() {
            lines.push(Line::Text(lang.of("没有这样的命令", "no such command").into()));
            actions.push(None);
        }
        typed.clone_into(&mut self.typed);
        self.commands = Choices::new(actions);
        lines
    }

    /// What its rows are to have.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The command of the selected row.
    pub fn action(&self) -> Option<Action> {
        self.commands.current().copied()
    }

    /// The number of the selected line.
    pub fn selected(&self) -> usize {
        self.commands.selected()
    }

    /// Moves the selection by lines, on to a line with a command.
    pub fn moved(&mut self, span: Span) {
        self.commands.moved(span);
    }

    /// The first visible line after going on by so many rows, with a window of `room` rows.
    pub fn paged(&mut self, top: usize, by: isize, room: usize) -> usize {
        self.commands.paged(top, by, room)
    }

    /// Selects the command of a line; `false` when it has none.
    pub fn point(&mut self, line: usize) -> bool {
        self.commands.point(line)
    }

    /// The first visible line after scrolling a window of so many rows; the selection goes with it when it
    /// would leave the sight.
    pub fn scrolled(&mut self, top: usize, by: isize, room: usize) -> usize {
        self.commands.scrolled(top, by, room)
    }

    /// The first visible line such that the selected one is in sight, and what is above the first or below
    /// the last command too when that is selected.
    pub fn top(&self, top: usize, room: usize) -> usize {
        self.commands.top(top, room)
    }
}

impl Row {
    fn fits(&self, typed: &str, lang: Lang) -> bool {
        match self.spec {
            Some(spec) => lookup::fit(spec, self.keys.as_str(), typed, lang).is_some(),
            None => typed.trim().is_empty(),
        }
    }
}

/// The row of a command. One that does not work in `context` is shown with its keys elsewhere.
fn command(
    spec: &'static ActionSpec,
    keymap: &Keymap,
    context: Context,
    lang: Lang,
) -> Option<Row> {
    let place = if spec.works_in(context) { context } else { *spec.contexts.first()? };
    let keys = keymap.keys_for(place, spec.action);
    let keys: Vec<String> = keys.iter().take(KEYS).map(ToString::to_string).collect();
    let help = spec.help(lang).into();
    (!keys.is_empty()).then(|| Row {
        keys: DisplayLine::new(&keys.join("  ")),
        help,
        spec: Some(spec),
    })
}

/// What the mouse does.
fn mouse(lang: Lang) -> Section {
    let (wheel, click, double) = match lang {
        Lang::Zh => ("滚轮", "单击", "双击"),
        Lang::En => ("wheel", "click", "double click"),
    };
    let (drag, shift) = (lang.of("拖动", "drag"), lang.of("Shift 拖动", "Shift drag"));
    let rows = [
        (wheel, "滚动指针所指的窗格，焦点不变", "Scroll what the pointer is over; the focus stays"),
        (click, "选中；展开折叠；移动光标", "Select; open a fold; move the caret"),
        (double, "打开；在窗格名上：占满屏幕", "Open; on the name of a pane: the whole screen"),
        (drag, "移动窗格的边界；滚动条", "Move the borders of panes, and the scroll bar"),
        (shift, "由终端选文字（多数终端如此）", "Select text in the terminal, in most of them"),
    ];
    explained(lang.of("鼠标", "Mouse"), lang, &rows)
}

/// What the marks in the list mean.
fn marks(lang: Lang) -> Section {
    let rows = [
        ("≈", "不能肯定这里是一篇文章的开头", "It is not certain that an article begins here"),
        (".", "还没有分析", "Not analysed yet"),
        ("!", "读取不了", "Cannot be read"),
        ("×2", "结果中内容相同的几篇合为一条", "Several results with the same text, shown once"),
    ];
    explained(lang.of("列表中的记号", "Marks in the list"), lang, &rows)
}

/// A section of rows that only explain: what it is about, what that does in Chinese and in English.
fn explained(
    title: &'static str,
    lang: Lang,
    rows: &[(&'static str, &'static str, &'static str)],
) -> Section {
    let rows = rows.iter().map(|(sign, zh, en)| Row {
        keys: (*sign).into(),
        help: lang.of(zh, en).into(),
        spec: None,
    });
    Section { title: title.into(), rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_selection_stays_on_commands_and_everything_can_be_seen() {
        let mut help = HelpPane::new(&Keymap::default(), Context::List, Lang::Zh);
        let lines = help.lines("", Lang::Zh);
        let room = 10;
        let (mut top, mut seen) = (0, vec![false; lines.len()]);
        for _ in 0..lines.len() {
            top = help.top(top, room);
            seen.iter_mut().skip(top).take(room).for_each(|seen| *seen = true);
            assert!((top..top + room).contains(&help.selected()));
            assert!(help.action().is_some());
            help.moved(Span::Items(1));
        }
        assert!(seen.iter().all(|seen| *seen), "every line can be seen");
        help.moved(Span::First);
        assert_eq!((help.selected(), help.top(top, room)), (1, 0));
    }

    proptest! {
        #[test]
        fn paging_shows_every_line_and_leads_back(room in 1..60_usize, at in any::<bool>()) {
            let context = if at { Context::List } else { Context::Reader };
            let mut help = HelpPane::new(&Keymap::default(), context, Lang::En);
            let count = help.lines("", Lang::En).len();
            let lowest = count.saturating_sub(room);
            for (by, end) in [(1, lowest), (-1, 0)] {
                let by = room.cast_signed() * by;
                let mut top = lowest - end;
                let mut seen = vec![false; count];
                loop {
                    seen.iter_mut().skip(top).take(room).for_each(|seen| *seen = true);
                    let paged = help.paged(top, by, room);
                    let next = help.top(paged, room);
                    if next == top {
                        break;
                    }
                    top = next;
                }
                prop_assert_eq!(top, end);
                prop_assert!(seen.iter().all(|seen| *seen), "{} rows by {}: {:?}", room, by, seen);
                prop_assert!(help.action().is_some());
            }
            prop_assert_eq!(help.selected(), 1);
        }
    }

    #[test]
    fn the_wheel_reaches_both_ends_and_leaves_a_command_selected() {
        for room in [3, 10, 40] {
            let mut help = HelpPane::new(&Keymap::default(), Context::List, Lang::Zh);
            let lowest = help.lines("", Lang::Zh).len() - room;
            let mut top = 0;
            for (by, end) in [(3, lowest), (-3, 0)] {
                while top != end {
                    let before = top;
                    let scrolled = help.scrolled(top, by, room);
                    top = help.top(scrolled, room);
                    assert_ne!(top, before, "{room} rows, by {by}");
                    assert!(help.action().is_some());
                }
            }
        }
    }

    #[test]
    fn what_is_typed_leaves_the_rows_that_have_it() {
        let mut help = HelpPane::new(&Keymap::default(), Context::List, Lang::En);
        let all = help.lines("", Lang::En).len();
        let found = help.lines("zoom", Lang::En);
        assert_eq!(found.len(), 2, "a heading and the command");
        assert_eq!(help.action(), Some(Action::Zoom));
        assert!(help.lines("brew coffee", Lang::En).len() == 1 && help.action().is_none());
        assert_eq!(help.lines("", Lang::En).len(), all);
    }
}
