//! zhaidu: skim archives of Chinese text in the terminal.
pub mod analysis;
pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod error;
pub mod lang;
pub mod library;
pub mod source;
pub mod text;
pub mod tui;
pub mod view;
