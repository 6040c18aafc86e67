//! Where keys are typed.

use super::Pane;

/// Where keys are typed. A keymap has a table for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// What every other context inherits.
    Global,
    /// The list of articles.
    List,
    /// The results of a search, in the place of the list.
    Results,
    /// The articles of the list one below the other, in the place of all panes.
    Skim,
    /// The text.
    Reader,
    /// The key sentences.
    Sentences,
    /// The keywords.
    Keywords,
    /// The page as it is, in the place of the text.
    Page,
    /// The help.
    Help,
    /// The list of what could not be read.
    Problems,
    /// A line that is typed: a key that is bound to nothing there stands for itself.
    Prompt,
}

impl Context {
    /// All contexts, [`Context::Global`] first.
    pub const ALL: [Self; 11] = [
        Self::Global,
        Self::List,
        Self::Results,
        Self::Skim,
        Self::Reader,
        Self::Sentences,
        Self::Keywords,
        Self::Page,
        Self::Help,
        Self::Problems,
        Self::Prompt,
    ];

    /// The name of its table in a keymap.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Results => "results",
            Self::Skim => "skim",
            Self::Reader => "reader",
            Self::Sentences => "sentences",
            Self::Keywords => "keywords",
            Self::Page => "page",
            Self::Help => "help",
            Self::Problems => "problems",
            Self::Prompt => "prompt",
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
