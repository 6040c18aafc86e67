//! The names of fields in records: those that are common, or those that the person gave.

use super::Record;

/// What a field of a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What the record is called.
    Id,
    /// The headline.
    Title,
    /// The text.
    Text,
    /// The date.
    Date,
    /// Who wrote it.
    Author,
    /// The paper or agency it is from.
    Source,
}

impl Field {
    /// The names that are looked for, the best first.
    fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["id"],
            Self::Title => &["title", "headline", "标题"],
            Self::Text => &["content", "text", "body", "正文", "内容"],
            Self::Date => &["date", "日期", "time"],
            Self::Author => &["author", "作者"],
            Self::Source => &["source", "来源"],
        }
    }
}

/// Where the fields of records are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<(Field, String)>);

impl FieldNames {
    /// Fields that have these names, and the usual names for the others. Of several for one field
    /// the first that holds something counts.
    pub fn new(given: Vec<(Field, String)>) -> Self {
        Self(given)
    }

    /// What `get` finds under the names of a field, the best first.
    pub(super) fn find<T>(&self, field: Field, get: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut given = self.0.iter().filter(|(known, _)| *known == field).peekable();
        if given.peek().is_some() {
            return given.find_map(|(_, name)| get(name));
        }
        field.usual().iter().find_map(|name| get(name))
    }

    /// The text and the record that begins on `line`, by what `get` finds under a name; nothing without
    /// a text.
    pub(super) fn record(
        &self,
        line: u64,
        get: impl Fn(&str) -> Option<String>,
    ) -> Option<(String, Record)> {
        let find = |field| self.find(field, &get);
        let record = Record {
            line,
            title: find(Field::Title),
            date: find(Field::Date),
            author: find(Field::Author),
            source: find(Field::Source),
        };
        Some((find(Field::Text)?, record))
    }
}
