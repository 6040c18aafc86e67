//! The tour in the README files: somebody uses the program, and one moving picture shows it.
//!
//! `tests/pictures/tour.tape` says what is typed, what is waited for and what is shown. The real program runs
//! on a terminal of its own; every screen is drawn as in the other pictures, and all of them go into one SVG,
//! which shows them one after the other without a script. One command makes the tour anew:
//! `UPDATE_PICTURES=1 cargo test --locked --test it tour`.

mod film;
mod tape;

use std::{env, fs};

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
        let file = pictures.join(file);
        if env::var_os("UPDATE_PICTURES").is_some() {
            let mut film = Film::default();
            play(&tape, name, lang, |terminal, seconds, told| {
                terminal.settle();
                film.add(terminal.screen().clone(), seconds, told);
            });
            fs::write(&file, film.draw()).expect("a writable folder");
        }
        let drawn = fs::read_to_string(&file).expect("a tour");
        let mut scenes = film::scenes(&drawn, tape.size.1);
        play(&tape, name, lang, |terminal, _, told| {
            let hint = "UPDATE_PICTURES=1 makes the tour anew";
            let (expected, screen) = scenes.next().expect(hint);
            assert_eq!(svg::escaped(told), expected, "{}: {hint}", file.display());
            // What is worked out behind the screen comes when it comes; in the end it is there.
            terminal
                .wait_until(&format!("{}: {hint}. Expected:\n{screen}", file.display()), |found| {
                    svg::escaped(&svg::contents(found)) == screen
                });
        });
        assert_eq!(scenes.next(), None, "{} shows more than the tape", file.display());
    }
}

/// Does what the tape says; `show` is given the terminal, the seconds and what is told of the screen.
fn play(tape: &Tape, name: &str, lang: Lang, mut show: impl FnMut(&mut Terminal, f32, &str)) {
    let args = ["demo", "--ambiguous", "1", "--lang", name, "--theme", "dark"];
    let mut terminal = Terminal::run(&args, tape.size);
    for step in &tape.steps {
        match step {
            Step::Wait(texts) => terminal.wait_for_frame(texts.of(lang)),
            Step::Keys(keys) => terminal.type_keys(keys),
            Step::Type(texts) => terminal.type_keys(texts.of(lang)),
            Step::Show(seconds, texts) => show(&mut terminal, *seconds, texts.of(lang)),
        }
    }
}
