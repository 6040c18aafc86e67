//! Putting articles together into one document, however many they are.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::Path,
};

use super::{Exported, Format, html::Html, json, markdown::Markdown, plain::Plain, table::Table};
use crate::{error::Problem, lang::Lang};

/// What a format does with articles.
pub(super) trait Form {
    /// What stands above the first of `count` articles. The count is known only to a form that waits
    /// for all of them.
    fn head(&self, count: usize) -> String {
        let _ = count;
        String::new()
    }

    /// An article, the same whatever its neighbours are.
    fn piece(&mut self, exported: &Exported, place: usize) -> io::Result<Vec<u8>>;

    /// What stands between two articles.
    fn between(&self) -> &'static str {
        ""
    }

    /// What stands below the last article. `problems` are the sources that could not be read.
    fn tail(&self, problems: &[Problem]) -> io::Result<Vec<u8>> {
        let _ = problems;
        Ok(Vec::new())
    }

    /// Whether what stands above the first article needs to know them all.
    fn waits_for_all(&self) -> bool {
        false
    }
}

/// How a document is made.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What it looks like.
    pub format: Format,
    /// The language of the words around the texts.
    pub lang: Lang,
    /// What it is called, where a form has room for that.
    pub title: &'a str,
    /// Whether it becomes a file, not a part of a pipe.
    pub is_file: bool,
    /// The folder for pieces that come before their turn; that for temporary files if there is none.
    pub folder: Option<&'a Path>,
}

/// Writes articles in the order of their places, whatever the order in which they come.
pub struct Writer<W> {
    out: W,
    form: Box<dyn Form>,
    /// The place that is written next.
    next: usize,
    /// Articles that were taken.
    count: usize,
    has_begun: bool,
    waiting: Waiting,
}

impl<W: Write> Writer<W> {
    /// A document without articles.
    pub fn new(setting: Setting, out: W) -> Self {
        let Setting { format, lang, title, is_file, folder } = setting;
        let form: Box<dyn Form> = match format {
            Format::Markdown => Box::new(Markdown { lang }),
            Format::Html => Box::new(Html::new(title, lang)),
            Format::Json => Box::new(json::Document),
            Format::JsonLines => Box::new(json::Lines),
            Format::Csv => Box::new(Table { with_bom: is_file }),
            Format::Plain => Box::new(Plain { lang }),
        };
        let waiting = Waiting { folder: folder.map(Path::to_owned), ..Waiting::default() };
        Self { out, form, next: 0, count: 0, has_begun: false, waiting }
    }

    /// What is written to.
    pub fn out_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Articles that were taken so far.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Takes an article that stands at `place` among all, counted from 0; each place comes once.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn take(&mut self, exported: &Exported, place: usize) -> io::Result<()> {
        let piece = self.form.piece(exported, place)?;
        self.count += 1;
        if self.form.waits_for_all() || place != self.next {
            return self.waiting.put(place, &piece);
        }
        self.write(&piece)?;
        self.next = place + 1;
        while let Some(piece) = self.waiting.take(self.next)? {
            self.write(&piece)?;
            self.next += 1;
        }
        Ok(())
    }

    /// Writes what is still waiting, and the end. Places that never came are passed over.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(mut self, problems: &[Problem]) -> io::Result<W> {
        while let Some(piece) = self.waiting.take_first()? {
            self.write(&piece)?;
        }
        self.begin()?;
        let tail = self.form.tail(problems)?;
        self.out.write_all(&tail)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        if self.has_begun {
            self.out.write_all(self.form.between().as_bytes())?;
        }
        self.begin()?;
        self.out.write_all(piece)
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        self.out.write_all(self.form.head(self.count).as_bytes())
    }
}

/// Pieces that come before their turn, in a file without a name.
#[derive(Default)]
struct Waiting {
    folder: Option<std::path::PathBuf>,
    file: Option<File>,
    places: BTreeMap<usize, Range<u64>>,
    end: u64,
}

impl Waiting {
    fn put(&mut self, place: usize, piece: &[u8]) -> io::Result<()> {
        let file = match self.file.take() {
            Some(file) => file,
            None => match &self.folder {
                Some(folder) => tempfile::tempfile_in(folder)?,
                None => tempfile::tempfile()?,
            },
        };
        let file = self.file.insert(file);
        file.seek(SeekFrom::Start(self.end))?;
        file.write_all(piece)?;
        let start = self.end;
        self.end += piece.len() as u64;
        self.places.insert(place, start..self.end);
        Ok(())
    }

    fn take(&mut self, place: usize) -> io::Result<Option<Vec<u8>>> {
        self.places.remove(&place).map(|range| self.read(&range)).transpose()
    }

    fn take_first(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.places.pop_first().map(|(_, range)| self.read(&range)).transpose()
    }

    fn read(&mut self, range: &Range<u64>) -> io::Result<Vec<u8>> {
        let mut piece = vec![0; (range.end - range.start) as usize];
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(range.start))?;
            file.read_exact(&mut piece)?;
        }
        Ok(piece)
    }
}
