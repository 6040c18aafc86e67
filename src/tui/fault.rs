//! Faults on request, for tests of what comes after them.
//!
//! `ZHAIDU_FAULT=panic:analyst:2` in the environment has the analyst panic over the second thing that it takes
//! up. In the place of `panic` there may be `abort`, `overflow` for a stack that is full, and `memory` for more of it
//! than there is; the places are those that call [`point`]. Only builds with debug assertions, such as tests make, look at the
//! variable: in a program that is released this is an empty function.

/// A place where a fault may be asked for.
#[cfg(debug_assertions)]
pub(super) fn point(place: &str) {
    wish::WISH.with_place(place);
}

/// A place where a fault may be asked for.
#[cfg(not(debug_assertions))]
pub(super) fn point(_place: &str) {}

#[cfg(debug_assertions)]
mod wish {
    use std::{
        env,
        hint::black_box,
        process,
        sync::{
            LazyLock,
            atomic::{AtomicU64, Ordering},
        },
    };

    /// What the environment asks for.
    pub(super) static WISH: LazyLock<Wish> =
        LazyLock::new(|| Wish::of(&env::var("ZHAIDU_FAULT").unwrap_or_default()));

    #[derive(Debug, Default)]
    pub(super) struct Wish {
        kind: String,
        place: String,
        /// Times that the place is passed until then.
        left: AtomicU64,
    }

    impl Wish {
        fn of(text: &str) -> Self {
            let mut parts = text.split(':').map(str::to_owned);
            let (kind, place) = (parts.next().unwrap_or_default(), parts.next());
            let number = parts.next().and_then(|number| number.parse().ok()).unwrap_or(1);
            Self { kind, place: place.unwrap_or_default(), left: AtomicU64::new(number) }
        }

        pub(super) fn with_place(&self, place: &str) {
            if place != self.place || self.left.fetch_sub(1, Ordering::Relaxed) != 1 {
                return;
            }
            match self.kind.as_str() {
                "abort" => process::abort(),
                "overflow" => drop(deep(black_box(1))),
                // No address space is so large.
                "memory" => drop(black_box(Vec::<u8>::with_capacity(black_box(1 << 60)))),
                kind => panic!("a fault was asked for: {kind} in {place}"),
            }
        }
    }

    /// Fills the stack.
    fn deep(level: u64) -> Vec<u64> {
        let room = black_box([level; 128]);
        let mut found = if level == 0 { Vec::new() } else { deep(black_box(level + 1)) };
        found.push(room[0]);
        found
    }
}
