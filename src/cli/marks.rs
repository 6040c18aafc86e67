//! `zhaidu marks`: what the person keeps about articles, to be listed and taken elsewhere.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
};

use super::{
    Exit,
    args::{MarksArgs, MarksCommand},
    output::Output,
};
use crate::{
    article::{MarkTable, Marks},
    config,
    lang::Lang,
    library::displayed,
    query::Query,
    store::marks::{
        self,
        journal::Journal,
        line::{Op, Unread},
        merge::Merged,
    },
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &MarksArgs, out: &mut Output) -> io::Result<Exit> {
    let (merged, is_whole) = load(out);
    let exit = match &args.what {
        MarksCommand::List => list(&merged, out)?,
        MarksCommand::Export => export(&merged, out)?,
        MarksCommand::Import { file } => import(file.as_deref(), merged, out)?,
    };
    Ok(if is_whole { exit } else { Exit::Failed })
}

/// All marks, and whether every file of them could be read.
pub(super) fn load(out: &mut Output) -> (Merged, bool) {
    let (merged, errors) = marks::load(config::marks_folder().as_deref());
    for error in &errors {
        let what = out.lang.of("读不了标记", "marks cannot be read");
        out.complain(&display!("zhaidu: {what}: {}", DisplayLine::new(&error.message(out.lang))));
    }
    let (damaged, unknown) = (merged.damaged, merged.unknown);
    if damaged + unknown > 0 {
        out.complain(&match out.lang {
            Lang::Zh => display!("zhaidu: {damaged} 行损坏，{unknown} 行不认识；都留在文件里"),
            Lang::En => display!(
                "zhaidu: {damaged} damaged and {unknown} unknown lines; they are kept in their files"
            ),
        });
    }
    (merged, errors.is_empty())
}

/// What holds for each article, if a query asks for that, and whether all of it could be read.
pub(super) fn table(query: &Query, out: &mut Output) -> (MarkTable, bool) {
    if !query.asks_marks() {
        return (MarkTable::default(), true);
    }
    everything(out)
}

/// What holds for each article, and whether all of it could be read.
pub(super) fn everything(out: &mut Output) -> (MarkTable, bool) {
    let (merged, is_whole) = load(out);
    (merged.table(), is_whole)
}

fn list(merged: &Merged, out: &mut Output) -> io::Result<Exit> {
    let articles = merged.articles();
    for (marks, op) in &articles {
        let tags: Vec<&str> = marks.tags.iter().map(String::as_str).collect();
        let id = op.article.id.to_string();
        let fields = [
            id.as_str(),
            &states(marks),
            &tags.join(" "),
            &op.article.title,
            &op.article.path,
            &marks.note,
        ];
        out.row(&fields.map(DisplayLine::new))?;
    }
    Ok(if articles.is_empty() { Exit::Nothing } else { Exit::Fine })
}

/// The words that programs know a state by.
fn states(marks: &Marks) -> String {
    let states = [(marks.starred, "starred"), (marks.read, "read")];
    let states: Vec<&str> = states.iter().filter(|state| state.0).map(|state| state.1).collect();
    states.join(",")
}

fn export(merged: &Merged, out: &mut Output) -> io::Result<Exit> {
    let mut found = false;
    for op in merged.ops() {
        writeln!(out, "{}", op.to_json())?;
        found = true;
    }
    Ok(if found { Exit::Fine } else { Exit::Nothing })
}

fn import(file: Option<&Path>, mut merged: Merged, out: &mut Output) -> io::Result<Exit> {
    let file = file.filter(|file| *file != Path::new("-"));
    let name = file.map_or_else(|| "-".into(), |file| displayed(file.as_os_str()));
    let input: Box<dyn Read> = match file.map(File::open).transpose() {
        Ok(None) => Box::new(io::stdin()),
        Ok(Some(file)) => Box::new(file),
        Err(error) => {
            out.complain(&display!("zhaidu: {name}: {error}"));
            return Ok(Exit::Failed);
        }
    };
    let (mut new, mut known, mut unread) = (Vec::new(), 0, 0);
    for (number, line) in (1..).zip(BufReader::new(input).split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read(&line) {
            Ok(op) if merged.take(op.clone()) => new.push(op),
            Ok(_) => known += 1,
            Err(_) => {
                let what = out.lang.of("不是标记，略过", "not a mark, passed over");
                out.complain(&display!("zhaidu: {name}:{number}: {what}"));
                unread += 1;
            }
        }
    }
    if !new.is_empty()
        && let Err(error) = Journal::new(config::marks_folder()).append(&new)
    {
        let what = out.lang.of("标记没有保存", "the marks are not saved");
        out.complain(&display!("zhaidu: {what}: {}", DisplayLine::new(&error.message(out.lang))));
        return Ok(Exit::Failed);
    }
    let new = new.len();
    out.complain(&match out.lang {
        Lang::Zh => display!("导入 {new}，已有或更旧 {known}，略过 {unread}"),
        Lang::En => display!("imported {new}, known or older {known}, passed over {unread}"),
    });
    Ok(if unread == 0 { Exit::Fine } else { Exit::Failed })
}

/// A mark as it is exported, or as it stands in a file of marks.
fn read(line: &[u8]) -> Result<Op, Unread> {
    let json = std::str::from_utf8(line).map_err(|_| Unread::Damaged)?;
    Op::from_json(json).or_else(|_| Op::from_line(line))
}
