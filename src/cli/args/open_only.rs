//! A command line without a command: the one whose first frame is waited for.

use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use clap::{Parser, Subcommand};

use super::{Args, Command, LangArg, OpenArgs, ScreenArgs};

/// `zhaidu [OPTIONS] [PATH]...` alone. Defining every command takes longer than all the rest that
/// is done with a command line. It has no help, no version, no error of its own: whoever needs one
/// is answered by [`Args`].
#[derive(Debug, Parser)]
#[command(name = "zhaidu", disable_help_flag = true, disable_version_flag = true)]
struct OpenOnly {
    #[arg(long, value_enum)]
    lang: Option<LangArg>,
    #[arg(long)]
    set: Vec<String>,
    #[arg(long)]
    no_sandbox: bool,
    #[command(flatten)]
    open: OpenArgs,
    #[command(flatten)]
    screen: ScreenArgs,
}

impl Args {
    /// The command line if nothing is wrong with it and it has no command; `None` says nothing.
    pub fn without_command(words: &[OsString]) -> Option<Self> {
        if let Some(args) = Self::of_paths(words) {
            return Some(args);
        }
        let OpenOnly { lang, set, no_sandbox, open, screen } =
            OpenOnly::try_parse_from(words).ok()?;
        let names_command = open.paths.iter().any(|path| is_command(path.as_os_str()));
        (!names_command).then_some(Self { command: None, lang, set, no_sandbox, open, screen })
    }

    /// The command line if it has nothing but paths behind the name of the program, as most have.
    fn of_paths(words: &[OsString]) -> Option<Self> {
        let (_, words) = words.split_first()?;
        let is_path = |word: &OsString| {
            let begins_option = word.as_encoded_bytes().starts_with(b"-") && word != "-";
            !word.is_empty() && !begins_option && !is_command(word)
        };
        let paths = words.iter().map(PathBuf::from).collect();
        words.iter().all(is_path).then(|| Self {
            command: None,
            lang: None,
            set: Vec::new(),
            no_sandbox: false,
            open: OpenArgs { paths, ..OpenArgs::default() },
            screen: ScreenArgs::default(),
        })
    }
}

/// Whether a word of the command line is a command, wherever it stands.
fn is_command(word: &OsStr) -> bool {
    word.to_str().is_some_and(|word| word == "help" || Command::has_subcommand(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_the_whole_definition_says_or_nothing() {
        let cases = [
            ("", true),
            ("folder", true),
            ("a b/c 江 -", true),
            ("- -odd", false),
            ("--lang zh a b --hidden --encoding gb18030", true),
            ("--field text=abstract --split off --no-cache -", true),
            ("--set measure=60 --set a a", true),
            ("--keymap k.toml --ambiguous 2 --theme dark -- -odd", true),
            ("--run quit --run redraw a", true),
            ("--run brew", false),
            ("a list", false),
            ("list", false),
            ("--lang zh list a", false),
            ("help", false),
            ("help list", false),
            ("-- man", false),
            ("--help", false),
            ("-V", false),
            ("--lang xx", false),
            ("--hiden", false),
            ("-x", false),
            ("--encoding", false),
        ];
        for (line, is_said) in cases {
            let words: Vec<OsString> =
                ["zhaidu"].into_iter().chain(line.split_whitespace()).map(OsString::from).collect();
            let said = Args::without_command(&words);
            assert_eq!(said.is_some(), is_said, "{line}");
            if let Some(said) = said {
                let whole = Args::try_parse_from(&words).expect(line);
                assert_eq!(format!("{said:?}"), format!("{whole:?}"), "{line}");
            }
        }
    }
}
