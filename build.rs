//! Chooses how the program is linked: at a fixed address, on Linux with the GNU C library.
//!
//! Libraries bring tables of names (characters of HTML, pinyin, properties of Unicode) with some
//! 32,000 pointers. In a program that can be loaded anywhere the dynamic linker corrects them all
//! before `main`, and writes to 139 pages for it: 0.45 ms of the 2.8 ms until the first frame.
//!
//! The price is that code and constants lie at known addresses; heap, stack and shared libraries
//! still do not. It is low here: what reads foreign bytes is Rust without `unsafe` of ours, and the
//! C that is linked in reads our own index only. Who weighs that otherwise builds with
//! `ZHAIDU_PIE=1`.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=ZHAIDU_PIE");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    let is_gnu_linux = target("OS") == "linux" && target("ENV") == "gnu";
    let is_tried = matches!(target("ARCH").as_str(), "x86_64" | "aarch64");
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if is_gnu_linux && is_tried && !is_static && env::var_os("ZHAIDU_PIE").is_none() {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
