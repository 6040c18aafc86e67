//! Every screen in every theme: nothing on it is told by colour alone.

use ratatui::{buffer::Cell, style::Color};
use zhaidu::{
    config::ColourDepth,
    lang::Lang::Zh,
    view::theme::{BuiltIn, Theme},
};

use crate::{
    harness::{Program, painted, screen_text},
    screens::{DEMO, SEARCHES, search},
};

/// Every screen of which there is a picture.
fn screens() -> impl Iterator<Item = (&'static str, Program)> {
    let demo = DEMO.into_iter().map(|(name, lang, size, keys)| {
        let mut program = Program::demo(lang, size);
        program.press(keys);
        (name, program)
    });
    let searches = SEARCHES.into_iter().map(|(name, lang, size, keys)| {
        let mut program = Program::demo(lang, size);
        search(&mut program, keys);
        (name, program)
    });
    demo.chain(searches)
}

/// Colours on a terminal that has so many.
fn is_there(colour: Color, depth: ColourDepth) -> bool {
    match (depth, colour) {
        (_, Color::Reset) | (ColourDepth::Direct, _) => true,
        (ColourDepth::None, _) => false,
        (ColourDepth::Indexed, colour) => !matches!(colour, Color::Rgb(..)),
        (ColourDepth::Sixteen, colour) => !matches!(colour, Color::Rgb(..) | Color::Indexed(_)),
    }
}

#[test]
fn the_text_is_the_same_in_every_theme_and_no_colour_is_missing() {
    let depths =
        [ColourDepth::Direct, ColourDepth::Indexed, ColourDepth::Sixteen, ColourDepth::None];
    for (name, program) in screens() {
        let text = program.text();
        for (theme, depth) in
            BuiltIn::ALL.into_iter().flat_map(|it| depths.map(|depth| (it, depth)))
        {
            let picture = painted(&program.model, &theme.theme().reduced(depth));
            assert_eq!(screen_text(&picture), text, "{name} {theme:?}");
            let colours = picture.content.iter().flat_map(|cell| [cell.fg, cell.bg]);
            let missing = colours.into_iter().find(|colour| !is_there(*colour, depth));
            assert_eq!(missing, None, "{name} {theme:?} {depth:?}");
        }
    }
}

/// Runs of a style on a row, as they were painted with a letter for each: the text from there on.
fn runs(program: &Program, letter: char) -> Vec<String> {
    let (text, styles) = (program.painted(), program.styles());
    let mut runs = Vec::new();
    for (y, row) in styles.lines().enumerate() {
        let letters: Vec<char> = row.chars().collect();
        for x in (0..letters.len()).filter(|x| letters[*x] == letter) {
            if x == 0 || letters[x - 1] != letter {
                let cells = (x..letters.len()).take_while(|x| letters[*x] == letter);
                let symbols = cells.filter_map(|x| text.cell((x as u16, y as u16)));
                runs.push(symbols.map(Cell::symbol).collect());
            }
        }
    }
    runs
}

#[test]
fn focus_and_selection_have_a_mark_beside_their_colour() {
    for (name, program) in screens() {
        // The further rows of a selected sentence, and what lies over the panes, have none.
        let has_mark = |run: &String| run.starts_with('>') || run.starts_with('[');
        // The thumb of the scroll bar has the same style, and ticks.
        let mut selected = runs(&program, 'S');
        selected.retain(|run| run != "-" && run != "*");
        assert!(selected.is_empty() || selected.iter().any(has_mark), "{name}: {selected:?}");
        for run in runs(&program, 's') {
            assert!(
                has_mark(&run) || run.trim().is_empty() || run.starts_with("   "),
                "{name}: {run}"
            );
        }
        let unfocused = runs(&program, 'h').into_iter().find(has_mark);
        assert_eq!(unfocused, None, "{name}");
        let focused = runs(&program, 'H').into_iter().filter(|run| run.starts_with('>'));
        assert!(focused.count() <= 1, "{name}");
    }
}

#[test]
fn read_and_starred_have_a_sign() {
    let mut program = Program::demo(Zh, (120, 30));
    let row = |program: &Program| program.text().lines().nth(1).unwrap_or_default().to_owned();
    let plain = row(&program);
    program.press("m");
    let starred = row(&program);
    program.press("r");
    let read = row(&program);
    assert_ne!(plain, starred);
    assert_ne!(starred, read);
    assert!(starred.contains('*') && read.contains('✓'), "{read}");
}

/// The styles of a theme, as they are with fewer and fewer colours.
fn told(theme: &Theme) -> String {
    [ColourDepth::Direct, ColourDepth::Indexed, ColourDepth::Sixteen]
        .map(|depth| format!("# {depth:?}\n{}", theme.reduced(depth)))
        .join("\n")
}

#[test]
fn every_theme_is_as_it_was_when_it_was_looked_at() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for theme in BuiltIn::ALL {
            insta::assert_snapshot!(format!("theme_{}", theme.name()), told(&theme.theme()));
        }
    });
}
