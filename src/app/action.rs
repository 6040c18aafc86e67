//! What a person can ask for: the one registry of commands.
//!
//! An [`Action`] is a command in words ("move down") with the place where it works and a line of
//! help. [`ACTIONS`] has a row per complete command. Keymaps, the help, hints and the command line
//! read this table; there is no second list.

use std::fmt;

use super::chord::nearest;
use crate::lang::Lang;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move in the focused pane.
    Move(Motion),
    /// Go to what is selected: the article, the place of the sentence, the keyword in the text.
    Open,
    /// Leave: an overlay, the reader, a selection.
    Back,
    /// Give the focus to a pane.
    Focus(Focus),
    /// Select another article in the order of the list.
    Article(Step),
    /// Select another article of the same page.
    PageArticle(Step),
    /// Step through the key sentences in the text.
    Sentence(Step),
    /// Step through the places of the selected keyword.
    Occurrence(Step),
    /// Return to the place before a jump, or go there again.
    History(Travel),
    /// Show another number of key sentences.
    Sentences(Amount),
    /// Give the whole screen to the focused pane, or take it back.
    Zoom,
    /// Change the room of the focused pane.
    Pane(PaneChange),
    /// Read the sources again.
    Reload,
    /// Show the help.
    Help,
    /// Show what could not be read.
    Problems,
    /// Draw the whole screen again.
    Redraw,
    /// Stop the program and return to the shell that started it.
    Suspend,
    /// Leave the program.
    Quit,
}

/// How to move in a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    /// A row up.
    Up,
    /// A row down.
    Down,
    /// Half the height of the pane up.
    HalfUp,
    /// Half the height of the pane down.
    HalfDown,
    /// The height of the pane up.
    PageUp,
    /// The height of the pane down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// From one thing to its neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The one after it.
    Next,
    /// The one before it.
    Previous,
}

/// A part of the screen that can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The articles.
    List,
    /// The text of the selected article.
    Reader,
    /// Its key sentences.
    Sentences,
    /// Its keywords.
    Keywords,
}

/// Which pane gets the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    /// A neighbour of the focused one.
    Step(Step),
    /// This one.
    Pane(Pane),
}

/// A way through the places visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Travel {
    /// To the place before.
    Back,
    /// To the place left by going back.
    Forward,
}

/// A change of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Up.
    More,
    /// Down.
    Fewer,
}

/// A change of the room that panes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaneChange {
    /// More room for the focused pane.
    Grow,
    /// Less room for the focused pane.
    Shrink,
    /// No room for the focused pane.
    Hide,
    /// All panes as they were at first.
    Reset,
}

/// Where keys are typed. A keymap has a table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// What every other context inherits.
    Global,
    /// The list of articles.
    List,
    /// The text.
    Reader,
    /// The key sentences.
    Sentences,
    /// The keywords.
    Keywords,
    /// The help.
    Help,
    /// The list of what could not be read.
    Problems,
}

impl Context {
    /// All contexts, [`Context::Global`] first.
    pub const ALL: [Self; 7] = [
        Self::Global,
        Self::List,
        Self::Reader,
        Self::Sentences,
        Self::Keywords,
        Self::Help,
        Self::Problems,
    ];

    /// The name of its table in a keymap.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Reader => "reader",
            Self::Sentences => "sentences",
            Self::Keywords => "keywords",
            Self::Help => "help",
            Self::Problems => "problems",
        }
    }

    /// The context whose table has this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}

impl From<Pane> for Context {
    fn from(pane: Pane) -> Self {
        match pane {
            Pane::List => Self::List,
            Pane::Reader => Self::Reader,
            Pane::Sentences => Self::Sentences,
            Pane::Keywords => Self::Keywords,
        }
    }
}

/// A section of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Getting from row to row and from article to article.
    Moving,
    /// Getting at what an article says.
    Reading,
    /// The parts of the screen.
    Panes,
    /// The program as a whole.
    Program,
}

impl Group {
    /// All groups in the order in which the help shows them.
    pub const ALL: [Self; 4] = [Self::Moving, Self::Reading, Self::Panes, Self::Program];

    /// The heading of the section.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Moving => lang.of("移动", "Moving"),
            Self::Reading => lang.of("阅读", "Reading"),
            Self::Panes => lang.of("窗格", "Panes"),
            Self::Program => lang.of("程序", "Program"),
        }
    }
}

/// A row of the registry: one complete command.
#[derive(Clone, Copy, Debug)]
pub struct ActionSpec {
    /// The command as it is written, single spaces between its words.
    pub words: &'static str,
    /// What it does.
    pub action: Action,
    /// Where it works. [`Context::Global`] is not among them: a global key is in force wherever
    /// its command works.
    pub contexts: &'static [Context],
    /// The section of the help that shows it.
    pub group: Group,
    zh: &'static str,
    en: &'static str,
}

impl ActionSpec {
    /// What it does, in a line of at most 60 columns.
    pub fn help(&self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }

    /// Whether the command may be bound in the table of `context`.
    pub fn works_in(&self, context: Context) -> bool {
        context == Context::Global || self.contexts.contains(&context)
    }
}

mod table;

pub use table::ACTIONS;

/// A text that is no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAction {
    /// The command that was probably meant.
    pub suggestion: Option<&'static str>,
}

impl Action {
    /// The command with these words. Any white space may stand between them.
    ///
    /// # Errors
    ///
    /// [`UnknownAction`] when no row of [`ACTIONS`] has these words.
    ///
    /// ```
    /// use zhaidu::app::action::{Action, Motion};
    ///
    /// assert_eq!(Action::parse("move down"), Ok(Action::Move(Motion::Down)));
    /// assert_eq!(Action::parse("move dwon").unwrap_err().suggestion, Some("move down"));
    /// assert_eq!(Action::parse("next sentence").unwrap_err().suggestion, Some("sentence next"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, UnknownAction> {
        let same = |spec: &&ActionSpec| spec.words.split(' ').eq(text.split_whitespace());
        if let Some(spec) = ACTIONS.iter().find(same) {
            return Ok(spec.action);
        }
        let names = || ACTIONS.iter().map(|spec| spec.words);
        let reversed: Vec<&str> = text.split_whitespace().rev().collect();
        let reversed = reversed.join(" ");
        let swapped = names().find(|words| *words == reversed);
        Err(UnknownAction { suggestion: swapped.or_else(|| nearest(text, names())) })
    }

    /// Its row of the registry.
    pub fn spec(self) -> &'static ActionSpec {
        let row = ACTIONS.iter().find(|spec| spec.action == self);
        row.expect("a test holds that every command has a row")
    }

    /// The command as it is written.
    pub fn words(self) -> &'static str {
        self.spec().words
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    /// Every value of [`Action`]. The match makes a new command a compile error here.
    fn all() -> Vec<Action> {
        use Action::{
            Article, Back, Focus as FocusOn, Help, History, Move, Occurrence, Open, PageArticle,
            Pane as Room, Problems, Quit, Redraw, Reload, Sentence, Sentences, Suspend, Zoom,
        };
        use Motion::{Down, First, HalfDown, HalfUp, Last, PageDown, PageUp, Up};
        const STEPS: [Step; 2] = [Step::Next, Step::Previous];
        let panes = [Pane::List, Pane::Reader, Pane::Sentences, Pane::Keywords];
        let mut all = vec![Open, Back, Zoom, Reload, Help, Problems, Redraw, Suspend, Quit];
        all.extend([Up, Down, HalfUp, HalfDown, PageUp, PageDown, First, Last].map(Move));
        all.extend(STEPS.map(|step| FocusOn(Focus::Step(step))));
        all.extend(panes.map(|pane| FocusOn(Focus::Pane(pane))));
        for of in [Article, PageArticle, Sentence, Occurrence] {
            all.extend(STEPS.map(of));
        }
        all.extend([Travel::Back, Travel::Forward].map(History));
        all.extend([Amount::More, Amount::Fewer].map(Sentences));
        use PaneChange::{Grow, Hide, Reset, Shrink};
        all.extend([Grow, Shrink, Hide, Reset].map(Room));
        for action in &all {
            match action {
                Move(Up | Down | HalfUp | HalfDown | PageUp | PageDown | First | Last)
                | FocusOn(Focus::Step(_) | Focus::Pane(_))
                | Article(Step::Next | Step::Previous)
                | History(Travel::Back | Travel::Forward)
                | Sentences(Amount::More | Amount::Fewer)
                | Room(Grow | Shrink | Hide | Reset)
                | PageArticle(_)
                | Sentence(_)
                | Occurrence(_)
                | Open
                | Back
                | Zoom
                | Reload
                | Help
                | Problems
                | Redraw
                | Suspend
                | Quit => {}
            }
        }
        all
    }

    #[test]
    fn every_command_has_exactly_one_row() {
        let all = all();
        assert_eq!(all.len(), ACTIONS.len());
        for action in all {
            assert_eq!(ACTIONS.iter().filter(|s| s.action == action).count(), 1, "{action:?}");
        }
        let words: HashSet<_> = ACTIONS.iter().map(|spec| spec.words).collect();
        assert_eq!(words.len(), ACTIONS.len());
    }

    #[test]
    fn the_words_of_every_command_parse_back() {
        for spec in ACTIONS {
            assert_eq!(Action::parse(spec.words), Ok(spec.action));
            assert_eq!(spec.action.words(), spec.words);
            assert_eq!(spec.words, spec.words.to_lowercase());
            assert_ne!(spec.words, "none", "none unbinds");
        }
    }

    #[test]
    fn every_command_is_explained_in_both_languages_within_60_columns() {
        for lang in [Lang::Zh, Lang::En] {
            let mut seen = HashSet::new();
            for spec in ACTIONS {
                let help = spec.help(lang);
                assert!((1..=60).contains(&help.width()), "{}: {help}", spec.words);
                assert_eq!(lang == Lang::En, help.is_ascii(), "{}: {help}", spec.words);
                assert!(seen.insert(help), "{help} explains two commands");
            }
        }
    }

    #[test]
    fn rows_of_a_group_stand_together() {
        let mut groups: Vec<Group> = ACTIONS.iter().map(|spec| spec.group).collect();
        groups.dedup();
        assert_eq!(groups, Group::ALL);
    }

    #[test]
    fn every_command_works_somewhere_and_may_be_global() {
        for spec in ACTIONS {
            assert!(!spec.contexts.is_empty(), "{}", spec.words);
            assert!(!spec.contexts.contains(&Context::Global), "{}", spec.words);
            assert!(spec.works_in(Context::Global), "{}", spec.words);
        }
        let open = Action::Open.spec();
        assert!(open.works_in(Context::List) && !open.works_in(Context::Help));
    }

    #[test]
    fn a_misspelt_command_is_recognised() {
        for (typed, meant) in [
            ("quti", Some("quit")),
            ("Move Down", Some("move down")),
            ("move halfdown", Some("move half-down")),
            ("next article", Some("article next")),
            ("sentences les", Some("sentences more")),
            ("brew coffee", None),
            ("", None),
        ] {
            let found = Action::parse(typed).expect_err(typed).suggestion;
            if typed == "sentences les" {
                assert!(found.is_some_and(|words| words.starts_with("sentences")), "{found:?}");
            } else {
                assert_eq!(found, meant, "{typed}");
            }
        }
    }

    #[test]
    fn contexts_are_found_by_their_names() {
        for context in Context::ALL {
            assert_eq!(Context::named(context.name()), Some(context));
        }
        assert_eq!(Context::named("List"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_words_never_panic(text in ".*") {
            let known = ACTIONS.iter().any(|spec| spec.words == text);
            prop_assert!(Action::parse(&text).is_err() || known || text.contains(char::is_whitespace));
        }
    }
}
