//! zhaidu: skim archives of Chinese text in the terminal.
pub mod app;
pub mod article;
pub mod lang;
pub mod text;
