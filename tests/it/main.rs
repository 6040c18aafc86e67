//! All integration tests of zhaidu, in one binary.

mod badinput;
mod keymaps;
mod pages;
mod pty;
mod rank_oracle;
