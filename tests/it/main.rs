//! All integration tests of zhaidu, in one binary.

mod badinput;
mod cli;
mod keymaps;
mod pages;
mod pty;
mod rank_oracle;
mod readme;
