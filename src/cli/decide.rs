//! What counts where an option and a setting speak of the same thing: the option.

use super::{
    args::{AmbiguousArg, CacheArgs, SearchArgs},
    output::Output,
};
use crate::{
    config::{
        LoadedSettings,
        settings::{Ambiguous, Place, Settings},
    },
    text::width::Widths,
};

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// An option on the command line.
    Option,
    /// A variable of the environment.
    Environment,
    /// The file of settings.
    Settings,
    /// Nobody: the default.
    Default,
}

/// What ambiguous characters are taken to be, and why.
pub(super) fn ambiguous(
    option: Option<AmbiguousArg>,
    loaded: &LoadedSettings,
) -> (Ambiguous, Because) {
    if let Some(option) = option {
        return (option.into(), Because::Option);
    }
    let because = match loaded.layers.place_of("ambiguous") {
        Some(Place::Option) => Because::Option,
        Some(Place::Variable(_)) => Because::Environment,
        Some(Place::File { .. }) => Because::Settings,
        None => Because::Default,
    };
    (loaded.settings().ambiguous, because)
}

/// The widths for text that is printed. Nothing is measured for it: the terminal may be a pager,
/// and narrow is what terminals are unless they were told otherwise.
pub(super) fn printed(option: Option<AmbiguousArg>, out: &Output) -> Widths {
    ambiguous(option, &out.loaded).0.widths().unwrap_or(Widths::NARROW)
}

/// Whether an archive has an index.
pub(super) fn is_indexed(args: CacheArgs, settings: &Settings) -> bool {
    settings.cache && !args.no_cache
}

/// Whether letters may be pinyin.
pub(super) fn takes_pinyin(args: &SearchArgs, settings: &Settings) -> bool {
    settings.pinyin && !args.no_pinyin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::value::Base;

    #[test]
    fn the_option_beats_the_variable_and_that_the_file() {
        let wide = Some(AmbiguousArg::Two);
        for (file, variable, option, expected) in [
            ("", "", None, (Ambiguous::Auto, Because::Default)),
            ("ambiguous = \"1\"", "", None, (Ambiguous::One, Because::Settings)),
            ("ambiguous = \"1\"", "universal", None, (Ambiguous::Universal, Because::Environment)),
            ("ambiguous = \"1\"", "universal", wide, (Ambiguous::Two, Because::Option)),
            ("ambiguous = \"1\"", "", Some(AmbiguousArg::Auto), (Ambiguous::Auto, Because::Option)),
        ] {
            let mut loaded = LoadedSettings::default();
            loaded.layers.file("f", file, &Base::default());
            let read = |name: &str| (name == "ZHAIDU_AMBIGUOUS").then(|| variable.into());
            loaded.layers.environment(read, &Base::default());
            assert_eq!(ambiguous(option, &loaded), expected, "{file} {variable}");
        }
    }
}
