//! Five real pages that were split by hand. They are not part of the repository; without them the
//! test says so and passes.

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

fn read_gold(path: &Path) -> (Vec<Gold>, BTreeSet<(usize, usize)>) {
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

fn compare(page: &Page, gold: &[Gold], joins: &BTreeSet<(usize, usize)>, score: &mut Score) {
    let mut found = BTreeMap::new();
    for (number, line) in page.lines.iter().enumerate() {
        if let (Owner::Article(article), false) = (line.owner, line.role == Role::Blank) {
            found.insert(number + 1, article);
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
                .map(|part| page.line_of(part.pieces[0].source.start))
                .collect();
            score.titles.0 += usize::from(title == gold.title);
            score.titles.1 += 1;
        }
        for (&line, role) in &gold.roles {
            let ours = field(page.lines[line - 1].role);
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
        .map(|pair| (page.line_of(pair[0].source.start), page.line_of(pair[1].source.start)))
        .collect();
    score.joins.found += ours.len();
    score.joins.wanted += joins.len();
    score.joins.right += ours.intersection(joins).count();
    for join in ours.symmetric_difference(joins) {
        score.wrong.push(format!("join {join:?}"));
    }
    score.quotes.wanted +=
        gold.iter().flat_map(|g| g.roles.values()).filter(|r| *r == "pull_quotes").count();
    score.quotes.found += page.lines.iter().filter(|line| line.role == Role::PullQuote).count();
}

#[test]
fn real_pages_stay_intact() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Ok(seeds) = std::fs::read_dir(shared.join("seeds")) else {
        println!("skipped: ../shared/seeds is not there");
        return;
    };
    let mut paths: Vec<PathBuf> = seeds.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut score = Score::default();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let gold = shared.join("eval/pages/gold").join(format!("{name}.json"));
        let (gold, joins) = read_gold(&gold);
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let page = split(text.into(), SplitMode::Auto);
        for article in &page.articles {
            println!(
                "{} {:.2} {:?} {:?} {:?}",
                page.line_of(article.source_offset(0).expect("not empty")),
                article.confidence,
                article.headline(),
                article.authors,
                article.evidence
            );
        }
        score.wrong.push(name);
        compare(&page, &gold, &joins, &mut score);
    }
    println!("{score:#?}");
    assert_eq!(score.intact, (16, 16), "an article was torn apart");
}
