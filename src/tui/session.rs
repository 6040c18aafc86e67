//! What is taken up again, in the words in which it is kept.
//!
//! A word that is not known, and a number out of bounds, are as good as the usual: files may have been
//! written by other versions, or by anybody.

use std::collections::BTreeMap;

use crate::{
    app::{
        action::{Context, Pane},
        filters::FilterBy,
        layout::{Choice, PANES, SizeClass},
        level::Level,
        sentences, session,
        session::Memento,
        skim,
    },
    article::{
        ArticleId,
        order::{Direction, GroupBy, Order, SortBy},
    },
    store::session::{ArticleSpot, Layout, Opened, Session},
};

const SORTS: [(SortBy, &str); 8] = [
    (SortBy::Source, "source"),
    (SortBy::Date, "date"),
    (SortBy::Page, "page"),
    (SortBy::Title, "title"),
    (SortBy::Author, "author"),
    (SortBy::Chars, "chars"),
    (SortBy::Marks, "marks"),
    (SortBy::Match, "match"),
];

const GROUPS: [(GroupBy, &str); 4] = [
    (GroupBy::None, "none"),
    (GroupBy::Date, "date"),
    (GroupBy::Paper, "paper"),
    (GroupBy::Author, "author"),
];

const CLASSES: [(SizeClass, &str); 3] =
    [(SizeClass::Wide, "wide"), (SizeClass::Normal, "normal"), (SizeClass::Narrow, "narrow")];

/// What is kept of an archive that was left so.
pub(super) fn kept(memento: &Memento, archive: Opened) -> Session {
    let layout: BTreeMap<String, Layout> = memento
        .choices
        .iter()
        .map(|(class, choice)| (word(&CLASSES, *class).to_owned(), arranged(choice)))
        .collect();
    Session {
        archive,
        article: memento.spot.as_ref().map(spot),
        level: memento.level.percent(),
        filters: memento.filters.iter().map(FilterBy::to_words).collect(),
        sort: word(&SORTS, memento.order.by).to_owned(),
        group: word(&GROUPS, memento.order.group).to_owned(),
        reverse: memento.order.direction == Direction::Down,
        layout,
        focus: name(memento.focus).to_owned(),
        upper: name(memento.upper).to_owned(),
        sentences: memento.sentences,
        skim: memento.is_skimmed,
        skim_sentences: memento.skimmed_sentences,
        page: memento.is_page,
        ..Session::default()
    }
}

/// How an archive was left of which this was kept.
pub(super) fn left(session: &Session) -> Memento {
    let usual = Memento::default();
    let direction = if session.reverse { Direction::Down } else { Direction::Up };
    let by = named(&SORTS, &session.sort).unwrap_or_default();
    let group = named(&GROUPS, &session.group).unwrap_or_default();
    let choice =
        |(class, layout): (&String, &Layout)| Some((named(&CLASSES, class)?, choice(layout)));
    let upper = pane(&session.upper).filter(|pane| matches!(pane, Pane::List | Pane::Reader));
    let within = |count: usize, most: usize, usual: usize| {
        if (1..=most).contains(&count) { count } else { usual }
    };
    Memento {
        spot: session.article.as_ref().and_then(found),
        level: Level::of_percent(session.level).unwrap_or_default(),
        filters: session
            .filters
            .iter()
            .take(MOST_FILTERS)
            .filter_map(|words| filter(words))
            .collect(),
        order: Order { by, group, direction },
        choices: session.layout.iter().filter_map(choice).collect(),
        focus: pane(&session.focus).unwrap_or(usual.focus),
        upper: upper.unwrap_or(usual.upper),
        sentences: within(session.sentences, sentences::MAX_COUNT, usual.sentences),
        is_skimmed: session.skim,
        skimmed_sentences: within(session.skim_sentences, skim::MOST, usual.skimmed_sentences),
        is_page: session.page,
    }
}

/// Filters that are taken up, and the longest of them in characters: more than anybody has.
const MOST_FILTERS: usize = 20;
const MOST_FILTER: usize = 1_000;

fn filter(words: &str) -> Option<FilterBy> {
    let plain: String = words.chars().filter(|c| !c.is_control()).take(MOST_FILTER).collect();
    FilterBy::of_words(&plain)
}

fn spot(spot: &session::Spot) -> ArticleSpot {
    ArticleSpot {
        id: spot.id.to_string(),
        title: spot.title.clone(),
        source: spot.source.clone(),
        number: spot.number,
        offset: spot.anchor,
    }
}

fn found(kept: &ArticleSpot) -> Option<session::Spot> {
    let ArticleSpot { id, title, source, number, offset } = kept.clone();
    Some(session::Spot { id: ArticleId::parse(&id)?, title, source, number, anchor: offset })
}

fn arranged(choice: &Choice) -> Layout {
    let hidden = PANES.into_iter().filter(|pane| choice.is_hidden(*pane));
    Layout {
        list_columns: choice.list_columns,
        upper_rows: choice.upper_rows,
        sentence_columns: choice.sentence_columns,
        zoomed: choice.zoomed.map(|pane| name(pane).to_owned()),
        hidden: hidden.map(|pane| name(pane).to_owned()).collect(),
    }
}

fn choice(layout: &Layout) -> Choice {
    let usual = Choice::default();
    // As far as keys and the mouse can bring it.
    let within = |share: u16, most: u16, usual: u16| {
        if (200..=most).contains(&share) { share } else { usual }
    };
    let mut choice = usual;
    choice.list_columns = within(layout.list_columns, 600, usual.list_columns);
    choice.upper_rows = within(layout.upper_rows, 800, usual.upper_rows);
    choice.sentence_columns = within(layout.sentence_columns, 800, usual.sentence_columns);
    choice.zoomed = layout.zoomed.as_deref().and_then(pane);
    // The text cannot be hidden.
    let hidden = layout.hidden.iter().filter_map(|word| pane(word));
    hidden.filter(|pane| *pane != Pane::Reader).for_each(|pane| choice.hide(pane));
    choice
}

/// The name of a pane, that of its table in a keymap.
fn name(pane: Pane) -> &'static str {
    Context::from(pane).name()
}

fn pane(word: &str) -> Option<Pane> {
    PANES.into_iter().find(|pane| name(*pane) == word)
}

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words.iter().find(|(known, _)| *known == value).map_or("", |(_, word)| word)
}

fn named<T: Copy>(words: &[(T, &str)], word: &str) -> Option<T> {
    words.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_what_was_left() {
        for (number, (by, group)) in SORTS.iter().zip(GROUPS.iter().cycle()).enumerate() {
            let mut wide = Choice::default();
            wide.zoomed = Some(PANES[number % 4]);
            wide.resize(SizeClass::Wide, Pane::List, 500);
            wide.hide(Pane::Keywords);
            let spot = session::Spot {
                id: ArticleId::of("渡口"),
                title: "渡口的灯".into(),
                source: "a/b.txt".into(),
                number: 3,
                anchor: 1_374,
            };
            let memento = Memento {
                spot: Some(spot).filter(|_| number > 0),
                level: Level::of_percent([100, 50, 30, 20, 10, 5, 5, 5][number]).expect("a level"),
                filters: ["title 水 !桥", "query 渡口 -灯", "keyword 水渠", "month 2023-05"]
                    .map(|words| FilterBy::of_words(words).expect("a filter"))
                    .into(),
                order: Order { by: by.0, group: group.0, direction: Direction::Down },
                choices: vec![(SizeClass::Narrow, Choice::default()), (SizeClass::Wide, wide)],
                focus: PANES[number % 4],
                upper: Pane::Reader,
                sentences: 9,
                is_skimmed: true,
                skimmed_sentences: 4,
                is_page: number > 2,
            };
            assert_eq!(left(&kept(&memento, Opened::default())), memento);
        }
    }

    #[test]
    fn what_nobody_can_have_left_is_the_usual() {
        let layout = Layout {
            upper_rows: 0,
            list_columns: u16::MAX,
            zoomed: Some("cellar".into()),
            hidden: vec!["reader".into(), "roof".into()],
            ..Layout::default()
        };
        let session = Session {
            article: Some(ArticleSpot { id: "../x".into(), ..ArticleSpot::default() }),
            level: 255,
            filters: ["title \u{1b}[2J\n", "query (", "weather rain", "month 2023-13", "x"]
                .map(String::from)
                .into(),
            sort: "weather".into(),
            focus: "cellar".into(),
            upper: "keywords".into(),
            sentences: usize::MAX,
            layout: BTreeMap::from([("wide".into(), layout.clone()), ("huge".into(), layout)]),
            ..Session::default()
        };
        let usual = Memento::default();
        let choices = vec![(SizeClass::Wide, Choice::default())];
        let filters = vec![FilterBy::of_words("title [2J").expect("a filter")];
        assert_eq!(left(&session), Memento { filters, choices, ..usual });
    }
}
