//! What is taken up again when an archive is opened once more.
//!
//! A [`Memento`] is a plain value: [`Model::memento`](super::model::Model::memento) makes it,
//! [`Model::resume`](super::model::Model::resume) takes it back. Where it is kept meanwhile is nothing
//! that the interface knows. The article is looked for while the archive is still being read, and is
//! selected when it appears, unless the person has gone elsewhere by then.

use super::{
    action::Pane,
    filters::FilterBy,
    layout::{Choice, SizeClass},
    level::Level,
    sentences, skim,
};
use crate::{
    article::{ArticleId, order::Order},
    listing::ArticleKey,
};

/// The interface as it was left, as far as it is worth coming back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memento {
    /// The selected article and the place in it.
    pub spot: Option<Spot>,
    /// How much of each article was shown.
    pub level: Level,
    /// What the list was filtered by, the first filter below all others.
    pub filters: Vec<FilterBy>,
    /// The order of the list.
    pub order: Order,
    /// What the person chose for the size classes, where that is not the usual.
    pub choices: Vec<(SizeClass, Choice)>,
    /// The pane that the keys went to.
    pub focus: Pane,
    /// The pane that was above in the normal layout: list or reader.
    pub upper: Pane,
    /// How many key sentences were wanted.
    pub sentences: usize,
    /// Whether the list was skimmed.
    pub is_skimmed: bool,
    /// Key sentences of each article while the list is skimmed.
    pub skimmed_sentences: usize,
    /// Whether the page was shown in the place of the text.
    pub is_page: bool,
}

impl Default for Memento {
    fn default() -> Self {
        Self {
            spot: None,
            level: Level::default(),
            filters: Vec::new(),
            order: Order::default(),
            choices: Vec::new(),
            focus: Pane::List,
            upper: Pane::List,
            sentences: sentences::DEFAULT_COUNT,
            is_skimmed: false,
            skimmed_sentences: skim::COUNT,
            is_page: false,
        }
    }
}

/// A place in an article, with all that may help to find it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What the article is known by.
    pub id: ArticleId,
    /// Its headline, for people.
    pub title: String,
    /// The name of its source in the list: there it is looked for first.
    pub source: String,
    /// Its number on the source, from 0.
    pub number: u32,
    /// The byte of its text that stood at the top of the reader.
    pub anchor: usize,
}

/// The search for the article of last time.
#[derive(Debug)]
pub(super) struct Seek {
    /// What was left.
    pub(super) left: Memento,
    /// The spot that is looked for.
    pub(super) spot: Spot,
    /// What stands in for it until it is found: the source of its name, or an article there.
    pub(super) stand_in: Option<ArticleKey>,
    /// Where it was found, while the list does not have it yet.
    pub(super) found: Option<ArticleKey>,
    /// Where it was gone to. Until the person moves it is followed: an index tells first of the files as they
    /// were, and one of them may have another name by now.
    pub(super) arrived: Option<ArticleKey>,
    /// Whether something was learnt of any source since it was looked for everywhere.
    pub(super) has_news: bool,
}

impl Seek {
    /// The search for the spot of what was left; `None` without one.
    pub(super) fn new(left: Memento) -> Option<Self> {
        let spot = left.spot.clone()?;
        let (stand_in, found, arrived) = (None, None, None);
        Some(Self { left, spot, stand_in, found, arrived, has_news: true })
    }
}
