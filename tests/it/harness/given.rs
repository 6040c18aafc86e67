//! What the program is given: texts and keys.

use std::sync::Arc;

use zhaidu::{
    app::{
        chord::{Chord, Sequence},
        msg::{Invisible, Reading},
    },
    article::Article,
};

/// The text of an article as the worker hands it over.
pub(crate) fn reading(article: &Arc<Article>) -> Reading {
    Reading::new(article.clone(), Invisible::Hidden)
}

/// Keys as a keymap writes them.
pub(crate) fn chords(keys: &str) -> Vec<Chord> {
    let single = |key: &str| key.parse::<Sequence>().expect("a key").chords().to_vec();
    keys.split_whitespace().flat_map(single).collect()
}
