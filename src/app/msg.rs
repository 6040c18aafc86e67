//! What happens to the interface, and what it wants done outside.

use std::sync::Arc;

use ratatui::layout::Size;

use super::{
    chord::Chord,
    export::{ExportNews, ExportOrder},
    flow::{self, Chunk},
    marks::MarkNews,
    mouse::MouseEvent,
    page::Sheet,
    search::{SearchNews, SearchOrder},
};
use crate::{
    analysis::{Analysis, Support},
    article::{Article, Decision, Mark, MarkedArticle, PageId},
    listing::{Arranging, ArticleKey, Part, SourceState},
    text::{display::DisplayLine, sanitize::DisplayText, width::Widths},
};

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// The person pressed a key.
    Key(Chord),
    /// The person typed a character that stands for another one where keys are commands, as
    /// full-width forms do.
    Typed(char),
    /// The person pasted a text; as it came.
    Paste(String),
    /// The person did something with the mouse.
    Mouse(MouseEvent),
    /// The screen has this size now.
    Resize(Size),
    /// The terminal was measured: this is what characters take there.
    Widths(Widths),
    /// Sources were found; their names.
    Found(Vec<DisplayLine>),
    /// Many sources that were read are known, behind those that were found before.
    Listed(Box<Part>),
    /// The list was put in order, or filtered: which arrangement that was, and the rows.
    Arranged(u64, Vec<ArticleKey>),
    /// Sources were read, or could not be.
    Learnt(Vec<(u32, SourceState)>),
    /// Something went wrong while the rest went on.
    Trouble(Trouble),
    /// Everything was found and read; so many things were passed over.
    Complete {
        /// Hidden files, links and files that are no text.
        skipped: usize,
    },
    /// What supports the sentence with this index of an article.
    Support(ArticleKey, usize, Vec<Support>),
    /// What is known of these sources counts no more: they have changed.
    Changed(Vec<u32>),
    /// Files of the archive have changed while it was open; how many, and the list with them.
    Updated {
        /// Those that are new.
        added: usize,
        /// Those that hold something else now.
        changed: usize,
        /// Those that are gone.
        vanished: usize,
    },
    /// How far the index of the archive is, of how much; nothing when it is up to date.
    Indexing(Option<(u64, u64)>),
    /// What was found so far does not count: it is found anew.
    Emptied,
    /// The text of an article was loaded, or could not be (why).
    Text(ArticleKey, Result<Reading, DisplayLine>),
    /// An article was analysed.
    Analysis(ArticleKey, Arc<Analysis>),
    /// The page of an article was loaded, or could not be (why).
    Page(ArticleKey, Result<Box<Sheet>, DisplayLine>),
    /// What was decided about a page of this source is on disk and holds, or why it is not.
    Decided(u32, Result<Box<Renewed>, DisplayLine>),
    /// What came of the marks on the disk.
    Marks(MarkNews),
    /// What came of an export.
    Export(ExportNews),
    /// What came of the search of this generation.
    Search(u64, SearchNews),
    /// Everything that was wanted has been delivered.
    Idle,
}

/// Something that went wrong while the rest went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Number of the source it is about; `None` for anything else, such as a folder or the keymap.
    pub source: Option<u32>,
    /// What went wrong.
    pub message: DisplayLine,
}

impl Trouble {
    /// A trouble with no source in particular.
    pub fn general(message: DisplayLine) -> Self {
        Self { source: None, message }
    }
}

/// A source after something was decided about one of its pages.
#[derive(Clone, Debug)]
pub struct Renewed {
    /// Its articles.
    pub state: SourceState,
    /// The page; `None` when the source has changed meanwhile and holds it no more.
    pub sheet: Option<Sheet>,
}

/// What becomes of characters that cannot be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invisible {
    /// They are left out and counted.
    #[default]
    Hidden,
    /// Their numbers are shown in their places.
    Marked,
}

/// The text of an article as the reader shows it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The article.
    pub article: Arc<Article>,
    /// Its text, safe to show.
    pub text: DisplayText,
    /// The paragraphs of the text as they are set.
    pub chunks: Arc<[Chunk]>,
    /// What became of its invisible characters.
    pub invisible: Invisible,
}

impl Reading {
    /// Prepares an article for the reader. Takes time for a long text, so it is done before the
    /// interface is told of it.
    pub fn new(article: Arc<Article>, invisible: Invisible) -> Self {
        let text = match invisible {
            Invisible::Hidden => DisplayText::block(&article.text),
            Invisible::Marked => DisplayText::block_revealed(&article.text),
        };
        let chunks = flow::chunks(&article, &text).into();
        Self { article, text, chunks, invisible }
    }
}

/// Something to be done outside. Effects are data: whoever runs the interface carries them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Load and analyse these articles, the first one first; forget what was wanted before.
    Fetch(Vec<ArticleKey>),
    /// Analyse these articles when there is nothing better to do; their texts are not needed.
    Analyze(Vec<ArticleKey>),
    /// Put the list in order, or filter it; forget what of that was wanted before.
    Arrange(Box<Arranging>),
    /// Search the whole archive, or tell of what was found.
    Search(SearchOrder),
    /// From now on load texts with their invisible characters so.
    Invisible(Invisible),
    /// Load the page on which this article stands.
    Page(ArticleKey),
    /// Work out what supports the sentence with this index of an article.
    Why(ArticleKey, usize),
    /// Keep what was decided about a page of this source, then split the source again.
    Decide {
        /// The source.
        source: u32,
        /// The page.
        page: PageId,
        /// What was decided.
        decision: Decision,
    },
    /// Keep these marks; without any, try again those that could not be kept.
    Mark(Vec<(MarkedArticle, Mark)>),
    /// Export these articles to a file.
    Export(Box<ExportOrder>),
    /// Give up the export that is under way.
    StopExport,
    /// Take texts from their sources again: what is at hand may be outdated.
    Forget,
    /// Read this source again: it may have changed.
    Reload(u32),
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// End the program.
    Quit,
}
