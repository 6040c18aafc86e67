//! What the tests of the forms of lines share.

/// Checks that a test of lines knows all of `yes` and none of `no`.
#[track_caller]
pub(super) fn check(name: &str, test: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
    for text in yes {
        assert!(test(text), "{name} should know {text}");
    }
    for text in no {
        assert!(!test(text), "{name} should not know {text}");
    }
}
