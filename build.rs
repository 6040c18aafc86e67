//! Chooses how the program is linked: at a fixed address and with its unwinder in it, on Linux with the GNU C
//! library. Both are for the first frame, which is to be there as soon as that of a program in C.
//!
//! Libraries bring tables of names (characters of HTML, pinyin, properties of Unicode) with some
//! 32,000 pointers. In a program that can be loaded anywhere the dynamic linker corrects them all
//! before `main`, and writes to 139 pages for it: 0.45 ms of the 2.8 ms until the first frame.
//!
//! The price is that code and constants lie at known addresses; heap, stack and shared libraries
//! still do not. It is low here: what reads foreign bytes is Rust without `unsafe` of ours, and the
//! C that is linked in reads our own index only. Who weighs that otherwise builds with
//! `ZHAIDU_PIE=1`.
//!
//! The unwinder of GCC comes as a library to load, `libgcc_s`, and as one to link, `libgcc_eh`. Nobody else in
//! the process needs it, so it need not be looked for, mapped and bound at every start: 0.1 ms. That of GCC 12 and
//! newer asks for version 2.35 of the C library where it was built with one of that age; who builds for older
//! systems sets `ZHAIDU_LIBGCC_S=1`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=ZHAIDU_PIE");
    println!("cargo:rerun-if-env-changed=ZHAIDU_LIBGCC_S");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    let is_gnu_linux = target("OS") == "linux" && target("ENV") == "gnu";
    let is_tried = matches!(target("ARCH").as_str(), "x86_64" | "aarch64");
    let is_static = target("FEATURE").split(',').any(|feature| feature == "crt-static");
    if !is_gnu_linux || !is_tried || is_static {
        return;
    }
    if env::var_os("ZHAIDU_PIE").is_none() {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    if let Some(folder) = unwinder() {
        println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    }
}

/// A folder in which the linker finds the unwinder to link under the name of the one to load; `None` where that
/// is not known to be there.
fn unwinder() -> Option<PathBuf> {
    let is_native = env::var_os("HOST") == env::var_os("TARGET");
    let is_tried = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "x86_64");
    if !is_native || !is_tried || env::var_os("ZHAIDU_LIBGCC_S").is_some() {
        return None;
    }
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let told = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let library = Path::new(told.trim());
    // Only its name when there is none.
    if !library.is_absolute() || !library.is_file() {
        return None;
    }
    println!("cargo:rerun-if-changed={}", library.display());
    let folder = PathBuf::from(env::var_os("OUT_DIR")?);
    // A script for the linker, as `libc.so` is one.
    fs::write(folder.join("libgcc_s.so"), format!("INPUT(\"{}\")\n", library.display())).ok()?;
    Some(folder)
}
