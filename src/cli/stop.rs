//! Signals that ask a command to end.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use signal_hook::{
    SigId,
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag, low_level,
};

const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// Hears of signals that would end the program, for work that has something to put in order before. Once it
/// is gone they end the program at once, as they did before. There is one at a time.
pub(super) struct Stop {
    /// The signal, or 0.
    signal: Arc<AtomicUsize>,
    is_asked: Arc<AtomicBool>,
    hooks: Vec<SigId>,
}

impl Stop {
    pub(super) fn new() -> Self {
        let (signal, is_asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let ends = ends();
        let mut hooks = Vec::new();
        for heard in SIGNALS {
            let number = usize::try_from(heard).unwrap_or_default();
            // In this order: whoever sees that one came finds which.
            hooks.extend(flag::register_usize(heard, signal.clone(), number));
            hooks.extend(flag::register(heard, is_asked.clone()));
        }
        ends.store(false, SeqCst);
        Self { signal, is_asked, hooks }
    }

    /// Whether a signal came, for work that looks there now and then.
    pub(super) fn is_asked(&self) -> &AtomicBool {
        &self.is_asked
    }

    /// The signal that came, if one did.
    pub(super) fn signal(&self) -> Option<i32> {
        i32::try_from(self.signal.load(SeqCst)).ok().filter(|signal| *signal != 0)
    }

    /// Hears no more. The signal that came, if one did: each of them is either told here or ends the program.
    pub(super) fn end(self) -> Option<i32> {
        ends().store(true, SeqCst);
        self.signal()
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        ends().store(true, SeqCst);
        for hook in self.hooks.drain(..) {
            low_level::unregister(hook);
        }
    }
}

/// Whether signals end the program. A handler that was once there stays when nobody listens any more, and would
/// swallow them.
fn ends() -> &'static AtomicBool {
    static ENDS: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    ENDS.get_or_init(|| {
        let ends = Arc::new(AtomicBool::new(true));
        for signal in SIGNALS {
            // Where that is not possible nothing else can hear of it, and the system ends the program.
            let _ = flag::register_conditional_default(signal, ends.clone());
        }
        ends
    })
}
