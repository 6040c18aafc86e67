//! How a text gets to the clipboard of the person's machine.
//!
//! Three ways lead there. A *tool* of the desktop, where the program runs on that machine. *tmux*,
//! which passes a text on to the terminal that it is attached to. And the *terminal* itself, by OSC 52,
//! the only way through SSH. A terminal never says whether it took a text, so it is only told that it
//! was sent. The ways are tried on a thread of their own: a tool may hang.
//!
//! The tools are called and no library is linked: one that speaks to X11 and Wayland brings their
//! protocols along, and most people read over SSH, where it could do nothing.

use std::{
    env,
    fmt::Write as _,
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Sender, channel},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Event, fault, program_failed, spawn, tell, tmux};
use crate::{
    analysis::count_chars,
    app::msg::Msg,
    guard::{Program, Starter, Streamed},
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// Longest base64 text that is sent to a terminal: what xterm takes, and those that follow it.
const MOST: usize = 74_994;
/// Bytes of a sequence that GNU screen passes on at once; it cuts off what is longer than its buffer,
/// which was 256 bytes for long.
const SCREEN_CHUNK: usize = 240;

/// A program that takes a text for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// tmux, which keeps it as a buffer and passes it on.
    Tmux,
    /// Of Wayland.
    WlCopy,
    /// Of X11.
    Xclip,
    /// Of X11, too.
    Xsel,
    /// Of macOS.
    Pbcopy,
}

/// What stands between the program and the terminal, and has to pass a sequence on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nothing that would keep it.
    Nothing,
    /// tmux, which passes on what is wrapped if `allow-passthrough` is on.
    Tmux,
    /// GNU screen, which passes on short pieces that are wrapped.
    Screen,
}

/// The ways that are open here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whether tmux is asked.
    pub tmux: bool,
    /// The tools of the desktop, in the order in which they are tried; one is enough.
    pub desktop: Vec<Tool>,
    /// How the terminal is reached when nobody else took the text; `None` when it has no clipboard.
    pub terminal: Option<Between>,
}

impl Tool {
    /// Its command line.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Tmux => &["tmux", "load-buffer", "-w", "-"],
            Self::WlCopy => &["wl-copy"],
            Self::Xclip => &["xclip", "-selection", "clipboard"],
            Self::Xsel => &["xsel", "--clipboard", "--input"],
            Self::Pbcopy => &["pbcopy"],
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.words().first().copied().unwrap_or_default()
    }

    /// Hands it a text; whether it took it. Takes up to two seconds.
    fn takes(self, text: &str, starter: &Starter) -> bool {
        let Ok((read, mut write)) = io::pipe() else { return false };
        let text = text.to_owned();
        // One that hangs would keep the writer for ever.
        spawn("clipboard text", move || drop(write.write_all(text.as_bytes())));
        let program = Program::new(self.words().iter().copied())
            .streams(Streamed::File(read.into()), Streamed::Null, Streamed::Null)
            .limit(tmux::CAP);
        starter.run(program).is_ok_and(|ended| ended.is_some_and(|status| status.success()))
    }
}

impl Route {
    /// The ways that the environment of the process opens.
    pub fn here() -> Self {
        let get = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Self::of(get, cfg!(target_os = "macos"))
    }

    fn of(get: impl Fn(&str) -> Option<String>, is_mac: bool) -> Self {
        let is_set = |name| get(name).is_some_and(|value| !value.is_empty());
        let term = get("TERM").unwrap_or_default();
        let is_remote = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(is_set);
        let tmux = is_set("TMUX");
        let open = [
            (is_mac, Tool::Pbcopy),
            (is_set("WAYLAND_DISPLAY"), Tool::WlCopy),
            (is_set("DISPLAY"), Tool::Xclip),
            (is_set("DISPLAY"), Tool::Xsel),
        ];
        let desktop = open.into_iter().filter(|(is_open, _)| *is_open && !is_remote);
        let terminal = match &*term {
            _ if tmux => Some(Between::Tmux),
            // The console of Linux.
            "linux" => None,
            term if is_set("STY") || term.starts_with("screen") => Some(Between::Screen),
            _ => Some(Between::Nothing),
        };
        Self { tmux, desktop: desktop.map(|(_, tool)| tool).collect(), terminal }
    }
}

/// The sequence that asks a terminal to take a text for its clipboard; `None` when it is too long for
/// terminals to take.
fn osc_52(text: &str, between: Between) -> Option<Vec<u8>> {
    let data = STANDARD.encode(text);
    if data.len() > MOST {
        return None;
    }
    let bare = format!("\x1b]52;c;{data}\x07");
    Some(match between {
        Between::Nothing => bare.into_bytes(),
        // Inside, an escape character is doubled.
        Between::Tmux => format!("\x1bPtmux;\x1b{bare}\x1b\\").into_bytes(),
        Between::Screen => {
            let mut wrapped = String::with_capacity(bare.len() + bare.len() / 32);
            for piece in bare.as_bytes().chunks(SCREEN_CHUNK) {
                // Base64 and the head are ASCII. Writing into a string cannot fail.
                let _ = write!(wrapped, "\x1bP{}\x1b\\", String::from_utf8_lossy(piece));
            }
            wrapped.into_bytes()
        }
    })
}

/// Handle of the thread.
#[derive(Debug)]
pub(super) struct Clipboard {
    orders: Sender<(DisplayLine, String)>,
}

impl Clipboard {
    /// Starts the thread, which tells what became of each text.
    pub(super) fn start(lang: Lang, starter: Starter, sender: Sender<Event>) -> Self {
        let (orders, taken) = channel::<(DisplayLine, String)>();
        spawn("clipboard", move || {
            let route = Route::here();
            for (name, text) in taken {
                let sent = catch_unwind(AssertUnwindSafe(|| {
                    fault::point("clipboard");
                    send(&route, &name, &text, (&starter, lang))
                }));
                let event = sent.unwrap_or_else(|_| Sent::Told(program_failed(lang).into()));
                let heard = match event {
                    Sent::Told(said) => tell(&sender, Msg::Said(said)),
                    Sent::ForTerminal(bytes, said) => {
                        sender.send(Event::ForTerminal(bytes, said)).is_ok()
                    }
                };
                if !heard {
                    return;
                }
            }
        });
        Self { orders }
    }

    /// Sends a text of this name to the clipboard.
    pub(super) fn copy(&self, name: DisplayLine, text: String) {
        let _ = self.orders.send((name, text));
    }
}

/// What became of a text.
#[derive(Debug)]
enum Sent {
    /// All that could be done was done.
    Told(DisplayLine),
    /// These bytes are to be written to the terminal; then this is true.
    ForTerminal(Vec<u8>, DisplayLine),
}

/// Tries the ways.
fn send(route: &Route, name: &DisplayLine, text: &str, (starter, lang): (&Starter, Lang)) -> Sent {
    let chars = count_chars(text);
    let what = match lang {
        Lang::Zh => display!("{name} {chars} 字"),
        Lang::En => display!("{name}, {chars} chars"),
    };
    let mut taken: Vec<&str> = Vec::new();
    let in_tmux = route.tmux && Tool::Tmux.takes(text, starter);
    taken.extend(in_tmux.then_some(Tool::Tmux.name()));
    taken.extend(
        route.desktop.iter().find(|tool| tool.takes(text, starter)).map(|tool| tool.name()),
    );
    if !taken.is_empty() {
        let only_tmux = in_tmux && taken.len() == 1;
        let is_kept = only_tmux && tmux::passes_on_clipboard(starter) == Some(false);
        let rest = if is_kept {
            // In tmux it can be pasted; beyond, only after this.
            lang.of(
                "，只到这里：set -s set-clipboard external",
                " only: set -s set-clipboard external",
            )
        } else {
            ""
        };
        let to = taken.join(lang.of("、", ", "));
        return Sent::Told(match lang {
            Lang::Zh => display!("{what}，已送到 {to}{rest}"),
            Lang::En => display!("{what}: sent to {to}{rest}"),
        });
    }
    let Some(between) = route.terminal else {
        let none = lang.of("这个终端没有剪贴板；:plain 用鼠标选", "no clipboard here; try :plain");
        return Sent::Told(display!("{what}: {none}"));
    };
    let Some(bytes) = osc_52(text, between) else {
        let long = lang.of(
            "太长，终端不收 (OSC 52)；:plain 用鼠标选",
            "too long for terminals (OSC 52); try :plain or |",
        );
        return Sent::Told(display!("{what}: {long}"));
    };
    let by = match between {
        Between::Nothing => "OSC 52",
        Between::Tmux => {
            lang.of("OSC 52，tmux 要 allow-passthrough", "OSC 52; tmux: allow-passthrough on")
        }
        Between::Screen => lang.of("OSC 52 穿过 screen", "OSC 52 through screen"),
    };
    let said = match lang {
        Lang::Zh => display!("{what}，已送到终端 ({by})"),
        Lang::En => display!("{what}: sent to the terminal ({by})"),
    };
    Sent::ForTerminal(bytes, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables of an environment.
    type Set = &'static [(&'static str, &'static str)];

    #[test]
    fn the_ways_are_those_that_the_environment_opens() {
        use Between::{Nothing, Screen, Tmux};
        use Tool::{Pbcopy, WlCopy, Xclip, Xsel};
        let x11 = vec![Xclip, Xsel];
        let cases: [(Set, bool, Route); 11] = [
            (&[("TERM", "xterm")], false, route(false, &[], Some(Nothing))),
            (&[("DISPLAY", ":0")], false, route(false, &x11, Some(Nothing))),
            (
                &[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")],
                false,
                route(false, &[WlCopy, Xclip, Xsel], Some(Nothing)),
            ),
            // A display that is forwarded is still on another machine.
            (
                &[("DISPLAY", "localhost:10"), ("SSH_CONNECTION", "a")],
                false,
                route(false, &[], Some(Nothing)),
            ),
            (&[], true, route(false, &[Pbcopy], Some(Nothing))),
            (&[("SSH_TTY", "/dev/pts/1")], true, route(false, &[], Some(Nothing))),
            (
                &[("TMUX", "/tmp/a,1,0"), ("TERM", "screen-256color")],
                false,
                route(true, &[], Some(Tmux)),
            ),
            (&[("STY", "1.a"), ("TERM", "xterm")], false, route(false, &[], Some(Screen))),
            (&[("TERM", "screen.xterm-256color")], false, route(false, &[], Some(Screen))),
            (&[("TERM", "linux")], false, route(false, &[], None)),
            (&[("TMUX", ""), ("DISPLAY", "")], false, route(false, &[], Some(Nothing))),
        ];
        for (set, is_mac, expected) in cases {
            let get = |name: &str| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Route::of(get, is_mac), expected, "{set:?}");
        }
    }

    fn route(tmux: bool, desktop: &[Tool], terminal: Option<Between>) -> Route {
        Route { tmux, desktop: desktop.to_vec(), terminal }
    }

    #[test]
    fn a_sequence_is_wrapped_for_what_has_to_pass_it_on() {
        let told =
            |between| String::from_utf8(osc_52("中", between).expect("short")).expect("ASCII");
        assert_eq!(told(Between::Nothing), "\x1b]52;c;5Lit\x07");
        assert_eq!(told(Between::Tmux), "\x1bPtmux;\x1b\x1b]52;c;5Lit\x07\x1b\\");
        assert_eq!(told(Between::Screen), "\x1bP\x1b]52;c;5Lit\x07\x1b\\");
        let long = osc_52(&"水".repeat(300), Between::Screen).expect("short enough");
        let long = String::from_utf8(long).expect("ASCII");
        let pieces: Vec<&str> = long.split("\x1b\\").filter(|piece| !piece.is_empty()).collect();
        assert!(pieces.len() > 4 && pieces.iter().all(|piece| piece.len() <= SCREEN_CHUNK + 2));
        let joined: String =
            pieces.iter().filter_map(|piece| piece.strip_prefix("\x1bP")).collect();
        let bare = osc_52(&"水".repeat(300), Between::Nothing).expect("short enough");
        assert_eq!(joined.as_bytes(), bare);
    }

    #[test]
    fn what_no_terminal_takes_is_not_sent() {
        let most = MOST / 4 * 3;
        assert!(osc_52(&"a".repeat(most), Between::Nothing).is_some());
        assert!(osc_52(&"a".repeat(most + 1), Between::Nothing).is_none());
        let route = route(false, &[], Some(Between::Nothing));
        let Sent::Told(said) =
            send(&route, &"全文".into(), &"水".repeat(most), (&Starter::Here, Lang::Zh))
        else {
            panic!("it was sent");
        };
        assert!(said.as_str().contains("太长"), "{said}");
    }

    #[test]
    fn what_was_sent_is_told_with_its_length() {
        let route = route(false, &[], Some(Between::Nothing));
        let Sent::ForTerminal(bytes, said) =
            send(&route, &"句子".into(), "江水 清了。", (&Starter::Here, Lang::Zh))
        else {
            panic!("there is a terminal");
        };
        assert_eq!(said.as_str(), "句子 5 字，已送到终端 (OSC 52)");
        assert_eq!(bytes, osc_52("江水 清了。", Between::Nothing).expect("short"));
    }
}
