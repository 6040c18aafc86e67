//! zhaidu: skim archives of Chinese text in the terminal.
//!
//! A pure core turns text into facts. Edges touch the disk. One façade, [`library`], is called by two
//! shells: a command line, and an interface that is a state machine without a terminal. This page is
//! the map; each module says in its header what it is for.
//!
//! # Modules in reading order
//!
//! The core does no I/O, reads no clock and cannot fail; only what a person typed can be wrong:
//!
//! - [`text`]: tools for any text: byte ranges, width in cells, breaking into rows, sentences, words,
//!   reading traditional as simplified, the form that is searched, making it safe to show, or to paste.
//! - [`article`]: from the text of a page to its articles; every line gets a role and an owner.
//! - [`analysis`]: from an article to its sentences, ranked with the crate `textrank-rs`, and keywords.
//! - [`query`]: what a person types to find articles, and whether and where an article matches it.
//! - [`listing`]: the rows of a list of articles, a million if need be: packed, sorted, filtered.
//!
//! The edges:
//!
//! - [`source`]: from paths to decoded texts: walking, reading, unpacking, encodings, the built-in demo.
//! - [`store`]: what the person decided and marked, and the index of an archive, kept on disk.
//! - [`library`]: what both shells can do with an archive: walk, read, find an article, analyse.
//! - [`export`]: articles as files for elsewhere, and the shapes that programs read of them.
//! - [`guard`]: a small process that gives the terminal back and does what the interface may not do.
//! - [`sandbox`]: what the program gives up before it reads.
//! - [`error`]: what can go wrong with one source while the rest goes on.
//! - [`config`] and [`lang`]: what the environment, a person's file and the options ask for; the two languages.
//!
//! The interface:
//!
//! - [`app`]: the state and what changes it. Start with [`app::msg`], [`app::model`], [`app::update`]; the
//!   registry of commands is [`app::action`], the keys are [`app::keymap`], the panes have a module each.
//! - [`view`]: the state as a picture, a module per pane with the same name as in [`app`].
//! - [`tui`]: terminal, signals and threads, and the loop that joins them.
//!
//! The command line:
//!
//! - [`cli`]: one module per subcommand; `main` only parses the arguments and returns the exit code.
//!
//! # Who may import whom
//!
//! | module | may import |
//! |---|---|
//! | [`text`] | nothing of the program |
//! | [`article`] | [`text`] |
//! | [`analysis`] | [`text`], [`article`] |
//! | [`query`] | [`text`], [`article`] |
//! | [`listing`] | [`text`], [`article`], [`query`] |
//! | [`source`] | [`error`], [`text`]; of [`article`] how dates are read |
//! | [`store`] | the core |
//! | [`library`] | the core, [`source`], [`store`], [`error`] |
//! | [`export`] | the core, [`library`], [`error`] |
//! | [`guard`] | [`export`] |
//! | [`sandbox`] | nothing of the program |
//! | [`config`] | [`text`]; of [`app`] only the keymap, of [`article`] how willing it splits |
//! | [`app`] | the core; of ratatui only plain geometry |
//! | [`view`] | [`app`] and what it sees; of [`config`] the number of colours |
//! | [`tui`] | [`app`], [`view`], [`export`], [`library`] and below |
//! | [`cli`] | everything, but of the interface only what starts it, and the registry of keys |
//!
//! Everyone may import [`lang`]. What follows from it: [`app`] names no terminal, thread or path, so a test
//! drives the whole interface by messages. [`view`] changes nothing. Only `tui::input` reads what the terminal sends, only
//! `cli::output` writes standard output, only [`text::width`] measures columns. Domain types cannot be
//! serialised; the shapes that programs read are in `export::shapes` and `cli::json`.
//!
//! # Types that carry the design
//!
//! - [`TextRange`](text::range::TextRange): a byte range. Sentences, keywords' places and parts are ranges
//!   over the one text of an [`Article`](article::Article), so highlights and jumps are arithmetic.
//! - [`Analysis`](analysis::Analysis): ranked once, cut many times. A summary of any length is a prefix of
//!   [`order`](analysis::Analysis::order) put back into reading order, so both shells agree.
//! - [`DisplayText`](text::sanitize::DisplayText): text made safe to show, with the way back to its
//!   source. With [`DisplayLine`](text::display::DisplayLine) and
//!   [`DisplayStr`](text::display::DisplayStr) it is all that can be painted or printed.
//! - [`Widths`](text::width::Widths): what characters take on this terminal, as it was measured.
//! - [`Action`](app::action::Action) is what a person wants, [`Msg`](app::msg::Msg) what happened,
//!   [`Effect`](app::msg::Effect) what must be done outside. The three stay apart.
//!
//! # A key press
//!
//! The input thread reads the bytes and makes a [`Chord`](app::chord::Chord) of it, which arrives in the
//! loop of [`tui::run`] as [`Msg::Key`](app::msg::Msg::Key). [`update`](app::update::update) asks the
//! [`Keymap`](app::keymap::Keymap) what the chords typed so far mean where the focus is, and hands the
//! action to the pane, which changes its part of the [`Model`](app::model::Model). What is missing, such as the
//! text of an article, comes back as an [`Effect`](app::msg::Effect) for the analyst's thread. The loop
//! calls [`draw`](view::draw) and waits. When the analyst answers, that is a message again, dropped if
//! the person has gone elsewhere meanwhile.
//!
//! # A click
//!
//! The same thread makes a [`MouseEvent`](app::mouse::MouseEvent) of a report of the mouse, and counts
//! clicks. [`Model::spot`](app::model::Model::spot) says what lies there, a pure function of sizes and of what
//! is open; what is done about it are the steps that keys would take. What piles up of the wheel or of a drag
//! is joined before it is answered.
//!
//! # A search
//!
//! While a query is typed, every change of it is an [`Effect`](app::msg::Effect) with a number. The searcher's
//! thread gives up what it is at, asks the [`Index`](store::index::Index), or the sources where there is none, and
//! tells how much was found; [`SearchPane`](app::search::SearchPane) drops what comes of an older number, and
//! asks for the [`Detail`](app::search::Detail) of the results that come into sight.
//!
//! # A file
//!
//! [`walk`](source::walk::walk) finds it, [`read`](source::read::read) opens it and takes its bytes to one or
//! several [`Text`](source::Text)s: by the table in [`format`](source::format), each kind of file has a reader. [`split`](article::split) gives each line its role, decides where articles
//! begin and builds them; a list needs no more. For what is looked at, [`analyze`](analysis::analyze)
//! reads the text as simplified ([`folded`](text::fold::folded)), cuts [`sentences`](text::sentence::sentences) and, with the dictionary and what the person added to it
//! ([`Vocabulary`](analysis::Vocabulary)), [`words`](text::segment::Segmenter::words), and ranks them.
//! The reader sets visible rows by [`wrap`](text::wrap::wrap), and [`view`] paints them. What goes wrong on
//! the way is a [`Problem`](error::Problem) beside the rest.
pub mod analysis;
pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod error;
pub mod export;
pub mod guard;
pub mod lang;
pub mod library;
pub mod listing;
pub mod query;
pub mod sandbox;
pub mod source;
pub mod store;
pub mod text;
pub mod tui;
pub mod view;
