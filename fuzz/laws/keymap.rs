//! Whatever a keymap file holds, it is read or its mistakes are told with their places, the same in both
//! languages; what comes of it has no key that hides another one; and keys are read as they are printed.

use std::sync::LazyLock;

use zhaidu::{
    app::{
        action::Context,
        chord::Sequence,
        keymap::{Keymap, Resolved},
    },
    lang::Lang,
};

pub(crate) fn holds(bytes: &[u8]) {
    static DEFAULT: LazyLock<Keymap> = LazyLock::new(Keymap::default);
    let text = String::from_utf8_lossy(bytes);
    let mut keymap = DEFAULT.clone();
    let merged = keymap.merge_placed("k", &text);
    let lines = text.split('\n').count();
    for error in &merged.errors {
        let told = error.message(Lang::En);
        let mut place = told.split(':').skip(1);
        let mut number = || place.next().and_then(|number| number.parse::<usize>().ok());
        let (line, column) = (number().expect("a line"), number().expect("a column"));
        assert!((1..=lines).contains(&line) && column > 0, "{told}");
        let other = error.message(Lang::Zh);
        assert!(other.starts_with(&format!("k:{line}:{column}:")), "{told} and {other}");
    }
    for key in &merged.keys {
        assert!((1..=lines).contains(&key.line), "{key:?}");
        let written = key.sequence.to_string();
        assert_eq!(written.parse::<Sequence>().as_ref(), Ok(&key.sequence), "{written}");
        let does = keymap.resolve(key.context, key.sequence.chords());
        if let Resolved::Actions([action]) = does {
            let keys = keymap.keys_for(key.context, *action);
            assert!(keys.contains(&&key.sequence), "{written} is a key of its command");
        }
    }
    if !merged.keys.is_empty() {
        check(&keymap);
    }
    for line in text.lines().take(8) {
        if let Ok(sequence) = line.parse::<Sequence>() {
            assert_eq!(sequence.to_string().parse().as_ref(), Ok(&sequence), "{sequence}");
        }
    }
}

/// Every key does what it is bound to: none is the beginning of another one.
fn check(keymap: &Keymap) {
    for context in Context::ALL {
        for (sequence, actions) in keymap.bindings(context) {
            let chords = sequence.chords();
            assert_eq!(keymap.resolve(context, chords), Resolved::Actions(actions), "{sequence}");
            for length in 1..chords.len() {
                let begun = keymap.resolve(context, &chords[..length]);
                assert_eq!(begun, Resolved::Pending, "the beginning of {sequence} in {context:?}");
            }
        }
    }
}
