//! All integration tests of zhaidu, in one binary.

mod harness;
mod keymaps;
mod pages;
mod rank_oracle;
mod screens;
