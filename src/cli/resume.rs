//! What the interface takes up again, and where it keeps what to take up later.

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
};

use super::args::{Args, OpenArgs, ResumeArgs};
use crate::{
    config,
    lang::Lang,
    library::{
        Library, displayed,
        identity::{ArchiveKind, Identity},
    },
    store::session::{KeptPath, Opened, Session, Sessions},
    text::display::{DisplayLine, display},
    tui::{Keeping, SessionPlace},
};

/// What to open.
pub(super) struct Opening {
    /// Paths and options.
    pub(super) open: OpenArgs,
    /// Whether an index of it may be made: nobody asked for one of a folder that was never named.
    pub(super) is_named: bool,
    /// What to say about it.
    pub(super) notice: Option<DisplayLine>,
    /// How it was left, with its name, if that is known already.
    left: Option<(String, Session)>,
}

impl Opening {
    /// What the command line says.
    pub(super) fn given(open: &OpenArgs, notice: Option<DisplayLine>) -> Self {
        Self { open: open.clone(), is_named: true, notice, left: None }
    }
}

/// What to open: what was named, else what was open last.
pub(super) fn opening(open: &OpenArgs, resume: ResumeArgs, lang: Lang) -> Opening {
    let is_asked = !open.paths.is_empty() || !options(open).is_empty();
    let sessions = config::sessions_folder().map(Sessions::new);
    let (false, false, false, Some(sessions)) = (is_asked, resume.new, resume.no_session, sessions)
    else {
        return Opening::given(open, None);
    };
    let Some(name) = sessions.last() else { return Opening::given(open, None) };
    match sessions.load(&name) {
        Ok(Some(session)) => {
            let opening = resumed(open, &session, lang);
            Opening { left: Some((name, session)), ..opening }
        }
        Ok(None) => Opening::given(open, None),
        Err(error) => Opening::given(open, Some(DisplayLine::new(&error.message(lang)))),
    }
}

fn resumed(open: &OpenArgs, session: &Session, lang: Lang) -> Opening {
    let paths: Vec<PathBuf> = session.archive.paths.iter().filter_map(path).collect();
    let Some(first) = paths.first() else { return Opening::given(open, None) };
    let more = paths.len() - 1;
    let name = displayed(first.as_os_str());
    let name = if more == 0 { name } else { display!("{name} +{more}") };
    if !paths.iter().any(|path| path.exists()) {
        let gone = lang.of("上次的资料库不在了", "what was open last is gone");
        return Opening::given(open, Some(display!("{gone}: {name}")));
    }
    let went_on = lang.of("接着上次", "going on where you left off");
    let anew = lang.of("zhaidu --new 不接着", "zhaidu --new begins anew");
    let notice = Some(display!("{went_on}: {name}  ({anew})"));
    let is_here = session.archive.kind == word(ArchiveKind::Here);
    if is_here && is_current(first) {
        return Opening::given(open, None);
    }
    let words = [OsString::from("zhaidu")].into_iter();
    let words = words.chain(session.archive.options.iter().map(OsString::from));
    let words = words.chain([OsString::from("--")]).chain(paths.into_iter().map(OsString::from));
    match Args::without_command(&words.collect::<Vec<_>>()) {
        Some(args) => Opening { open: args.open, is_named: !is_here, notice, left: None },
        // Somebody else wrote that, or a version with other options.
        None => Opening::given(open, None),
    }
}

/// Whether this is the current folder.
fn is_current(path: &Path) -> bool {
    env::current_dir().and_then(fs::canonicalize).is_ok_and(|current| current == path)
}

/// What is kept of the archive that is opened, and what is taken up of it; and what to say about that.
pub(super) fn keeping(
    library: &Library,
    opening: Option<&Opening>,
    resume: ResumeArgs,
    lang: Lang,
) -> (Option<Keeping>, Option<DisplayLine>) {
    if resume.no_session {
        return (None, None);
    }
    let mut notice = None;
    let identity = Identity::of(library).zip(config::sessions_folder().map(Sessions::new));
    let session = identity.map(|(identity, sessions)| {
        let known = opening.and_then(|opening| opening.left.as_ref());
        let known = known.filter(|(name, _)| *name == identity.name);
        let loaded = match known {
            _ if resume.new => Ok(None),
            Some((_, session)) => Ok(Some(session.clone())),
            None => sessions.load(&identity.name),
        };
        let left = loaded.unwrap_or_else(|error| {
            notice = Some(DisplayLine::new(&error.message(lang)));
            None
        });
        let opened = Opened {
            kind: word(identity.kind).to_owned(),
            paths: identity.paths.iter().map(|path| kept(path)).collect(),
            options: opening.map(|opening| options(&opening.open)).unwrap_or_default(),
        };
        SessionPlace { sessions, name: identity.name, opened, left }
    });
    (Some(Keeping { places: config::places_folder(), session }), notice)
}

/// The options that say how the archive is read.
fn options(open: &OpenArgs) -> Vec<String> {
    open.to_words()
}

fn word(kind: ArchiveKind) -> &'static str {
    match kind {
        ArchiveKind::Paths => "paths",
        ArchiveKind::Here => "here",
    }
}

fn kept(path: &Path) -> KeptPath {
    path.to_str().map_or_else(
        || {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
            let bytes = path.as_os_str().as_bytes().iter();
            let hex = bytes.flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
            KeptPath::Bytes { hex }
        },
        |text| KeptPath::Text(text.to_owned()),
    )
}

/// A path that was kept, if it is an absolute one.
pub(super) fn path(kept: &KeptPath) -> Option<PathBuf> {
    let path = match kept {
        KeptPath::Text(text) => PathBuf::from(text),
        KeptPath::Bytes { hex } => {
            let digits: Option<Vec<u8>> =
                hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
            let digits = digits?;
            let (pairs, _) = digits.as_chunks::<2>();
            PathBuf::from(OsString::from_vec(
                pairs.iter().map(|[high, low]| high << 4 | low).collect(),
            ))
        }
    };
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn every_path_is_kept_as_it_is() {
        for bytes in [&b"/a/\xe6\xb8\xa1"[..], b"/\xff\x00x", b"/a\nb"] {
            let known = PathBuf::from(OsStr::from_bytes(bytes));
            assert_eq!(path(&kept(&known)), Some(known));
        }
        for hex in ["zz", "", "é", "2e2e"] {
            assert_eq!(path(&KeptPath::Bytes { hex: hex.to_owned() }), None, "{hex}");
        }
        assert_eq!(path(&KeptPath::Text("--version".to_owned())), None);
    }

    #[test]
    fn options_are_written_as_they_are_read() {
        for line in [
            "",
            "--encoding gb18030 --format jsonl --follow --hidden",
            "--encoding utf-16 --split strict --no-overrides",
            "--encoding big5 --field text=a=b --field author=谁",
        ] {
            let words = ["zhaidu"].into_iter().chain(line.split_whitespace());
            let words: Vec<_> = words.map(OsString::from).collect();
            let args = Args::without_command(&words).expect(line);
            let written = options(&args.open);
            let words = ["zhaidu"].map(OsString::from).into_iter();
            let words = words.chain(written.iter().map(OsString::from));
            let again = Args::without_command(&words.collect::<Vec<_>>()).expect(line);
            assert_eq!(format!("{:?}", again.open), format!("{:?}", args.open), "{written:?}");
        }
    }
}
