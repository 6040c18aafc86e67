//! How programs end, with what is the same for all rows: the invariants I1 to I7.

use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};

use crate::{
    harness::{screen::has, session::Ended},
    processes,
    run::{Live, Run},
};

/// How long a program and all that it started may take to be gone.
const GONE: Duration = Duration::from_secs(2);
/// The same where other tests have the machine.
const GONE_AT_LAST: Duration = Duration::from_secs(60);
/// How long a program may take until it rests.
const AT_REST: Duration = Duration::from_secs(30);
/// How long it is watched.
const WATCHED: Duration = Duration::from_millis(300);
/// The part of that time that it may take, as one in so many.
const SHARE: u32 = 50;
/// The exit code of a program that has panicked.
const PANICKED: u32 = 101;
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(10);

impl Run {
    /// A program that was just told to end does so with this code.
    pub(crate) fn ends(&mut self, mut live: Live, code: u32) -> Ended {
        let told = Instant::now();
        let ended = live.wait_exit();
        assert_eq!((ended.code, &ended.signal), (code, &None), "I3: {}", live.report("exit code"));
        self.is_over(&live, told, &[]);
        ended
    }

    /// A program ends whose terminal takes nothing: what is on its way there is lost, but the settings are
    /// as before and what was switched on is off.
    pub(crate) fn ends_stalled(&mut self, mut live: Live, code: u32) {
        let told = Instant::now();
        self.leaves_nothing(&live, told);
        live.pace(u32::MAX);
        let ended = live.wait_exit();
        assert_eq!((ended.code, &ended.signal), (code, &None), "I3: {}", live.report("exit code"));
        self.close();
        assert_eq!(live.settings(), live.settings_before(), "I1");
        // What was cut off of a sequence is for the emulator to sort out, as it is for a terminal.
        let screen = live.screen();
        assert!(
            !screen.alternate_screen() && !screen.hide_cursor(),
            "I2: {}",
            live.report("modes")
        );
        assert!(!screen.bracketed_paste(), "I2: {}", live.report("pastes"));
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "I2");
        self.kept();
    }

    /// A program that cannot do what it was asked for says so by its code.
    pub(crate) fn fails(&mut self, mut live: Live) -> Ended {
        let told = Instant::now();
        let ended = live.wait_exit();
        let fails = ended.signal.is_none() && ended.code != 0 && ended.code != PANICKED;
        assert!(fails, "I3: {}", live.report("a code that says so"));
        self.is_over(&live, told, &[]);
        ended
    }

    /// A program that was killed is gone. Somebody gives the terminal back all the same, and says what
    /// happened and that the marks are there.
    pub(crate) fn ends_abnormally(&mut self, mut live: Live) -> Ended {
        let told = Instant::now();
        let ended = live.wait_exit();
        assert!(ended.code != 0, "I3: {}", live.report("no good end"));
        // The guard speaks when the program is gone.
        live.wait_for_text("意外结束");
        self.is_over(&live, told, &["zhaidu", "已保存"]);
        ended
    }

    /// A program that was killed is gone, and so is all that it started.
    pub(crate) fn was_killed(&mut self, mut live: Live) {
        let told = Instant::now();
        live.wait_exit();
        self.close();
        self.leaves_nothing(&live, told);
        self.kept();
    }

    /// The person leaves a program, which must have come to rest before.
    pub(crate) fn leaves(&mut self, mut live: Live) {
        // Once is enough: it takes time.
        if self.number == 0 && !std::mem::replace(&mut self.has_rested, true) {
            rests(&live);
        }
        live.send("q");
        self.ends(live, 0);
    }

    /// What holds whenever a program has ended; what it said at last.
    fn is_over(&mut self, live: &Live, told: Instant, says: &[&str]) {
        self.close();
        let limit = self.limit();
        assert!(told.elapsed() <= limit, "I3: it took {:?} to end", told.elapsed());
        if !live.is_hung_up() {
            live.assert_given_back();
        }
        self.leaves_nothing(live, told);
        for part in says {
            assert!(has(live.screen(), part), "I6: {}", live.report(part));
        }
        self.kept();
        let cap = self.row.cap_mib;
        assert!(live.peak_mib() <= cap, "I7: {} MiB, {cap} allowed", live.peak_mib());
    }

    fn limit(&self) -> Duration {
        if self.is_long { GONE } else { GONE_AT_LAST }
    }

    /// Nothing that the program started is left.
    fn leaves_nothing(&self, live: &Live, told: Instant) {
        loop {
            let left = processes::with_variable(&live.variable);
            if left.is_empty() {
                return;
            }
            assert!(told.elapsed() <= self.limit(), "I3: these are left: {left:?}");
            thread::sleep(PAUSE);
        }
    }

    /// Every mark that was said to be saved is there.
    pub(crate) fn kept(&self) {
        if self.saved.is_empty() {
            return;
        }
        let output = self.command(["marks", "list"]).output().expect("the program starts");
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let tags = listed.lines().filter_map(|line| line.split('\t').nth(2));
        let tags: BTreeSet<&str> = tags.flat_map(|tags| tags.split(' ')).collect();
        let lost: Vec<_> = self.saved.iter().filter(|tag| !tags.contains(tag.as_str())).collect();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(lost.is_empty(), "I4: {lost:?} were said to be saved; {listed}{told}");
    }
}

/// A program that nobody asks anything comes to rest and takes no processor time.
pub(crate) fn rests(live: &Live) {
    let started = Instant::now();
    loop {
        let (before, since) = (live.cpu(), Instant::now());
        thread::sleep(WATCHED);
        let taken = live.cpu().saturating_sub(before);
        if taken <= since.elapsed() / SHARE {
            return;
        }
        assert!(started.elapsed() < AT_REST, "I7: {taken:?} of {:?} at rest", since.elapsed());
    }
}

/// A message names what it is about, the cause, and what to do.
pub(crate) fn names(message: &str, about: &str, cause: &str, advice: &str) {
    for part in [about, cause, advice] {
        assert!(message.contains(part), "I6: {part:?} is not in {message:?}");
    }
}
