//! Exporting: what is to be exported, to which file, and how far that is.

use crate::{
    article::MarkTable,
    listing::ArticleKey,
    text::{
        display::{DisplayLine, display},
        file_name::file_name,
    },
};

/// The endings that `Tab` goes through. The first one is proposed until another one was used.
pub const ENDINGS: [&str; 6] = ["md", "html", "json", "jsonl", "csv", "txt"];

/// What is to be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOrder {
    /// The articles, in order.
    pub articles: Vec<ArticleKey>,
    /// The file, as it was typed; its ending says the format.
    pub name: String,
    /// Whether it may take the place of a file that is there already.
    pub replaces: bool,
    /// What the articles have in common, for the head of a page.
    pub title: String,
    /// Key sentences of each article.
    pub sentences: usize,
    /// What the person keeps about articles.
    pub marks: MarkTable,
}

/// What came of an export.
#[derive(Clone, Debug)]
pub enum ExportNews {
    /// So many articles have been handled.
    Progress(usize),
    /// The file is there; what is to be said of it.
    Done(DisplayLine),
    /// There is such a file already.
    Exists,
    /// It cannot be written so; why.
    Refused(DisplayLine),
    /// It was stopped, and no file was written.
    Stopped,
}

/// What a line with a file name is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// Which articles; not known yet of the results of a search.
    pub(super) articles: Option<Vec<ArticleKey>>,
    pub(super) title: String,
    /// Whether the line was accepted before they were known.
    pub(super) is_due: bool,
}

/// Exports of this session.
#[derive(Debug)]
pub struct ExportPane {
    /// Articles that were handled and all there are, while an export is under way.
    pub running: Option<(usize, usize)>,
    /// What the line is typed for, or what is under way.
    pub(super) subject: Option<Subject>,
    /// The name that was typed last.
    typed: String,
    /// Whether there is a file of that name, so that typing it again replaces it.
    pub(super) exists: bool,
    /// Whether the name was typed twice.
    pub(super) replaces: bool,
    /// Where the last export was put, up to the last slash.
    folder: String,
    /// How it ended.
    ending: String,
    /// Whether the person was told at leaving that an export is under way.
    pub(super) is_warned: bool,
}

impl Default for ExportPane {
    fn default() -> Self {
        Self {
            running: None,
            subject: None,
            typed: String::new(),
            exists: false,
            replaces: false,
            folder: String::new(),
            ending: ENDINGS[0].to_owned(),
            is_warned: false,
        }
    }
}

impl ExportPane {
    /// The file name that is proposed for something with this title.
    pub(super) fn proposed(&self, title: &str) -> String {
        format!("{}{}.{}", self.folder, file_name(title, "zhaidu"), self.ending)
    }

    /// Takes a file name that was accepted.
    pub(super) fn begin(&mut self, name: &str) {
        self.replaces = self.exists && self.typed == name;
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| {
            (name.get(..=folder.len()).unwrap_or_default(), file)
        });
        folder.clone_into(&mut self.folder);
        if let Some((_, ending)) = file.rsplit_once('.') {
            ending.clone_into(&mut self.ending);
        }
        name.clone_into(&mut self.typed);
        self.exists = false;
        self.is_warned = false;
    }

    /// The name that was typed last.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }
}

/// The same name with the ending behind its own, so that one can go through all of them.
pub(super) fn with_next_ending(name: &str) -> DisplayLine {
    let known = |ending: &str| ENDINGS.iter().position(|known| *known == ending);
    let stem_and_place = name.rsplit_once('.').and_then(|(stem, end)| Some((stem, known(end)?)));
    let (stem, next) = stem_and_place.map_or((name, 0), |(stem, at)| (stem, at + 1));
    let ending = ENDINGS.iter().cycle().nth(next).unwrap_or(&ENDINGS[0]);
    display!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_follow_each_other() {
        let mut name = "~/桥.头".to_owned();
        for ending in ENDINGS.iter().chain([&ENDINGS[0]]) {
            name = with_next_ending(&name).to_string();
            assert_eq!(name, format!("~/桥.头.{ending}"));
        }
    }

    #[test]
    fn the_next_one_goes_where_the_last_one_went() {
        let mut exports = ExportPane::default();
        assert_eq!(exports.proposed("石板路上"), "石板路上.md");
        exports.begin("~/out/a.html");
        assert!(!exports.replaces);
        assert_eq!(exports.proposed("../桥"), "~/out/桥.html");
        exports.exists = true;
        exports.begin("~/out/b.html");
        assert!(!exports.replaces, "another name is another file");
        exports.exists = true;
        exports.begin("~/out/b.html");
        assert!(exports.replaces);
        exports.begin("c");
        assert_eq!(exports.proposed("桥"), "桥.html");
    }
}
