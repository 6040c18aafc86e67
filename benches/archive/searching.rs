//! Searching in the process: how long it takes, and whether all that stands in the files is found.

use std::{
    collections::HashMap,
    io,
    path::Path,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use zhaidu::{
    query::Query,
    store::index::{Index, IndexError, SearchOptions, SearchResults},
};

use crate::{
    at, figure,
    made::File,
    queries::{self, Asked, Kind},
};

/// Queries of each kind.
const QUERIES: usize = 50;

/// One search, with all that the interface asks for.
pub(crate) fn search(index: &mut Index, query: &str) -> io::Result<SearchResults> {
    let options = SearchOptions { pinyin: true, ..SearchOptions::default() };
    let query = Query::parse(query).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let found =
        index.search(&query, options, &AtomicBool::new(false)).map_err(|error| failed(&error))?;
    Ok(found.unwrap_or_default())
}

fn failed(error: &IndexError) -> io::Error {
    io::Error::other(format!("{error:?}"))
}

/// Searches for what stands in the archive, and compares with a plain search of its files.
pub(crate) fn searches(index: &mut Index, files: &[File], folder: &Path) -> io::Result<bool> {
    let limit = match files.len() {
        ..=10_000 => 15.0,
        10_001..=100_000 => 50.0,
        _ => 150.0,
    };
    let file_of = files_of(index, files, folder)?;
    // The first search loads what all others use.
    search(index, "")?;
    let mut recall = Recall::default();
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let mut times = Vec::new();
        for Asked { text, query } in queries::ask(files, kind, QUERIES) {
            let begun = Instant::now();
            let results = search(index, &query)?;
            times.push(begun.elapsed());
            let Some(text) = text else { continue };
            let found = results.hits.iter().filter_map(|hit| file_of.get(&hit.article).copied());
            recall.compare(&text, files, found);
        }
        times.sort_unstable();
        let mean = times.iter().sum::<Duration>().as_secs_f64() * 1e3 / times.len().max(1) as f64;
        let what = format!("search, {}: 95th of 100", kind.name());
        figure(&what, at(&times, 0.95), "ms", None, &format!("mean {mean:.2} ms"));
        all.extend(times);
    }
    all.sort_unstable();
    let median = format!("median {:.2} ms", at(&all, 0.5));
    let kept = figure("search: 95th of 100", at(&all, 0.95), "ms", Some(limit), &median);
    Ok(kept & recall.told())
}

/// The file of each article, by their numbers. Asked once: at a million articles there are millions of hits.
fn files_of(index: &Index, files: &[File], folder: &Path) -> io::Result<HashMap<i64, usize>> {
    let numbers: HashMap<&Path, usize> =
        files.iter().map(|it| it.path.as_path()).zip(0..).collect();
    let mut file_of = HashMap::new();
    index
        .rows(&mut |row| {
            let path = folder.join(String::from_utf8_lossy(&row.source.parts().1).as_ref());
            file_of.extend(numbers.get(path.as_path()).map(|number| (row.id, *number)));
        })
        .map_err(|error| failed(&error))?;
    Ok(file_of)
}

/// What stands in the files, and what was found of it.
#[derive(Default)]
struct Recall {
    places: u64,
    missed: u32,
    searches: u32,
    /// How long looking through all files takes, whose texts are in memory.
    plain: Duration,
}

impl Recall {
    /// Compares what was `found` of a text with the files that have it.
    fn compare(&mut self, text: &str, files: &[File], found: impl Iterator<Item = usize>) {
        let begun = Instant::now();
        let mut lacking: Vec<bool> = files.iter().map(|file| file.text.contains(text)).collect();
        self.plain += begun.elapsed();
        self.searches += 1;
        self.places += lacking.iter().filter(|has| **has).count() as u64;
        for number in found {
            if let Some(lacks) = lacking.get_mut(number) {
                *lacks = false;
            }
        }
        for (file, _) in files.iter().zip(lacking).filter(|(_, lacks)| *lacks) {
            println!("{text} is in {}, and was not found", file.path.display());
            self.missed += 1;
        }
    }

    /// Prints it; whether all was found.
    fn told(&self) -> bool {
        let (missed, of) = (f64::from(self.missed), format!("of {}", self.places));
        let kept = figure("places missed, of files that hold the text", missed, "", Some(0.0), &of);
        let each = self.plain.as_secs_f64() * 1e3 / f64::from(self.searches.max(1));
        figure("plain search in memory, each", each, "ms", None, "");
        if self.places == 0 {
            println!(
                "no file is UTF-8 text that can be compared: nothing is known of what is missed"
            );
        }
        kept && self.places > 0
    }
}
