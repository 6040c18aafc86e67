//! Whose the terminal is, and how it was.

use std::{
    io::{self, PipeWriter},
    os::fd::AsFd,
    sync::OnceLock,
};

use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex,
    tcgetattr, tcsetattr,
};
use serde::{Deserialize, Serialize};

/// Where the guard hears of the state; nothing if there is none.
pub(super) static TOLD: OnceLock<PipeWriter> = OnceLock::new();

/// What the guard has to know to give the terminal back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hello {
    /// Bytes that switch off whatever may be on.
    pub give_back: String,
    /// What is said to the person then.
    pub told: String,
}

/// Whose the terminal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The interface has it; before, it was set so.
    Taken(Settings),
    /// The interface does not have it: whatever happens, it is left alone.
    Free,
    /// The interface has ended in good order, and so does the guard.
    End,
}

/// What raw mode changes of the settings of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    input: u64,
    output: u64,
    control: u64,
    local: u64,
    least: u8,
    time: u8,
}

impl Settings {
    /// Those of a terminal as it is now.
    ///
    /// # Errors
    ///
    /// When it is no terminal, or gone.
    pub fn of(terminal: impl AsFd) -> io::Result<Self> {
        let now = tcgetattr(terminal)?;
        Ok(Self {
            input: now.input_modes.bits().into(),
            output: now.output_modes.bits().into(),
            control: now.control_modes.bits().into(),
            local: now.local_modes.bits().into(),
            least: now.special_codes[SpecialCodeIndex::VMIN],
            time: now.special_codes[SpecialCodeIndex::VTIME],
        })
    }

    /// Sets a terminal so.
    pub(super) fn apply(self, terminal: impl AsFd) -> io::Result<()> {
        let mut now = tcgetattr(&terminal)?;
        now.input_modes = InputModes::from_bits_retain(self.input as _);
        now.output_modes = OutputModes::from_bits_retain(self.output as _);
        now.control_modes = ControlModes::from_bits_retain(self.control as _);
        now.local_modes = LocalModes::from_bits_retain(self.local as _);
        now.special_codes[SpecialCodeIndex::VMIN] = self.least;
        now.special_codes[SpecialCodeIndex::VTIME] = self.time;
        Ok(tcsetattr(&terminal, OptionalActions::Now, &now)?)
    }
}

/// Tells the guard whose the terminal is, if there is a guard. One write, without a lock, which never
/// waits: it is called while the thread that draws may be stuck.
pub fn tell(state: &State) {
    if let Some(pipe) = TOLD.get() {
        let _ = rustix::io::write(pipe, line(state).as_bytes());
    }
}

/// A message as a line. Shorter than what a pipe takes in one piece.
pub(super) fn line(message: &impl Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default() + "\n"
}
