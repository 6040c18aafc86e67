//! Five real pages that were split by hand. They are not part of the repository; without them the
//! test says so and passes.
#![expect(clippy::print_stdout, reason = "a skipped test says so, a passed one shows its figures")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use zhaidu::article::{Owner, Page, Role, SplitMode, split};

/// One article of the gold: lines by role, from 1.
struct Gold {
    roles: BTreeMap<usize, String>,
    title: BTreeSet<usize>,
}

fn numbers(value: &Value) -> Vec<usize> {
    let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::Object(fields) => fields.get("lines").map(numbers).unwrap_or_default(),
        other => number(other).into_iter().collect(),
    }
}

/// Lines of paragraphs that a column break had cut, pair by pair.
type Joins = BTreeSet<(usize, usize)>;

fn read_gold(path: &Path) -> (Vec<Gold>, Joins) {
    let text = std::fs::read_to_string(path).expect("a readable gold file");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let mut joins = BTreeSet::new();
    let articles = json["articles"].as_array().expect("articles").iter().map(|article| {
        let mut roles = BTreeMap::new();
        for (field, value) in article.as_object().expect("an article") {
            if !matches!(field.as_str(), "id" | "kind" | "notes") {
                roles.extend(numbers(value).into_iter().map(|line| (line, field.clone())));
            }
        }
        for paragraph in article["body"].as_array().into_iter().flatten() {
            joins.extend(numbers(paragraph).windows(2).map(|pair| (pair[0], pair[1])));
        }
        Gold { roles, title: numbers(&article["title"]).into_iter().collect() }
    });
    (articles.collect(), joins)
}

/// The name that the gold has for a role.
fn field(role: Role) -> &'static str {
    match role {
        Role::Kicker => "kicker",
        Role::Title => "title",
        Role::Subtitle => "subtitle",
        Role::Byline => "byline",
        Role::Affiliation => "affiliation",
        Role::Source => "source",
        Role::Column => "column",
        Role::Abstract => "abstract",
        Role::Heading => "headings",
        Role::Paragraph => "body",
        Role::PullQuote => "pull_quotes",
        Role::Caption => "captions",
        Role::Credit => "credits",
        Role::Blank | Role::PageHeader | Role::Other => "other",
    }
}

/// Right, found and expected.
#[derive(Default, Debug)]
struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

#[derive(Default, Debug)]
struct Score {
    boundaries: Count,
    joins: Count,
    titles: (usize, usize),
    intact: (usize, usize),
    roles: (usize, usize),
    quotes: Count,
    wrong: Vec<String>,
}

/// Lines at which the owner changes, the lines of the page itself left out.
fn changes(owners: &BTreeMap<usize, usize>) -> Vec<(usize, usize)> {
    let all: Vec<(usize, usize)> = owners.iter().map(|(&line, &owner)| (line, owner)).collect();
    all.windows(2).filter(|w| w[0].1 != w[1].1).map(|w| (w[0].0, w[1].0)).collect()
}

/// A page with its original line numbers.
struct Numbered {
    page: Page,
    /// For every line of the page, its number in the original.
    numbers: Vec<usize>,
}

impl Numbered {
    /// Splits `text` after `change` was applied to its lines; a line may be dropped.
    fn split(text: &str, change: Change) -> Self {
        let lines = text.lines().enumerate();
        let (numbers, lines): (Vec<usize>, Vec<String>) =
            lines.filter_map(|(number, line)| Some((number + 1, change(line)?))).unzip();
        Self { page: split(lines.join("\n").into(), SplitMode::Auto), numbers }
    }

    /// The original number of the line with byte `offset`.
    fn line_of(&self, offset: usize) -> usize {
        self.numbers[self.page.line_of(offset) - 1]
    }
}

fn compare(numbered: &Numbered, gold: &[Gold], joins: &Joins, score: &mut Score) {
    let page = &numbered.page;
    let (mut found, mut roles) = (BTreeMap::new(), BTreeMap::new());
    for (line, &number) in page.lines.iter().zip(&numbered.numbers) {
        roles.insert(number, field(line.role));
        if let (Owner::Article(article), false) = (line.owner, line.role == Role::Blank) {
            found.insert(number, article);
        }
    }
    let wanted = gold.iter().enumerate();
    let wanted = wanted.flat_map(|(id, gold)| gold.roles.keys().map(move |&line| (line, id)));
    let (ours, theirs) = (changes(&found), changes(&wanted.collect()));
    score.boundaries.found += ours.len();
    score.boundaries.wanted += theirs.len();
    let met = |&&(a, b): &&(usize, usize)| ours.iter().any(|&(c, d)| c < b && a < d);
    score.boundaries.right += theirs.iter().filter(met).count();
    for gold in gold {
        let text = gold
            .roles
            .iter()
            .filter(|(_, role)| matches!(role.as_str(), "body" | "captions" | "abstract"));
        let holders: BTreeSet<_> = text.filter_map(|(line, _)| found.get(line)).collect();
        score.intact.0 += usize::from(holders.len() <= 1);
        score.intact.1 += 1;
        if let (false, Some(&&holder)) = (gold.title.is_empty(), holders.iter().next()) {
            let title: BTreeSet<usize> = page.articles[holder]
                .parts_of(Role::Title)
                .map(|part| numbered.line_of(part.pieces[0].source.start))
                .collect();
            score.titles.0 += usize::from(title == gold.title);
            score.titles.1 += 1;
        }
        for (&line, role) in &gold.roles {
            let ours = roles.get(&line).copied().unwrap_or("nothing");
            score.roles.0 += usize::from(ours == role);
            score.roles.1 += 1;
            if ours != role {
                score.wrong.push(format!("line {line}: {role}, found {ours}"));
            }
        }
    }
    let ours: BTreeSet<(usize, usize)> = page
        .articles
        .iter()
        .flat_map(|article| &article.parts)
        .flat_map(|part| part.pieces.windows(2))
        .map(|pair| {
            (numbered.line_of(pair[0].source.start), numbered.line_of(pair[1].source.start))
        })
        // A gloss cuts a line into pieces and joins nothing.
        .filter(|(above, below)| above != below)
        .collect();
    score.joins.found += ours.len();
    score.joins.wanted += joins.len();
    score.joins.right += ours.intersection(joins).count();
    for join in ours.symmetric_difference(joins) {
        score.wrong.push(format!("join {join:?}"));
    }
    let quoted = |line: &usize| roles.get(line) == Some(&"pull_quotes");
    score.quotes.right += gold
        .iter()
        .flat_map(|gold| &gold.roles)
        .filter(|(line, role)| *role == "pull_quotes" && quoted(line))
        .count();
    score.quotes.wanted +=
        gold.iter().flat_map(|g| g.roles.values()).filter(|r| *r == "pull_quotes").count();
    score.quotes.found += page.lines.iter().filter(|line| line.role == Role::PullQuote).count();
}

/// What becomes of a line; `None` drops it.
type Change = fn(&str) -> Option<String>;

/// Changes of the pages that a splitter must survive: cues are taken away, none is added.
const CHANGES: [(&str, Change); 5] = [
    ("as it is", |line| Some(line.to_owned())),
    ("without marks", |line| Some(line.trim_start_matches('□').to_owned())),
    ("without blank lines", |line| (!line.trim().is_empty()).then(|| line.to_owned())),
    ("indented", |line| Some(format!("\u{3000}\u{3000}{line}"))),
    ("without bylines", |line| {
        (!line.starts_with(['□', '(']) || line.len() > 90).then(|| line.to_owned())
    }),
];

/// The seeds with their gold, or nothing when they are not there.
fn seeds() -> Vec<(String, String, Vec<Gold>, Joins)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Ok(seeds) = std::fs::read_dir(shared.join("seeds")) else {
        println!("skipped: ../shared/seeds is not there");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = seeds.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (gold, joins) = read_gold(&shared.join(format!("eval/pages/gold/{name}.json")));
        (name, std::fs::read_to_string(&path).expect("UTF-8"), gold, joins)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn real_pages_are_split_as_by_hand() {
    let seeds = seeds();
    for (change, apply) in CHANGES {
        let mut score = Score::default();
        for (name, text, gold, joins) in &seeds {
            score.wrong.push(name.clone());
            compare(&Numbered::split(text, apply), gold, joins, &mut score);
        }
        if seeds.is_empty() {
            continue;
        }
        println!("{change}: {score:?}");
        assert_eq!(score.intact, (16, 16), "{change}: an article was torn apart");
        if change == "as it is" {
            let Count { right, found, wanted } = score.boundaries;
            assert_eq!((right, found, wanted), (11, 11, 11));
            assert_eq!(score.titles, (15, 15));
            assert_eq!((score.joins.right, score.joins.found, score.joins.wanted), (23, 23, 23));
            let Count { right, found, wanted } = score.quotes;
            assert_eq!((right, found, wanted), (5, 5, 5));
            assert!(score.roles.0 >= 287, "{} of {} roles", score.roles.0, score.roles.1);
        }
    }
}
