//! Signals that end a command, whatever it does.

use std::{
    io::Read,
    os::unix::process::ExitStatusExt,
    process::{Child, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

use super::*;

const SIGNALS: [(Signal, i32); 3] = [(Signal::INT, 2), (Signal::TERM, 15), (Signal::HUP, 1)];

/// What a command is given to hear a signal, when the machine is busy.
const PATIENCE: Duration = Duration::from_secs(20);

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("a process");
}

/// Whether whoever started the tests has a signal ignored, as shells do for what runs behind them: then commands
/// ignore it too.
fn is_ignored(number: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

/// Sends a signal to a command that has begun to answer to a pipe from which nobody reads on; how that ended.
fn ended_while_answering(archive: &Archive, args: &[&str], signal: Signal) -> ExitStatus {
    let mut command = archive.zhaidu(args);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut answer = child.stdout.take().expect("a pipe");
    answer.read_exact(&mut [0]).expect("an answer");
    send(&child, signal);
    let (told, ended) = mpsc::channel();
    thread::spawn(move || told.send(child.wait()));
    let soon = ended.recv_timeout(PATIENCE);
    // Whoever has not heard it finds the pipe closed now, and ends as if all were well.
    drop(answer);
    soon.or_else(|_| ended.recv()).expect("a thread").expect("a process")
}

#[test]
fn an_answer_that_nobody_reads_is_broken_off() {
    // More hits than a pipe holds, and an article that is near to it.
    let long = format!("水位\n\n{}。\n", "渡口水位，".repeat(6_000));
    let short = "渡口水位\n\n渡口水位涨了，渡口水位又落了，看渡口水位的人记下三尺。\n";
    let archive = Archive::new(&[("a.txt", short), ("b.txt", &long)]);
    archive.run();
    let like = archive.path("a.txt");
    let like = like.to_str().expect("UTF-8");
    for (signal, number) in SIGNALS {
        if is_ignored(number) {
            eprintln!("skipped: signal {number} is ignored by who started the tests");
            continue;
        }
        let cases: [&[&str]; 3] = [
            &["search", "--json", "渡口"],
            &["search", "--json", "--no-cache", "渡口"],
            &["related", "--json", like],
        ];
        for args in cases {
            let status = ended_while_answering(&archive, args, signal);
            assert_eq!(status.signal(), Some(number), "{args:?} {status}");
        }
    }
}

/// An archive that takes a while to be indexed.
fn slow() -> Archive {
    let text = |at: usize| {
        let line = format!("渡口{at}的灯亮了{at}年，水位{}尺，守灯的人换了三个。", at * 7);
        format!("第{at}号渡口\n\n{}", line.repeat(30))
    };
    let archive = Archive::new(&[]);
    for at in 0..400 {
        archive.write(&format!("{at:03}.txt"), &text(at));
    }
    archive
}

/// Sends a signal to a command that makes an index as soon as it is so far; its exit code, and what it said.
fn ended_while_indexing(
    archive: &Archive,
    args: &[&str],
    is_so_far: &dyn Fn(&Path) -> bool,
    signal: Signal,
) -> (Option<i32>, String) {
    let file = archive.place().file;
    let _ = fs::remove_dir_all(file.parent().expect("a folder"));
    let mut command = archive.zhaidu(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    while child.try_wait().expect("a process").is_none() && !is_so_far(&file) {
        thread::yield_now();
    }
    send(&child, signal);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("a process");
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

#[test]
fn an_index_that_is_interrupted_keeps_what_is_done_and_is_gone_on_with() {
    let (archive, whole) = (slow(), slow());
    let keeps_sources = |file: &Path| {
        let index = Index::open(file).ok().flatten();
        index.is_some_and(|index| index.source_count().is_ok_and(|count| count > 0))
    };
    let args = ["index", "--jobs", "1"];
    let (code, said) = ended_while_indexing(&archive, &args, &keeps_sources, Signal::INT);
    assert_eq!(code, Some(130), "{said}");
    assert!(said.contains("stopped; what is done is kept"), "{said}");
    let kept = archive.index().totals().expect("an index");
    assert!(kept.sources > 0 && kept.analysed < 400, "{kept:?}");
    assert!(archive.output(&["index"]).status.success());
    assert!(whole.output(&["index"]).status.success());
    assert_eq!(archive.contents(), whole.contents());
}

#[test]
fn the_code_of_what_was_stopped_says_by_which_signal() {
    let archive = slow();
    let like = archive.path("000.txt");
    let like = like.to_str().expect("UTF-8");
    let cases: [(&[&str], Signal, i32); 6] = [
        (&["index"], Signal::TERM, 143),
        (&["index"], Signal::HUP, 129),
        (&["search", "渡口"], Signal::INT, 130),
        (&["search", "渡口"], Signal::TERM, 143),
        (&["related", like], Signal::TERM, 143),
        (&["related", like], Signal::HUP, 129),
    ];
    for (args, signal, expected) in cases {
        let (code, said) = ended_while_indexing(&archive, args, &Path::exists, signal);
        assert_eq!(code, Some(expected), "{args:?} {said}");
        assert!(said.contains("what is done is kept"), "{args:?} {said}");
    }
}
