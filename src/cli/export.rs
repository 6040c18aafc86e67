//! `zhaidu export`: articles as a file for elsewhere, or for a pipe.

mod progress;

use std::{
    cell::OnceCell,
    env,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use self::progress::Bar;
use super::{
    Exit,
    args::ExportArgs,
    lexicon,
    only::Only,
    output::Output,
    sandbox,
    stop::Stop,
    stream::{self, Item, Stream},
};
use crate::{
    export::{ExportError, Exported, Format, Overwrite, Setting, Target, Wanted, Writer, size},
    lang::Lang,
    library::{Library, displayed},
    text::display::{DisplayLine, display},
};

pub(super) fn run(args: &ExportArgs, out: &mut Output) -> io::Result<Exit> {
    let file = args.output.as_deref().filter(|file| *file != Path::new("-"));
    let format = match (args.to, file.map(|file| (file, Format::of(file)))) {
        (Some(to), _) => to.into(),
        (None, Some((_, Some(format)))) => format,
        (None, Some((file, None))) => {
            return Ok(complain(&ExportError::NoFormat(file.to_owned()), out));
        }
        (None, None) => Format::Markdown,
    };
    let Some(lexicon) = lexicon::load(&args.lexicon, out) else { return Ok(Exit::Failed) };
    let Some(only) = Only::new(&args.only, out) else { return Ok(Exit::Failed) };
    let library = stream::library(&args.open, out).with_lexicon(lexicon);
    let title = title(&args.open.paths, &library);
    let setting =
        Setting { format, lang: out.lang, title: &title, is_file: file.is_some(), folder: None };
    let job = Job { args, library: &library, only };
    match file {
        None => {
            sandbox::writing(Some(env::temp_dir()), out);
            job.print(setting, out)
        }
        Some(file) => {
            let overwrite = if args.force { Overwrite::Yes } else { Overwrite::No };
            // Whoever stops it from now on leaves no half file behind.
            let stop = Stop::new();
            match Target::create(file, overwrite) {
                Ok(target) => {
                    // What waits for its turn lies beside it, or among the files of no name.
                    let beside = target.folder().map_or_else(env::temp_dir, Path::to_owned);
                    sandbox::writing(Some(beside), out);
                    job.save(setting, target, &stop, out)
                }
                Err(error) => Ok(complain(&error, out)),
            }
        }
    }
}

/// What a page of several articles is called: the last part of what was opened.
fn title(paths: &[PathBuf], library: &Library) -> String {
    let name = match paths {
        [only] => only.file_name().map(|name| displayed(name).to_string()),
        _ => None,
    };
    name.unwrap_or_else(|| library.name().to_string())
}

fn complain(error: &ExportError, out: &mut Output) -> Exit {
    let force = out.lang.of("加上 --force ", "--force");
    out.complain(&display!("zhaidu: {}", error.message(out.lang, force)));
    Exit::Failed
}

/// What is exported.
struct Job<'a> {
    args: &'a ExportArgs,
    library: &'a Library,
    only: Only,
}

/// Takes an article with its analysis.
type Take<'a> = dyn FnMut(&mut Output, &Exported) -> io::Result<()> + 'a;

impl Job<'_> {
    /// Hands on what is exported, article by article.
    fn each(
        &self,
        out: &mut Output,
        is_left_out: &dyn Fn(&Item) -> bool,
        take: &mut Take,
    ) -> io::Result<Stream> {
        let sentences = self.args.length.length(out.settings().sentences);
        let wanted = Wanted { sentences, keywords: self.args.keywords };
        let mut left_out = 0;
        let stream = stream::each(self.library, Some(self.args.pick), out, &mut |out, item| {
            // A query may ask for keywords, and an article is not analysed twice.
            let analysis = OnceCell::new();
            let analyzed = || analysis.get_or_init(|| self.library.analyze(item.article));
            if is_left_out(&item) || !self.only.has(&item, &analyzed) {
                left_out += 1;
                return Ok(());
            }
            let marks = self.only.marks(item.article.id);
            take(out, &Exported::new(item, analyzed(), wanted, marks))
        })?;
        Ok(Stream { articles: stream.articles - left_out, ..stream })
    }

    /// Exports to standard output.
    fn print(&self, setting: Setting, out: &mut Output) -> io::Result<Exit> {
        let mut writer = Writer::new(setting, Vec::new());
        let stream = self.each(out, &|_| false, &mut |out, exported| {
            writer.take(exported, writer.count())?;
            out.write_all(&std::mem::take(writer.out_mut()))
        })?;
        out.write_all(&writer.finish(&stream.problems)?)?;
        Ok(self.exit(&stream, out))
    }

    /// Exports to a file, which is as it was when that does not succeed.
    fn save(
        &self,
        setting: Setting,
        target: Target,
        stop: &Stop,
        out: &mut Output,
    ) -> io::Result<Exit> {
        let (path, own) = (target.path().to_owned(), target.own());
        let folder = target.folder().map(Path::to_owned);
        let setting = Setting { folder: folder.as_deref(), ..setting };
        let bar = Bar::new(out.lang);
        let mut writer = Writer::new(setting, BufWriter::new(target));
        let mut failed = None;
        // What was exported before is no article of the archive, though it may lie in its folder.
        let is_own = |item: &Item| own.has(Path::new(item.place));
        let stream = self.each(out, &is_own, &mut |_, exported| {
            if stop.signal().is_some() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            bar.show(writer.count());
            writer.take(exported, writer.count()).map_err(|error| {
                failed = Some(error);
                io::ErrorKind::Other.into()
            })
        });
        bar.end();
        if let Some(signal) = stop.signal() {
            let told =
                out.lang.of("zhaidu: 已中断，没有写出文件", "zhaidu: stopped; no file was written");
            out.complain(told);
            return Ok(Exit::Signal(signal));
        }
        if let Some(error) = failed {
            return Ok(complain(&ExportError::of(&path, error), out));
        }
        let stream = stream?;
        if stream.articles == 0 {
            return Ok(self.exit(&stream, out));
        }
        let count = stream.articles;
        let whole = writer.finish(&stream.problems).and_then(|out| Ok(out.into_inner()?));
        match whole.map_err(|error| ExportError::of(&path, error)).and_then(Target::commit) {
            Ok(bytes) => {
                out.complain(&saved(count, &path, bytes, out.lang));
                Ok(self.exit(&stream, out))
            }
            Err(error) => Ok(complain(&error, out)),
        }
    }

    fn exit(&self, stream: &Stream, out: &mut Output) -> Exit {
        let exit = stream.exit(out);
        if self.only.is_whole { exit } else { Exit::Failed }
    }
}

/// What lies where now.
fn saved(count: usize, path: &Path, bytes: u64, lang: Lang) -> DisplayLine {
    let (path, size) = (displayed(path.as_os_str()), size(bytes));
    match lang {
        Lang::Zh => display!("已导出 {count} 篇到 {path}，{size}"),
        Lang::En if count == 1 => display!("exported 1 article to {path}, {size}"),
        Lang::En => display!("exported {count} articles to {path}, {size}"),
    }
}
