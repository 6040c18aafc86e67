//! Bytes that a terminal sends: keys, pastes, mouse, answers, and what is none of these.

use rustix::process::Signal;

use crate::{
    harness::screen::has,
    row::{Outcome, Row},
    run::{Live, Run},
};

/// F09.
pub(super) const BYTES: Row = Row {
    id: "F09",
    what: "hostile bytes from the terminal: sequences, pastes, mouse",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: bytes,
};

/// Sequences after which it is looked whether the program still answers.
const BATCH: u64 = 250;

fn bytes(run: &mut Run) -> Outcome {
    let mut live = run.demo();
    for _ in 0..run.either(4, 25) {
        for _ in 0..BATCH {
            let sequence = sequence(run);
            live.send_bytes(&sequence);
        }
        answers(&mut live);
    }
    // A paste of a megabyte where nothing takes pastes, and where a line is typed.
    let paste = "q\x1b[31m\x07江\r\n|rm\t".repeat(64 * 1024);
    live.send(&format!("\x1b[200~{paste}\x1b[201~"));
    answers(&mut live);
    live.send("/");
    live.send(&format!("\x1b[200~{paste}\x1b[201~"));
    live.send("\x15\x1b");
    answers(&mut live);
    // A paste that never ends holds no key for ever: the program can be ended.
    live.send("\x1b[200~q");
    live.signal(Signal::TERM);
    run.ends(live, 143);
    Outcome::Pass
}

/// The program answers a key as it should.
pub(super) fn answers(live: &mut Live) {
    // Out of whatever was begun: a string, a sequence, a line that is typed.
    live.send("\x1b\\\x18\x1b\x1b[I\x1b\x1b[I\x1b\x1b[I");
    live.send("\x1b1?");
    live.wait_for_text("Esc 关闭");
    live.send("\x1b\x1b[I");
    live.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
}

/// Any byte but the keys that leave in good order: where a sequence is cut short, what follows is typed.
fn byte(run: &mut Run) -> u8 {
    match run.below(256) as u8 {
        b'q' | 0x03 => 0,
        byte => byte,
    }
}

/// A sequence at random: what a terminal may send, with parts that are wrong.
fn sequence(run: &mut Run) -> Vec<u8> {
    let mut bytes = Vec::new();
    match run.below(9) {
        0 | 1 => {
            // A control sequence with any parameters. Its end is no key that could leave or run something.
            bytes.extend(b"\x1b[");
            for _ in 0..run.below(6) {
                bytes.extend(number(run).as_bytes());
                bytes.push(b";:?<>=!"[run.below(7) as usize]);
            }
            bytes.extend(number(run).as_bytes());
            bytes.push(b"ABCDHFZIORMmcnytRS~"[run.below(19) as usize]);
        }
        // Mouse: of X10 with any three bytes, with numbers.
        2 => {
            bytes.extend(b"\x1b[M");
            bytes.extend((0..3).map(|_| byte(run)));
        }
        3 => {
            let (button, x, y) = (number(run), number(run), number(run));
            let end = if run.below(2) == 0 { 'M' } else { 'm' };
            bytes.extend(format!("\x1b[<{button};{x};{y}{end}").bytes());
        }
        // Strings, some without an end, some too long.
        4 => {
            bytes.push(0x1b);
            bytes.push(b"P]_^X"[run.below(5) as usize]);
            for _ in 0..run.below(300) {
                bytes.push(b' ' + run.below(90) as u8);
            }
            bytes.extend([&b"\x07"[..], b"\x1b\\", b"\x18"][run.below(3) as usize]);
        }
        // Bytes that are no UTF-8, and parts of characters.
        5 => {
            bytes.extend((0..run.below(8)).map(|_| 0x80 | run.below(128) as u8));
        }
        // Answers that nobody asked for.
        6 => {
            let (row, column) = (number(run), number(run));
            bytes.extend(
                format!("\x1b[{row};{column}R\x1b[?64;1;2c\x1b]11;rgb:ff/ff/ff\x07").bytes(),
            );
        }
        7 => {
            bytes.extend(b"\x1b[200~");
            bytes.extend((0..run.below(200)).map(|_| byte(run)));
            bytes.extend(b"\x1b[201~");
        }
        // A key of xterm with modifiers, and of kitty.
        _ => {
            let (key, modifiers) = (number(run), number(run));
            bytes.extend(format!("\x1b[{key};{modifiers}u\x1b[27;{modifiers};{key}~").bytes());
        }
    }
    bytes
}

/// A number as a parameter: usual, at a border, or far beyond.
fn number(run: &mut Run) -> String {
    match run.below(6) {
        0 => String::new(),
        1 => "0".to_owned(),
        2 => ["255", "256", "65535", "65536", "2147483648"][run.below(5) as usize].to_owned(),
        3 => "9".repeat(1 + run.below(40) as usize),
        _ => run.below(300).to_string(),
    }
}
