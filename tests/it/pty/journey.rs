//! The main job: see what is there, read it, follow its key sentences and keywords.

use std::{ops::ControlFlow, path::Path, sync::OnceLock};

use vt100::Screen;
use zhaidu::{
    analysis::{Length, Vocabulary, analyze},
    app::{action::Context, help::HelpPane, keymap::Keymap, overlay::Line},
    lang::Lang,
    library::{Found, Input, Library, Settings},
    text::sanitize::display_line,
    view::theme::BuiltIn,
};

use super::{
    picture::{drawn, has, rows},
    session::{Launch, Session},
};

const ENTER: &str = "\r";

/// What the core says about an article, for comparison with the screen.
struct Known {
    title: String,
    /// The five key sentences in reading order, without white space.
    sentences: Vec<String>,
    /// The keywords, best first.
    keywords: Vec<String>,
}

/// The articles of an archive; analysed are the first two, which is where the journey goes.
fn known(input: Input) -> Vec<Known> {
    let library = Library::new(input, Settings::default());
    let mut articles = Vec::new();
    let _ = library.walk(&mut |found| {
        let Found::Entry(entry) = found else { return ControlFlow::Continue(()) };
        library.read(&entry, &mut |document| {
            articles.extend(document.expect("a readable page").page.articles);
            ControlFlow::Continue(())
        })
    });
    let described = articles.iter().enumerate().map(|(at, article)| {
        let title = display_line(&article.headline());
        if at > 1 {
            return Known { title, sentences: Vec::new(), keywords: Vec::new() };
        }
        let analysis = analyze(article, &Vocabulary::default());
        let sentences = analysis.key_sentences(Length::Sentences(5), &article.text);
        let sentences = sentences.iter().map(|s| squeezed(s.range.of(&article.text))).collect();
        let keywords = analysis.keywords.iter().map(|k| display_line(&k.text)).collect();
        Known { title, sentences, keywords }
    });
    described.collect()
}

fn squeezed(text: &str) -> String {
    display_line(text).split_whitespace().collect()
}

fn start_of(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// A running program on an archive that is known.
struct Journey<'a> {
    session: Session,
    articles: &'a [Known],
    narrow: bool,
}

impl<'a> Journey<'a> {
    fn start(args: &[&str], articles: &'a [Known], (columns, rows): (u16, u16)) -> Self {
        let session = Launch::zhaidu(args).size(columns, rows).start();
        Self { session, articles, narrow: columns < 80 }
    }

    fn whole(&mut self) {
        self.lists_everything();
        self.shows_sentences_and_keywords();
        self.opens_and_goes_back();
        self.steps_through_sentences();
        self.jumps_and_returns();
        self.changes_the_number_of_sentences();
        self.lights_a_keyword();
        self.zooms();
        self.session.send("q");
        self.session.expect_exit(0);
    }

    fn send(&mut self, keys: &str) {
        self.session.send(keys);
    }

    /// Waits until a pane has the focus.
    fn focused(&mut self, pane: &str) {
        let heading = format!(">{pane}");
        self.session.wait_for(&heading, |screen| {
            rows(screen).iter().any(|row| {
                row.match_indices(&heading).any(|(at, _)| {
                    at == 0 || row.get(..at).is_some_and(|before| before.ends_with('╎'))
                })
            })
        });
    }

    fn lists_everything(&mut self) {
        let count = self.articles.len();
        let complete = format!("{count} 篇");
        self.session.wait_for(&complete, |screen| {
            has(screen, &complete) && !has(screen, "读取") && has(screen, &format!("1/{count}"))
        });
        for article in self.articles.iter().take(8) {
            self.session.wait_for_text(&start_of(&article.title, 6));
        }
    }

    fn shows_sentences_and_keywords(&mut self) {
        let first = &self.articles[0];
        if self.narrow {
            self.send("\x1b3");
        }
        self.session.wait_for_text(&start_of(&first.sentences[0], 8));
        self.session.wait_for_text(&format!("要点 1/{}", first.sentences.len()));
        if self.narrow {
            self.send("\x1b4");
        }
        for keyword in first.keywords.iter().take(3) {
            self.session.wait_for_text(&start_of(keyword, 8));
        }
        self.send("\x1b1");
        self.focused("文章");
    }

    fn opens_and_goes_back(&mut self) {
        self.send(ENTER);
        self.focused("正文");
        self.session.wait_for_text(&start_of(&self.articles[0].title, 8));
        self.send("J");
        self.session.wait_for_text(&start_of(&self.articles[1].title, 8));
        self.send("h");
        self.focused("文章");
        let count = self.articles.len();
        self.session.wait_for_text(&format!("2/{count}"));
        self.send("K");
        self.session.wait_for_text(&format!("1/{count}"));
    }

    /// Presses keys until the key sentence with this number is lit.
    fn wait_lit(&mut self, number: usize) {
        let sentences = &self.articles[0].sentences;
        self.session.wait_for(&format!("key sentence {number} lit"), |screen| {
            let text = drawn(screen, BuiltIn::Sixteen.theme().key_selected);
            !text.is_empty() && sentences[number].contains(&text)
        });
    }

    fn steps_through_sentences(&mut self) {
        self.send("s");
        if self.narrow {
            self.focused("正文");
        }
        self.wait_lit(0);
        self.send("s");
        self.wait_lit(1);
        self.send("s");
        self.wait_lit(2);
        self.send("S");
        self.wait_lit(1);
    }

    fn jumps_and_returns(&mut self) {
        self.send("\x1b3");
        self.focused("要点");
        self.send("G");
        self.session.wait_for_text(">");
        let last = self.articles[0].sentences.len() - 1;
        self.session.wait_for_text(&format!("要点 {}/{}", last + 1, last + 1));
        self.send(ENTER);
        self.focused("正文");
        self.wait_lit(last);
        self.send("H");
        self.focused("要点");
    }

    fn changes_the_number_of_sentences(&mut self) {
        let count = self.articles[0].sentences.len();
        for (key, count) in [("+", count + 1), ("+", count + 2), ("-", count + 1), ("-", count)] {
            self.send(key);
            self.session.wait_for_text(&format!("{count} 个要点"));
            self.session.wait_for(&format!("a heading with {count}"), |screen| {
                let heading = format!("/{count}");
                rows(screen).iter().any(|row| {
                    row.split("要点 ").nth(1).is_some_and(|rest| rest.contains(&heading))
                })
            });
        }
    }

    fn lights_a_keyword(&mut self) {
        self.send("\x1b2");
        self.focused("正文");
        self.send("gg\x1b4");
        self.focused("关键词");
        self.send("l");
        if self.narrow {
            self.focused("正文");
        }
        let keyword = squeezed(&self.articles[0].keywords[0]);
        let hit = BuiltIn::Sixteen.theme().hit;
        self.session.wait_for("the keyword lit", |screen| drawn(screen, hit).contains(&keyword));
        self.send("n");
        self.session.wait_for("the keyword lit", |screen| drawn(screen, hit).contains(&keyword));
        // Back puts the light out before it leaves the text.
        self.send("2h");
        self.session.wait_for("no keyword lit", |screen| drawn(screen, hit).is_empty());
        self.focused("正文");
    }

    fn zooms(&mut self) {
        if self.narrow {
            return;
        }
        let others = |screen: &Screen| has(screen, "要点 ") && has(screen, "关键词");
        self.session.wait_for("all panes", others);
        self.send("z");
        self.session.wait_for("one pane", |screen| !others(screen) && has(screen, ">正文"));
        self.send("z");
        self.session.wait_for("all panes again", others);
    }
}

const SIZES: [(u16, u16); 3] = [(80, 24), (160, 45), (60, 20)];

fn demo() -> &'static [Known] {
    static DEMO: OnceLock<Vec<Known>> = OnceLock::new();
    DEMO.get_or_init(|| known(Input::Demo))
}

#[test]
fn the_demo_can_be_read_on_every_screen() {
    for size in SIZES {
        Journey::start(&["demo"], demo(), size).whole();
    }
}

#[test]
fn real_pages_can_be_read_on_every_screen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let articles = known(Input::Paths(vec![folder.clone()]));
    let folder = folder.to_str().expect("the path is UTF-8");
    for size in SIZES {
        Journey::start(&[folder], &articles, size).whole();
    }
}

#[test]
fn help_shows_the_registry_with_the_keys_in_force() {
    let mut keymap = Keymap::default();
    let own = "[global]\n\"Q\" = \"zoom\"\n";
    assert!(keymap.merge("keymap.toml", own).is_empty());
    let lines = HelpPane::new(&keymap, Context::List, Lang::Zh).lines("", Lang::Zh);
    let zoom = |line: &Line| matches!(line, Line::Keys(keys, _) if keys.as_str().contains('Q'));
    assert!(lines.iter().any(zoom), "the person's own key is in the help");
    for (columns, height) in [(80, 24), (60, 20)] {
        let launch = Launch::zhaidu(["demo"]).size(columns, height).keymap(own.as_bytes());
        let mut session = launch.start();
        session.wait_for_text("4 个来源");
        session.send("?");
        session.wait_for_text("Esc 关闭");
        let (mut unseen, mut is_first) = (Vec::new(), true);
        for line in &lines {
            unseen.push(line);
            if !matches!(line, Line::Keys(..)) {
                continue;
            }
            // The selection goes from command to command.
            if !std::mem::take(&mut is_first) {
                session.send("j");
            }
            for line in unseen.drain(..) {
                let (left, right) = match line {
                    Line::Heading(text) | Line::Text(text) => (text.as_str(), ""),
                    Line::Bar { label, .. } => (label.as_str(), ""),
                    Line::Keys(keys, help) => (keys.as_str(), help.as_str()),
                };
                // A narrow screen shows the beginning.
                let right = start_of(right, 12);
                session.wait_for(&format!("{left} {right}"), |screen| {
                    rows(screen).iter().any(|row| row.contains(left) && row.contains(&right))
                });
            }
        }
        let all = lines.len();
        session.wait_for_text(&format!("-{all}/{all}"));
        session.send("?");
        session.wait_for("the help is closed", |screen| !has(screen, "Esc 关闭"));
        session.send("q");
        session.expect_exit(0);
    }
}

/// The first two rows of the text pane without white space, ranks and the scroll bar.
pub(super) fn reader_rows(screen: &Screen) -> [String; 2] {
    let shown = rows(screen);
    // The bar first: its line is that between panes.
    let shown = shown.iter().map(|row| row.trim_end_matches(['╎', '▐', '-', '*', ' ']));
    let shown = shown.map(|row| row.split('╎').next_back().unwrap_or_default());
    let mut text = shown.skip_while(|row| !row.contains("正文 ")).skip(1);
    let mut next = || {
        let row = text.next().unwrap_or_default().trim();
        squeezed(row.trim_start_matches(|c: char| c.is_ascii_digit()))
    };
    [next(), next()]
}

#[test]
fn the_text_at_the_top_stays_there_when_the_window_changes() {
    let mut session = Launch::zhaidu(["demo"]).size(80, 24).start();
    session.wait_for_text("4 个来源");
    session.send(ENTER);
    session.wait_for_text(">正文");
    session.wait_for_text("%");
    session.send("jjjjjjj");
    let begins = reader_rows(session.screen());
    session.wait_for("the text has moved", |screen| reader_rows(screen) != begins);
    // The last row is drawn last: when it answers, the text above it is all there.
    session.send("~");
    session.wait_for_text("没有绑定");
    let before = reader_rows(session.screen());
    let anchor = start_of(&before[0], 5);
    for (columns, rows_now) in [(160, 45), (60, 20), (100, 30), (33, 9), (80, 24)] {
        session.resize(columns, rows_now);
        session.wait_for(&format!("{anchor} at the top of {columns}x{rows_now}"), |screen| {
            let [first, second] = reader_rows(screen);
            let place = format!("{first}{second}").find(&anchor);
            let status = rows(screen).last().is_some_and(|row| row.contains("没有绑定"));
            status && place.is_some_and(|at| at < first.len())
        });
    }
    session.wait_for("the first picture again", |screen| reader_rows(screen) == before);
    session.send("q");
    session.expect_exit(0);
}
