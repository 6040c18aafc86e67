//! The widths that real terminals gave to characters; see `tests/terminals/README.md`.

use std::fs;
use std::path::{Path, PathBuf};

use zhaidu::text::width::{Widths, is_mark, is_trusted};

/// The terminals, and whether ambiguous characters are wide there.
pub(crate) const TERMINALS: [(&str, bool); 10] = [
    ("foot", false),
    ("kitty", false),
    ("konsole", false),
    ("stterm", false),
    ("tmux33", false),
    ("tmux38", false),
    ("vte1", false),
    ("vte2", true),
    ("xterm", false),
    ("xtermcjk", true),
];

/// The widths of one terminal.
pub(crate) struct Table {
    cells: Vec<u8>,
}

impl Table {
    /// Reads what was measured. What lies between two code points of a run was not measured and
    /// is taken for alike; what lies between two runs, for like the first.
    pub(crate) fn of(terminal: &str) -> Self {
        let mut cells = vec![1; 0x11_0000];
        let mut from = 0xA0;
        let mut last = 1;
        for line in read(terminal).lines() {
            let (run, width) = line.split_once(' ').expect("a run and a width");
            let (first, end) = run.split_once('-').unwrap_or((run, run));
            let (first, end) = (hexadecimal(first), hexadecimal(end));
            cells[from..first].fill(last);
            last = width.parse().expect("a width");
            cells[first..=end].fill(last);
            from = end + 1;
        }
        cells[from..].fill(last);
        // Few marks were measured alone: terminals draw them onto the character before them.
        let sampled = sampled();
        for c in '\u{300}'..='\u{FFFF}' {
            if is_mark(c) && sampled.binary_search(&c).is_err() {
                cells[c as usize] = 0;
            }
        }
        Self { cells }
    }

    /// Cells that the terminal gives to a character.
    pub(crate) fn cells(&self, c: char) -> usize {
        usize::from(self.cells[c as usize])
    }
}

/// The code points that were measured.
pub(crate) fn sampled() -> Vec<char> {
    let text = read("sampled");
    let range = |line: &str| {
        let (range, step) = line.split_once('/').unwrap_or((line, "1"));
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let step = step.parse().expect("a step");
        (hexadecimal(first)..=hexadecimal(last)).step_by(step)
    };
    let points = text.lines().flat_map(range);
    points.map(|point| char::from_u32(point as u32).expect("a character")).collect()
}

fn hexadecimal(text: &str) -> usize {
    usize::from_str_radix(text, 16).expect("a code point")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    let path = root().join("tests/terminals").join(name).with_extension("txt");
    fs::read_to_string(path).expect("the table is there")
}

/// What was measured, if it lies here: code points and widths.
fn measured(folder: &Path, terminal: &str) -> Vec<(char, usize)> {
    let file = fs::File::open(folder.join(format!("g_{terminal}.tsv.gz"))).expect("the file");
    let text = std::io::read_to_string(flate2::read::GzDecoder::new(file)).expect("UTF-8");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let row = |row: &str| {
        let mut columns = row.split('\t');
        let point = columns.next().map(hexadecimal).expect("a code point");
        let width = columns.next().and_then(|width| width.parse().ok()).expect("a width");
        (char::from_u32(point as u32).expect("a character"), width)
    };
    let mut rows: Vec<_> = rows.map(row).collect();
    rows.sort_unstable();
    rows
}

#[test]
fn the_tables_are_what_was_measured() {
    let folder = root().join("../shared/data/terminal-widths");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let sampled = sampled();
    for (terminal, _) in TERMINALS {
        let table = Table::of(terminal);
        let measured = measured(&folder, terminal);
        assert!(measured.iter().map(|(c, _)| c).eq(&sampled), "{terminal}");
        for (c, width) in measured {
            assert_eq!(table.cells(c), width, "{terminal}, {c:?}");
        }
    }
}

/// Every terminal agrees on what the program relies on.
#[test]
fn trusted_characters_are_alike_everywhere() {
    let mut checked = 0;
    for (terminal, _) in TERMINALS {
        let table = Table::of(terminal);
        for c in sampled().into_iter().filter(|c| is_trusted(*c)) {
            assert_eq!(table.cells(c), Widths::NARROW.char_cells(c), "{terminal}, {c:?}");
            checked += 1;
        }
    }
    assert!(checked > 5_000, "{checked}");
}
