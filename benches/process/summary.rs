//! The price of a summary beside that of cutting the same text into words.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use jieba_rs::Jieba;
use zhaidu::{
    analysis::{Vocabulary, analyze},
    article::{Article, Page, SplitMode, split},
    library::record_article,
    source::encoding,
};

use crate::{
    Figure,
    account::run,
    clock::timed,
    corpus::{Corpus, SEEDS},
    opening::{demo_folder, millis},
};

/// Makes this program the yardstick: it loads the dictionary, cuts a file and ends.
pub(crate) const YARDSTICK: &str = "load-and-cut";
/// Times that both programs run, by turns; the best of each counts.
const RUNS: usize = 15;

/// The yardstick itself.
pub(crate) fn load_and_cut(file: &str) -> io::Result<()> {
    let text = encoding::decode(&fs::read(file)?, None).text;
    let words = Jieba::new().cut(&text, true).len();
    // The work must have a result, or the compiler leaves it out.
    eprintln!("{words} words");
    Ok(())
}

/// `zhaidu summary FILE` over the yardstick on the same file.
pub(crate) fn summary() -> io::Result<Vec<Figure>> {
    let demo = demo_folder()?;
    let mut files = files_in("demo", demo.path())?;
    files.truncate(1);
    files.extend(files_in("seeds", Path::new(SEEDS)).unwrap_or_default());
    files.iter().map(|(name, file)| compare(name, file)).collect()
}

fn files_in(corpus: &str, folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let named = |(at, file)| (format!("{corpus} file {at}"), file);
    Ok(files.into_iter().enumerate().map(named).collect())
}

fn compare(name: &str, file: &Path) -> io::Result<Figure> {
    let this = env::current_exe()?;
    let (mut ours, mut yardstick) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        let zhaidu = env!("CARGO_BIN_EXE_zhaidu").as_ref();
        ours = ours.min(run(quiet(zhaidu).arg("summary").arg(file))?);
        yardstick = yardstick.min(run(quiet(&this).arg(YARDSTICK).arg(file))?);
    }
    Ok(Figure {
        what: format!("summary of {name} / load and cut: CPU"),
        measured: ours.as_secs_f64() / yardstick.as_secs_f64(),
        limit: Some(1.3),
        unit: "x",
        note: format!("{:.1} ms / {:.1} ms", millis(ours), millis(yardstick)),
    })
}

fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    command
}

/// Names a file of articles to analyse, an object with `text` a line.
const NEWS: &str = "ZHAIDU_NEWS";
/// Characters of the articles of the file that are put together to a long one.
const LONG: usize = 85_000;

/// Analysing an article over cutting its text into words, in this process.
pub(crate) fn analysis() -> io::Result<Vec<Figure>> {
    let jieba = Jieba::new();
    let news = env::var_os(NEWS).map(|file| news(Path::new(&file), &jieba)).transpose()?;
    Ok(news.unwrap_or_default().into_iter().chain(composed(&jieba)).collect())
}

/// On the articles of a file: each of them, and so many in one text that it is fifty times longer.
fn news(file: &Path, jieba: &Jieba) -> io::Result<Vec<Figure>> {
    let text = |line: &str| -> io::Result<String> {
        let value: serde_json::Value = serde_json::from_str(line)?;
        Ok(value["text"].as_str().unwrap_or_default().to_owned())
    };
    let texts = fs::read_to_string(file)?.lines().map(text).collect::<io::Result<Vec<_>>>()?;
    let articles: Vec<Article> = texts.iter().map(|text| record_article(None, text)).collect();
    let whole: Vec<char> = texts.join("\n").chars().collect();
    let long = whole.chunks_exact(LONG).map(String::from_iter);
    let long: Vec<Article> = long.map(|text| record_article(None, &text)).collect();
    let of = |name, articles: &[Article]| {
        ratio(&format!("news, {name}"), &articles.iter().collect::<Vec<_>>(), jieba)
    };
    let mut figures = vec![Figure { limit: Some(2.5), ..of("each article", &articles) }];
    if !long.is_empty() {
        let each = |articles: &[Article]| {
            let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
            analysed(&articles.iter().collect::<Vec<_>>()).as_secs_f64() / bytes as f64
        };
        figures.push(Figure {
            what: format!("analysis, news: a byte of {LONG} characters / of an article: CPU"),
            measured: each(&long) / each(&articles),
            limit: Some(1.3),
            unit: "x",
            note: format!("{} texts", long.len()),
        });
    }
    Ok(figures)
}

/// The best time of several for analysing all of them.
fn analysed(articles: &[&Article]) -> Duration {
    let vocabulary = Vocabulary::default();
    vocabulary.segmenter();
    let all = || articles.iter().map(|a| analyze(a, &vocabulary).order.len()).sum::<usize>();
    (0..RUNS).map(|_| timed(all).0).min().unwrap_or_default()
}

/// On composed articles of several lengths.
fn composed(jieba: &Jieba) -> Vec<Figure> {
    let corpora = Corpus::all();
    let ours = corpora.iter().map(|corpus| {
        let pages = corpus.pages.iter();
        let pages: Vec<Page> =
            pages.map(|(_, text)| split(text.as_str().into(), SplitMode::Auto)).collect();
        let articles: Vec<&Article> = pages.iter().flat_map(|page| &page.articles).collect();
        ratio(&format!("{}, all articles", corpus.name), &articles, jieba)
    });
    let sizes = [("5 KB", 5 << 10), ("100 KB", 100 << 10), ("1 MB", 1 << 20)];
    let composed = corpora.iter().flat_map(|corpus| {
        sizes.iter().map(move |(name, size)| {
            let articles: Vec<_> =
                (0..=(200 << 10) / size).map(|seed| corpus.article(*size, seed as u64)).collect();
            let articles: Vec<&Article> = articles.iter().collect();
            ratio(&format!("{}, composed, {name}", corpus.name), &articles, jieba)
        })
    });
    ours.chain(composed).collect()
}

fn ratio(name: &str, articles: &[&Article], jieba: &Jieba) -> Figure {
    let vocabulary = Vocabulary::default();
    vocabulary.segmenter();
    let (mut whole, mut cut) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        let analysed =
            timed(|| articles.iter().map(|a| analyze(a, &vocabulary).order.len()).sum::<usize>());
        whole = whole.min(analysed.0);
        cut = cut.min(
            timed(|| articles.iter().map(|a| jieba.cut(&a.text, true).len()).sum::<usize>()).0,
        );
    }
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let speed = bytes as f64 / whole.as_secs_f64() / 1e6;
    Figure {
        what: format!("analysis / cut, {name}: CPU"),
        measured: whole.as_secs_f64() / cut.as_secs_f64(),
        limit: None,
        unit: "x",
        note: format!(
            "{:.2} ms an article, {speed:.1} MB/s",
            millis(whole) / articles.len() as f64
        ),
    }
}
