//! All integration tests of zhaidu, in one binary.

mod keymaps;
mod pages;
mod rank_oracle;
