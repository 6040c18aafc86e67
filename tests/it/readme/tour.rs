//! The tour in the README files: somebody uses the program, and one moving picture shows it.
//!
//! `tests/pictures/tour.tape` says what is typed, what is waited for and what is shown. The real program runs
//! on a terminal of its own; every screen is drawn as in the other pictures, and all of them go into one SVG,
//! which shows them one after the other without a script. One command makes the tour anew:
//! `UPDATE_PICTURES=1 cargo test --locked --test it tour`.

mod film;
mod tape;

use std::{env, fs};

use tempfile::TempDir;
use zhaidu::lang::Lang;

use self::{
    film::Film,
    tape::{Step, Tape},
};
use super::pictures::{svg, terminal::Terminal};

/// The files of the tour, with the language of the program and of what is told.
const TOURS: [(&str, &str, Lang); 2] =
    [("tour.svg", "en", Lang::En), ("tour.zh.svg", "zh", Lang::Zh)];

#[test]
fn the_tour_shows_the_program_as_it_is() {
    let pictures = super::root().join("tests/pictures");
    let text = fs::read_to_string(pictures.join("tour.tape")).expect("the tape of the tour");
    let tape = Tape::read(&text).unwrap_or_else(|mistake| panic!("tour.tape:{mistake}"));
    for (file, name, lang) in TOURS {
        let drawn = play(&tape, name, lang).draw();
        let file = pictures.join(file);
        if env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(&file, &drawn).expect("a writable folder");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert!(!svg::text(&drawn).is_empty());
        let told = format!("{}: UPDATE_PICTURES=1 makes it anew", file.display());
        assert_eq!(svg::text(&drawn), svg::text(&expected), "{told}");
    }
}

/// Does what the tape says.
fn play(tape: &Tape, name: &str, lang: Lang) -> Film {
    let home = TempDir::new().expect("a folder");
    let args = ["demo", "--ambiguous", "1", "--lang", name, "--theme", "dark"];
    let mut terminal = Terminal::run_at(home.path(), &args, tape.size);
    let mut film = Film::default();
    for step in &tape.steps {
        match step {
            Step::Wait(texts) => terminal.wait_for_frame(texts.of(lang)),
            Step::Keys(keys) => terminal.type_keys(keys),
            Step::Type(texts) => terminal.type_keys(texts.of(lang)),
            Step::Show(seconds, texts) => {
                film.add(terminal.screen().clone(), *seconds, texts.of(lang));
            }
        }
    }
    film
}
