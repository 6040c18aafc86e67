//! The keymaps that are built in, by name.

use super::Keymap;

/// A built-in keymap that a person can begin from. All but [`Preset::Default`] are differences to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// The keys of vim, as far as there is something like it here.
    #[default]
    Default,
    /// The keys of less.
    Less,
    /// The keys of Emacs.
    Emacs,
    /// The keys of the feed reader newsboat.
    Newsboat,
}

impl Preset {
    /// All of them, the default first.
    pub const ALL: [Self; 4] = [Self::Default, Self::Less, Self::Emacs, Self::Newsboat];

    /// The name by which a keymap file inherits it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Less => "less",
            Self::Emacs => "emacs",
            Self::Newsboat => "newsboat",
        }
    }

    /// The preset with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Its own file: what it has, or has otherwise than the default.
    pub fn text(self) -> &'static str {
        match self {
            Self::Default => super::DEFAULT,
            Self::Less => include_str!("../../../keymaps/less.toml"),
            Self::Emacs => include_str!("../../../keymaps/emacs.toml"),
            Self::Newsboat => include_str!("../../../keymaps/newsboat.toml"),
        }
    }

    /// The files that it is made of, the first one at the bottom.
    pub fn layers(self) -> Vec<Self> {
        if self == Self::Default { vec![self] } else { vec![Self::Default, self] }
    }

    /// Its keys.
    pub fn keymap(self) -> Keymap {
        let mut keymap = Keymap::empty();
        for layer in self.layers() {
            keymap.put_built_in(layer.text());
        }
        keymap
    }
}
