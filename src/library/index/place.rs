//! Which index belongs to an archive.

use std::{
    borrow::Cow,
    ffi::OsStr,
    fs,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use crate::{
    analysis::{self, Vocabulary},
    article,
    library::{
        Input, Library, Settings,
        identity::{paths_hashed, readable},
    },
    source::Entry,
    store::{
        index::{Index, IndexError, SourceKey},
        overrides::Overrides,
    },
    text::lexicon::Lexicon,
};

/// Where the index of an archive lies, and the roots of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPlace {
    /// The file.
    pub file: PathBuf,
    /// The paths under which sources are found, as they were given.
    pub(super) roots: Vec<PathBuf>,
    /// Whether the archive is a folder or several files: one that is a single file is read as
    /// quickly as its index.
    pub is_of_many: bool,
}

impl IndexPlace {
    /// The place of the index of what a library opens, in a folder for indexes; `None` if the
    /// archive cannot have one, as standard input and the demo cannot.
    pub fn of(library: &Library, folder: &Path) -> Option<Self> {
        let roots = match &library.input {
            Input::Paths(paths) => paths.clone(),
            // Where somebody happens to be is not indexed unasked, and may hold nothing but the demo.
            Input::Here | Input::Demo => return None,
        };
        if roots.iter().any(|root| root.as_os_str() == "-") {
            return None;
        }
        let whole: Vec<PathBuf> =
            roots.iter().map(fs::canonicalize).collect::<Result<_, _>>().ok()?;
        let mut hasher = paths_hashed(&whole);
        hasher.update(settings(&library.settings).as_bytes());
        // The name is for people; the hash tells archives apart.
        let name = readable(&whole);
        let hash = hasher.finalize().to_hex();
        let file = folder.join(format!("{name}-{}.sqlite", hash.get(..16)?));
        let is_of_many = whole.len() > 1 || whole.iter().any(|path| path.is_dir());
        Some(Self { file, roots, is_of_many })
    }

    /// Where an entry stands in the order of the archive.
    pub fn key(&self, entry: &Entry) -> Option<SourceKey> {
        let place = Path::new(entry.place());
        self.roots.iter().enumerate().find_map(|(number, root)| {
            let below = place.strip_prefix(root).ok()?;
            Some(SourceKey::new(number, below.as_os_str().as_bytes()))
        })
    }

    /// What to call the source with a key in the list, as [`Library::short_name`] does: its path below
    /// the folder that was opened.
    pub fn name(&self, key: &SourceKey) -> String {
        let (root, below) = key.parts();
        self.name_of(root, &below).into_owned()
    }

    /// The same, by the number of the root and the path below it.
    pub fn name_of<'a>(&self, root: usize, below: &'a [u8]) -> Cow<'a, str> {
        if self.roots.len() == 1 && !below.is_empty() {
            return String::from_utf8_lossy(below);
        }
        let root = self.roots.get(root).map_or(Path::new(""), PathBuf::as_path);
        let whole = if below.is_empty() { root } else { &root.join(OsStr::from_bytes(below)) };
        Cow::Owned(whole.to_string_lossy().into_owned())
    }

    /// The entry with a key.
    pub fn entry(&self, key: &SourceKey) -> Option<Entry> {
        key.path(&self.roots).map(Entry::file)
    }

    /// Opens the index to search it, with the roots as they are spelled here; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn open(&self) -> Result<Option<Index>, IndexError> {
        let mut index = Index::open(&self.file)?;
        if let Some(index) = &mut index {
            index.know_roots(self.roots.clone());
        }
        Ok(index)
    }
}

/// What else the articles of an archive depend on.
fn settings(settings: &Settings) -> String {
    let Settings { walk, read, split, .. } = settings;
    format!("{walk:?} {read:?} {split:?}")
}

/// By what sources are read and texts analysed: when one of these changes, what was found before no
/// longer counts.
pub fn identity(library: &Library) -> (Vec<u8>, Vec<u8>) {
    let reading = format!("articles {}", article::VERSION).into_bytes();
    let analysis =
        format!("analysis {} {}", analysis::VERSION, library.vocabulary.lexicon().fingerprint());
    (reading, analysis.into_bytes())
}

/// Takes up what the person decided about pages and words meanwhile: a run by what was decided before
/// would undo what others who use the index have done.
pub fn take_up(library: &mut Library, overrides: Option<Overrides>, lexicon: Option<Lexicon>) {
    if let Some(overrides) = overrides {
        library.overrides = overrides;
    }
    // Another vocabulary has to learn again what it knows of words.
    let known = library.vocabulary.lexicon().fingerprint();
    if let Some(lexicon) = lexicon.filter(|lexicon| lexicon.fingerprint() != known) {
        library.vocabulary = Vocabulary::new(lexicon);
    }
}
