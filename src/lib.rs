//! zhaidu: skim archives of Chinese text in the terminal.
pub mod analysis;
pub mod app;
pub mod article;
pub mod error;
pub mod lang;
pub mod source;
pub mod text;
pub mod view;
