//! The whole program without a terminal and without threads.
//!
//! [`Program`] is a [`Model`] with somebody who plays the worker: what the interface wants done
//! outside is carried out at once, one thing at a time, the newest order replacing the ones before
//! it, just as the threads of the real program do. Keys are written as in a keymap (`"j j Enter"`),
//! and what is on the screen is read back as text ([`Program::text`]) or as one letter per cell for
//! its style ([`Program::styles`]).

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use ratatui::layout::Size;
use tempfile::TempDir;
use zhaidu::{
    analysis::{Analysis, Vocabulary, analyze, supporters},
    app::{
        action::Action,
        chord::Chord,
        find::{FindOrder, Hits},
        keymap::{Keymap, Resolved},
        model::Model,
        msg::{Effect, Invisible, Msg, Reading},
        search::SearchOrder,
        update::update,
    },
    article::{Article, Decision, PageId},
    lang::Lang,
    library::Input,
    listing::{Arranging, ArticleKey},
    store::overrides::Overrides,
    text::display::DisplayLine,
};

mod decisions;
mod exporter;
mod given;
mod marker;
mod mouse;
mod screen;
mod searcher;
mod sifter;
mod source;

use exporter::Exporter;
pub(crate) use given::{chords, reading};
use marker::Marker;
pub(crate) use screen::{NAMED_COLOURS, in_style, painted, screen_text};
use searcher::Searcher;
use sifter::Sifter;
pub(crate) use source::{Source, seeds, sources_of};

/// More deliveries than any archive of the tests needs before the program comes to rest.
const MOST_DELIVERIES: usize = 20_000;

/// The sources of the built-in archive.
pub(crate) fn demo() -> &'static [Source] {
    static DEMO: LazyLock<Vec<Source>> = LazyLock::new(|| sources_of(Input::Demo));
    &DEMO
}

/// Every article of the built-in archive.
pub(crate) fn demo_articles() -> impl Iterator<Item = &'static Arc<Article>> {
    let articles = demo().iter().filter_map(|source| source.articles.as_ref().ok());
    articles.flatten().map(|(article, _)| article)
}

/// How many analyses are kept: more than the articles of all archives that tests come back to.
const KNOWN_ANALYSES: usize = 2_000;

/// The analysis of an article; the same text is analysed once for all tests.
pub(crate) fn analysis(article: &Article) -> Arc<Analysis> {
    type Known = HashMap<Arc<str>, Arc<Analysis>>;
    static KNOWN: LazyLock<std::sync::Mutex<Known>> = LazyLock::new(Default::default);
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if known.len() > KNOWN_ANALYSES {
        known.clear();
    }
    let analysed = known.entry(article.text.clone());
    analysed.or_insert_with(|| Arc::new(analyze(article, &Vocabulary::default()))).clone()
}

/// What the worker has been asked for of an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Text,
    Analysis,
}

/// The program.
pub(crate) struct Program {
    pub(crate) model: Model,
    pub(crate) sources: Vec<Source>,
    /// What was asked for and only a terminal or a shell could do.
    pub(crate) asked: Vec<Effect>,
    /// Every command that a key gave.
    pub(crate) done: Vec<Action>,
    orders: VecDeque<(ArticleKey, Want)>,
    reloads: VecDeque<u32>,
    invisible: Invisible,
    pages: VecDeque<ArticleKey>,
    whys: VecDeque<(ArticleKey, usize)>,
    finds: VecDeque<FindOrder>,
    decisions: VecDeque<(u32, PageId, Decision)>,
    /// What is to be searched for, and who does it.
    arrangements: VecDeque<Arranging>,
    /// Whether something flashes, and its end was asked for.
    pub(crate) flashes: bool,
    sifter: Sifter,
    searches: VecDeque<SearchOrder>,
    pub(crate) searcher: Searcher,
    marker: Marker,
    pub(crate) exporter: Exporter,
    /// What was decided, on a disk of its own, and whether that disk takes anything.
    overrides: Arc<Overrides>,
    disk: Option<Arc<TempDir>>,
}

impl Program {
    /// The program at its first frame: nothing is known yet.
    pub(crate) fn started(sources: Vec<Source>, lang: Lang, (width, height): (u16, u16)) -> Self {
        // Read once for all tests.
        static KEYMAP: LazyLock<Keymap> = LazyLock::new(Keymap::default);
        let size = Size { width, height };
        let model = Model::new("demo".into(), lang, KEYMAP.clone(), size);
        let (asked, done) = (Vec::new(), Vec::new());
        let (orders, reloads) = (VecDeque::new(), VecDeque::new());
        Self {
            model,
            sources,
            asked,
            done,
            orders,
            reloads,
            invisible: Invisible::default(),
            pages: VecDeque::new(),
            whys: VecDeque::new(),
            finds: VecDeque::new(),
            decisions: VecDeque::new(),
            arrangements: VecDeque::new(),
            flashes: false,
            sifter: Sifter::default(),
            searches: VecDeque::new(),
            searcher: Searcher::default(),
            marker: Marker::default(),
            exporter: Exporter::default(),
            overrides: Arc::default(),
            disk: None,
        }
    }

    /// The program with a disk that keeps what is decided.
    pub(crate) fn with_disk(mut self) -> Self {
        let disk = tempfile::tempdir().expect("a folder");
        self.overrides = Overrides::load(Some(disk.path().join("overrides.jsonl"))).0.into();
        self.marker = Marker::on(disk.path().join("marks"));
        self.disk = Some(Arc::new(disk));
        self
    }

    /// Where the disk is.
    pub(crate) fn disk_path(&self) -> &Path {
        self.disk.as_ref().expect("a disk").path()
    }

    /// What is on the disk.
    pub(crate) fn kept(&self) -> String {
        let disk = self.disk.as_ref().expect("a disk");
        std::fs::read_to_string(disk.path().join("overrides.jsonl")).unwrap_or_default()
    }

    /// The program when everything has been read and analysed.
    pub(crate) fn ready(sources: Vec<Source>, lang: Lang, size: (u16, u16)) -> Self {
        let mut program = Self::started(sources, lang, size);
        program.find();
        program.read();
        program.work();
        program
    }

    /// The built-in archive, read and analysed.
    pub(crate) fn demo(lang: Lang, size: (u16, u16)) -> Self {
        Self::ready(demo().to_vec(), lang, size)
    }

    /// Finds all sources.
    pub(crate) fn find(&mut self) {
        self.send(Msg::Found(self.sources.iter().map(|source| source.name.clone()).collect()));
    }

    /// Reads all sources.
    pub(crate) fn read(&mut self) {
        let news = (0..).zip(self.sources.iter().map(Source::state)).collect();
        self.send(Msg::Learnt(news));
        self.send(Msg::Complete { skipped: 0 });
    }

    /// Reads one source, if it is there.
    pub(crate) fn read_one(&mut self, number: u32) {
        let Some(source) = self.sources.get(number as usize) else { return };
        self.send(Msg::Learnt(vec![(number, source.state())]));
    }

    /// Something happens; what must be done about it is only noted.
    pub(crate) fn send(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Fetch(keys) => {
                    let (first, rest) = keys.split_at(keys.len().min(1));
                    let each = |keys: &[ArticleKey], want| -> Vec<_> {
                        keys.iter().map(|key| (*key, want)).collect()
                    };
                    self.orders = each(first, Want::Text).into();
                    self.orders.extend(each(first, Want::Analysis));
                    self.orders.extend(each(rest, Want::Text));
                    self.orders.extend(each(rest, Want::Analysis));
                }
                Effect::Analyze(keys) => {
                    self.orders = keys.into_iter().map(|key| (key, Want::Analysis)).collect();
                }
                Effect::Arrange(arranging) => self.arrangements.push_back(*arranging),
                Effect::Count(_) | Effect::Words(_) | Effect::Sift(_) => self.sifter.take(effect),
                Effect::Page(key) => self.pages.push_back(key),
                Effect::Why(key, sentence) => self.whys.push_back((key, sentence)),
                Effect::Find(order) => self.finds.push_back(order),
                Effect::Search(order) => self.searches.push_back(order),
                Effect::Decide { source, page, decision } => {
                    self.decisions.push_back((source, page, decision));
                }
                Effect::Mark(batch) => self.marker.take(batch),
                Effect::Export(order) => self.exporter.take(*order),
                Effect::StopExport => self.exporter.stop(),
                Effect::Places(_) | Effect::Remember(_) | Effect::Forget => {}
                Effect::Invisible(invisible) => self.invisible = invisible,
                Effect::EndFlash => self.flashes = true,
                Effect::Reload(source) => self.reloads.push_back(source),
                // Only a terminal or a shell could do anything else.
                effect => self.asked.push(effect),
            }
        }
    }

    /// Forgets the searches that were asked for and not carried out; the generation of the last one.
    pub(crate) fn searches(&mut self) -> u64 {
        let asked = self.searches.drain(..).filter_map(|order| match order {
            SearchOrder::Run(wanted) => Some(wanted.generation),
            _ => None,
        });
        asked.max().expect("a search")
    }

    /// Carries out one thing that was asked for; `false` when there is none.
    pub(crate) fn work_once(&mut self) -> bool {
        if let Some(source) = self.reloads.pop_front() {
            self.read_one(source);
            return true;
        }
        if let Some(arranging) = self.arrangements.pop_front() {
            let arranged = arranging.run(&|| false).unwrap_or_default();
            self.send(Msg::Arranged(arranging.generation, arranged));
            return true;
        }
        if let Some(msg) = self.sifter.work(&self.sources) {
            self.send(msg);
            return true;
        }
        if let Some(order) = self.searches.pop_front() {
            if let Some(msg) = self.searcher.carry_out(order, &self.sources) {
                self.send(msg);
            }
            return true;
        }
        if let Some(msg) = self.marker.work(self.model.lang) {
            self.send(msg);
            return true;
        }
        if let Some(msg) = self.exporter.work() {
            self.send(msg);
            return true;
        }
        if let Some(key) = self.pages.pop_front() {
            let sheet = self.sheets(key.source).into_iter().find(|sheet| sheet.holds(key));
            self.send(Msg::Page(key, sheet.map(Box::new).ok_or_else(|| self.why_not(key))));
            return true;
        }
        if let Some((key, sentence)) = self.whys.pop_front() {
            let article = self.article(key).expect("an article");
            let support = supporters(&article, &Vocabulary::default(), sentence);
            self.send(Msg::Support(key, sentence, support));
            return true;
        }
        if let Some(order) = self.finds.pop_front() {
            // One that is gone meanwhile is not looked through.
            if let Some(article) = self.article(order.key) {
                self.send(Msg::Hits(order.clone(), Hits::of(&article, &order)));
            }
            return true;
        }
        if let Some((source, page, decision)) = self.decisions.pop_front() {
            let renewed = self.decide(source, page, decision);
            self.send(Msg::Decided(source, renewed.map(Box::new)));
            return true;
        }
        let Some((key, want)) = self.orders.pop_front() else { return self.end_flash() };
        let msg = self.delivery(key, want);
        let last = self.orders.is_empty();
        self.send(msg);
        if last && self.orders.is_empty() {
            self.send(Msg::Idle);
        }
        true
    }

    /// Ends what flashes, if its end was asked for.
    fn end_flash(&mut self) -> bool {
        let flashes = std::mem::take(&mut self.flashes);
        if flashes {
            self.send(Msg::FlashOver);
        }
        flashes
    }

    /// Carries out everything that was asked for, and what follows from it.
    pub(crate) fn work(&mut self) {
        let worked = (0..MOST_DELIVERIES).take_while(|_| self.work_once()).count();
        assert!(worked < MOST_DELIVERIES, "the program never comes to rest");
    }

    fn delivery(&self, key: ArticleKey, want: Want) -> Msg {
        match (self.article(key), want) {
            (Some(article), Want::Text) => {
                Msg::Text(key, Ok(Reading::new(article, self.invisible)))
            }
            (Some(article), Want::Analysis) => Msg::Analysis(key, analysis(&article)),
            (None, _) => Msg::Text(key, Err(self.why_not(key))),
        }
    }

    fn why_not(&self, key: ArticleKey) -> DisplayLine {
        match self.sources.get(key.source as usize).map(|source| &source.articles) {
            Some(Err(why)) => why.clone(),
            _ => "gone".into(),
        }
    }

    /// An article of the archive.
    pub(crate) fn article(&self, key: ArticleKey) -> Option<Arc<Article>> {
        let articles = self.sources.get(key.source as usize)?.articles.as_ref().ok()?;
        articles.get(key.article as usize).map(|(article, _)| article.clone())
    }

    /// Types keys, written as in a keymap, uses the mouse, and does what they ask for.
    pub(crate) fn press(&mut self, keys: &str) {
        for step in mouse::steps(keys) {
            step.take(self);
            self.work();
        }
    }

    /// Types keys; what they ask for is only noted, as while the worker is busy.
    pub(crate) fn press_without_work(&mut self, keys: &str) {
        for chord in chords(keys) {
            self.key(chord);
        }
    }

    /// Types one key; what it asks for is only noted.
    pub(crate) fn key(&mut self, chord: Chord) {
        let typed = [self.model.pending.as_slice(), &[chord]].concat();
        if let Resolved::Actions(actions) = self.model.keymap.resolve(self.model.context(), &typed)
        {
            self.done.extend_from_slice(actions);
        }
        self.send(Msg::Key(chord));
    }

    /// Gives the screen another size.
    pub(crate) fn resize(&mut self, (width, height): (u16, u16)) {
        self.send(Msg::Resize(Size { width, height }));
        self.work();
    }
}
