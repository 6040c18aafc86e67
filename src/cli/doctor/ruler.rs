//! A page to check by eye: rows of characters that must end in one column.

use std::io::{self, Write};

use crate::{
    cli::output::Output,
    lang::Lang,
    text::{
        display::display,
        width::{Class, Measured, Widths, clusters},
    },
};

/// The column, from 0, of the bar at the end of each row.
const END: usize = 40;
/// Rows of trusted characters and of each class.
const ROWS: [&str; 8] = [
    "narrow terminals and wide ones agree",
    "汉字全角标点，。！？ＡＢＣ",
    "“引号”‘单引号’——……·间隔",
    "□■○●◆△▽☆★→←↑↓①②③",
    "pīnyīn hǎo dà jiā zhōngwén",
    "αβγδεζηθ АБВГДжзий",
    "─│┌┐└┘├┤┬┴┼",
    "█▌▁▒",
];

/// Prints the page by these widths.
pub(super) fn print(widths: Widths, out: &mut Output) -> io::Result<()> {
    let lang = out.lang;
    let dots: String = (0..END).map(|at| if at % 10 == 0 { '+' } else { '-' }).collect();
    out.line(&display!("{dots}|"))?;
    for row in ROWS {
        let mut at = 0;
        for cluster in clusters(row) {
            let cells = widths.cells(cluster.text);
            let unknown =
                Class::of(cluster.base).is_some_and(|c| widths.get(c) == Measured::Unknown);
            if unknown {
                // Room for two, the character over it, and on from where the next one belongs.
                write!(out, "  \x1b[{}G{}\x1b[{}G", at + 1, cluster.text, at + cells + 1)?;
            } else {
                write!(out, "{}", cluster.text)?;
            }
            at += cells;
        }
        out.line(&display!("{}|", ".".repeat(END.saturating_sub(at))))?;
    }
    out.line("")?;
    for line in if lang == Lang::Zh { IN_CHINESE } else { IN_ENGLISH } {
        out.line(line)?;
    }
    Ok(())
}

/// What the page tells.
const IN_CHINESE: [&str; 3] = [
    "每行末尾的 | 应当上下对齐。前两行不齐：编码或字体有问题。后面哪一行不齐：终端，",
    "或 tmux 外面的终端，给那些字的宽度和上面说的不同；试试 --ambiguous universal，",
    "在 tmux 3.7 以后也可以用 zhaidu doctor --tmux 打出的设置。",
];

/// The same.
const IN_ENGLISH: [&str; 3] = [
    "The | must stand in one column. If not in the first two rows: encoding or font. In a later",
    "row: the terminal, or the one outside tmux, differs from what was found; try --ambiguous",
    "universal, or with tmux 3.7 and later the settings that zhaidu doctor --tmux prints.",
];
