//! What ambiguous characters are taken to be: an option, else the settings, else what is measured.

use super::args::AmbiguousArg;
use crate::{
    config::{self, settings::Ambiguous},
    text::width::Widths,
};

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// The option on the command line.
    Option,
    /// The file of settings.
    Settings,
    /// Nobody: the default.
    Default,
}

/// The value that counts, and why.
pub(super) fn ambiguous(
    option: Option<AmbiguousArg>,
    settings: Option<Ambiguous>,
) -> (Ambiguous, Because) {
    match (option, settings) {
        (Some(option), _) => (option.into(), Because::Option),
        (None, Some(set)) => (set, Because::Settings),
        (None, None) => (Ambiguous::Auto, Because::Default),
    }
}

/// The widths for text that is printed. Nothing is measured for it: the terminal may be a pager,
/// and narrow is what terminals are unless they were told otherwise.
pub(super) fn printed(option: Option<AmbiguousArg>) -> Widths {
    let settings = config::load_settings().settings;
    ambiguous(option, settings.ambiguous).0.widths().unwrap_or(Widths::NARROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_beats_the_file() {
        let (two, wide) = (Some(Ambiguous::Two), AmbiguousArg::Two);
        assert_eq!(ambiguous(Some(AmbiguousArg::Auto), two), (Ambiguous::Auto, Because::Option));
        assert_eq!(ambiguous(Some(wide), None), (Ambiguous::Two, Because::Option));
        assert_eq!(ambiguous(None, two), (Ambiguous::Two, Because::Settings));
        assert_eq!(ambiguous(None, None), (Ambiguous::Auto, Because::Default));
    }
}
