//! All integration tests of zhaidu, in one binary.

mod harness;
mod journeys;
mod keymaps;
mod laws;
mod pages;
mod rank_oracle;
mod screens;
mod tidy;
