//! All integration tests of zhaidu, in one binary.
mod pages;
