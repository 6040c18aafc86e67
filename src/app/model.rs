//! Everything the interface knows.

mod stock;

use std::{collections::HashMap, sync::Arc};

use ratatui::layout::Size;

use super::{
    action::{Action, Context, Pane},
    archive::Archive,
    chord::Chord,
    export::ExportPane,
    help::HelpPane,
    history::{History, Place},
    keymap::Keymap,
    keywords::{KeywordsPane, Light},
    layout::{self, Choice, Screen, SizeClass, screen},
    list::ListPane,
    marks::MarkBook,
    mouse::Mouse,
    msg::{Effect, Invisible, Reading},
    overlay::Overlay,
    page::PagePane,
    palette::Palette,
    prompt::Prompt,
    reader::ReaderPane,
    search::SearchPane,
    sentences::SentencesPane,
    skim::SkimPane,
    viewport::Span,
    why::Why,
};
use crate::{
    analysis::Analysis,
    lang::Lang,
    listing::ArticleKey,
    text::{display::DisplayLine, width::Widths},
};

/// The state of the interface.
#[derive(Debug)]
pub struct Model {
    /// Language of the interface.
    pub lang: Lang,
    /// What the keys mean.
    pub keymap: Keymap,
    /// Size of the screen.
    pub size: Size,
    /// What characters take on the terminal.
    pub widths: Widths,
    /// Name of the archive.
    pub name: DisplayLine,
    /// What is open.
    pub archive: Archive,
    /// The list of articles.
    pub list: ListPane,
    /// The search of the whole archive.
    pub search: SearchPane,
    /// The text of the selected article.
    pub reader: ReaderPane,
    /// The page on which it stands.
    pub page: PagePane,
    /// The articles of the list one below the other.
    pub skim: SkimPane,
    /// Its key sentences.
    pub sentences: SentencesPane,
    /// Its keywords.
    pub keywords: KeywordsPane,
    /// What the person keeps about articles.
    pub marks: MarkBook,
    /// The mouse.
    pub mouse: Mouse,
    /// What is exported to files.
    pub export: ExportPane,
    /// The pane that the keys go to.
    pub focus: Pane,
    /// The pane that is above in the normal layout: list or reader.
    pub upper: Pane,
    /// What lies over the panes, the last one on top.
    pub overlays: Vec<Overlay>,
    /// The rows of the help, while it lies on top.
    pub help: HelpPane,
    /// The line that is typed.
    pub prompt: Option<Prompt>,
    /// The commands that fit what is typed, while that is a command.
    pub palette: Palette,
    /// Whether invisible characters are shown.
    pub invisible: Invisible,
    /// How to get help, and how to leave.
    pub hints: Vec<String>,
    /// The beginning of a key sequence.
    pub pending: Vec<Chord>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// A message until the next key.
    pub notice: Option<DisplayLine>,
    /// Commands that were typed, the last one last.
    pub(super) commands: Vec<String>,
    pub(super) history: History,
    choices: HashMap<SizeClass, Choice>,
    readings: HashMap<ArticleKey, Reading>,
    failures: HashMap<ArticleKey, DisplayLine>,
    analyses: HashMap<ArticleKey, Arc<Analysis>>,
    pub(super) anchors: HashMap<ArticleKey, usize>,
    pub(super) why: Option<Why>,
    wanted: Vec<ArticleKey>,
    pub(super) reloading: Option<u32>,
}

impl Model {
    /// The interface before anything is known of the archive.
    pub fn new(name: DisplayLine, lang: Lang, keymap: Keymap, size: Size) -> Self {
        Self {
            hints: hints(&keymap, lang),
            lang,
            keymap,
            size,
            widths: Widths::default(),
            name,
            archive: Archive::default(),
            list: ListPane::default(),
            search: SearchPane::default(),
            reader: ReaderPane::default(),
            page: PagePane::default(),
            skim: SkimPane::default(),
            sentences: SentencesPane::default(),
            keywords: KeywordsPane::default(),
            marks: MarkBook::default(),
            mouse: Mouse::default(),
            export: ExportPane::default(),
            focus: Pane::List,
            upper: Pane::List,
            overlays: Vec::new(),
            help: HelpPane::default(),
            prompt: None,
            palette: Palette::default(),
            invisible: Invisible::default(),
            pending: Vec::new(),
            count: None,
            notice: None,
            commands: Vec::new(),
            history: History::default(),
            choices: HashMap::new(),
            readings: HashMap::new(),
            failures: HashMap::new(),
            analyses: HashMap::new(),
            anchors: HashMap::new(),
            why: None,
            wanted: Vec::new(),
            reloading: None,
        }
    }

    /// How much room there is.
    pub fn size_class(&self) -> SizeClass {
        SizeClass::of(self.size)
    }

    /// What the person chose for this size class.
    pub fn choice(&self) -> Choice {
        self.choices.get(&self.size_class()).copied().unwrap_or_default()
    }

    pub(super) fn choice_mut(&mut self) -> &mut Choice {
        self.choices.entry(self.size_class()).or_default()
    }

    /// Where everything lies.
    pub fn screen(&self) -> Screen {
        if self.page.is_on {
            return layout::page_screen(self.size, &self.choice(), self.focus);
        }
        if self.skim.is_on {
            return layout::skim_screen(self.size, &self.choice());
        }
        self.with_note(screen(self.size, &self.choice(), self.upper, self.focus))
    }

    /// The context in which keys are looked up.
    pub fn context(&self) -> Context {
        if self.prompt.is_some() { Context::Prompt } else { self.context_below() }
    }

    /// The context in which keys are looked up when nothing is typed.
    pub fn context_below(&self) -> Context {
        match self.overlays.last() {
            Some(overlay) => overlay.kind.context(),
            None if self.page.is_on && self.focus == Pane::Reader => Context::Page,
            None if self.search.is_on && self.focus == Pane::List => Context::Results,
            None if self.skim.is_on => Context::Skim,
            None => self.focus.into(),
        }
    }

    /// Why the selected article cannot be shown, if it cannot.
    pub fn failure(&self) -> Option<&DisplayLine> {
        self.failures.get(&self.list.selected?)
    }

    /// The analysis of the open article, once there is one of this very text.
    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        let article = self.reader.article()?;
        self.analyses.get(&self.reader.key()?).filter(|analysis| analysis.fits(article))
    }

    /// Whether an article has been analysed.
    pub fn is_analysed(&self, key: ArticleKey) -> bool {
        self.analyses.contains_key(&key)
    }

    /// Whether the places of the selected keyword are lit in the text.
    pub fn is_lit(&self) -> bool {
        self.focus == Pane::Keywords || self.keywords.light == Light::Pinned
    }

    /// Where the person is.
    pub(super) fn place(&self) -> Option<Place> {
        let key = self.list.selected?;
        let anchor = self.reader.anchor();
        Some(Place { key, anchor, focus: self.focus, upper: self.upper })
    }

    /// Goes to a place that was left.
    pub(super) fn return_to(&mut self, place: Place) {
        self.anchors.insert(place.key, place.anchor);
        if self.reader.key() == Some(place.key) {
            self.reader.go_to(place.anchor);
        }
        self.select(place.key);
        (self.focus, self.upper) = (place.focus, place.upper);
    }

    /// Brings the panes in line with the list, the size and the choice, and asks for what is
    /// missing. Called after every message, so that drawing has nothing left to work out.
    pub(super) fn settle(&mut self) -> Vec<Effect> {
        let mut screen = self.screen();
        if screen.tabs.is_none() && screen.place(self.focus).is_none() {
            // Another size or a jump may leave the focus on a pane that is not shown.
            self.focus_on(self.focus);
            screen = self.screen();
        }
        let content = |pane| {
            let place = screen.content(pane).unwrap_or_default();
            (usize::from(place.width), usize::from(place.height))
        };
        self.search_as_typed();
        self.filter_as_typed();
        self.palette_as_typed();
        self.settle_list(content(Pane::List).1.max(1));
        self.settle_skim();
        self.open_selected();
        self.settle_reader();
        self.reach_hit();
        let room = layout::overlay_room(self.size);
        for overlay in &mut self.overlays {
            overlay.scroll(Span::Items(0), room);
        }
        self.help_as_typed();
        let (columns, rows) = content(Pane::Sentences);
        self.sentences.settle(columns, rows.max(1), self.widths);
        self.keywords.settle(content(Pane::Keywords).1.max(1));
        // What the person looks at comes last, so that it replaces what was asked for ahead.
        let page = self.settle_page(content(Pane::Reader));
        let arrange = self.archive.asked().into_iter().map(|it| Effect::Arrange(Box::new(it)));
        let mut first: Vec<Effect> = arrange.collect();
        let marks = self.marks.orders();
        first.extend((!marks.is_empty()).then_some(Effect::Mark(marks)));
        first
            .into_iter()
            .chain(page)
            .chain(self.missing())
            .chain(self.search.orders(self.marks.table()))
            .collect()
    }

    /// Lays the reader out if it is on the screen.
    pub(super) fn settle_reader(&mut self) {
        if let Some(place) = self.screen().content(Pane::Reader) {
            let (columns, rows) = (usize::from(place.width), usize::from(place.height));
            self.reader.settle(columns, rows, self.widths);
        }
    }

    /// Shows what is known of the open article.
    fn show_analysis(&mut self) {
        let analysis = self.analysis().cloned();
        self.show_sentences();
        self.keywords.show(analysis.as_deref());
        self.reader.show(analysis);
    }

    /// Shows as many of its key sentences as are wanted now.
    pub(super) fn show_sentences(&mut self) {
        let analysis = self.analysis().cloned();
        let shown = match (&analysis, self.reader.article(), self.reader.text()) {
            (Some(analysis), Some(article), Some(text)) => {
                Some((&**analysis, &*article.text, text))
            }
            _ => None,
        };
        self.sentences.show(shown);
    }

    fn open_selected(&mut self) {
        if self.reader.key() == self.list.selected {
            return;
        }
        self.keep_anchor();
        match self.list.selected.and_then(|key| Some((key, self.readings.get(&key)?))) {
            Some((key, reading)) => {
                let anchor = self.anchors.get(&key).copied().unwrap_or(0);
                self.reader.open(key, reading, anchor);
            }
            None => self.reader.close(),
        }
        self.sentences.forget();
        self.show_analysis();
        self.sentences.follow(self.reader.anchor());
    }

    fn keep_anchor(&mut self) {
        if let Some(key) = self.reader.key() {
            self.anchors.insert(key, self.reader.anchor());
        }
    }
}

/// The keys that everybody needs, with what they do.
fn hints(keymap: &Keymap, lang: Lang) -> Vec<String> {
    let wanted = [(Action::Help, "帮助", "help"), (Action::Quit, "退出", "quit")];
    let hint = |(action, zh, en)| {
        let keys = keymap.keys_for(Context::List, action);
        keys.first().map(|key| format!("{key} {}", lang.of(zh, en)))
    };
    wanted.into_iter().filter_map(hint).collect()
}
