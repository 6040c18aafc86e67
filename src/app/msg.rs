//! What happens to the interface, and what it wants done outside.

use std::{collections::HashMap, sync::Arc};

use ratatui::layout::Size;

use super::{
    action::CopyWhat,
    chord::Chord,
    copying::View,
    export::{ExportNews, ExportOrder},
    filters::{SiftNews, SiftOrder},
    find::{FindOrder, Hits},
    flow::{self, Chunk},
    marks::{MarkNews, MarkOrder, MarkSubject},
    mouse::MouseEvent,
    page::Sheet,
    search::{SearchNews, SearchOrder},
    session::Memento,
};
use crate::{
    analysis::{Analysis, Support},
    article::{Article, ArticleId, Decision, PageId, ReadingPlace, SourceLines},
    listing::{Arranged, Arranging, ArticleKey, Counting, Months, Part, SourceState},
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
    Arranged(u64, Arranged),
    /// The list could not be put in order, or filtered: which arrangement that was.
    NotArranged(u64),
    /// What came of the set of articles with this number that a filter asked for.
    Sifted(u64, SiftNews),
    /// What came of the count with this number.
    Counted(u64, Months),
    /// The words of a text that say what it is about.
    Words(String, Vec<String>),
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
    /// What was asked for was found in a text, or not.
    Hits(FindOrder, Hits),
    /// The page of an article was loaded, or could not be (why).
    Page(ArticleKey, Result<Box<Sheet>, DisplayLine>),
    /// What was decided about a page of this source is on disk and holds, or why it is not.
    Decided(u32, Result<Box<Renewed>, DisplayLine>),
    /// What came of the marks on the disk.
    Marks(MarkNews),
    /// This was written for a note about an article in an editor.
    Noted(MarkSubject, String),
    /// What came of an export.
    Export(ExportNews),
    /// How far articles were read at earlier times: the byte that stood at the top.
    Places(HashMap<ArticleId, usize>),
    /// What came of the search of this generation.
    Search(u64, SearchNews),
    /// The flash where a jump has landed is over.
    FlashOver,
    /// Something to tell the person, until the next key.
    Said(DisplayLine),
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
    /// At which lines of its source it stands, as far as that is known.
    pub lines: SourceLines,
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
        Self { article, text, chunks, invisible, lines: SourceLines::default() }
    }

    /// The same, with the lines at which it stands.
    pub fn with_lines(self, lines: SourceLines) -> Self {
        Self { lines, ..self }
    }
}

/// A place in a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// An article of the source.
    pub key: ArticleKey,
    /// Where in it.
    pub at: SpotAt,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotAt {
    /// At this byte of the article's text.
    Offset(usize),
    /// At this line of its page, from 1.
    Line(usize),
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
    /// Find these sets of articles for filters, and no others any more.
    Sift(Vec<SiftOrder>),
    /// Count articles by month.
    Count(Box<Counting>),
    /// Find the words of this text that say what it is about.
    Words(String),
    /// Search the whole archive, or tell of what was found.
    Search(SearchOrder),
    /// From now on load texts with their invisible characters so.
    Invisible(Invisible),
    /// Load the page on which this article stands.
    Page(ArticleKey),
    /// Work out what supports the sentence with this index of an article.
    Why(ArticleKey, usize),
    /// Find something in the text of an article; forget what was to be found before.
    Find(FindOrder),
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
    Mark(Vec<MarkOrder>),
    /// Send a text to the clipboard, and tell how.
    Copy(CopyWhat, String),
    /// Send the command line that prints this to the clipboard.
    CopyCommand(View),
    /// Show a text alone, to be selected with the mouse, until a key is pressed.
    PlainText(DisplayText),
    /// Run a shell command with a text at its standard input; it has the terminal meanwhile.
    Pipe {
        /// The command.
        command: String,
        /// The text.
        text: String,
    },
    /// Have the note about an article written in the person's editor; it has the terminal meanwhile.
    EditNote(MarkSubject),
    /// Open a source in the person's editor; it has the terminal meanwhile.
    Editor(Spot),
    /// Export these articles to a file.
    Export(Box<ExportOrder>),
    /// Give up the export that is under way.
    StopExport,
    /// Keep how far these articles were read.
    Places(Vec<ReadingPlace>),
    /// Keep this to come back to.
    Remember(Box<Memento>),
    /// Take texts from their sources again: what is at hand may be outdated.
    Forget,
    /// Read this source again: it may have changed.
    Reload(u32),
    /// Send [`Msg::FlashOver`] in a moment, unless another flash begins before.
    EndFlash,
    /// Paint the whole screen again.
    Redraw,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// End the program.
    Quit,
}
