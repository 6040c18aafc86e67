//! Archives of many files, with what the program keeps of them.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;
use zhaidu::{
    library::{Input, Library, Settings, index::IndexPlace},
    store::index::{Index, Totals},
};

use crate::corpus::Corpus;

/// Says where a million files lie, or `1` to have them composed.
const MILLION: &str = "ZHAIDU_MILLION";
/// Says where the index of those files lies already, in a cache folder that is kept.
const CACHE: &str = "ZHAIDU_MILLION_CACHE";
/// Files in a folder.
const IN_FOLDER: u64 = 1_000;

/// An archive and a cache folder for its index.
pub(crate) struct Archive {
    /// What to call it in the name of a measurement.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) cache: PathBuf,
    _made: Vec<TempDir>,
}

impl Archive {
    /// So many files, each as `compose` says. They vanish with it.
    pub(crate) fn composed(files: u64, compose: impl Fn(u64) -> String) -> io::Result<Self> {
        let (folder, cache) = (TempDir::new()?, TempDir::new()?);
        for number in 0..files {
            let below = folder.path().join(format!("{:04}", number / IN_FOLDER));
            if number % IN_FOLDER == 0 {
                fs::create_dir(&below)?;
            }
            fs::write(below.join(format!("{number:07}.txt")), compose(number))?;
        }
        Ok(Self {
            name: format!("{files} files"),
            path: folder.path().to_owned(),
            cache: cache.path().to_owned(),
            _made: vec![folder, cache],
        })
    }

    /// The million files that the environment names, if it does.
    #[expect(clippy::print_stderr, reason = "who reads the figures must know what is not in them")]
    pub(crate) fn million() -> io::Result<Option<Self>> {
        let Some(wanted) = env::var_os(MILLION).filter(|wanted| !wanted.is_empty()) else {
            eprintln!("{MILLION} is not set: a million files are not measured");
            return Ok(None);
        };
        if wanted == "1" {
            let corpus = Corpus::seeds().unwrap_or_else(Corpus::demo);
            return Self::composed(1_000_000, |number| corpus.short(number)).map(Some);
        }
        let path = fs::canonicalize(wanted)?;
        let made = TempDir::new()?;
        let kept = env::var_os(CACHE).map(PathBuf::from);
        let cache = kept.unwrap_or_else(|| made.path().to_owned());
        Ok(Some(Self { name: path.display().to_string(), path, cache, _made: vec![made] }))
    }

    /// Brings its index up to date, and says what is in it.
    pub(crate) fn index(&self) -> io::Result<Totals> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
        command.arg("index").arg(&self.path).stdout(Stdio::null()).stderr(Stdio::null());
        command.env("XDG_CONFIG_HOME", "/nonexistent").env("XDG_CACHE_HOME", &self.cache);
        let status = command.status()?;
        if !status.success() {
            return Err(io::Error::other(format!("{command:?}: {status}")));
        }
        totals(&self.path, &self.cache)
    }
}

fn totals(path: &Path, cache: &Path) -> io::Result<Totals> {
    let library = Library::new(Input::Paths(vec![path.to_owned()]), Settings::default());
    let place = IndexPlace::of(&library, &cache.join("zhaidu/index"));
    let place = place.ok_or_else(|| io::Error::other("no archive"))?;
    let index = Index::open(&place.file).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let index = index.ok_or_else(|| io::Error::other("no index"))?;
    index.totals().map_err(|error| io::Error::other(format!("{error:?}")))
}
