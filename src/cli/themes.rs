//! `zhaidu themes`: which themes there are, and what is wrong with a person's own.

use std::{ffi::OsStr, io, path::Path};

use super::{
    Exit,
    args::{ThemesArgs, ThemesCommand},
    output::Output,
    theme::{NoTheme, built_in, files, load, load_file, own},
};
use crate::{
    library::displayed,
    text::display::{DisplayLine, display},
    view::theme::{BuiltIn, ThemeFile},
};

pub(super) fn run(args: &ThemesArgs, out: &mut Output) -> io::Result<Exit> {
    match &args.command {
        ThemesCommand::List => list(out),
        ThemesCommand::Show { name } => show(name, out),
        ThemesCommand::Check { file } => check(file.as_deref(), out),
    }
}

fn list(out: &mut Output) -> io::Result<Exit> {
    for theme in BuiltIn::ALL {
        out.row(&[theme.name().into(), out.lang.of("内置", "built in").into()])?;
    }
    for (name, path) in own() {
        out.row(&[displayed(&name), displayed(path.as_os_str())])?;
    }
    Ok(Exit::Fine)
}

fn show(name: &OsStr, out: &mut Output) -> io::Result<Exit> {
    if let Some(theme) = built_in(name) {
        for line in theme.text().lines() {
            out.line(&DisplayLine::new(line))?;
        }
        return Ok(Exit::Fine);
    }
    match load(name) {
        Ok(file) => {
            complain_of(&file, out);
            for line in file.theme.to_string().lines() {
                out.line(&DisplayLine::new(line))?;
            }
            Ok(Exit::Fine)
        }
        Err(error) => Ok(complain(&error, out)),
    }
}

fn check(file: Option<&Path>, out: &mut Output) -> io::Result<Exit> {
    let checked = match file {
        Some(file) => vec![file.to_owned()],
        None => files().into_iter().map(|(_, path)| path).collect(),
    };
    let mut exit = Exit::Fine;
    for path in checked {
        match load_file(&path) {
            Ok(file) if file.errors.is_empty() => {
                let sound = out.lang.of("没有问题", "no mistakes");
                out.line(&display!("{}: {sound}", displayed(path.as_os_str())))?;
            }
            Ok(file) => {
                for error in &file.errors {
                    out.line(&DisplayLine::new(&error.message(out.lang)))?;
                }
                exit = Exit::Failed;
            }
            Err(error) => exit = complain(&error, out),
        }
    }
    Ok(exit)
}

/// Says what is wrong with a theme.
fn complain_of(file: &ThemeFile, out: &mut Output) {
    for error in &file.errors {
        out.complain(&display!("zhaidu: {}", error.message(out.lang)));
    }
}

/// Says why there is no theme.
fn complain(error: &NoTheme, out: &mut Output) -> Exit {
    out.complain(&display!("zhaidu: {}", error.told(out.lang)));
    Exit::Failed
}
