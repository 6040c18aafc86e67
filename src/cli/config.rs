//! `zhaidu config`: what is set and where, what is wrong with it, and a file to begin from.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    Exit,
    args::ConfigArgs,
    columns,
    json::{self, ListedPath, ListedPaths, ListedSetting, ListedSettings},
    output::Output,
    settings,
};
use crate::{
    config::{
        LoadedSettings, load_settings_of,
        places::{Kept, places},
        settings::{document::document, table::SETTINGS},
        settings_file,
    },
    lang::Lang,
    library::displayed,
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &ConfigArgs, out: &mut Output) -> io::Result<Exit> {
    if args.default {
        out.write_all(document(out.lang).as_bytes())?;
        return Ok(Exit::Fine);
    }
    if let Some(file) = &args.check {
        return check(file.as_deref(), out);
    }
    if args.paths { paths(args.json, out) } else { in_force(args.json, out) }
}

/// Prints each setting, its value, and where it is set.
fn in_force(json: bool, out: &mut Output) -> io::Result<Exit> {
    settings::complain(out);
    let layers = &out.loaded.layers;
    let listed = SETTINGS.iter().map(|setting| {
        let (value, place) = layers.in_force(setting);
        (setting, value.to_owned(), place.map(ToString::to_string))
    });
    if json {
        let listed = listed.map(|(setting, value, from)| ListedSetting {
            name: setting.name,
            value: json_value(&value),
            default: json_value(setting.default),
            from,
            variable: setting.variable(),
            help: setting.help(out.lang),
        });
        let listed = ListedSettings::new(listed.collect());
        json::write(out, &listed)?;
        out.write_all(b"\n")?;
    } else {
        let default = out.lang.of("默认", "default");
        let rows: Vec<Vec<DisplayLine>> = listed
            .map(|(setting, value, from)| {
                let from = from.unwrap_or_else(|| default.to_owned());
                vec![setting.name.into(), display!("{value}"), display!("{from}")]
            })
            .collect();
        columns::print(&rows, out)?;
    }
    Ok(if out.loaded.is_sound() { Exit::Fine } else { Exit::Failed })
}

/// Prints everything that is wrong with a file, or with all that is set.
fn check(file: Option<&Path>, out: &mut Output) -> io::Result<Exit> {
    let other: LoadedSettings;
    let loaded = match file {
        Some(file) => {
            other = load_settings_of(file);
            &other
        }
        None => &out.loaded,
    };
    let problems = settings::problems(loaded, out.lang);
    for problem in &problems {
        out.line(problem)?;
    }
    if !problems.is_empty() {
        return Ok(Exit::Failed);
    }
    let named = file.map(Path::to_owned).or_else(|| settings_file().filter(|file| file.exists()));
    out.line(&fine(named, out.lang))?;
    Ok(Exit::Fine)
}

/// Says that nothing is wrong.
fn fine(file: Option<PathBuf>, lang: Lang) -> DisplayLine {
    match file {
        Some(file) => {
            display!("{}: {}", displayed(file.as_os_str()), lang.of("没有错误", "no mistakes"))
        }
        None => {
            lang.of("没有设置文件，用默认设置", "there is no file of settings: defaults").into()
        }
    }
}

/// Prints the files and folders of the person, and whether they are there.
fn paths(json: bool, out: &mut Output) -> io::Result<Exit> {
    let lang = out.lang;
    let is_there = |kept: &Kept| kept.path.as_ref().is_some_and(|path| path.exists());
    if json {
        let listed = places().into_iter().map(|kept| ListedPath {
            name: kept.name,
            exists: is_there(&kept),
            written: kept.is_written,
            help: kept.help(lang),
            path: kept.path.map(|path| path.to_string_lossy().into_owned()),
        });
        let listed = ListedPaths::new(listed.collect());
        json::write(out, &listed)?;
        out.write_all(b"\n")?;
        return Ok(Exit::Fine);
    }
    let rows: Vec<Vec<DisplayLine>> = places()
        .into_iter()
        .map(|kept| {
            let state = if is_there(&kept) { lang.of("有", "there") } else { lang.of("无", "-") };
            let path = match &kept.path {
                Some(path) => displayed(path.as_os_str()),
                None => lang.of("没有主目录", "no home folder").into(),
            };
            vec![kept.name.into(), state.into(), path, kept.help(lang).into()]
        })
        .collect();
    columns::print(&rows, out)?;
    Ok(Exit::Fine)
}

/// A value of TOML as one of JSON: strings, numbers and switches are written alike in both.
fn json_value(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}
