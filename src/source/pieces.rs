//! Plain texts that are too large for one page, in pieces.
//!
//! A page is kept whole in memory, several times over while it is split and shown. What is larger than any
//! page is read as a row of texts, each of them handed on before the next one is read, so that a file of a
//! gigabyte on a single line takes no more memory to be shown than one of some megabytes. Of a stream, whose length
//! nobody knows, what is short enough for a page is held first.

use std::io::Read;
use std::ops::ControlFlow;

use super::encoding::{Decoded, Stepwise, is_binary};
use super::read::ReadSink;
use super::task::Task;
use super::unpack::Packing;
use crate::error::ProblemKind;

/// Bytes above which a text is read in pieces.
pub(super) const WHOLE: u64 = 128 << 20;
/// Bytes of a piece.
const PIECE: usize = 1 << 20;

/// Reads a text piece by piece. A piece ends behind a line if one ends in its last quarter, else between
/// two characters.
pub(super) fn read(
    task: &Task,
    stream: &mut dyn Read,
    packing: Packing,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    read_by(PIECE, task, stream, packing, sink)
}

fn read_by(
    piece: usize,
    task: &Task,
    stream: &mut dyn Read,
    packing: Packing,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let limit = task.options.max_bytes;
    let mut steps = Stepwise::new(task.options.charset);
    let mut bytes = Vec::with_capacity(piece);
    // What follows the end of the last line of the piece before.
    let mut carried = String::new();
    let (mut above, mut read) = (0, 0);
    loop {
        bytes.clear();
        let result = stream.take(piece as u64).read_to_end(&mut bytes);
        let problem = result.err().map(|error| packing.kind_of_error(&error));
        if read == 0 && is_binary(&bytes, task.options.charset) {
            return sink(Err(task.problem(problem.unwrap_or(ProblemKind::Binary))));
        }
        read += bytes.len() as u64;
        let too_large =
            (read > limit).then_some(ProblemKind::TooLarge { limit, size: None }).or(problem);
        let is_last = bytes.len() < piece || too_large.is_some();
        let decoded = steps.decode(&bytes, is_last);
        carried.push_str(&decoded.text);
        let rest = carried.split_off(if is_last { carried.len() } else { end_of(&carried) });
        let lines = carried.bytes().filter(|byte| *byte == b'\n').count();
        if !carried.is_empty() {
            let text = std::mem::replace(&mut carried, rest);
            sink(Ok(task.piece(Decoded { text, ..decoded }, above)))?;
        }
        above += lines;
        match too_large {
            Some(kind) => return sink(Err(task.problem(kind))),
            None if is_last => return ControlFlow::Continue(()),
            None => {}
        }
    }
}

/// Where a piece ends.
fn end_of(text: &str) -> usize {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    if line < text.len() - text.len() / 4 { text.len() } else { line }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

    use super::*;
    use crate::source::{Text, encoding::Charset, read::ReadOptions};

    /// The pieces of a text, with the lines above each, and what went wrong.
    fn pieces(
        bytes: &[u8],
        piece: usize,
        charset: Option<Charset>,
        max_bytes: u64,
    ) -> (Vec<(String, usize, usize)>, Vec<String>) {
        let options = ReadOptions { charset, max_bytes, ..ReadOptions::default() };
        let task = Task::new(OsStr::new("a.txt"), &options);
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        let _ = read_by(piece, &task, &mut &*bytes, Packing::Plain, &mut |text| {
            match text {
                Ok(Text { decoded, above, .. }) => {
                    texts.push((decoded.text, above, decoded.malformed));
                }
                Err(problem) => problems.push(problem.to_string()),
            }
            ControlFlow::Continue(())
        });
        (texts, problems)
    }

    fn joined(pieces: &[(String, usize, usize)]) -> String {
        pieces.iter().map(|(text, ..)| text.as_str()).collect()
    }

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        match encoding {
            _ if encoding == UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ if encoding == UTF_16BE => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => encoding.encode(text).0.into_owned(),
        }
    }

    #[test]
    fn pieces_are_the_whole_text_wherever_they_are_cut() {
        let text = "江水清了，居民走到江上散步。".repeat(40);
        for encoding in [UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE] {
            let bytes = encoded(encoding, &text);
            for piece in 64..80 {
                let (found, problems) = pieces(&bytes, piece, None, u64::MAX);
                assert!(found.len() > 10 && problems.is_empty(), "{} {piece}", encoding.name());
                assert_eq!(joined(&found), text, "{} {piece}", encoding.name());
                assert!(found.iter().all(|(_, _, malformed)| *malformed == 0), "{piece}");
            }
        }
        for encoding in [SHIFT_JIS, EUC_KR] {
            let bytes = encoded(encoding, "文字文字文字文字");
            for piece in 1..12 {
                let (found, _) = pieces(&bytes, piece, Some(Charset::Fixed(encoding)), u64::MAX);
                assert_eq!(joined(&found), "文字文字文字文字", "{} {piece}", encoding.name());
            }
        }
    }

    #[test]
    fn a_piece_ends_behind_a_line_if_it_can() {
        let (found, _) = pieces("一二三四五六\n七八九十".as_bytes(), 24, None, u64::MAX);
        assert_eq!(found, [("一二三四五六\n".into(), 0, 0), ("七八九十".into(), 1, 0)]);
        let (found, _) = pieces("一\n二三四五六七八".as_bytes(), 16, None, u64::MAX);
        assert_eq!(found, [("一\n二三四五".into(), 0, 0), ("六七八".into(), 1, 0)]);
    }

    #[test]
    fn the_encoding_is_that_of_the_first_piece_that_shows_it() {
        let text = format!("{}{}", "plain\n".repeat(20), "江水清了，居民走到江上散步。".repeat(9));
        let (found, _) = pieces(&encoded(GB18030, &text), 60, None, u64::MAX);
        assert_eq!(joined(&found), text);
        // Wherever the first character that shows it is cut.
        for plain in 0..140 {
            let text = format!("{}{}", "a".repeat(plain), "江水清了，居民走到江上散步。".repeat(9));
            for encoding in [UTF_8, GB18030, BIG5] {
                let (found, _) = pieces(&encoded(encoding, &text), 128, None, u64::MAX);
                assert_eq!(joined(&found), text, "{} {plain}", encoding.name());
            }
        }
        // From there on a byte that is none of its characters is one that is lost.
        let mut bytes = "江水清了，居民走到江上散步。".repeat(9).into_bytes();
        bytes.extend(b"\xff\xff");
        bytes.extend("散步".bytes());
        let (found, _) = pieces(&bytes, 60, None, u64::MAX);
        assert!(joined(&found).ends_with("散步。\u{FFFD}\u{FFFD}散步"), "{found:?}");
        assert_eq!(found.iter().map(|(.., malformed)| malformed).sum::<usize>(), 2);
    }

    #[test]
    fn what_is_no_text_or_too_much_is_told() {
        let (found, problems) = pieces(&[0; 100], 10, None, u64::MAX);
        assert!(found.is_empty());
        assert_eq!(
            problems,
            ["a.txt: not text (it holds binary data); convert it to plain text first"]
        );
        let (found, problems) = pieces("一二三四五六七八".as_bytes(), 6, None, 12);
        assert_eq!(joined(&found), "一二三四五六");
        assert_eq!(problems, ["a.txt: too large (the limit is 12 B); split it first"]);
    }
}
