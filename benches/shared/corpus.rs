//! Texts to measure on, the same at every run.

use std::{fs, path::Path};

use zhaidu::{
    article::{self, Article, Role, SplitMode},
    source::{demo, encoding},
    text::sentence::sentences,
};

/// Where real pages lie beside the repository, if they do.
pub(crate) const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");

/// Sentences of a paragraph in a composed text.
const PARAGRAPH: usize = 4;

/// Pages and the sentences of their running text.
pub(crate) struct Corpus {
    /// What to call it in the name of a measurement.
    pub(crate) name: &'static str,
    /// The pages: name of the file and text.
    pub(crate) pages: Vec<(String, String)>,
    sentences: Vec<String>,
}

impl Corpus {
    /// The pages of the built-in archive.
    pub(crate) fn demo() -> Self {
        let pages = demo::PAGES.iter().map(|page| (page.name.to_owned(), page.text.to_owned()));
        Self::new("demo", pages.collect())
    }

    /// The pages in [`SEEDS`], if there are any.
    pub(crate) fn seeds() -> Option<Self> {
        let mut paths: Vec<_> = fs::read_dir(SEEDS).ok()?.flatten().map(|e| e.path()).collect();
        paths.sort();
        let pages: Vec<_> = paths.iter().filter_map(|path| page(path)).collect();
        (!pages.is_empty()).then(|| Self::new("seeds", pages))
    }

    /// All that there are.
    #[expect(clippy::print_stderr, reason = "who reads the figures must know what is not in them")]
    pub(crate) fn all() -> Vec<Self> {
        let seeds = Self::seeds();
        if seeds.is_none() {
            eprintln!("no pages in {SEEDS}: measured on the demo pages alone");
        }
        [Some(Self::demo()), seeds].into_iter().flatten().collect()
    }

    fn new(name: &'static str, pages: Vec<(String, String)>) -> Self {
        let articles = pages
            .iter()
            .flat_map(|(_, text)| article::split(text.as_str().into(), SplitMode::Auto).articles);
        let sentences = articles.flat_map(|article| running_sentences(&article)).collect();
        Self { name, pages, sentences }
    }

    /// A text of at least `bytes` bytes: a title, then paragraphs of sentences drawn from the
    /// pages in an order that depends on `seed` alone.
    pub(crate) fn text(&self, bytes: usize, seed: u64) -> String {
        let mut dice = Dice(seed);
        let mut text = format!("第{seed}号样稿\n");
        while text.len() < bytes {
            for _ in 0..PARAGRAPH {
                let drawn = dice.roll(self.sentences.len());
                text.push_str(self.sentences.get(drawn).map_or("。", String::as_str));
            }
            text.push('\n');
        }
        text
    }

    /// A text of a few sentences with a title of its own, as news agencies send them.
    #[allow(dead_code, reason = "not every benchmark needs so many")]
    pub(crate) fn short(&self, seed: u64) -> String {
        let mut dice = Dice(seed);
        let mut drawn = || {
            let at = dice.roll(self.sentences.len());
            self.sentences.get(at).map_or("。", String::as_str)
        };
        let title: String = drawn().chars().take(16).filter(|c| !"，。".contains(*c)).collect();
        let body: String = (0..4).map(|_| drawn()).collect();
        format!("{title}\n\n{body}\n")
    }

    /// [`Corpus::text`] as one article.
    pub(crate) fn article(&self, bytes: usize, seed: u64) -> Article {
        let page = article::split(self.text(bytes, seed).into(), SplitMode::Off);
        page.articles.into_iter().next().expect("a text with a title is an article")
    }
}

fn page(path: &Path) -> Option<(String, String)> {
    let name = path.file_name()?.to_str()?.to_owned();
    let text = encoding::decode(&fs::read(path).ok()?, None).text;
    (!text.trim().is_empty()).then_some((name, text))
}

fn running_sentences(article: &Article) -> Vec<String> {
    let running = article.parts.iter().filter(|part| part.role == Role::Paragraph);
    running
        .flat_map(|part| {
            let text = part.range.of(&article.text);
            sentences(text).into_iter().map(|range| range.of(text).to_owned())
        })
        .collect()
}

/// `SplitMix64` (Steele, Lea and Flood 2014): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}
