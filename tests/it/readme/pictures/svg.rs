//! A screen as SVG.
//!
//! Every word stands at the place of its cell, so that columns align whatever fonts there are.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// Width and height of a cell.
const CELL: (u32, u32) = (9, 20);
/// Room around the screen.
const MARGIN: u32 = 14;
/// Where the base line of the letters lies in a cell.
const BASE: u32 = 15;
/// The right half of a cell.
const HALF_BLOCK: &str = "▐";
/// A terminal as it is drawn: its colours of plain text and of the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::readme) struct Paper {
    pub(in crate::readme) ink: &'static str,
    pub(in crate::readme) paper: &'static str,
}

/// A terminal with a dark background, and one with a light one.
pub(in crate::readme) const DARK: Paper = Paper { ink: "#c9d1d9", paper: "#161b22" };
pub(in crate::readme) const LIGHT: Paper = Paper { ink: "#24292f", paper: "#fbfaf7" };
/// The sixteen colours of the terminal.
const PALETTE: [&str; 16] = [
    "#21262d", "#ff7b72", "#7ee787", "#e3b341", "#3b6fb5", "#d2a8ff", "#4aa5b5", "#b1bac4",
    "#7d8590", "#ffa198", "#aff5b4", "#f2cc60", "#79c0ff", "#e2c5ff", "#9be9f0", "#f0f6fc",
];

/// How a cell looks.
#[derive(PartialEq)]
struct Look {
    ink: String,
    paper: String,
    underline: bool,
    /// Classes of the style sheet, each with a space before it.
    classes: String,
}

impl Look {
    fn of(cell: &Cell, plain: Paper) -> Self {
        let ink = colour(cell.fgcolor()).unwrap_or_else(|| plain.ink.to_owned());
        let paper = colour(cell.bgcolor()).unwrap_or_else(|| plain.paper.to_owned());
        let (ink, paper) = if cell.inverse() { (paper, ink) } else { (ink, paper) };
        let classes = [
            (cell.is_wide(), " w"),
            (cell.bold(), " b"),
            (cell.dim(), " d"),
            (cell.italic(), " i"),
        ];
        let classes = classes.iter().filter(|(is, _)| *is).map(|(_, class)| *class).collect();
        Self { ink, paper, underline: cell.underline(), classes }
    }
}

/// A colour; `None` for the plain one. The terminal has the sixteen, or all, but not the 256.
fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Idx(index) => {
            let named = PALETTE.get(usize::from(index)).expect("one of the sixteen colours");
            Some((*named).to_owned())
        }
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
    }
}

/// What every picture says of its looks.
const STYLE: &str = "text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',\
     'Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',monospace;\
     font-size:15px;font-kerning:none;text-spacing-trim:space-all}\
     .w{font-size:16.5px;letter-spacing:1.5px}.b{font-weight:700}\
     .d{opacity:.6}.i{font-style:italic}rect{shape-rendering:crispEdges}";

/// Draws the screen.
pub(in crate::readme) fn draw(screen: &Screen, plain: Paper) -> String {
    let mut svg = beginning(screen, plain, 0, &contents(screen), "");
    for (row, top) in rows(screen, plain).iter().zip((0..).step_by(CELL.1 as usize)) {
        writeln!(svg, "<g transform=\"translate(0 {top})\">\n{row}</g>").expect(FITS);
    }
    svg + "</g>\n</svg>\n"
}

/// A string takes everything.
const FITS: &str = "a string takes everything";

/// Everything before the first row: `below` is room below the screen in pixels, `told` what stands in the
/// picture for those who cannot see it, `style` what is added to the style sheet.
pub(in crate::readme) fn beginning(
    screen: &Screen,
    plain: Paper,
    below: u32,
    told: &str,
    style: &str,
) -> String {
    let (width, height) = extent(screen);
    let (width, height) = (width + 2 * MARGIN, height + 2 * MARGIN + below);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\n<desc>\n{}</desc>\n\
         <style>{STYLE}{style}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\">\n",
        escaped(told),
        plain.paper,
    )
}

/// Width and height of the screen in pixels.
pub(in crate::readme) fn extent(screen: &Screen) -> (u32, u32) {
    let (rows, columns) = screen.size();
    (u32::from(columns.get()) * CELL.0, u32::from(rows.get()) * CELL.1)
}

/// The rows, each drawn as if it was the first one.
pub(in crate::readme) fn rows(screen: &Screen, plain: Paper) -> Vec<String> {
    let (rows, columns) = screen.size();
    let drawn = (0..rows.get()).map(|row| {
        let cells: Vec<(u32, &Cell)> = (0..columns.get())
            .filter_map(|column| Some((u32::from(column), screen.cell(row, column)?)))
            .filter(|(_, cell)| !cell.is_wide_continuation())
            .collect();
        let mut svg = String::new();
        draw_row(&mut svg, 0, &cells, plain);
        svg
    });
    drawn.collect()
}

/// Pixels from a row to the next one.
pub(in crate::readme) fn row_height() -> u32 {
    CELL.1
}

/// The text of the screen as it stands in a picture.
pub(in crate::readme) fn text(svg: &str) -> &str {
    let desc = svg.split_once("<desc>").and_then(|(_, rest)| rest.split_once("</desc>"));
    desc.map_or("", |(text, _)| text)
}

/// The rows without the space at their ends.
pub(in crate::readme) fn contents(screen: &Screen) -> String {
    let columns = screen.size().1;
    screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned() + "\n").collect()
}

fn draw_row(svg: &mut String, top: u32, cells: &[(u32, &Cell)], plain: Paper) {
    let runs = || cells.chunk_by(|a, b| Look::of(a.1, plain) == Look::of(b.1, plain));
    for run in runs() {
        draw_paper(svg, top, run, plain);
    }
    for run in runs() {
        draw_ink(svg, top, run, plain);
    }
}

/// First column of a run and the column behind it.
fn columns(run: &[(u32, &Cell)]) -> (u32, u32) {
    let first = run.first().map_or(0, |(column, _)| *column);
    let end = run.last().map_or(0, |(column, cell)| column + 1 + u32::from(cell.is_wide()));
    (first, end)
}

fn draw_paper(svg: &mut String, top: u32, run: &[(u32, &Cell)], plain: Paper) {
    let look = run.first().map(|(_, cell)| Look::of(cell, plain)).expect("a run has cells");
    let (first, end) = columns(run);
    let (left, width) = (first * CELL.0, (end - first) * CELL.0);
    if look.paper != plain.paper {
        add_box(svg, (left, top), (width, CELL.1), &look.paper);
    }
    if look.underline {
        add_box(svg, (left, top + BASE + 3), (width, 1), &look.ink);
    }
}

fn draw_ink(svg: &mut String, top: u32, run: &[(u32, &Cell)], plain: Paper) {
    let look = run.first().map(|(_, cell)| Look::of(cell, plain)).expect("a run has cells");
    // Half a block is drawn, because fonts leave gaps between the rows.
    for (column, _) in run.iter().filter(|(_, cell)| cell.contents() == HALF_BLOCK) {
        let (left, width) = (column * CELL.0 + CELL.0 / 2, CELL.0 - CELL.0 / 2);
        add_box(svg, (left, top), (width, CELL.1), &look.ink);
    }
    let class = match look.classes.trim() {
        "" => String::new(),
        classes => format!(" class=\"{classes}\""),
    };
    // Every word begins at its cell, so that a font with other widths does no harm.
    for word in run.split(|(_, cell)| [HALF_BLOCK, " ", "\u{3000}", ""].contains(&cell.contents()))
    {
        let Some((column, _)) = word.first() else { continue };
        let (x, y, ink) = (column * CELL.0, top + BASE, &look.ink);
        let text: String = word.iter().map(|(_, cell)| cell.contents()).collect();
        let text = escaped(&text);
        writeln!(svg, "<text x=\"{x}\" y=\"{y}\" fill=\"{ink}\"{class}>{text}</text>")
            .expect("a string takes everything");
    }
}

fn add_box(svg: &mut String, (x, y): (u32, u32), (width, height): (u32, u32), colour: &str) {
    writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
    )
    .expect("a string takes everything");
}

pub(in crate::readme) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
