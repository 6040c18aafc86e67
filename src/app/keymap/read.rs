//! A keymap file taken apart: its entries with their places, and what is not TOML.
//!
//! Valid TOML is read as it is. In a file with mistakes every statement is read by itself, so that
//! a mistake costs its own lines only; the parser's own recovery can lose the rest of the file.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error};

use super::super::action::Context;
use super::super::chord::nearest;
use super::error::KeymapErrorKind as Kind;
use super::preset::Preset;

/// The name, above all tables, of what says which keymap a file begins from.
const INHERIT: &str = "inherit";

/// A key with its value, not yet understood. Places are byte offsets into the file.
pub(super) struct Entry<'t> {
    /// The table that the entry is in; none if there is no such context.
    pub(super) context: Option<Context>,
    /// The key.
    pub(super) key: Text<'t>,
    /// What it is set to.
    pub(super) value: Value<'t>,
}

/// A string of the file, decoded.
pub(super) struct Text<'t> {
    /// Where it begins, its quote included.
    pub(super) at: usize,
    /// The string.
    pub(super) text: DeString<'t>,
}

/// What a key can be set to.
pub(super) enum Value<'t> {
    /// A string.
    One(Text<'t>),
    /// A list of strings.
    List {
        /// Where the list begins.
        at: usize,
        /// Its strings.
        items: Vec<Text<'t>>,
    },
}

/// The contents of a file.
#[derive(Default)]
pub(super) struct Contents<'t> {
    /// The entries in file order.
    pub(super) entries: Vec<Entry<'t>>,
    /// The keymap that it begins from, and where that is said.
    pub(super) preset: Option<(usize, Preset)>,
    /// What is wrong, with the byte where it is.
    pub(super) errors: Vec<(usize, Kind)>,
}

/// Take `text` apart.
pub(super) fn read(text: &str) -> Contents<'_> {
    let (document, mistakes) = DeTable::parse_recoverable(text);
    let mut reader = Reader::default();
    if mistakes.is_empty() {
        reader.document(document.into_inner());
    } else {
        for (start, statement) in statements(text) {
            reader.base = start;
            reader.statement(statement);
        }
    }
    reader.contents
}

#[derive(Default)]
struct Reader<'t> {
    contents: Contents<'t>,
    /// The headers of contexts read so far with their places.
    headers: BTreeMap<Context, usize>,
    /// What the statements to come belong to.
    section: Section,
    /// Where in the file the text begins that is being read.
    base: usize,
}

/// What a header made of the lines that follow it.
#[derive(Clone, Copy, Default)]
enum Section {
    /// There was no header yet.
    #[default]
    None,
    /// The entries of a context.
    Of(Context),
    /// The entries of a table that does not exist.
    Unknown,
}

impl<'t> Reader<'t> {
    fn error(&mut self, at: usize, kind: Kind) {
        self.contents.errors.push((self.base + at, kind));
    }

    /// One statement of a file with mistakes: a header or an entry.
    fn statement(&mut self, text: &'t str) {
        let (table, mistakes) = DeTable::parse_recoverable(text);
        let is_header = text.trim_start().starts_with('[');
        let place = |mistake: &Error| mistake.span().map_or(0, |span| span.start);
        // The first mistake is the cause, the others follow from it.
        if let Some(mistake) = mistakes.iter().min_by_key(|mistake| place(mistake)) {
            let at = place(mistake).min(text.trim_end().len());
            self.error(at, Kind::Syntax(mistake.message().to_owned()));
            if is_header {
                self.section = damaged_header(table.get_ref());
            }
            return;
        }
        if is_header {
            self.section = Section::Unknown;
        }
        let table = table.into_inner();
        match self.section {
            Section::Of(context) => self.entries(Some(context), table),
            Section::Unknown if !is_header => self.entries(None, table),
            Section::Unknown => {
                self.document(table);
                self.note_header(text.len() - text.trim_start().len());
            }
            Section::None => {
                self.document(table);
                self.section = Section::None;
            }
        }
    }

    /// Remember the header of the section just opened, which should be the only one.
    fn note_header(&mut self, at: usize) {
        let Section::Of(context) = self.section else { return };
        match self.headers.get(&context) {
            Some(&first) => self.error(at, Kind::RepeatedTable { context, first }),
            None => drop(self.headers.insert(context, self.base + at)),
        }
    }

    /// The tables of a file.
    fn document(&mut self, table: DeTable<'t>) {
        for (name, value) in in_order(table) {
            if *name.get_ref() == INHERIT {
                self.inherit(name.span().start, &value);
                continue;
            }
            let is_array = value.get_ref().is_array();
            let tables = match value.into_inner() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(items) => items.into_iter().filter_map(as_table).collect(),
                _ => Vec::new(),
            };
            if tables.is_empty() {
                self.error(name.span().start, Kind::OutsideTable);
                continue;
            }
            self.section = self.header(&name);
            if is_array {
                self.error(name.span().start, Kind::DoubleBrackets);
            }
            let context = match self.section {
                Section::Of(context) => Some(context),
                Section::None | Section::Unknown => None,
            };
            for table in tables {
                self.entries(context, table);
            }
        }
    }

    /// Takes in which keymap the file begins from.
    fn inherit(&mut self, key: usize, value: &Spanned<DeValue<'t>>) {
        let at = value.span().start;
        let DeValue::String(name) = value.get_ref() else {
            return self.error(at, Kind::NoPreset(value.get_ref().type_str()));
        };
        match Preset::named(name) {
            Some(_) if self.contents.preset.is_some() => self.error(key, Kind::RepeatedInherit),
            Some(preset) => self.contents.preset = Some((self.base + key, preset)),
            None => {
                let suggestion = nearest(name, Preset::ALL.into_iter().map(Preset::name));
                let name = name.clone().into_owned();
                self.error(at, Kind::UnknownPreset { name, suggestion });
            }
        }
    }

    /// The section that a header with this name opens.
    fn header(&mut self, name: &Spanned<DeString<'t>>) -> Section {
        if let Some(context) = Context::named(name.get_ref()) {
            return Section::Of(context);
        }
        let suggestion = nearest(name.get_ref(), Context::ALL.into_iter().map(Context::name));
        let at = name.span().start;
        let name = name.get_ref().clone().into_owned();
        self.error(at, Kind::UnknownTable { name, suggestion });
        Section::Unknown
    }

    fn entries(&mut self, context: Option<Context>, table: DeTable<'t>) {
        for (key, value) in in_order(table) {
            if *key.get_ref() == INHERIT {
                self.error(key.span().start, Kind::InheritInTable);
                continue;
            }
            let key = Text { at: self.base + key.span().start, text: key.into_inner() };
            if let Some(value) = self.value(&value) {
                self.contents.entries.push(Entry { context, key, value });
            }
        }
    }

    /// A string or a list of strings.
    fn value(&mut self, value: &Spanned<DeValue<'t>>) -> Option<Value<'t>> {
        let at = self.base + value.span().start;
        if let DeValue::Array(items) = value.get_ref() {
            let items: Vec<_> = items.iter().map(|item| self.string(item)).collect();
            return Some(Value::List { at, items: items.into_iter().collect::<Option<_>>()? });
        }
        self.string(value).map(Value::One)
    }

    fn string(&mut self, value: &Spanned<DeValue<'t>>) -> Option<Text<'t>> {
        let at = value.span().start;
        if let DeValue::String(text) = value.get_ref() {
            return Some(Text { at: self.base + at, text: text.clone() });
        }
        self.error(at, Kind::WrongType(value.get_ref().type_str()));
        None
    }
}

/// The section of a header with a mistake, such as `[list`. Its lines count if the name is clear.
fn damaged_header(table: &DeTable<'_>) -> Section {
    let name = table.keys().next().and_then(|name| Context::named(name.get_ref()));
    name.map_or(Section::Unknown, Section::Of)
}

fn as_table(value: Spanned<DeValue<'_>>) -> Option<DeTable<'_>> {
    match value.into_inner() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The contents of a table in the order of the file.
fn in_order(table: DeTable<'_>) -> Vec<(Spanned<DeString<'_>>, Spanned<DeValue<'_>>)> {
    let mut contents: Vec<_> = table.into_iter().collect();
    contents.sort_by_key(|(key, _)| key.span().start);
    contents
}

/// The statements of a file with the byte where each begins. A statement is a line, and the lines
/// of its list after it.
fn statements(text: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut open = 0_usize;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if open == 0 || begins_statement(line) {
            starts.push(offset);
            open = 0;
        }
        open = if line.trim_start().starts_with('[') { 0 } else { open_lists(line, open) };
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| Some((start, text.get(start..end)?)))
        .collect()
}

/// Whether a line inside a list shows that the list was never closed: `[name]`, or a key with `=`.
fn begins_statement(line: &str) -> bool {
    let line = line.trim_start();
    let key_end = match line.chars().next() {
        Some('[') => return true,
        Some(quote @ ('"' | '\'')) => skip_string(line, quote),
        Some(_) => line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-'),
        None => None,
    };
    let rest = key_end.and_then(|end| line.get(end..)).unwrap_or_default();
    key_end != Some(0) && rest.trim_start().starts_with('=')
}

/// How many lists are open after the line when `open` were before it.
fn open_lists(line: &str, open: usize) -> usize {
    let mut open = open;
    let mut rest = line;
    while let Some(at) = rest.find(['"', '\'', '[', ']', '#']) {
        let found = rest.get(at..).unwrap_or_default();
        let used = match found.chars().next() {
            Some('[') => {
                open += 1;
                1
            }
            Some(']') => {
                open = open.saturating_sub(1);
                1
            }
            Some(quote @ ('"' | '\'')) => skip_string(found, quote).unwrap_or(found.len()),
            _ => return open,
        };
        rest = found.get(used..).unwrap_or_default();
    }
    open
}

/// The length of the string at the head of `text`, quotes included; none if it does not end.
fn skip_string(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Some(at + 1);
        }
        escaped = c == '\\' && quote == '"' && !escaped;
    }
    None
}
