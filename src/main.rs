//! The `zhaidu` program.
fn main() {}
