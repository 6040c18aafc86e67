//! What leaves the program: to the clipboard, to a shell command, to an editor.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    archive::{Archive, article},
    picture::has,
    session::{Launch, Session},
};

const TITLE: &str = "江水清了";

/// The program on one page, read and analysed, with nothing of a desktop around it.
pub(super) fn open(launch: Launch) -> Session {
    let mut session = launch.start();
    session.wait_for_text("1 篇 / 1 个来源");
    session.wait_for_text("渡口");
    session
}

pub(super) fn page(archive: &Archive) -> Launch {
    Launch::zhaidu([archive.add("page.txt", article(TITLE))])
}

/// What stands between two marks in what the program wrote.
fn between<'a>(raw: &'a [u8], head: &str, tail: &str) -> Option<&'a str> {
    let text = std::str::from_utf8(raw).expect("UTF-8");
    let (_, rest) = text.split_once(head)?;
    rest.split_once(tail).map(|(data, _)| data)
}

fn decoded(data: &str) -> String {
    String::from_utf8(STANDARD.decode(data).expect("base64")).expect("UTF-8")
}

#[test]
fn what_is_copied_is_what_the_terminal_gets() {
    let archive = Archive::new();
    let mut session = open(page(&archive));
    session.send("ya");
    session.wait_for_text("已送到终端 (OSC 52)");
    let data = between(session.raw(), "\x1b]52;c;", "\x07").expect("a sequence").to_owned();
    session.allow(format!("\x1b]52;c;{data}\x07"));
    let text = decoded(&data);
    assert!(text.starts_with("江水清了\n渡口的老船工"), "{text}");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_sequence_is_wrapped_for_tmux_when_tmux_cannot_be_asked() {
    let archive = Archive::new();
    let mut session = open(page(&archive).env("TMUX", "/nonexistent/tmux,1,0"));
    session.send("yp");
    session.wait_for_text("tmux 要 allow-passthrough");
    let wrapped = between(session.raw(), "\x1bPtmux;\x1b\x1b]52;c;", "\x07\x1b\\");
    let data = wrapped.expect("a sequence").to_owned();
    session.allow(format!("\x1bPtmux;\x1b\x1b]52;c;{data}\x07\x1b\\"));
    let place = decoded(&data);
    assert!(place.ends_with("/page.txt:1") || place.ends_with("/page.txt:3"), "{place}");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_tool_of_the_desktop_takes_the_text_where_there_is_one() {
    let archive = Archive::new();
    let script = format!("#!/bin/sh\ncat > {}/clip\n", archive.path().display());
    let tool = archive.add("wl-copy", script);
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("its rights");
    let path = format!("{}:/usr/bin:/bin", archive.path().display());
    let launch = || page(&archive).env("PATH", &path).env("WAYLAND_DISPLAY", "wayland-0");
    let mut session = open(launch());
    session.send("yg");
    session.wait_for_text("已送到 wl-copy");
    let copied = fs::read_to_string(archive.path().join("clip")).expect("the text");
    assert_eq!(copied, "江水清了[N].");
    session.send("q");
    session.expect_exit(0);
    // Over SSH its clipboard would be that of another machine.
    let mut remote = open(launch().env("SSH_CONNECTION", "a 1 b 2"));
    remote.send("yg");
    remote.wait_for_text("已送到终端 (OSC 52)");
    let data = between(remote.raw(), "\x1b]52;c;", "\x07").expect("a sequence").to_owned();
    remote.allow(format!("\x1b]52;c;{data}\x07"));
    remote.send("q");
    remote.expect_exit(0);
}

#[test]
fn a_text_alone_can_be_selected_and_any_key_leads_back() {
    let archive = Archive::new();
    let mut session = open(page(&archive));
    session.send("yv");
    session.wait_for("the text alone", |screen| {
        !screen.alternate_screen() && has(screen, "按任意键返回")
    });
    assert!(!has(session.screen(), "关键词"), "nothing else is there");
    session.send("x");
    session.wait_for("the interface", |screen| {
        screen.alternate_screen() && has(screen, "1 篇 / 1 个来源")
    });
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_shell_command_gets_the_article_and_its_end_is_told() {
    let archive = Archive::new();
    let file = archive.path().join("out");
    let mut session = open(page(&archive).size(120, 30));
    session.send(&format!("|cat > '{}'; echo done-$?; exit 7\r", file.display()));
    session.wait_for_text("done-0");
    session.wait_for_text("退出码 7  按任意键返回");
    assert!(!session.screen().alternate_screen());
    let text = fs::read_to_string(&file).expect("the text");
    assert!(text.starts_with("江水清了\n渡口的老船工") && text.ends_with("。\n"), "{text}");
    session.send(" ");
    session.wait_for("the interface", vt100::Screen::alternate_screen);
    // Keys are read again.
    session.send("?");
    session.wait_for_text("Esc 关闭");
    session.send("q");
    session.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_command_that_is_interrupted_does_not_end_the_program() {
    let archive = Archive::new();
    let mut session = open(page(&archive));
    session.send("|echo started; exec sleep 1000\r");
    session.wait_for("the command", |screen| {
        picture_lines(screen).iter().any(|line| line == "started")
    });
    session.send("\x03");
    session.wait_for_text("被信号终止 2  按任意键返回");
    session.send("\r");
    session.wait_for("the interface", vt100::Screen::alternate_screen);
    session.send("q");
    session.expect_exit(0);
}

fn picture_lines(screen: &vt100::Screen) -> Vec<String> {
    super::picture::rows(screen).iter().map(|row| row.trim_end().to_owned()).collect()
}

/// A script in the place of an editor, named as one, that writes its arguments and the file.
fn editor(archive: &Archive, name: &str) -> String {
    let folder = archive.path().display();
    let script = format!(
        "#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done > {folder}/words.part\n\
         for last; do :; done\ncp \"$last\" {folder}/seen\nmv {folder}/words.part {folder}/words\n"
    );
    let path = archive.add(name, script);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its rights");
    path.display().to_string()
}

fn words(folder: &Path) -> Vec<String> {
    let words = fs::read_to_string(folder.join("words")).expect("the arguments");
    words.lines().map(str::to_owned).collect()
}

fn edit(session: &mut Session) {
    session.send("o");
    session.wait_for_output("the terminal is taken again", |raw| {
        raw.windows(8).filter(|bytes| *bytes == b"\x1b[?1049h").count() == 2
    });
    session.wait_for_text("1 篇 / 1 个来源");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn an_editor_opens_the_file_at_the_line() {
    let archive = Archive::new();
    let (name, folder) = ("-it's $(x) a b.txt", Archive::new());
    let file = folder.add(name, article(TITLE));
    let editor = format!("'{}' -n", editor(&archive, "vim"));
    // Where the archive was opened by its folder.
    let launch = Launch::zhaidu([folder.path()]).env("EDITOR", editor);
    edit(&mut open(launch));
    let told = words(archive.path());
    let path = file.display().to_string();
    assert_eq!((told.len(), told[0].as_str(), &told[2]), (3, "-n", &path), "{told:?}");
    assert!(matches!(told[1].as_str(), "+3" | "+4"), "{told:?}");
}

#[test]
fn a_text_that_no_file_holds_is_opened_as_a_copy_that_goes_away() {
    let archive = Archive::new();
    let editor = editor(&archive, "nano");
    let (bytes, _, _) = encoding_rs::GBK.encode("江水清了\n\n　　渡口的老船工把缆绳收好。\n");
    let file = archive.add("gbk.txt", &bytes);
    edit(&mut open(Launch::zhaidu([&file]).env("VISUAL", &editor)));
    let told = words(archive.path());
    let copy = Path::new(told.last().expect("a file"));
    assert!(told[0].starts_with('+') && copy != file, "{told:?}");
    let seen = fs::read_to_string(archive.path().join("seen")).expect("what the editor saw");
    assert!(seen.starts_with("江水清了\n"), "{seen}");
    assert!(!copy.exists(), "the copy is gone");
    assert_eq!(fs::read(&file).expect("the source"), *bytes, "the source is as it was");
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let archive = Archive::new();
    let mut session = open(page(&archive).env("VISUAL", "/nonexistent/editor"));
    session.send("o");
    session.wait_for_text("editor: 无法启动");
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn a_file_that_the_editor_changed_is_read_again() {
    let archive = Archive::new();
    let script =
        archive.add("changer", "#!/bin/sh\nsleep 0.02\nsed -i 's/江水清了/河水也清了/' \"$1\"\n");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("its rights");
    let mut session = open(page(&archive).env("EDITOR", script.as_os_str()));
    session.send("o");
    session.wait_for_text("河水也清了");
    session.send("q");
    session.expect_exit(0);
}

/// The command line that `y l` copies, run by a shell, with what it prints.
#[test]
fn the_command_line_that_is_copied_prints_what_was_looked_at() {
    let folder = Archive::new();
    folder.add("a 'b' $(x).txt", article(TITLE));
    for (keys, printed) in [
        ("", TITLE),
        ("\x1b2", "老船工把缆绳收好"),
        ("\x1b3", "居民"),
        ("\x1b4", "管子"),
        ("p", "正文"),
        ("/管子\r", "管子"),
    ] {
        let mut session = open(Launch::zhaidu([folder.path()]));
        session.send(keys);
        session.send("yl");
        session.wait_for_text("已送到终端 (OSC 52)");
        let data = between(session.raw(), "\x1b]52;c;", "\x07").expect("a sequence").to_owned();
        session.allow(format!("\x1b]52;c;{data}\x07"));
        session.send("q");
        session.expect_exit(0);
        let line = decoded(&data);
        let rest = line.strip_prefix("zhaidu ").expect("a command line of this program");
        let mut shell = Launch::script(&format!("\"$ZHAIDU\" --lang zh {rest}")).start();
        let ended = shell.wait_exit();
        assert_eq!(ended.code, 0, "{line}");
        assert!(has(shell.screen(), printed), "{line}: {:?}", picture_lines(shell.screen()));
    }
}

#[test]
fn a_paste_while_any_key_leads_back_is_no_key() {
    let archive = Archive::new();
    let mut session = open(page(&archive));
    for (keys, away) in [("yv", "按任意键返回"), ("|true\r", "退出码 0")] {
        session.send(keys);
        session.wait_for_text(away);
        session.send("\x1b[200~xq\r\x1b[201~");
        session.wait_for("the interface", vt100::Screen::alternate_screen);
        session.wait_for_text("渡口");
    }
    session.send("q");
    session.expect_exit(0);
}

#[test]
fn the_command_line_of_a_filtered_list_lists_the_same() {
    let archive = Archive::new();
    for (name, title) in [("1.txt", "江水清了"), ("2.txt", "灯塔亮了"), ("3.txt", "江边的灯")]
    {
        archive.add(name, article(title));
    }
    let mut session = Launch::zhaidu([archive.path()]).start();
    session.wait_for_text("3 篇 / 3 个来源");
    for (typed, left) in [("title:江", "title:江 2"), ("-title:灯", "-title:灯 1")] {
        session.send("F");
        session.send(typed);
        session.send("\r");
        session.wait_for_text(left);
    }
    session.send("yl");
    session.wait_for_text("已送到终端 (OSC 52)");
    let data = between(session.raw(), "\x1b]52;c;", "\x07").expect("a sequence").to_owned();
    session.allow(format!("\x1b]52;c;{data}\x07"));
    let words = shlex::split(&decoded(&data)).expect("a command line");
    assert_eq!(words.first().map(String::as_str), Some("zhaidu"));
    let listed = Command::new(env!("CARGO_BIN_EXE_zhaidu")).args(&words[1..]).output();
    let listed = String::from_utf8(listed.expect("a list").stdout).expect("UTF-8");
    assert!(listed.lines().count() == 1 && listed.contains("江水清了"), "{words:?}: {listed}");
    // What is typed with f has no command: that is said, and nothing is copied.
    session.send("f清\r");
    session.wait_for_text("~清");
    session.send("yl");
    session.wait_for_text("没有对应的命令");
    session.send("q");
    session.expect_exit(0);
}
