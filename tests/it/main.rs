//! All integration tests of zhaidu, in one binary.

mod archive;
mod badinput;
mod cli;
mod export;
mod filter;
mod fuzz;
mod harness;
mod journeys;
mod keymaps;
mod languages;
mod laws;
mod lexicon;
mod marks;
mod pages;
mod pty;
mod quality;
mod rank_oracle;
mod readme;
mod screens;
mod sources;
mod terminals;
mod themes;
mod tidy;
