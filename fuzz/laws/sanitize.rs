//! Whatever a text holds, what is shown of it is safe, in its normal form and the same again, and
//! every place in it leads to a place in the source.

use std::sync::Arc;

use zhaidu::text::{
    sanitize::{DisplayText, display_line, is_unsafe},
    width::{clusters, is_mark},
};

pub(crate) fn holds(bytes: &[u8]) {
    let source: Arc<str> = String::from_utf8_lossy(bytes).into();
    let shown = DisplayText::block(&source);
    check(&source, &shown);
    check(&source, &DisplayText::block_revealed(&source));
    assert!(shown.as_str().len() <= 12 * source.len(), "it grew");
    assert!(shown.hidden() <= source.chars().count(), "more hidden than there is");
    let again = DisplayText::block(&shown.as_str().into());
    assert_eq!(again.as_str(), shown.as_str(), "shown again");
    assert!(!display_line(&source).contains('\n'), "a line is one line");
}

fn check(source: &str, shown: &DisplayText) {
    let text = shown.as_str();
    assert!(!text.chars().any(|c| c != '\n' && is_unsafe(c)), "{text:?}");
    for cluster in clusters(text) {
        let marks = cluster.text.chars().filter(|c| is_mark(*c)).count();
        assert!(marks <= 2 && !is_mark(cluster.base), "{:?}", cluster.text);
    }
    let mut last = 0;
    for (at, _) in source.char_indices() {
        let display = shown.to_display(at);
        assert!(text.is_char_boundary(display) && display >= last, "{at} is shown at {display}");
        last = display;
    }
    let mut last = 0;
    for (at, _) in text.char_indices() {
        let back = shown.to_source(at);
        assert!(source.is_char_boundary(back) && back >= last, "{at} comes from {back}");
        last = back;
    }
}
