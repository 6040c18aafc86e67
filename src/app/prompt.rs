//! A line that is typed: the text, the caret, what was typed before.

use super::action::{ACTIONS, Edit};
use crate::text::{
    display::{DisplayLine, DisplayStr},
    range::TextRange,
    sanitize::display_line,
    width::{Widths, clusters},
};

/// Longest text in bytes; a paste that is longer is cut.
const MAX_BYTES: usize = 4096;

/// What stands for a line break in a note that is typed.
const BREAK: char = '⏎';

/// What a line that is typed is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PromptKind {
    /// A command in words.
    #[default]
    Command,
    /// What the whole archive is searched for.
    Search,
    /// What is to be found in the open text.
    Find,
    /// What the titles in the list are to have.
    Filter,
    /// A query that the articles in the list are to match.
    Query,
    /// What the rows of the help are to have.
    Help,
    /// Tags of an article.
    Tags,
    /// The note about an article.
    Note,
    /// A shell command that gets an article.
    Pipe,
    /// The file that something is exported to.
    Export,
}

impl PromptKind {
    /// Whether the list is filtered by what is typed.
    pub fn is_filter(self) -> bool {
        matches!(self, Self::Filter | Self::Query)
    }
}

/// A line that is being typed. Its text is safe to show at any time: what is typed or pasted is
/// sanitised as it comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    kind: PromptKind,
    text: String,
    /// Byte offset of the caret, between two clusters.
    caret: usize,
    /// How far back in the lines typed before; 0 for the line that is new.
    back: usize,
    /// The new line while an older one is shown.
    fresh: String,
}

impl Prompt {
    /// A line that begins with a text.
    pub fn new(kind: PromptKind, text: &str) -> Self {
        let mut prompt = Self { kind, ..Self::default() };
        prompt.insert(text);
        prompt
    }

    /// A line that begins with a note, line breaks and all; `None` if it is too long for that.
    pub fn of_note(note: &str) -> Option<Self> {
        let mut prompt = Self { kind: PromptKind::Note, ..Self::default() };
        prompt.insert(&note.replace('\n', &BREAK.to_string())).then_some(prompt)
    }

    /// The note that was typed.
    pub fn note(&self) -> String {
        let lines: Vec<&str> = self.text.split(BREAK).map(str::trim_end).collect();
        lines.join("\n").trim().to_owned()
    }

    /// A text as the note that it would be if it had been typed, and whether all of it has room.
    pub fn as_note(text: &str) -> (String, bool) {
        let mut prompt = Self { kind: PromptKind::Note, ..Self::default() };
        let is_whole = prompt.paste(text.trim_start_matches('\u{feff}').trim_end());
        (prompt.note(), is_whole)
    }

    /// What it is for.
    pub fn kind(&self) -> PromptKind {
        self.kind
    }

    /// Whether it is a line typed before that was brought back.
    pub fn is_older(&self) -> bool {
        self.back > 0
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Inserts what was typed or pasted at the caret; `false` when there was more than fits.
    pub fn insert(&mut self, text: &str) -> bool {
        let (before, after) = self.text.split_at_checked(self.caret).unwrap_or((&self.text, ""));
        let room = MAX_BYTES.saturating_sub(self.text.len());
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let kept = ends.take_while(|end| *end <= room).last().unwrap_or(0);
        let before = display_line(&format!("{before}{}", TextRange::new(0, kept).of(text)));
        let caret = before.len();
        self.text = display_line(&format!("{before}{after}"));
        // A mark that is typed before others may have been joined to them.
        self.caret = self.boundary(caret);
        kept == text.len()
    }

    /// Inserts what was pasted; `false` when there was more than fits.
    pub fn paste(&mut self, text: &str) -> bool {
        match self.kind {
            PromptKind::Note => {
                let lines = text.replace("\r\n", "\n");
                self.insert(&lines.replace(['\n', '\r'], &BREAK.to_string()))
            }
            _ => self.insert(text),
        }
    }

    /// Changes the line or moves the caret; `older` are the lines typed before, the last one last.
    /// Gives what there is to choose from when a completion is not the only one.
    pub fn edit(&mut self, edit: Edit, older: &[String]) -> Vec<&'static str> {
        match edit {
            Edit::Left => self.caret = self.before(),
            Edit::Right => self.caret = self.after(),
            Edit::Start => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
            Edit::Erase => self.cut(self.before(), self.caret),
            Edit::Delete => self.cut(self.caret, self.after()),
            Edit::EraseWord => self.cut(self.word_start(), self.caret),
            Edit::EraseToStart => self.cut(0, self.caret),
            Edit::Older => self.recall(self.back + 1, older),
            Edit::Newer => self.recall(self.back.saturating_sub(1), older),
            Edit::Complete if self.kind == PromptKind::Command => return self.complete(),
            Edit::Break if self.kind == PromptKind::Note => {
                self.insert(BREAK.encode_utf8(&mut [0; 4]));
            }
            Edit::Complete | Edit::Accept | Edit::Cancel | Edit::Break => {}
        }
        Vec::new()
    }

    /// What is shown in `room` cells, with the cells before the caret: the end of the text before
    /// the caret, and as much behind it as fits.
    pub fn window(&self, room: usize, widths: Widths) -> (DisplayLine, usize) {
        let line = DisplayLine::new(&self.text);
        let start = self.window_start(room.saturating_sub(1), widths);
        let shown: DisplayStr = line.shown().slice(TextRange::new(start, line.as_str().len()));
        let (visible, _) = widths.prefix(shown.as_str(), room);
        let caret = TextRange::new(start, self.caret).of(&self.text);
        let visible = shown.slice(TextRange::new(0, visible.len()));
        (visible.to_line(), widths.cells(caret))
    }

    /// Puts the caret before the character at this cell of what is shown in `room` cells.
    pub fn point(&mut self, cell: usize, room: usize, widths: Widths) {
        let start = self.window_start(room.saturating_sub(1), widths);
        let shown = TextRange::new(start, self.text.len()).of(&self.text);
        let before = widths.prefix(shown, cell).0.len();
        self.caret = self.boundary(start + before);
    }

    /// The part of a range of the text that is shown in `room` cells, and the cells before it.
    pub fn shown_part(
        &self,
        range: TextRange,
        room: usize,
        widths: Widths,
    ) -> (usize, DisplayLine) {
        let line = DisplayLine::new(&self.text);
        let from = self.window_start(room.saturating_sub(1), widths);
        let start = range.start.clamp(from, self.text.len());
        let before = widths.cells(TextRange::new(from, start).of(&self.text));
        let part = line.shown().slice(TextRange::new(start, range.end.max(start)));
        let (visible, _) = widths.prefix(part.as_str(), room.saturating_sub(before));
        (before, part.slice(TextRange::new(0, visible.len())).to_line())
    }

    /// The first cluster from which the text up to the caret fits into `room` cells.
    fn window_start(&self, room: usize, widths: Widths) -> usize {
        let typed = TextRange::new(0, self.caret).of(&self.text);
        let mut excess = widths.cells(typed).saturating_sub(room);
        for cluster in clusters(typed) {
            if excess == 0 {
                return cluster.at;
            }
            excess = excess.saturating_sub(widths.cells(cluster.text));
        }
        if excess == 0 && typed.is_empty() { 0 } else { typed.len() }
    }

    fn boundary(&self, offset: usize) -> usize {
        let ends = clusters(&self.text).map(|cluster| cluster.at + cluster.text.len());
        ends.take_while(|end| *end <= offset).last().unwrap_or(0)
    }

    fn before(&self) -> usize {
        self.boundary(self.caret.saturating_sub(1))
    }

    fn after(&self) -> usize {
        let ends = clusters(&self.text).map(|cluster| cluster.at + cluster.text.len());
        ends.into_iter().find(|end| *end > self.caret).unwrap_or(self.text.len())
    }

    fn word_start(&self) -> usize {
        let typed = TextRange::new(0, self.caret).of(&self.text).trim_end();
        typed.rfind(char::is_whitespace).map_or(0, |at| at + 1)
    }

    fn cut(&mut self, start: usize, end: usize) {
        if start < end && self.text.is_char_boundary(start) && self.text.is_char_boundary(end) {
            self.text.replace_range(start..end, "");
            self.caret = self.boundary(start);
        }
    }

    fn recall(&mut self, back: usize, older: &[String]) {
        if back > older.len() {
            return;
        }
        if self.back == 0 {
            self.fresh.clone_from(&self.text);
        }
        self.back = back;
        let line = older.len().checked_sub(back).and_then(|at| older.get(at));
        self.text = line.filter(|_| back > 0).unwrap_or(&self.fresh).clone();
        self.caret = self.text.len();
    }

    /// Completes the words of a command as far as there is only one way to go on.
    fn complete(&mut self) -> Vec<&'static str> {
        let typed = self.text.trim_start();
        let fitting: Vec<&'static str> = ACTIONS
            .iter()
            .map(|spec| spec.words)
            .filter(|words| words.starts_with(typed))
            .collect();
        let Some((first, rest)) = fitting.split_first() else { return Vec::new() };
        let common = rest.iter().fold(first.len(), |common, words| {
            let same = first.bytes().zip(words.bytes()).take_while(|(a, b)| a == b).count();
            common.min(same)
        });
        // The words of commands are ASCII, so any byte is a boundary.
        first.get(..common).unwrap_or_default().clone_into(&mut self.text);
        self.caret = self.text.len();
        if rest.is_empty() { Vec::new() } else { fitting }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Prompt {
        let mut prompt = Prompt::default();
        prompt.insert(text);
        prompt
    }

    #[test]
    fn editing_keeps_clusters_whole() {
        use Edit::{Delete, End, Erase, EraseToStart, EraseWord, Left, Right, Start};
        for (text, edits, expected) in [
            ("京津冀", vec![Erase], "京津|"),
            ("京津冀", vec![Left, Left, Delete], "京|冀"),
            ("🇨🇳x", vec![Left, Erase], "|x"),
            ("ab e\u{301}\u{323}\u{31b}", vec![Erase], "ab |"),
            ("move  down ", vec![EraseWord], "move  |"),
            ("move down", vec![Left, EraseToStart], "|n"),
            ("ab", vec![Start, Left, Right, End, Right], "ab|"),
            ("", vec![Erase, Delete, EraseWord], "|"),
        ] {
            let mut prompt = typed(text);
            for edit in &edits {
                prompt.edit(*edit, &[]);
            }
            let (before, after) = prompt.text.split_at(prompt.caret);
            assert_eq!(format!("{before}|{after}"), expected, "{text} {edits:?}");
        }
    }

    #[test]
    fn what_is_pasted_is_made_safe_and_cut() {
        assert_eq!(typed("a\u{1b}[2J\r\nb\u{202e}c").text(), "a␛[2J bc");
        let mut prompt = typed("");
        assert!(!prompt.insert(&"京".repeat(MAX_BYTES)));
        assert_eq!(prompt.text.len(), MAX_BYTES / 3 * 3);
    }

    #[test]
    fn a_note_has_lines() {
        let mut prompt = Prompt::of_note("再读\n核对").expect("a short note");
        assert_eq!((prompt.text(), prompt.note().as_str()), ("再读⏎核对", "再读\n核对"));
        prompt.edit(Edit::Break, &[]);
        assert!(prompt.paste("a\r\nb \u{1b}[2J\n\n"));
        assert_eq!(prompt.note(), "再读\n核对\na\nb ␛[2J");
        assert_eq!(Prompt::of_note(&"长".repeat(MAX_BYTES)), None, "it would be cut");
        let mut command = typed("quit");
        command.edit(Edit::Break, &[]);
        assert_eq!(command.text(), "quit");
    }

    #[test]
    fn older_lines_come_back_and_the_new_one_is_kept() {
        let older = ["one".to_owned(), "two".to_owned()];
        let mut prompt = typed("new");
        for (edit, expected) in [
            (Edit::Older, "two"),
            (Edit::Older, "one"),
            (Edit::Older, "one"),
            (Edit::Newer, "two"),
            (Edit::Newer, "new"),
            (Edit::Newer, "new"),
        ] {
            prompt.edit(edit, &older);
            assert_eq!(prompt.text(), expected);
        }
    }

    #[test]
    fn commands_are_completed_as_far_as_they_are_certain() {
        for (text, expected, choices) in [
            ("zo", "zoom", 0),
            ("move p", "move page-", 2),
            ("brew", "brew", 0),
            ("quit", "quit", 0),
        ] {
            let mut prompt = typed(text);
            let found = prompt.edit(Edit::Complete, &[]);
            assert_eq!((prompt.text(), found.len()), (expected, choices));
        }
    }

    #[test]
    fn the_caret_is_put_where_one_points() {
        for (text, cell, expected) in [
            ("京津冀", 0, 0),
            ("京津冀", 1, 0),
            ("京津冀", 2, 3),
            ("京津冀", 90, 9),
            ("", 3, 0),
            // Of a line that is longer than its room the end is shown.
            ("京津冀京津冀京津冀", 0, 3 * 5),
        ] {
            let mut prompt = typed(text);
            prompt.point(cell, 10, Widths::NARROW);
            assert_eq!(prompt.caret, expected, "{text} {cell}");
        }
    }

    #[test]
    fn the_caret_is_always_in_sight() {
        let mut prompt = typed("京津冀ab");
        let window = |prompt: &Prompt| {
            let (line, caret) = prompt.window(5, Widths::NARROW);
            (line.as_str().to_owned(), caret)
        };
        assert_eq!(window(&prompt), ("冀ab".to_owned(), 4));
        prompt.edit(Edit::Start, &[]);
        assert_eq!(window(&prompt), ("京津".to_owned(), 0));
    }

    proptest! {
        #[test]
        fn nothing_typed_upsets_the_line(
            pieces in prop::collection::vec(any::<String>(), 0..6),
            edits in prop::collection::vec(prop::sample::select(Edit::ALL.to_vec()), 0..20),
            room in 0usize..30,
        ) {
            let mut prompt = Prompt::default();
            let mut edits = edits.into_iter();
            for piece in pieces {
                prompt.insert(&piece);
                for edit in edits.by_ref().take(4) {
                    prompt.edit(edit, &["quit".to_owned()]);
                }
                prop_assert_eq!(display_line(&prompt.text), prompt.text.clone());
                prop_assert!(prompt.text.is_char_boundary(prompt.caret));
                let (line, caret) = prompt.window(room, Widths::UNIVERSAL);
                prop_assert!(Widths::UNIVERSAL.cells(line.as_str()) <= room);
                prop_assert!(caret < room.max(1), "{} in {}", caret, room);
            }
        }
    }
}
