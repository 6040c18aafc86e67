//! `zhaidu session`: what would be taken up, and how to have that forgotten.

use std::io::{self, Write};

use super::{
    Exit,
    args::{SessionArgs, SessionCommand},
    json::{self, KeptSession},
    output::Output,
    resume,
};
use crate::{
    config,
    lang::Lang,
    library::displayed,
    store::session::{Session, Sessions},
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &SessionArgs, out: &mut Output) -> io::Result<Exit> {
    let Some(sessions) = config::sessions_folder().map(Sessions::new) else {
        out.complain(out.lang.of(
            "zhaidu: 没有主目录；设置 XDG_STATE_HOME",
            "zhaidu: there is no home folder; set XDG_STATE_HOME",
        ));
        return Ok(Exit::Failed);
    };
    match args.what {
        SessionCommand::Show { json } => show(&sessions, json, out),
        SessionCommand::Forget => Ok(forget(&sessions, out)),
    }
}

fn show(sessions: &Sessions, as_json: bool, out: &mut Output) -> io::Result<Exit> {
    let all = match sessions.all() {
        Ok(all) => all,
        Err(error) => {
            out.complain(&display!("zhaidu: {}", DisplayLine::new(&error.message(out.lang))));
            return Ok(Exit::Failed);
        }
    };
    let last = sessions.last();
    for (name, session) in &all {
        let is_last = last.as_ref() == Some(name);
        if as_json {
            json::write(out, &KeptSession::new(name, is_last, session))?;
            out.write_all(b"\n")?;
        } else {
            let (source, title) = session.article.as_ref().map_or_else(Default::default, |spot| {
                (DisplayLine::new(&spot.source), DisplayLine::new(&spot.title))
            });
            let mark = if is_last { "*" } else { "" };
            out.row(&[mark.into(), archive(session), source, title])?;
        }
    }
    Ok(if all.is_empty() { Exit::Nothing } else { Exit::Fine })
}

/// The paths of an archive, or what kind it is.
fn archive(session: &Session) -> DisplayLine {
    let paths: Vec<String> = session
        .archive
        .paths
        .iter()
        .filter_map(resume::path)
        .map(|path| displayed(path.as_os_str()).to_string())
        .collect();
    if paths.is_empty() {
        return DisplayLine::new(&session.archive.kind);
    }
    DisplayLine::new(&paths.join(" "))
}

fn forget(sessions: &Sessions, out: &mut Output) -> Exit {
    let count = match sessions.forget() {
        Ok(count) => count,
        Err(error) => {
            out.complain(&display!("zhaidu: {}", DisplayLine::new(&error.message(out.lang))));
            return Exit::Failed;
        }
    };
    out.complain(&match out.lang {
        Lang::Zh => display!("忘了 {count} 个资料库上次的状态"),
        Lang::En => display!("forgot how {count} archives were left"),
    });
    // Places are never removed by the program: that is for the person to do.
    if let Some(places) = config::places_folder().filter(|folder| folder.exists()) {
        let rest = out.lang.of("各篇读到哪里还在", "how far articles were read is still in");
        out.complain(&display!("{rest}: {}", displayed(places.as_os_str())));
    }
    Exit::Fine
}
