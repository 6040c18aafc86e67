//! All integration tests of zhaidu, in one binary.

mod cli;
mod keymaps;
mod pages;
mod rank_oracle;
mod readme;
