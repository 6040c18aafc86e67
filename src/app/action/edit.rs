//! Changing a line that is typed.

/// What can be done to a line that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Do what it says.
    Accept,
    /// Close it.
    Cancel,
    /// The caret a character to the left.
    Left,
    /// The caret a character to the right.
    Right,
    /// The caret to the start.
    Start,
    /// The caret to the end.
    End,
    /// Take away the character before the caret.
    Erase,
    /// Take away the character behind the caret.
    Delete,
    /// Take away the word before the caret.
    EraseWord,
    /// Take away everything before the caret.
    EraseToStart,
    /// The line typed before.
    Older,
    /// The line typed after.
    Newer,
    /// Complete the command.
    Complete,
    /// End the line of a note and begin another.
    Break,
}

impl Edit {
    /// Everything that can be done.
    pub const ALL: [Self; 14] = [
        Self::Accept,
        Self::Cancel,
        Self::Left,
        Self::Right,
        Self::Start,
        Self::End,
        Self::Erase,
        Self::Delete,
        Self::EraseWord,
        Self::EraseToStart,
        Self::Older,
        Self::Newer,
        Self::Complete,
        Self::Break,
    ];
}
