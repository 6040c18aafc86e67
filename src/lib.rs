//! zhaidu: skim archives of Chinese text in the terminal.
pub mod article;
pub mod error;
pub mod lang;
pub mod source;
pub mod text;
