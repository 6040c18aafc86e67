//! Whether the interface asks for the mouse.

use clap::Args as ClapArgs;

/// Whether the interface asks for the mouse.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct MouseArgs {
    /// Leave the mouse to the terminal, which selects text with it; F2 takes it
    #[arg(long)]
    pub no_mouse: bool,
}
