//! `zhaidu filter` in a pipeline: one line for each, in order, whatever the lines are.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

/// An invented report; the numbers of its sentences are told by their beginnings.
const TEXT: &str = "柳塘的摆渡船停了三十年，今年春天又开了。摆渡的是老船工的孙女，一趟只收两元钱。\
                    她说，摆渡船不是给游客看的，是给对岸种菜的人坐的。天黑以后，渡口点一盏灯。";

fn filter(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaidu"));
    command.arg("filter").args(args).env_clear().env("LANG", "en_GB.UTF-8");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit code, lines, messages.
fn run(args: &[&str], input: &[u8]) -> (Option<i32>, Vec<Value>, String) {
    let mut child = filter(args).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input is written");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (output.status.code(), lines, String::from_utf8(output.stderr).expect("UTF-8"))
}

fn line(id: impl Into<Value>, text: &str) -> String {
    let id: Value = id.into();
    format!("{}\n", json!({ "id": id, "text": text }))
}

#[test]
fn lines_keep_their_order() {
    // Lengths that differ, so that the threads overtake each other.
    let length = |at: usize| if at.is_multiple_of(50) { 40 } else { at % 3 };
    let input: String = (0..1_000).map(|at| line(at, &TEXT.repeat(length(at)))).collect();
    let (code, lines, err) = run(&["--jobs", "4"], input.as_bytes());
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        lines
            .iter()
            .map(|line| &line["id"])
            .eq((0..1_000).map(Value::from).collect::<Vec<_>>().iter())
    );
    let (_, alone, _) = run(&["--jobs", "1"], input.as_bytes());
    assert!(lines == alone, "the number of threads changes nothing");
}

#[test]
fn sentences_are_slices_of_the_text() {
    let text = format!("  渡口𠮷\r\n\n　　{TEXT}\n  {TEXT}");
    let input = json!({ "id": null, "title": "渡口\n又开了", "text": text }).to_string();
    let (code, lines, _) = run(&["-n", "all"], input.as_bytes());
    assert_eq!(code, Some(0));
    let chars: Vec<char> = text.chars().collect();
    let sentences = lines[0]["sentences"].as_array().expect("sentences");
    assert!(sentences.len() >= 4);
    for (rank, sentence) in (1..).zip(sentences) {
        let at = |name: &str| sentence[name].as_u64().expect("a number") as usize;
        let slice: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(sentence["text"], slice);
        assert_eq!(sentence["rank"], rank);
    }
    assert_eq!(lines[0]["title"], "渡口\n又开了");
}

#[test]
fn a_text_has_no_title_but_the_one_that_is_given() {
    let first = |input: Value| run(&["-n", "all"], input.to_string().as_bytes()).1.remove(0);
    let found = first(json!({ "id": 1, "text": "渡口又开了" }));
    assert_eq!(
        (&found["title"], &found["sentences"][0]["text"]),
        (&Value::Null, &json!("渡口又开了"))
    );
    let found = first(json!({ "title": "渡口又开了", "text": format!("渡口又开了\n{TEXT}") }));
    let texts = found["sentences"].as_array().expect("sentences").iter();
    assert!(texts.clone().count() == 4 && texts.clone().all(|text| text["text"] != "渡口又开了"));
    let start = texts.map(|text| text["start"].as_u64()).min().flatten();
    assert_eq!(start, Some(6), "the line of the title and its end");
}

#[test]
fn a_line_that_is_bad_has_its_error_in_its_place() {
    let long = "x".repeat((64 << 20) + 1);
    let bad: [(&[u8], Value, &str); 11] = [
        (b"{\"id\":7,\"text\":\"cut", json!(7), "not JSON"),
        (b"nonsense", Value::Null, "not JSON"),
        (b"[1,2]", Value::Null, "not an object"),
        (b"{\"id\":\"a\"}", json!("a"), "no field \"text\""),
        (b"{\"id\":{\"b\":[1]},\"text\":7}", json!({"b": [1]}), "not a string"),
        (b"{\"text\":\"a\",\"title\":7}", Value::Null, "\"title\": is not a string"),
        (b"{\"id\":8,\"text\":\"a\"} x", json!(8), "not JSON"),
        (b"{\"id\":9,\"text\":\"\xFF\"}", json!(9), "not UTF-8 from byte 17 on"),
        (b"{\"id\":\"\xFF\",\"text\":\"\"}", Value::Null, "not UTF-8"),
        (b"", Value::Null, "a blank line"),
        (long.as_bytes(), Value::Null, "longer than 64 MiB"),
    ];
    let mut input = Vec::new();
    for (bytes, ..) in &bad {
        input.extend_from_slice(bytes);
        input.extend_from_slice(b"\n{\"id\":0,\"text\":\"\"}\n");
    }
    let (code, lines, err) = run(&["--jobs", "2"], &input);
    assert_eq!(code, Some(2));
    assert_eq!(err, "zhaidu: 11 of 22 lines failed; the error stands in place of each\n");
    assert_eq!(lines.len(), 2 * bad.len());
    for ((at, pair), (_, id, told)) in (1..).step_by(2).zip(lines.chunks(2)).zip(&bad) {
        assert_eq!((&pair[0]["schema"], &pair[0]["id"]), (&json!(1), id));
        assert_eq!(pair[0]["error"]["line"], at);
        let message = pair[0]["error"]["message"].as_str().expect("a message");
        assert!(message.contains(*told), "{message}: not {told}");
        let empty = json!({"schema": 1, "id": 0, "title": null, "sentences": [], "keywords": []});
        assert_eq!(pair[1], empty);
    }
}

#[test]
fn blank_lines_at_the_end_give_nothing() {
    assert_eq!(run(&[], b"{\"text\":\"\"}\n\n \r\n").1.len(), 1);
    let (code, lines, err) = run(&[], b"\n\n{\"text\":\"\"}");
    let told: Vec<_> = lines.iter().map(|line| line["error"]["line"].as_u64()).collect();
    assert_eq!((code, told, lines.len()), (Some(2), vec![Some(1), Some(2), None], 3), "{err}");
    for input in ["", "\n"] {
        let (code, lines, err) = run(&[], input.as_bytes());
        assert_eq!((code, lines.len(), err.as_str()), (Some(1), 0, "zhaidu: no line to read\n"));
    }
}

#[test]
fn files_are_unpacked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (a, b) = (line("a", TEXT), line("b", TEXT));
    let gzip = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let zstd = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
    let files = [
        ("plain.jsonl", format!("{a}{b}").into_bytes()),
        ("two.jsonl.gz", [gzip(&a), gzip(&b)].concat()),
        ("two.jsonl.zst", [zstd(&a), zstd(&b)].concat()),
    ];
    let (_, expected, _) = run(&[], format!("{a}{b}").as_bytes());
    for (name, bytes) in &files {
        fs::write(path(name), bytes).expect("a file");
        let (code, lines, err) = run(&["--input", &path(name)], b"");
        assert_eq!((code, err.as_str()), (Some(0), ""), "{name}");
        assert!(lines == expected, "{name}");
        assert!(run(&[], bytes).1 == expected, "{name} as standard input");
    }
    fs::write(path("cut.zst"), [zstd(&a), zstd(&b)[..20].to_vec()].concat()).expect("a file");
    let (code, lines, err) = run(&["--input", &path("cut.zst")], b"");
    assert_eq!((code, lines.len()), (Some(2), 1));
    assert!(err.contains("cut.zst: damaged zstd data"), "{err}");
    let (code, _, err) = run(&["--input", &path("none")], b"");
    assert!(code == Some(2) && err.contains("no such file"), "{err}");
}

#[test]
fn other_fields_are_kept_as_they_are() {
    let input = r#"{"key":"k","n":1.50,"正文":"","error":"x","n":12345678901234567890123,"id":"i","a":{"z":1,"b":"\u202e@"}}"#.replace('@', "\u{202E}");
    let mut child = filter(&["--keep", "--field", "id=key", "--field=text=正文"])
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("an input");
    let output = child.wait_with_output().expect("the program ends");
    let expected = r#"{"schema":1,"id":"k","title":null,"sentences":[],"keywords":[],"key":"k","正文":"","n":12345678901234567890123,"a":{"z":1,"b":"\u202e\u202e"}}"#;
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8").trim_end(), expected);
}

#[test]
fn as_much_as_is_asked_for() {
    let input = line(1, TEXT);
    let counts = |args: &[&str]| {
        let found = run(args, input.as_bytes()).1.remove(0);
        let count = |name: &str| found[name].as_array().map_or(0, Vec::len);
        (count("sentences"), count("keywords"))
    };
    assert_eq!(counts(&["-n", "0", "--keywords", "0"]), (0, 0));
    assert_eq!(counts(&["-n", "2", "--keywords", "1"]), (2, 1));
    assert_eq!(counts(&["-n", "all", "--keywords", "1"]), (4, 1));
    assert_eq!(counts(&["-n", "1%", "--keywords", "1"]), (1, 1));
}

#[test]
fn an_answer_comes_before_the_input_ends() {
    let mut child = filter(&["--line-buffered"]).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    for id in 0..3 {
        stdin.write_all(line(id, TEXT).as_bytes()).expect("a line");
        let answer = answers.next().expect("an answer").expect("UTF-8");
        assert!(answer.starts_with(&format!("{{\"schema\":1,\"id\":{id},")), "{answer}");
    }
    drop(stdin);
    assert!(answers.next().is_none());
    assert!(child.wait().expect("an end").success());
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("many.jsonl");
    fs::write(&path, line(1, TEXT).repeat(2_000)).expect("a file");
    // Standard input stays open: nobody may wait for it.
    let mut child = filter(&["--input", &path.to_string_lossy()]).spawn().expect("it starts");
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut first).expect("a line");
    drop(out);
    let output = child.wait_with_output().expect("an end");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    assert!(first.ends_with("}\n") && Path::new(&path).exists());
}

/// Bytes that look like lines of the input more often than chance has it.
fn lines() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let bytes = prop::collection::vec(any::<u8>().prop_filter("one line", |b| *b != b'\n'), 1..40);
    let text = "\\PC{0,20}|[一-龥。，\\n\u{202E}\u{FFFD}]{0,40}";
    let record = (text, text).prop_map(|(title, text)| {
        json!({ "id": title, "title": title, "text": text }).to_string().into_bytes()
    });
    let cut = (record.clone(), any::<prop::sample::Index>())
        .prop_map(|(line, at)| line[..at.index(line.len())].to_vec());
    prop::collection::vec(prop_oneof![bytes, record, cut], 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_line_has_its_line(lines in lines()) {
        let mut input = lines.join(&b'\n');
        input.extend_from_slice(b"\n{\"text\":\"\"}\n");
        let (code, answers, err) = run(&["--jobs", "2"], &input);
        prop_assert!(matches!(code, Some(0 | 2)), "{:?} {}", code, err);
        prop_assert!(!err.contains("panicked"), "{}", err);
        prop_assert_eq!(answers.len(), lines.len() + 1);
    }
}
