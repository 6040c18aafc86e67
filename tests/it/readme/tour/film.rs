//! Screens one after the other in one SVG, moved by its style sheet alone.
//!
//! A row that looks the same on several screens is drawn once. Who wants no motion sees the first screen.

use std::{collections::BTreeMap, fmt::Write as _, iter};

use vt100::Screen;

use super::svg;

/// Pixels of what is told below the screen.
const TOLD: u32 = 44;
const FITS: &str = "a string takes everything";

/// What is told of each screen of a drawn film, and the screen itself, which has so many rows.
pub(super) fn scenes(film: &str, rows: u16) -> impl Iterator<Item = (&str, String)> {
    // What is told and a blank line stand before the rows, and a blank line behind them.
    let mut lines = svg::text(film).trim_start_matches('\n').lines();
    iter::from_fn(move || {
        let told = lines.next().filter(|told| !told.is_empty())?;
        let screen = lines.by_ref().skip(1).take(rows.into()).map(|row| row.to_owned() + "\n");
        let screen = screen.collect();
        lines.next();
        Some((told, screen))
    })
}

/// The screens with how long each is shown, in seconds, and what is told of it.
#[derive(Default)]
pub(super) struct Film(Vec<(Screen, f32, String)>);

impl Film {
    pub(super) fn add(&mut self, screen: Screen, seconds: f32, told: &str) {
        self.0.push((screen, seconds, told.to_owned()));
    }

    /// The whole film.
    pub(super) fn draw(&self) -> String {
        let (first, ..) = self.0.first().expect("a film shows something");
        let (width, height) = svg::extent(first);
        let mut contents = String::new();
        for (screen, _, told) in &self.0 {
            writeln!(contents, "{told}\n\n{}", svg::contents(screen)).expect(FITS);
        }
        let mut film = svg::beginning(first, svg::DARK, TOLD, &contents, &self.style());
        let mut drawn: BTreeMap<String, usize> = BTreeMap::new();
        let mut shown = String::new();
        for (number, (screen, _, told)) in self.0.iter().enumerate() {
            writeln!(shown, "<g class=\"f f{number}\">").expect(FITS);
            for (row, top) in svg::rows(screen, svg::DARK)
                .into_iter()
                .zip((0..).step_by(svg::row_height() as usize))
            {
                if row.is_empty() {
                    continue;
                }
                let next = drawn.len();
                let id = *drawn.entry(row).or_insert(next);
                writeln!(shown, "<use href=\"#r{id}\" y=\"{top}\"/>").expect(FITS);
            }
            let (x, y) = (width / 2, height + 30);
            let told = svg::escaped(told);
            writeln!(shown, "<text class=\"t\" x=\"{x}\" y=\"{y}\">{told}</text>\n</g>")
                .expect(FITS);
        }
        film.push_str("<defs>\n");
        let mut rows: Vec<(usize, String)> = drawn.into_iter().map(|(row, id)| (id, row)).collect();
        rows.sort_unstable();
        for (id, row) in rows {
            writeln!(film, "<g id=\"r{id}\">\n{row}</g>").expect(FITS);
        }
        film + "</defs>\n" + &shown + "</g>\n</svg>\n"
    }

    /// When each screen is to be seen.
    fn style(&self) -> String {
        let whole: f32 = self.0.iter().map(|(_, seconds, _)| seconds).sum();
        let mut style = format!(
            ".t{{fill:#e3b341;font-size:17px;text-anchor:middle;font-family:system-ui,'Noto Sans CJK SC',sans-serif}}\
             .f{{visibility:hidden;animation:{whole:.1}s step-end infinite}}"
        );
        let mut from = 0.0;
        for (number, (_, seconds, _)) in self.0.iter().enumerate() {
            let until = from + seconds;
            let share = |at: f32| format!("{:.2}%", at / whole * 100.0);
            let hidden = if number == 0 { String::new() } else { "0%{visibility:hidden}".into() };
            write!(
                style,
                "@keyframes f{number}{{{hidden}{}{{visibility:visible}}{}{{visibility:hidden}}}}\
                 .f{number}{{animation-name:f{number}}}",
                share(from),
                share(until.min(whole)),
            )
            .expect(FITS);
            from = until;
        }
        style + "@media(prefers-reduced-motion){.f{animation:none}.f0{visibility:visible}}"
    }
}
