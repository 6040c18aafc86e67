//! Pure text tools: ranges, width, line breaking, sentences, words, sanitising.
pub mod range;
