//! The words that are keywords, by number.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::store::index::schema::IndexError;

/// The words that are keywords of some text, by number.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<Box<str>, u32>,
    /// The first number that no word has, nor any above it.
    free: u32,
    new: Vec<(u32, Box<str>)>,
}

impl Words {
    pub(super) fn load(connection: &Connection) -> Result<Self, IndexError> {
        let mut statement = connection.prepare("SELECT word, id FROM words")?;
        let words = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?.into_boxed_str(), row.get(1)?)))?;
        let numbers: HashMap<Box<str>, u32> = words.collect::<Result<_, _>>()?;
        let free = numbers.values().max().map_or(0, |last| last + 1);
        Ok(Self { numbers, free, new: Vec::new() })
    }

    /// The number of a word, which is a new one if need be.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.free;
        self.free += 1;
        self.numbers.insert(word.into(), number);
        self.new.push((number, word.into()));
        number
    }

    /// The words that were given a number since the last time.
    pub(super) fn take_new(&mut self) -> Vec<(u32, Box<str>)> {
        std::mem::take(&mut self.new)
    }
}
