//! The sandbox of the commands that read archives.

use std::path::PathBuf;

use super::{args::Command, decide, output::Output};
use crate::{config, sandbox};

/// Confines the process, if the command reads what others wrote. The interface does that itself, behind its
/// first frame, and `export` when it has begun its file.
pub(super) fn confine(command: Option<&Command>, out: &Output) {
    use Command::{Filter, Index, Keywords, List, Pages, Related, Search, Show, Summary};
    let makes_index = match command {
        Some(Search(args)) => decide::is_indexed(args.cache, out.settings()),
        Some(Index(_) | Related(_)) => true,
        Some(List(_) | Show(_) | Summary(_) | Keywords(_) | Filter(_) | Pages(_)) => false,
        _ => return,
    };
    // Where there is no home, whoever makes an index tells so.
    let index = config::index_folder()
        .filter(|index| config::own_folders().iter().any(|folder| index.starts_with(folder)));
    writing(index.filter(|_| makes_index), out);
}

/// Confines the process to its own folders, as far as they are there, and to one that it needs.
pub(super) fn writing(needed: Option<PathBuf>, out: &Output) {
    if !out.settings().sandbox {
        return;
    }
    let mut folders: Vec<PathBuf> =
        config::own_folders().into_iter().filter(|folder| folder.is_dir()).collect();
    folders.extend(needed);
    sandbox::confine(&folders);
}
