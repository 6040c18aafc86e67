//! How archives were left, to be taken up again: a file for each archive in the folder for state.
//!
//! A file is JSON, meant to be read by people too. It is written anew as a whole, beside the old one, whose place
//! it then takes: a program that is killed leaves the one or the other ([`Syncing`] says what a power cut
//! leaves). The file `last` names the archive that was open last. Of two programs on one archive the last
//! one to write wins; what must not be lost is elsewhere ([`places`](super::places), [`marks`](super::marks)).
//! Names that are not known here are passed over. A file that cannot be made out is set aside under another
//! name.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    process,
};

use serde::{Deserialize, Serialize};

use super::{overrides::StoreError, private};
use crate::lang::Lang;

/// The form of the files that are written.
const VERSION: u32 = 1;
/// The file with the name of the archive that was open last.
const LAST: &str = "last";
/// Longest file that is read; those that are written take one or two kilobytes.
const MOST: u64 = 256 * 1024;

/// How an archive was left.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Session {
    /// The form of the file; what does not say is nothing of ours.
    #[serde(default)]
    pub v: u32,
    /// What was open.
    pub archive: Opened,
    /// The selected article.
    pub article: Option<ArticleSpot>,
    /// How much of each article was shown, in per cent.
    pub level: u8,
    /// What the list was filtered by, each as its kind and what it asks for: `title 水`.
    pub filters: Vec<String>,
    /// What the list was sorted by.
    pub sort: String,
    /// What it was grouped by.
    pub group: String,
    /// Whether it was turned round.
    pub reverse: bool,
    /// How the panes were arranged, by the class of the screen.
    pub layout: BTreeMap<String, Layout>,
    /// The pane that the keys went to.
    pub focus: String,
    /// The pane above in the normal layout.
    pub upper: String,
    /// How many key sentences were wanted.
    pub sentences: usize,
    /// Whether the list was skimmed.
    pub skim: bool,
    /// Key sentences of each article while it is.
    pub skim_sentences: usize,
    /// Whether the page was shown.
    pub page: bool,
}

/// What was open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Opened {
    /// `paths`, or `here` for the current folder.
    pub kind: String,
    /// The files and folders, as absolute paths.
    pub paths: Vec<KeptPath>,
    /// The options that say how to read them, as on the command line.
    pub options: Vec<String>,
}

/// A path: text, or its bytes in hexadecimal digits where it is none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum KeptPath {
    /// As it is.
    Text(String),
    /// By its bytes.
    Bytes {
        /// Two digits for each.
        hex: String,
    },
}

/// The selected article and the place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct ArticleSpot {
    /// The hash of its text.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its source, as the list calls it.
    pub source: String,
    /// Its number there, from 0.
    pub number: u32,
    /// The byte of its text that stood at the top.
    pub offset: usize,
}

/// How the panes were arranged on screens of one class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Layout {
    /// Columns of the list, in thousandths.
    pub list_columns: u16,
    /// Rows of the upper panes, in thousandths.
    pub upper_rows: u16,
    /// Columns of the key sentences, in thousandths.
    pub sentence_columns: u16,
    /// The pane that filled the screen.
    pub zoomed: Option<String>,
    /// Panes that were hidden.
    pub hidden: Vec<String>,
}

impl Default for Session {
    fn default() -> Self {
        let text = String::new;
        Self {
            v: VERSION,
            archive: Opened::default(),
            article: None,
            level: 100,
            filters: Vec::new(),
            sort: text(),
            group: text(),
            reverse: false,
            layout: BTreeMap::new(),
            focus: text(),
            upper: text(),
            sentences: 0,
            skim: false,
            skim_sentences: 0,
            page: false,
        }
    }
}

/// Why a session cannot be taken up.
#[derive(Debug)]
pub enum SessionError {
    /// Its file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// Its file cannot be made out and was given this name.
    SetAside(PathBuf),
}

impl SessionError {
    /// What happened, where, and what was done about it.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable(path, error) => {
                let what = lang.of("读不了上次的状态", "what you left cannot be read");
                format!("{what}: {}: {error}", path.display())
            }
            Self::SetAside(path) => {
                let what = lang.of(
                    "上次的状态损坏，已改名留着",
                    "what you left is damaged, and was set aside",
                );
                format!("{what}: {}", path.display())
            }
        }
    }
}

/// When the file of a session that takes the place of the old one has to be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syncing {
    /// Before it does: a power cut leaves the old one or the new one, whole.
    First,
    /// After it did. It is for a program that ends, and may not be given the time that a busy disk needs: its
    /// end loses nothing, a power cut in that moment may.
    Behind,
}

/// The sessions of all archives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    folder: PathBuf,
}

impl Sessions {
    /// Those in a folder, which need not be there.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of the archive that was open last.
    pub fn last(&self) -> Option<String> {
        let bytes = read(&self.folder.join(LAST)).ok().flatten()?;
        let name = String::from_utf8(bytes).ok()?.trim().to_owned();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        (!name.is_empty() && name.chars().all(is_plain)).then_some(name)
    }

    /// How an archive was left; `None` if it never was.
    ///
    /// # Errors
    ///
    /// When there is something that cannot be taken up.
    pub fn load(&self, name: &str) -> Result<Option<Session>, SessionError> {
        let path = self.path(name);
        let bytes = match read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(error) => return Err(SessionError::Unreadable(path, error)),
        };
        match serde_json::from_slice::<Session>(&bytes) {
            Ok(session) if session.v == VERSION => Ok(Some(session)),
            _ => Err(set_aside(path)),
        }
    }

    /// All sessions that can be taken up, by their names.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn all(&self) -> Result<Vec<(String, Session)>, StoreError> {
        let mut all = Vec::new();
        for path in self.files()? {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_session = path.extension().is_some_and(|extension| extension == "json");
            if let Some(bytes) = read(&path).ok().flatten().filter(|_| is_session)
                && let Ok(session) = serde_json::from_slice::<Session>(&bytes)
            {
                all.push((name.to_owned(), session));
            }
        }
        Ok(all)
    }

    /// Keeps how an archive was left, which is the last one now.
    ///
    /// # Errors
    ///
    /// When it could not be written; then the old one or the new one is there.
    pub fn keep(&self, name: &str, session: &Session, syncing: Syncing) -> Result<(), StoreError> {
        // Texts, numbers and maps of them always have a form in JSON.
        let mut text = serde_json::to_string_pretty(session).unwrap_or_default();
        text.push('\n');
        let path = self.path(name);
        let failed = |error| StoreError::File(path.clone(), error);
        let file = self.replace(&path, &text, syncing).map_err(failed)?;
        let named = if self.last().as_deref() == Some(name) {
            Ok(())
        } else {
            // A power cut may take this name; then nothing is gone on with, and nobody waits for it now.
            let path = self.folder.join(LAST);
            let written = self.replace(&path, &format!("{name}\n"), Syncing::Behind);
            written.map(drop).map_err(|error| StoreError::File(path, error))
        };
        if syncing == Syncing::Behind {
            file.sync_all().map_err(failed)?;
        }
        named
    }

    /// Forgets all sessions; how many there were.
    ///
    /// # Errors
    ///
    /// When one of them could not be removed.
    pub fn forget(&self) -> Result<usize, StoreError> {
        let files = self.files()?;
        let mut count = 0;
        for path in files {
            count += usize::from(path.extension().is_some_and(|extension| extension == "json"));
            fs::remove_file(&path).map_err(|error| StoreError::File(path, error))?;
        }
        Ok(count)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    /// Everything in the folder that is ours.
    fn files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let failed = |error| StoreError::File(self.folder.clone(), error);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths = paths.collect::<io::Result<Vec<_>>>().map_err(failed)?;
        paths.retain(|path| !path.is_dir());
        paths.sort_unstable();
        Ok(paths)
    }

    fn replace(&self, path: &Path, text: &str, syncing: Syncing) -> io::Result<File> {
        private::make_folder(&self.folder)?;
        let beside = path.with_extension(format!("{}.tmp", process::id()));
        let mut file = private::options().write(true).truncate(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if syncing == Syncing::First {
            // The folder is not: a name that a power cut takes back is that of the old file, which is whole.
            file.sync_all()?;
        }
        fs::rename(&beside, path)?;
        Ok(file)
    }
}

/// Reads a file; `None` if it is not there.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let length = match fs::metadata(path) {
        // Anything else may keep whoever reads it waiting for ever.
        Ok(facts) if !facts.is_file() => return Err(ErrorKind::InvalidInput.into()),
        Ok(facts) => facts.len().min(MOST),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    // The first frame waits for it: it is read at once.
    let mut bytes = Vec::with_capacity(length as usize + 1);
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Gives a file another name that no file has.
fn set_aside(path: PathBuf) -> SessionError {
    let named = |number: u32| path.with_extension(format!("json.{number}.damaged"));
    let free = (1..1_000).map(named).find(|aside| aside.symlink_metadata().is_err());
    let aside = free.unwrap_or_else(|| named(0));
    match fs::rename(&path, &aside) {
        Ok(()) => SessionError::SetAside(aside),
        Err(error) => SessionError::Unreadable(path, error),
    }
}

#[cfg(test)]
mod tests;
