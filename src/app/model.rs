//! Everything the interface knows.

mod reading;
mod stock;

use std::{collections::HashMap, sync::Arc};

use ratatui::layout::Size;

use super::{
    action::{Action, Context, Pane},
    archive::Archive,
    choices::Choices,
    chord::Chord,
    export::ExportPane,
    filters::Filters,
    find::FindPane,
    flash::Flash,
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
    places::PlaceBook,
    prompt::Prompt,
    reader::ReaderPane,
    search::SearchPane,
    sentences::SentencesPane,
    session::{Memento, Seek},
    skim::SkimPane,
    theme::ThemeWish,
    timeline::{Pick, Timeline},
    viewport::Span,
    why::Why,
};
use crate::{
    analysis::Analysis,
    lang::Lang,
    listing::ArticleKey,
    text::{display::DisplayLine, range::TextRange, width::Widths, wrap::COMFORTABLE},
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
    /// What stands before the names of its sources where they lie: the folder that was opened.
    pub root: DisplayLine,
    /// What is open.
    pub archive: Archive,
    /// The list of articles.
    pub list: ListPane,
    /// What it is filtered by.
    pub filters: Filters,
    /// The search of the whole archive.
    pub search: SearchPane,
    /// The text of the selected article.
    pub reader: ReaderPane,
    /// What is looked for in it.
    pub find: FindPane,
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
    /// What is exported to files.
    pub export: ExportPane,
    /// How far articles were read.
    pub places: PlaceBook,
    /// The mouse.
    pub mouse: Mouse,
    /// The pane that the keys go to.
    pub focus: Pane,
    /// The pane that is above in the normal layout: list or reader.
    pub upper: Pane,
    /// What lies over the panes, the last one on top.
    pub overlays: Vec<Overlay>,
    /// What can be chosen in what lies on top.
    pub picks: Choices<Pick>,
    /// The timeline, while it lies on top or is being counted.
    pub timeline: Option<Timeline>,
    /// The text whose words are awaited.
    pub(super) cut: Option<String>,
    /// The rows of the help, while it lies on top.
    pub help: HelpPane,
    /// The line that is typed.
    pub prompt: Option<Prompt>,
    /// The commands that fit what is typed, while that is a command.
    pub palette: Palette,
    /// Most cells of a line of text.
    pub measure: usize,
    /// Whether invisible characters are shown.
    pub invisible: Invisible,
    /// Which theme is wanted.
    pub theme: ThemeWish,
    /// How to get help, and how to leave.
    pub hints: Vec<String>,
    /// The beginning of a key sequence.
    pub pending: Vec<Chord>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// What stands out where a jump has landed.
    pub flash: Option<Flash>,
    /// Whether anything may flash.
    pub motion: bool,
    /// What is run as soon as there is an article.
    pub due: Vec<Action>,
    /// A message until the next key.
    pub notice: Option<DisplayLine>,
    /// Commands that were typed, the last one last.
    pub(super) commands: Vec<String>,
    /// Shell commands that got an article, the last one last.
    pub(super) piped: Vec<String>,
    pub(super) history: History,
    pub(super) choices: HashMap<SizeClass, Choice>,
    readings: HashMap<ArticleKey, Reading>,
    failures: HashMap<ArticleKey, DisplayLine>,
    analyses: HashMap<ArticleKey, Arc<Analysis>>,
    pub(super) anchors: HashMap<ArticleKey, usize>,
    pub(super) why: Option<Why>,
    wanted: Vec<ArticleKey>,
    /// Whether nothing is left that is worth to be analysed before somebody looks at it.
    is_all_ahead: bool,
    pub(super) reloading: Option<u32>,
    /// The article of last time, until it is found.
    pub(super) seek: Option<Seek>,
    /// What was given away to be kept last.
    pub(super) remembered: Option<Memento>,
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
            root: DisplayLine::default(),
            archive: Archive::default(),
            list: ListPane::default(),
            filters: Filters::default(),
            search: SearchPane::default(),
            reader: ReaderPane::default(),
            find: FindPane::default(),
            page: PagePane::default(),
            skim: SkimPane::default(),
            sentences: SentencesPane::default(),
            keywords: KeywordsPane::default(),
            marks: MarkBook::default(),
            export: ExportPane::default(),
            places: PlaceBook::default(),
            mouse: Mouse::default(),
            focus: Pane::List,
            upper: Pane::List,
            overlays: Vec::new(),
            picks: Choices::default(),
            timeline: None,
            cut: None,
            help: HelpPane::default(),
            prompt: None,
            palette: Palette::default(),
            measure: COMFORTABLE.into(),
            invisible: Invisible::default(),
            theme: ThemeWish::default(),
            pending: Vec::new(),
            count: None,
            flash: None,
            motion: true,
            due: Vec::new(),
            notice: None,
            commands: Vec::new(),
            piped: Vec::new(),
            history: History::default(),
            choices: HashMap::new(),
            readings: HashMap::new(),
            failures: HashMap::new(),
            analyses: HashMap::new(),
            anchors: HashMap::new(),
            why: None,
            wanted: Vec::new(),
            is_all_ahead: false,
            reloading: None,
            seek: None,
            remembered: None,
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
    pub(super) fn place(&self) -> Place {
        Place {
            key: self.list.selected,
            anchor: self.reader.anchor(),
            focus: self.focus,
            upper: self.upper,
            filters: self.filters.all().to_vec(),
            top: self.list.top,
        }
    }

    /// Goes to a place that was left.
    pub(super) fn return_to(&mut self, place: Place) {
        if place.filters != self.filters.all() {
            if self.search.is_on {
                self.search.close();
            }
            self.filters.restore(place.filters);
            self.archive.filter(self.filters.conditions());
            self.list.top = place.top;
            self.list.awaited = place.key.map(|key| (key, place.top));
            if !self.archive.is_arranging() {
                self.list.awaited = None;
            }
        }
        if let Some(key) = place.key {
            self.anchors.insert(key, place.anchor);
            if self.reader.key() == Some(key) {
                self.reader.go_to(place.anchor);
            }
            self.select(key);
            self.flash_in(key, TextRange::new(place.anchor, place.anchor));
        }
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
        let mut first = self.go_on_seeking();
        self.settle_list(content(Pane::List).1.max(1));
        self.settle_skim();
        self.open_selected();
        let find = self.find_as_typed();
        self.settle_reader();
        self.reach_hit();
        let room = layout::overlay_room(self.size);
        for overlay in &mut self.overlays {
            overlay.scroll(Span::Items(0), room);
        }
        self.help_as_typed();
        self.choice_in_sight();
        let (columns, rows) = content(Pane::Sentences);
        self.sentences.settle(columns, rows.max(1), self.widths);
        self.keywords.settle(content(Pane::Keywords).1.max(1));
        // What the person looks at comes last, so that it replaces what was asked for ahead.
        let page = self.settle_page(content(Pane::Reader));
        let arrange = self.archive.asked().into_iter().map(|it| Effect::Arrange(Box::new(it)));
        first.extend(arrange);
        let marks = self.marks.orders();
        first.extend((!marks.is_empty()).then_some(Effect::Mark(marks)));
        first.extend(self.settle_flash());
        first.extend(self.remember());
        first.extend(self.filters.orders(!self.search.is_literal, self.marks.table()));
        first
            .into_iter()
            .chain(page)
            .chain(find)
            .chain(self.missing())
            .chain(self.search.orders(self.marks.table()))
            .collect()
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
