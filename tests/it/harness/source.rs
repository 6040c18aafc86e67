//! Sources of an archive that is made for a test.

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use zhaidu::{
    article::{
        self, Article, Page, SplitMode,
        facts::{Claims, PageFacts},
    },
    lang::Lang,
    library::{Document, Found, Input, Library, Settings},
    listing::{ArticleRow, SourceState},
    store::overrides::Overrides,
    text::display::DisplayLine,
};

/// One source of an archive: its name and its articles with their lines, or why it cannot be read.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) name: DisplayLine,
    pub(crate) articles: Result<Vec<(Arc<Article>, usize)>, DisplayLine>,
    /// Its texts as they are, with the way in which they are split.
    texts: Vec<(Arc<str>, SplitMode)>,
}

impl Source {
    /// A source that holds these texts, an article each.
    pub(crate) fn of_texts(name: &str, texts: &[&str]) -> Self {
        let whole = |text: &&str| article::split((*text).into(), SplitMode::Off).articles;
        let articles = texts.iter().flat_map(whole).map(|article| (Arc::new(article), 1));
        let articles = Ok(articles.collect());
        let texts = texts.iter().map(|text| ((*text).into(), SplitMode::Off)).collect();
        Self { name: DisplayLine::new(name), articles, texts }
    }

    /// A source that is one article, whatever text it comes from.
    pub(crate) fn of_article(name: &str, article: Arc<Article>) -> Self {
        let articles = Ok(vec![(article, 1)]);
        Self { name: DisplayLine::new(name), articles, texts: Vec::new() }
    }

    /// A source that is one page, split as the program does.
    pub(crate) fn of_page(name: &str, text: &str) -> Self {
        let mut source = Self::of_texts(name, &[text]);
        source.texts = vec![(text.into(), SplitMode::Auto)];
        source.split_again(&Overrides::default());
        source
    }

    /// The pages with how many decisions hold for each, split as was decided.
    pub(super) fn pages(&self, overrides: &Overrides) -> Vec<(Page, SplitMode, usize)> {
        let page = |(text, mode): &(Arc<str>, SplitMode)| {
            let decided = overrides.of(text);
            let mode = decided.mode.unwrap_or(*mode);
            (article::split_with(text.clone(), mode, &decided.lines), mode, decided.count())
        };
        self.texts.iter().map(page).collect()
    }

    pub(super) fn split_again(&mut self, overrides: &Overrides) {
        let articles = self.pages(overrides).into_iter().flat_map(|(page, ..)| page.articles);
        self.articles = Ok(articles.map(|article| (Arc::new(article), 1)).collect());
    }

    /// A source that cannot be read.
    pub(crate) fn failed(name: &str, why: &str) -> Self {
        let articles = Err(DisplayLine::new(why));
        Self { name: DisplayLine::new(name), articles, texts: Vec::new() }
    }

    /// What the list is told of it.
    pub(super) fn state(&self) -> SourceState {
        match &self.articles {
            Ok(articles) => {
                let path = Claims::of_path(self.name.as_str());
                let blank = article::split("".into(), SplitMode::Off);
                let facts = PageFacts::new(path, &blank, Claims::default());
                let rows = articles.iter();
                SourceState::Read(rows.map(|known| row(known).with(&facts.of(&known.0))).collect())
            }
            Err(why) => SourceState::Failed(why.clone()),
        }
    }
}

fn row((article, line): &(Arc<Article>, usize)) -> ArticleRow {
    ArticleRow::of(article, *line)
}

/// Everything in an archive, read in its order.
pub(crate) fn sources_of(input: Input) -> Vec<Source> {
    let library = Library::new(input, Settings::default());
    let mut sources = Vec::new();
    let _ = library.walk(&mut |found| {
        let Found::Entry(entry) = found else { return ControlFlow::Continue(()) };
        let (mut articles, mut texts) = (Ok(Vec::new()), Vec::new());
        let _ = library.read(&entry, &mut |document| {
            match (document, &mut articles) {
                (Ok(document), Ok(articles)) => {
                    articles.extend(with_lines(&document));
                    texts.push((document.page.text.clone(), document.mode));
                }
                (Err(problem), _) => {
                    articles = Err(DisplayLine::new(&problem.kind.message(Lang::En)));
                }
                (Ok(_), Err(_)) => {}
            }
            ControlFlow::Continue(())
        });
        sources.push(Source { name: library.short_name(&entry), articles, texts });
        ControlFlow::Continue(())
    });
    sources
}

fn with_lines(document: &Document) -> Vec<(Arc<Article>, usize)> {
    let articles = document.page.articles.iter();
    articles.map(|article| (Arc::new(article.clone()), document.line_of(article))).collect()
}

/// Real pages beside the project, if there are any here.
#[expect(clippy::print_stderr, reason = "a skipped test says why")]
pub(crate) fn seeds() -> Option<Vec<Source>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(sources_of(Input::Paths(vec![folder])))
}
