//! Kinds of terminals, locales and multiplexers.

use crate::{
    harness::{answers::Answers, screen::has},
    row::{Outcome, Row},
    run::Run,
};

/// F13.
pub(super) const NAMES: Row = Row {
    id: "F13",
    what: "TERM is unset, empty, dumb, unknown, or any that is usual",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: named,
};

fn named(run: &mut Run) -> Outcome {
    let mut live = run.start(run.zhaidu(["demo"]).without("TERM"));
    live.wait_for_text("16 篇 / 4 个来源");
    run.leaves(live);
    for name in ["", "vt100", "linux", "screen", "tmux-256color", "xterm", "no-such-terminal"] {
        let mut live = run.start(run.zhaidu(["demo"]).env("TERM", name));
        live.wait_for_text("16 篇 / 4 个来源");
        live.send("\r");
        live.wait_for_text(">正文");
        run.leaves(live);
    }
    let mut live = run.start(run.zhaidu(["demo"]).env("TERM", "dumb").size(80, 40));
    live.wait_for_text("这个终端不能显示界面");
    assert!(has(live.screen(), "一部电梯，三十二次会") && !live.raw().contains(&0x1b));
    run.ends(live, 0);
    Outcome::Pass
}

/// F15.
pub(super) const LOCALES: Row = Row {
    id: "F15",
    what: "a locale without Chinese, a terminal that takes bytes for characters",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: locales,
};

fn locales(run: &mut Run) -> Outcome {
    for lang in ["C", "POSIX", "", "zh_CN.GBK"] {
        let mut live = run.start(run.zhaidu(["demo", "--lang", "zh"]).env("LANG", lang));
        live.wait_for_text("16 篇 / 4 个来源");
        live.wait_for_text("一条江怎样重新让人走近");
        run.leaves(live);
        let mut live =
            run.start(run.zhaidu(["demo"]).env("LANG", lang).answers(Answers::Latin1).size(80, 40));
        live.wait_for_text("tmux -u attach");
        let raw = String::from_utf8_lossy(live.raw()).into_owned();
        // The texts whose widths are asked for are all that is not ASCII: no byte of another one can
        // be a control character of such a terminal.
        let asked = raw.chars().filter(|c| !c.is_ascii()).count();
        assert!(asked <= 16, "{asked} characters: {raw}");
        run.ends(live, 2);
    }
    Outcome::Pass
}

/// F17.
pub(super) const MULTIPLEXERS: Row = Row {
    id: "F17",
    what: "tmux or screen stand between: nothing is passed through them",
    needs: &[],
    cap_mib: 150,
    alone: false,
    in_ci: true,
    play: multiplexers,
};

fn multiplexers(run: &mut Run) -> Outcome {
    for (term, name, value) in [
        ("tmux-256color", "TMUX", "/nonexistent/socket,1,0"),
        ("screen-256color", "STY", "1.pts-0.host"),
        ("screen", "TMUX", ""),
        ("xterm-256color", "ZELLIJ", "0"),
    ] {
        let launch = run.zhaidu(["demo"]).env("TERM", term).env(name, value);
        let mut live = run.start(launch.env("COLORTERM", "truecolor"));
        live.wait_for_text("16 篇 / 4 个来源");
        for keys in
            ["\r", "jjj", "/江\r", "\x1b\x1b[I", "?", "\x1b\x1b[I", "\x1b3j", "W", "\x1b\x1b[I"]
        {
            live.send(keys);
        }
        run.mark(&mut live);
        // What is written is held against the grammar when it has ended, as always.
        run.leaves(live);
    }
    Outcome::Pass
}
