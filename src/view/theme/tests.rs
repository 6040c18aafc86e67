use super::*;
use crate::config::{ColourDepth, luminance};
use ratatui::style::Color;

/// Backgrounds that people have: black, and those of VS Code, One Dark, Solarized, Nord, Gruvbox and Ubuntu.
const DARK: [u32; 7] =
    [0x00_0000, 0x1e_1e1e, 0x28_2c34, 0x00_2b36, 0x2e_3440, 0x28_2828, 0x30_0a24];
/// White, and those of One Light, Catppuccin, Solarized, Gruvbox, and a darker Solarized.
const LIGHT: [u32; 6] = [0xff_ffff, 0xfa_fafa, 0xef_f1f5, 0xfd_f6e3, 0xfb_f1c7, 0xee_e8d5];
/// The sixteen colours of xterm and of the console of Linux.
const PALETTES: [[u32; 16]; 2] = [
    [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
        0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ],
    [
        0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
        0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
    ],
];

fn parts(hex: u32) -> [u8; 3] {
    let [_, r, g, b] = hex.to_be_bytes();
    [r, g, b]
}

/// The contrast of two colours (WCAG 2.1, "contrast ratio"), from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let [a, b] = [a, b].map(|colour| luminance(colour.map(|part| f64::from(part) / 255.0)) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn built_in_themes_say_all_roles_in_order_and_nothing_wrong() {
    for theme in BuiltIn::ALL {
        let found = read(theme.name(), theme.text());
        assert_eq!(found.errors, []);
        assert_eq!(found.theme, theme.theme());
        assert_eq!(BuiltIn::named(theme.name()), Some(theme));
        let lines = theme.text().lines();
        let said =
            lines.skip_while(|line| *line != "[styles]").filter(|line| !line.starts_with('#'));
        let said: Vec<&str> =
            said.filter_map(|line| Some(line.split_once(" =")?.0.trim())).collect();
        assert_eq!(said, Theme::ROLES.iter().copied().map(written).collect::<Vec<_>>());
    }
}

#[test]
fn everything_can_be_read_on_the_backgrounds_that_people_have() {
    for (theme, backgrounds) in [(BuiltIn::Dark, &DARK[..]), (BuiltIn::Light, &LIGHT)] {
        for depth in [ColourDepth::Direct, ColourDepth::Indexed] {
            for (role, style) in theme.theme().reduced(depth).styles() {
                for background in backgrounds {
                    let paper = style.bg.and_then(rgb).unwrap_or(parts(*background));
                    let (ink, least) = match (role, style.fg.and_then(rgb)) {
                        // A bar is no text; it is seen against the background.
                        ("bar", _) => (parts(*background), 3.0),
                        ("dim", Some(ink)) => (ink, 3.0),
                        (_, Some(ink)) => (ink, 4.5),
                        // Plain text has the colours of the terminal.
                        (_, None) => continue,
                    };
                    let found = contrast(ink, paper);
                    let told = format!("{theme:?} {depth:?} {role} on {background:06x}");
                    assert!(found >= least, "{told}: {found:.2}, not {least}");
                }
            }
        }
    }
}

#[test]
fn pairs_of_the_sixteen_can_be_read_on_usual_terminals() {
    for (role, style) in BuiltIn::Sixteen.theme().styles() {
        let number = |colour: Option<Color>| (0..16).find(|n| Some(colour::numbered(*n)) == colour);
        let (Some(ink), Some(paper)) = (number(style.fg), number(style.bg)) else { continue };
        for palette in PALETTES {
            let [ink, paper] = [ink, paper].map(|number| parts(palette[usize::from(number)]));
            let found = contrast(ink, paper);
            // The yellow of the console is brown.
            assert!(found >= 4.0, "{role}: {found:.2}");
        }
    }
}

/// What is left of a style for somebody who sees no colours.
fn attributes(style: Style) -> Modifier {
    style.add_modifier
}

#[test]
fn what_takes_the_place_of_another_differs_by_an_attribute() {
    for built_in in BuiltIn::ALL {
        let theme = built_in.theme();
        let texts = [theme.text, theme.key, theme.key_selected];
        let lit = [theme.hit, theme.hit_here, theme.found, theme.found_here];
        let mut seen = texts.map(attributes).to_vec();
        // Wherever it lies, what is lit looks the same and like nothing else.
        for light in lit {
            let looks = texts.map(|text| attributes(text.patch(light)));
            assert_eq!(looks, [looks[0]; 3], "{built_in:?} {light:?}");
            seen.push(looks[0]);
        }
        for (at, look) in seen.iter().enumerate() {
            assert!(!seen[..at].contains(look), "{built_in:?}: {look:?} stands for two states");
        }
        // In titles that are listed, selected or not, and read or not in the stream.
        for row in [theme.text, theme.title, theme.dim] {
            assert_ne!(attributes(row.patch(theme.found)), attributes(row), "{built_in:?}");
        }
        let hit = attributes(theme.selected.patch(theme.found_here));
        assert_ne!(hit, attributes(theme.selected), "{built_in:?}");
        assert_ne!(attributes(theme.title), attributes(theme.dim), "{built_in:?}");
        assert_ne!(attributes(theme.trouble), attributes(theme.text), "{built_in:?}");
    }
}

#[test]
fn a_person_says_only_what_differs() {
    let text = "inherit = \"dark\"\n[palette]\ngold = \"#ffffff\"\nmint = 121\n\
                [styles]\ntitle = \"mint\"\nkey_selected = { bg = \"blue\", italic = true }\n";
    let found = read("mine.toml", text);
    assert_eq!((found.base, found.errors), (BuiltIn::Dark, Vec::new()));
    let dark = BuiltIn::Dark.theme();
    let white = Color::Rgb(255, 255, 255);
    assert_eq!(
        found.theme,
        Theme {
            title: Style::new().fg(Color::Indexed(121)),
            key_selected: Style::new().bg(Color::Blue).add_modifier(Modifier::ITALIC),
            // A colour of the palette below is another one wherever it is used.
            key: dark.key.fg(white),
            rank: dark.rank.fg(white),
            ..dark
        }
    );
    assert_eq!(read("mine.toml", "").theme, BuiltIn::Sixteen.theme());
}

#[test]
fn a_background_of_its_own_lies_below_everything() {
    let text = "[styles]\ntext = { fg = \"#202020\", bg = \"#f8f0e0\" }\nbar = { bg = 33 }\n";
    let theme = read("mine.toml", text).theme;
    let (ink, paper) = (Color::Rgb(0x20, 0x20, 0x20), Color::Rgb(0xf8, 0xf0, 0xe0));
    assert_eq!((theme.dim.fg, theme.dim.bg), (Some(ink), Some(paper)));
    assert_eq!((theme.bar.fg, theme.bar.bg), (Some(ink), Some(Color::Indexed(33))));
    // None of it is left where there are no such colours.
    let sixteen = BuiltIn::Sixteen.theme();
    assert_eq!(theme.reduced(ColourDepth::Sixteen).text, sixteen.text);
    assert_eq!(theme.reduced(ColourDepth::None), BuiltIn::Mono.theme());
}

/// Mistakes with their messages; the rest of the file counts.
const MISTAKES: [(&str, &str); 18] = [
    ("key = \"bleu\"", "3:7: unknown colour \"bleu\", did you mean \"blue\"?"),
    ("key = \"snad\"", "3:7: unknown colour \"snad\", did you mean \"sand\"?"),
    (
        "key = \"#12345\"",
        "3:7: unknown colour \"#12345\"; there are one of the 16, 0 to 255, #rrggbb",
    ),
    ("key = 256", "3:7: unknown colour \"256\"; there are one of the 16, 0 to 255, #rrggbb"),
    (
        "key = { fg = -1 }",
        "3:14: unknown colour \"-1\"; there are one of the 16, 0 to 255, #rrggbb",
    ),
    ("kye = \"blue\"", "3:1: unknown role \"kye\", did you mean \"key\"?"),
    (
        "heading-focussed = 1",
        "3:1: unknown role \"heading-focussed\", did you mean \"heading-focused\"?",
    ),
    ("qqqqq = 1", "3:1: unknown role \"qqqqq\""),
    ("key = { bolt = true }", "3:9: unknown attribute \"bolt\", did you mean \"bold\"?"),
    ("key = { bold = 1 }", "3:16: expected true or false, found integer"),
    ("key = { fg = true }", "3:14: expected a colour in quotes, found boolean"),
    (
        "key = true",
        "3:7: expected a colour in quotes, or { fg = \"green\", bold = true }, found boolean",
    ),
    ("key = { fg = \"blue\"", "3:20: not TOML: unclosed inline table, expected `}`"),
    ("[pallete]", "3:2: unknown part of a theme \"pallete\", did you mean \"palette\"?"),
    ("[styles.key]\nbold = 2", "4:8: expected true or false, found integer"),
    ("title = \"red\"\ntitle = \"blue\"", "4:1: not TOML: duplicate key"),
    (
        "key = \"\\u001b[31m\"",
        "3:7: unknown colour \"\\u{1b}[31m\"; there are one of the 16, 0 to 255, #rrggbb",
    ),
    ("= 3", "3:1: not TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"),
];

#[test]
fn mistakes_are_told_with_their_places_and_cost_their_own_line() {
    for (line, expected) in MISTAKES {
        let text = format!("palette = {{ sand = \"#f4a460\" }}\n[styles]\n{line}\n");
        let sound = "[styles.rank]\nfg = \"sand\"\n";
        let found = read("t.toml", &format!("{text}{sound}"));
        let messages: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        assert_eq!(messages, [format!("t.toml:{expected}")], "{line}");
        assert_eq!(found.theme.rank.fg, Some(Color::Rgb(0xf4, 0xa4, 0x60)), "{line}");
        assert_eq!(found.theme.dim, BuiltIn::Sixteen.theme().dim);
        let zh = found.errors[0].message(crate::lang::Lang::Zh);
        assert!(zh.chars().any(|c| ('一'..='鿿').contains(&c)), "{zh}");
    }
    for (text, expected) in [
        ("inherit = \"drak\"", "1:11: unknown theme \"drak\", did you mean \"dark\"?"),
        (
            "[palette]\nx = \"y\"",
            "2:5: unknown colour \"y\"; there are one of the 16, 0 to 255, #rrggbb",
        ),
        ("inherit = 1", "1:11: expected the name of a theme in quotes, found integer"),
        ("styles = 1", "1:10: expected a table, found integer"),
        ("[[styles]]", "1:1: expected a table, found array"),
        (
            "key = 1",
            "1:1: unknown part of a theme \"key\"; there are \"inherit\", [palette], [styles]",
        ),
    ] {
        let messages: Vec<String> =
            read("t.toml", text).errors.iter().map(ToString::to_string).collect();
        assert_eq!(messages, [format!("t.toml:{expected}")], "{text}");
    }
    let many = read("t.toml", &"[styles]\n".repeat(1000));
    assert_eq!(many.errors.len(), 20);
}

#[test]
fn a_theme_that_is_written_is_read_back() {
    for built_in in BuiltIn::ALL {
        for depth in [ColourDepth::Direct, ColourDepth::Indexed, ColourDepth::Sixteen] {
            let theme = built_in.theme().reduced(depth);
            let back = read("t.toml", &theme.to_string());
            assert_eq!((back.theme, back.errors), (theme, Vec::new()));
        }
    }
}

#[test]
fn fewer_colours_are_those_that_are_there() {
    for built_in in BuiltIn::ALL {
        let reduced = |depth| built_in.theme().reduced(depth);
        let colours = |theme: Theme| {
            theme.styles().flat_map(|(_, style)| [style.fg, style.bg]).flatten().collect::<Vec<_>>()
        };
        let indexed = colours(reduced(ColourDepth::Indexed));
        assert!(!indexed.iter().any(|colour| matches!(colour, Color::Rgb(..))), "{built_in:?}");
        assert!(colours(reduced(ColourDepth::Sixteen)).into_iter().all(colour::is_named));
        assert_eq!(colours(reduced(ColourDepth::None)), []);
    }
}

proptest::proptest! {
    #[test]
    fn whatever_a_file_holds_there_is_a_theme(text in "(\\PC|\n)*|([a-z=\"\\[\\]{}#., \n]){0,200}") {
        let found = read("t.toml", &text);
        proptest::prop_assert!(found.errors.len() <= 20);
        for error in found.errors {
            proptest::prop_assert!(!error.message(crate::lang::Lang::En).contains('\n') );
        }
    }
}
