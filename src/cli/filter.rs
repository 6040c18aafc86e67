//! `zhaidu filter`: key sentences and keywords of texts in a pipeline, JSON lines in, JSON lines out.
//!
//! A thread reads, several answer, the main thread writes; see `pipeline` for the order and for
//! what bounds the memory. `record` makes one line of one.

mod pipeline;
mod reader;
mod record;

use std::{ffi::OsStr, io, io::Write, path::Path, sync::Arc, thread};

use self::{
    pipeline::Pipeline,
    reader::Reader,
    record::{Answer, Request},
};
use super::{Exit, args::FilterArgs, output::Output};
use crate::{
    error::{Problem, ProblemKind},
    lang::Lang,
    library::displayed_problem,
    source::lines::Stream,
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &FilterArgs, out: &mut Output) -> io::Result<Exit> {
    let path = args.input.as_deref().filter(|path| *path != Path::new("-"));
    let place = path.map_or(OsStr::new("<stdin>"), Path::as_os_str);
    let stream = match Stream::open(path) {
        Ok(stream) => stream,
        Err(kind) => return Ok(complain(place, kind, out)),
    };
    let jobs = args.jobs.map_or_else(thread::available_parallelism, Ok).map_or(1, usize::from);
    let request = Arc::new(Request::new(args));
    let answers = Pipeline::start(Reader::new(stream), jobs, move |input| request.answer(&input))?;
    let mut tally = Tally::default();
    for answer in answers {
        match answer? {
            Answer::Line(line) => out.write_all(&line)?,
            Answer::Refusal(line) => {
                tally.failed += 1;
                out.write_all(&line)?;
            }
            Answer::Broken(kind) => {
                if tally.failed > 0 {
                    tally.exit(out);
                }
                return Ok(complain(place, kind, out));
            }
        }
        tally.lines += 1;
        if args.line_buffered || out.columns.is_some() {
            Write::flush(out)?;
        }
    }
    Ok(tally.exit(out))
}

fn complain(place: &OsStr, kind: ProblemKind, out: &mut Output) -> Exit {
    let message = displayed_problem(&Problem::new(place, kind), out.lang);
    out.complain(&display!("zhaidu: {message}"));
    Exit::Failed
}

/// Lines that were written.
#[derive(Debug, Default)]
struct Tally {
    lines: u64,
    failed: u64,
}

impl Tally {
    /// The exit code that follows; says so when it is not 0.
    fn exit(&self, out: &mut Output) -> Exit {
        let Self { lines, failed } = self;
        let told = match (self, out.lang) {
            (Self { lines: 0, .. }, lang) => lang.of("没有输入行", "no line to read").to_owned(),
            (Self { failed: 0, .. }, _) => return Exit::Fine,
            (_, Lang::Zh) => format!("{lines} 行中有 {failed} 行出错；错误写在各行的位置上"),
            (_, Lang::En) => {
                format!("{failed} of {lines} lines failed; the error stands in place of each")
            }
        };
        out.complain(&display!("zhaidu: {}", DisplayLine::new(&told)));
        if *lines == 0 { Exit::Nothing } else { Exit::Failed }
    }
}
