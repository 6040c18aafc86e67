//! Which of the paths that were named have to be walked: a file lies in an archive once, however many of them lead
//! to it.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use crate::source::walk::{WalkOptions, is_not_text};

/// The paths of an archive.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// Those that have to be walked, in the order in which they were named: of several spellings of one path the
    /// first, and none that a walk of another one comes to.
    pub(super) walked: Vec<PathBuf>,
    /// All that were named, as a walk tells of them, too.
    pub(super) named: HashSet<PathBuf>,
}

impl Roots {
    /// The paths of an archive, of those that were named. Looks at them only if there are several.
    pub(super) fn of(paths: Vec<PathBuf>, walk: WalkOptions) -> Self {
        let mut named: HashSet<PathBuf> = paths.iter().cloned().collect();
        if paths.len() < 2 {
            return Self { walked: paths, named };
        }
        let real: Vec<Option<PathBuf>> = paths.iter().map(|path| real(path)).collect();
        let mut firsts: HashMap<&Path, usize> = HashMap::new();
        for (at, path) in real.iter().enumerate() {
            if let Some(path) = path {
                firsts.entry(path).or_insert(at);
            }
        }
        let mut walked = Vec::new();
        for (at, (path, real)) in paths.iter().zip(&real).enumerate() {
            let over = real.as_deref().and_then(|real| over(real, &firsts, walk));
            let other = over.filter(|(root, _)| *root != at);
            match other.and_then(|(root, below)| paths.get(root).zip(Some(below))) {
                None => walked.push(path.clone()),
                // Joining nothing would put a slash behind a file.
                Some((root, below)) if below.as_os_str().is_empty() => {
                    named.insert(root.clone());
                }
                Some((root, below)) => {
                    named.insert(root.join(below));
                }
            }
        }
        Self { walked, named }
    }
}

/// The path without links; `None` for standard input, and for what is not there.
fn real(path: &Path) -> Option<PathBuf> {
    if path.as_os_str() == "-" { None } else { fs::canonicalize(path).ok() }
}

/// The uppermost root whose walk comes to a path, and the path below it; that of the path itself, if no other does.
fn over<'a>(
    path: &'a Path,
    firsts: &HashMap<&Path, usize>,
    walk: WalkOptions,
) -> Option<(usize, &'a Path)> {
    let roots = path.ancestors().filter_map(|folder| {
        let below = path.strip_prefix(folder).ok()?;
        Some((*firsts.get(folder)?, below))
    });
    roots.filter(|(_, below)| is_come_to(path, below, walk)).last()
}

/// Whether a walk comes to what lies at a path, some way below its root.
fn is_come_to(path: &Path, below: &Path, walk: WalkOptions) -> bool {
    let Some(name) = below.file_name() else { return true };
    // What is passed over in a folder is read where it was named.
    !walk.hides(below)
        && fs::metadata(path).is_ok_and(|it| it.is_dir() || it.is_file() && !is_not_text(name))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::source::walk::Hidden;

    #[test]
    fn what_a_walk_comes_to_is_walked_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path();
        for path in ["a/b/c", "a/.hidden", "ab", "z.pdf"] {
            fs::create_dir_all(home.join(path)).expect("a folder");
        }
        for path in ["a/x.txt", "a/b/y.txt", "a/.z.txt", "a/p.png", "o.txt"] {
            fs::write(home.join(path), "江水清了").expect("a file");
        }
        symlink("a/b", home.join("link")).expect("a link");
        let cases: [(&[&str], &[&str]); 17] = [
            (&["a"], &["a"]),
            (&["a", "a/b"], &["a"]),
            (&["a/b", "a"], &["a"]),
            (&["a/b/c", "a/b", "a"], &["a"]),
            (&["a", "a"], &["a"]),
            (&["a", "ab", "o.txt"], &["a", "ab", "o.txt"]),
            // Spelled in other ways.
            (&["a", "ab/../a"], &["a"]),
            (&["ab/../a", "a/b"], &["ab/../a"]),
            (&["link", "a"], &["a"]),
            (&["link", "a/b"], &["link"]),
            (&["a", "a/x.txt", "a/b/y.txt"], &["a"]),
            (&["o.txt", "ab", "./o.txt"], &["o.txt", "ab"]),
            // What a walk passes over.
            (&["a", "a/.hidden", "a/.z.txt"], &["a", "a/.hidden", "a/.z.txt"]),
            (&["a/p.png", "a"], &["a/p.png", "a"]),
            (&[".", "z.pdf"], &["."]),
            // What is not there.
            (&["a", "a/gone", "gone"], &["a", "a/gone", "gone"]),
            (&["-", "a", "-"], &["-", "a", "-"]),
        ];
        let at_home = |path: &str| if path == "-" { path.into() } else { home.join(path) };
        for (paths, expected) in cases {
            let paths: Vec<PathBuf> = paths.iter().map(|path| at_home(path)).collect();
            let expected: Vec<PathBuf> = expected.iter().map(|path| at_home(path)).collect();
            let roots = Roots::of(paths.clone(), WalkOptions::default());
            assert_eq!(roots.walked, expected, "{paths:?}");
            assert!(paths.iter().all(|path| roots.named.contains(path)));
        }
        let all = WalkOptions { hidden: Hidden::Include, ..WalkOptions::default() };
        let paths = ["a", "a/.hidden"].map(at_home);
        assert_eq!(Roots::of(paths.to_vec(), all).walked, [home.join("a")]);
        // As the walk spells it.
        let paths = ["link/../../a", "a/b/y.txt"].map(at_home);
        let named = Roots::of(paths.to_vec(), all).named;
        assert!(named.contains(&home.join("link/../../a/b/y.txt")), "{named:?}");
    }
}
