//! What an archive and its sources are called.

use std::{ffi::OsStr, path::Path};

use super::{Input, Library};
use crate::{
    source::Entry,
    text::display::{DisplayLine, display},
};

impl Library {
    /// What to call the archive, safe to show.
    pub fn name(&self) -> DisplayLine {
        match &self.input {
            Input::Here => ".".into(),
            Input::Demo => "demo".into(),
            Input::Paths(paths) => {
                let first = paths.first().map_or(OsStr::new("."), |path| path.as_os_str());
                let first = displayed(first);
                let more = paths.len().saturating_sub(1);
                if more == 0 { first } else { display!("{first} +{more}") }
            }
        }
    }

    /// What stands before the names of [`Library::short_name`] where they are paths of the person: the
    /// folder that was opened, if it is one. May touch the disk.
    pub fn root(&self) -> DisplayLine {
        match &self.input {
            Input::Paths(paths) => match paths.as_slice() {
                [root] if root.is_dir() => displayed(root.join("").as_os_str()),
                _ => DisplayLine::default(),
            },
            Input::Here | Input::Demo => DisplayLine::default(),
        }
    }

    /// What to call a source in the list, safe to show: its path below the folder that was opened.
    pub fn short_name(&self, entry: &Entry) -> DisplayLine {
        let place = entry.place();
        let below = match &self.input {
            Input::Paths(paths) if paths.len() == 1 => {
                paths.first().and_then(|root| Path::new(place).strip_prefix(root).ok())
            }
            Input::Here => Path::new(place).strip_prefix(".").ok(),
            Input::Paths(_) | Input::Demo => None,
        };
        let below = below.filter(|path| !path.as_os_str().is_empty());
        displayed(below.map_or(place, Path::as_os_str))
    }
}

/// A file name as it may be shown; bytes that are no UTF-8 become marks.
pub fn displayed(name: &OsStr) -> DisplayLine {
    DisplayLine::new(&name.to_string_lossy())
}
