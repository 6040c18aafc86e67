//! The laws of the program under libFuzzer: `LAW=NAME zhaidu-fuzz`. `fuzz/run` builds and runs it.
#![no_main]

use std::{env, process, sync::LazyLock};

use libfuzzer_sys::fuzz_target;

/// The program without a terminal, as the tests have it.
#[path = "../tests/it"]
mod it {
    #[allow(dead_code, unused_imports, reason = "the tests ask for more of it")]
    pub(crate) mod harness;
}
#[path = "laws/all.rs"]
#[allow(dead_code, reason = "the tests call parts of laws")]
mod laws;

use it::harness;

/// The law that the environment names.
static LAW: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = env::var("LAW").unwrap_or_default();
    let Some((_, holds)) = laws::LAWS.iter().find(|(name, _)| *name == wanted) else {
        let names: Vec<&str> = laws::LAWS.iter().map(|(name, _)| *name).collect();
        eprintln!("LAW is one of: {}", names.join(" "));
        process::exit(2);
    };
    *holds
});

fuzz_target!(|bytes: &[u8]| LAW(bytes));
