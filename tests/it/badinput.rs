//! Bad input: what a person of less or ripgrep would call right, and never a panic.
