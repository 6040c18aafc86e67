//! What a person can ask for: the one registry of commands.
//!
//! An [`Action`] is a command in words ("move down") with the place where it works and a line of
//! help. [`ACTIONS`] has a row per complete command. Keymaps, the help, hints and the command line
//! read this table; there is no second list.

use std::fmt;

use super::{chord::nearest, theme::ThemeName};
use crate::{
    article::order::{GroupBy, SortBy},
    lang::Lang,
};

mod context;
mod copy;
mod edit;
mod export;
mod group;
mod table;

pub use context::Context;
pub use copy::CopyWhat;
pub use edit::Edit;
pub use export::ExportWhat;
pub use group::Group;
pub use table::ACTIONS;

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
    /// Show more or less of each article.
    Level(Amount),
    /// Open the first fold on the screen.
    Unfold,
    /// Show the articles of the list one below the other.
    Skim,
    /// Say why the selected key sentence is one.
    Why,
    /// Give the whole screen to the focused pane, or take it back.
    Zoom,
    /// Change the room of the focused pane.
    Pane(PaneChange),
    /// Sort the list; turn it round when it is sorted so already.
    Sort(SortBy),
    /// Turn the order of the list round.
    SortReverse,
    /// Put the articles of the list together.
    Group(GroupBy),
    /// Find something in the open text, as it is typed.
    Find,
    /// Leave in the list what has this in its title.
    Filter,
    /// Leave in the list what a query finds.
    FilterQuery,
    /// Leave in the list what has the keyword, or a word of the sentence.
    Pivot,
    /// Show how many articles there are of each month.
    Timeline,
    /// Show the articles that are nearest to the selected one.
    Related,
    /// Read the source of the selected article again.
    Reload,
    /// Give the mouse to the terminal, or take it back.
    Mouse,
    /// Show the help.
    Help,
    /// Search the help, or run what is selected there.
    HelpStep(HelpStep),
    /// Show what could not be read.
    Problems,
    /// Show what cannot be seen in the text, or hide it again.
    Hidden,
    /// Search the whole archive.
    Search(Search),
    /// Show the page on which the article stands, or the article again.
    Page,
    /// Split the page in another way.
    Split,
    /// Decide about the page against the splitter.
    Decide(Decide),
    /// Mark the selected article, or take marks back.
    Mark(MarkDo),
    /// Copy something of the selected article.
    Copy(CopyWhat),
    /// Show the selected article without anything around it.
    PlainText,
    /// Give the selected article to a shell command.
    Pipe,
    /// Open the source of the selected article in an editor.
    Editor,
    /// Export articles to a file.
    Export(ExportWhat),
    /// Change the theme.
    Theme(ThemeChange),
    /// Open the line for commands.
    Command,
    /// Change the line that is typed.
    Edit(Edit),
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

/// What can be decided about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decide {
    /// An article begins at the line under the cursor.
    Begin,
    /// The article under the cursor and its neighbour are one.
    Join(Step),
    /// The article under the cursor is no article.
    Dismiss,
    /// What was decided last counts no more.
    Undo,
}

/// What can be done about the marks of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkDo {
    /// Give it a star, or take that away.
    Star,
    /// Say that it is read, or not.
    Read,
    /// Say that everything in the list, or among the results, is read.
    AllRead,
    /// Type tags.
    Tags,
    /// Type a note.
    Note,
    /// Write the note in an editor.
    EditNote,
    /// Show all of the note.
    ShowNote,
    /// Take back what was marked last.
    Undo,
    /// Mark again what was taken back.
    Redo,
}

/// What can be done to a search of the whole archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Search {
    /// Type what is looked for, or change it.
    Open,
    /// Whether Latin letters may be pinyin.
    Pinyin,
    /// Put the results into the next order.
    Order,
    /// List what a result stands for, or only the result again.
    Reprints,
}

/// A change of the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThemeChange {
    /// To the next one that there is.
    Next,
    /// To this one.
    To(ThemeName),
}

/// What can be done in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpStep {
    /// Type what its rows are to have.
    Find,
    /// Run the command of the selected row, where the person was.
    Run,
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
    /// Whether a number before its key runs it so many times.
    pub repeats: bool,
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
        // Keymaps are full of them as they stand in the table.
        let as_written = ACTIONS.iter().find(|spec| spec.words == text);
        if let Some(spec) = as_written.or_else(|| ACTIONS.iter().find(same)) {
            return Ok(spec.action);
        }
        let names = || ACTIONS.iter().map(|spec| spec.words);
        let reversed: Vec<&str> = text.split_whitespace().rev().collect();
        let reversed = reversed.join(" ");
        let swapped = names().find(|words| *words == reversed);
        let suggestion = swapped.or_else(|| nearest(text, names()));
        Err(UnknownAction { suggestion: suggestion.or_else(|| nearest_beginning(text)) })
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

/// The first command whose beginning, of as many words, `text` is probably a misspelling of.
fn nearest_beginning(text: &str) -> Option<&'static str> {
    let count = text.split_whitespace().count();
    let beginning = |words: &'static str| {
        let (end, _) = words.match_indices(' ').nth(count.checked_sub(1)?)?;
        words.get(..end)
    };
    let names = || ACTIONS.iter().map(|spec| spec.words);
    let meant = nearest(text, names().filter_map(beginning))?;
    names().find(|words| beginning(words) == Some(meant))
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

#[cfg(test)]
mod tests;
