//! The theme that is worn: what was asked for, what the terminal says of itself, what is typed.

use ratatui::style::Style;
use zhaidu::{config::ColourDepth, view::theme::BuiltIn};

use super::{
    answers::Answers,
    picture::{drawn, has},
    session::{Launch, Session},
};

/// The program on a terminal with all colours.
fn launch(args: &[&str]) -> Launch {
    Launch::zhaidu(["demo"].iter().chain(args)).env("COLORTERM", "truecolor")
}

/// Waits until the heading of the list is drawn so.
fn wait_worn(session: &mut Session, style: Style) {
    session.wait_for("the theme", |screen| drawn(screen, style).starts_with(">文章"));
}

fn heading(theme: BuiltIn) -> Style {
    theme.theme().heading_focused
}

fn leave(mut session: Session) {
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn the_background_of_the_terminal_decides_where_nothing_was_asked_for() {
    for (launch, answers, theme) in [
        (launch(&[]), Answers::Dark, BuiltIn::Dark),
        (launch(&[]), Answers::Light, BuiltIn::Light),
        (launch(&["--ambiguous", "1"]), Answers::Light, BuiltIn::Light),
        (launch(&[]), Answers::Narrow, BuiltIn::Sixteen),
        (launch(&[]).env("COLORFGBG", "0;15"), Answers::Narrow, BuiltIn::Light),
        (launch(&[]).env("COLORFGBG", "0;15"), Answers::Dark, BuiltIn::Dark),
        (launch(&["--theme", "light"]), Answers::Dark, BuiltIn::Light),
        (launch(&["--theme", "sixteen"]), Answers::Dark, BuiltIn::Sixteen),
        // A terminal far away that says no more than its kind.
        (
            launch(&[]).without("COLORTERM").env("SSH_CONNECTION", "1"),
            Answers::Light,
            BuiltIn::Sixteen,
        ),
        // One where NO_COLOR is set, but this very run was asked for colours.
        (launch(&["--theme", "dark"]).env("NO_COLOR", "1"), Answers::Light, BuiltIn::Dark),
    ] {
        let mut session = launch.answers(answers).start();
        wait_worn(&mut session, heading(theme));
        session.wait_for_text("4 个来源");
        leave(session);
    }
}

#[test]
fn without_colours_there_are_none() {
    for launch in [launch(&[]).env("NO_COLOR", "1"), launch(&["--theme", "mono"])] {
        let mut session = launch.answers(Answers::Dark).start();
        wait_worn(&mut session, heading(BuiltIn::Mono));
        session.wait_for_text("4 个来源");
        let raw = String::from_utf8_lossy(session.raw()).into_owned();
        for colour in ["38;", "48;", "\x1b[3", "\x1b[4", ";3", ";4"] {
            let sgr = raw.split("\x1b[").filter(|part| part.contains('m'));
            let mut sgr = sgr.map(|part| format!("\x1b[{}", part.split('m').next().unwrap_or("")));
            let underline = |found: &String| found.ends_with('4') || found.contains("4;");
            let numbers = |found: &String| found.chars().all(|c| !c.is_alphabetic());
            let found = sgr.find(|found| {
                numbers(found)
                    && found.contains(colour)
                    && !underline(found)
                    && !found.contains('?')
            });
            assert_eq!(found, None, "{colour}");
        }
        leave(session);
    }
}

#[test]
fn the_theme_changes_by_keys_by_words_and_with_the_terminal() {
    let mut session = launch(&[]).answers(Answers::Light).start();
    wait_worn(&mut session, heading(BuiltIn::Light));
    session.wait_for_text("4 个来源");
    session.send("Wn");
    session.wait_for_text("主题: 深色");
    wait_worn(&mut session, heading(BuiltIn::Dark));
    session.send(":theme mono\r");
    wait_worn(&mut session, heading(BuiltIn::Mono));
    session.send("Wa");
    wait_worn(&mut session, heading(BuiltIn::Light));
    // The terminal tells that its colours have changed.
    session.send("\x1b[?997;1n");
    wait_worn(&mut session, heading(BuiltIn::Dark));
    session.send("\x1b[?997;2n");
    wait_worn(&mut session, heading(BuiltIn::Light));
    leave(session);
}

#[test]
fn broken_answers_change_nothing_and_type_nothing() {
    let mut session = launch(&[]).answers(Answers::Silent).start();
    session.wait_for_output("the question", |raw| raw.windows(3).any(|bytes| bytes == b"\x1b[c"));
    for answer in ["rgb:zzzz/0/0", "rgb:", "?", "rgb:ffff/ffff", "rgb:ffff/ffff/ffff/ffff/ffff"] {
        session.send(&format!("\x1b]11;{answer}\x1b\\"));
    }
    session.send(&format!("\x1b]11;rgb:{}\x07\x1b[?997;3n\x1b[?997n", "f".repeat(3000)));
    session.send(&Answers::Narrow.reply());
    session.wait_for_text("4 个来源");
    wait_worn(&mut session, heading(BuiltIn::Sixteen));
    assert!(has(session.screen(), ">"));
    leave(session);
}

#[test]
fn a_theme_of_ones_own_is_worn_and_its_mistakes_are_told() {
    let text = b"inherit = \"dark\"\n[styles]\nheading-focused = { fg = \"#010203\", bg = 231 }\nkye = 3\n";
    let own = launch(&["--theme", "mine"]).config("themes/mine.toml", text);
    let mut session = own.answers(Answers::Dark).start();
    session.wait_for_text("1 个问题");
    let style = drawn_style("heading-focused = { fg = \"#010203\", bg = 231 }");
    wait_worn(&mut session, style);
    session.send("!");
    session.wait_for_text("\"kye\"");
    session.send("qWm");
    wait_worn(&mut session, heading(BuiltIn::Mono));
    session.send("Wo");
    session.wait_for_text("主题: mine");
    wait_worn(&mut session, style);
    leave(session);

    let mut session = launch(&["--theme", "mien"]).answers(Answers::Dark).start();
    session.wait_for_text("1 个问题");
    wait_worn(&mut session, heading(BuiltIn::Dark));
    session.send("!");
    session.wait_for_text("没有叫 \"mien\" 的主题；有 auto, dark, light, sixteen, mono");
    session.send("q");
    leave(session);
}

#[test]
fn a_theme_can_be_named_in_the_settings_and_a_misspelt_one_is_told_with_its_line() {
    let text = b"inherit = \"dark\"\n[styles]\nheading-focused = { fg = \"#010203\", bg = 231 }\n";
    let own = launch(&[]).config("themes/mine.toml", text);
    let own = own.config("config.toml", b"theme = \"mine\"\n").answers(Answers::Dark);
    let mut session = own.start();
    wait_worn(&mut session, drawn_style("heading-focused = { fg = \"#010203\", bg = 231 }"));
    leave(session);

    let wrong = launch(&[]).config("config.toml", b"mouse = true\ntheme = \"darkk\"\n");
    let mut session = wrong.answers(Answers::Light).start();
    session.wait_for_text("1 个问题");
    wait_worn(&mut session, heading(BuiltIn::Light));
    session.send("!");
    session.wait_for_text("config.toml:2:9: 没有叫 \"darkk\" 的主题，是不是");
    session.send("q");
    leave(session);

    let wrong = launch(&[]).env("ZHAIDU_THEME", "darkk").answers(Answers::Dark);
    let mut session = wrong.start();
    session.wait_for_text("1 个问题");
    session.send("!");
    session.wait_for_text("ZHAIDU_THEME: 没有叫 \"darkk\" 的主题，是不是 \"dark\"？");
    session.send("q");
    leave(session);
}

fn drawn_style(line: &str) -> Style {
    let found = zhaidu::view::theme::read("mine.toml", &format!("[styles]\n{line}\n"));
    found.theme.reduced(ColourDepth::Direct).heading_focused
}
