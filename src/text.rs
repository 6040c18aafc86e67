//! Pure text tools: ranges, width, line breaking, sentences, words, sanitising.
//!
//! Nothing here knows of files, terminals or articles, and nothing here can fail.

pub mod display;
pub mod file_name;
pub mod fold;
pub mod kwic;
pub mod letter;
pub mod lexicon;
pub mod range;
pub mod sanitize;
pub mod searchable;
pub mod segment;
pub mod sentence;
pub mod width;
pub mod words;
pub mod wrap;
