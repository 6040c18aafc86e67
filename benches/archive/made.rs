//! Archives that are made for measuring, and what lies in them.

use std::{
    fs, io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use zhaidu::library::{Found, Library};

use crate::corpus::Corpus;

/// Bytes of an article: 1,700 characters of three bytes.
const BYTES: usize = 5_100;
/// Articles of an archive above which they are small ones: what the disk of a machine for tests takes.
const LARGE: u64 = 100_000;
/// Articles in a folder.
const IN_FOLDER: u64 = 250;

/// Writes so many articles into a folder, one a file, in folders by year and month as archives of
/// newspapers are.
pub(crate) fn write(corpus: &Corpus, articles: u64, folder: &Path) -> io::Result<()> {
    for number in 0..articles {
        let month = number / IN_FOLDER;
        let below = folder.join(format!("{}/{:02}", 1990 + month / 12, month % 12 + 1));
        if number % IN_FOLDER == 0 {
            fs::create_dir_all(&below)?;
        }
        let text = if articles > LARGE { corpus.short(number) } else { corpus.text(BYTES, number) };
        fs::write(below.join(format!("{number:06}.txt")), text)?;
    }
    Ok(())
}

/// A file with its text.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// All files of an archive.
pub(crate) fn files(library: &Library) -> Vec<File> {
    let mut files = Vec::new();
    let _ = library.walk(&mut |found| {
        if let Found::Entry(entry) = found {
            let path = PathBuf::from(entry.place());
            if let Ok(text) = fs::read_to_string(&path) {
                files.push(File { path, text });
            }
        }
        ControlFlow::Continue(())
    });
    files
}
