//! The thread that takes what the program writes, as fast as the terminal is.

use std::{
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use super::answers::Listener;

/// Time between two looks of a terminal that is slow.
const BEAT: Duration = Duration::from_millis(20);
/// Looks in a second.
const BEATS: u32 = 50;

/// What the thread works with.
pub(super) struct Reading {
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) stop: Arc<AtomicBool>,
    /// Bytes a second; `u32::MAX` is as fast as they come.
    pub(super) pace: Arc<AtomicU32>,
    pub(super) listener: Listener,
}

impl Reading {
    /// Hands on what is read until nobody wants it.
    pub(super) fn read(mut self, mut take: impl FnMut(Vec<u8>) -> bool) {
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let room = self.wait().min(chunk.len());
            let Some(room) = chunk.get_mut(..room) else { return };
            let Ok(count @ 1..) = self.reader.read(room) else { return };
            let output = chunk.get(..count).unwrap_or_default().to_vec();
            self.listener.hear(&output);
            if self.stop.load(Ordering::SeqCst) || !take(output) {
                return;
            }
        }
    }

    /// Waits until bytes may be taken; how many.
    fn wait(&self) -> usize {
        loop {
            match self.pace.load(Ordering::SeqCst) {
                u32::MAX => return usize::MAX,
                pace => {
                    thread::sleep(BEAT);
                    if pace > 0 {
                        return (pace / BEATS).max(1) as usize;
                    }
                }
            }
        }
    }
}
