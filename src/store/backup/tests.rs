//! Copies are made once a day and hold everything; few of them are kept.

use std::io::Read as _;

use flate2::read::GzDecoder;
use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;

fn day(number: i64) -> Date {
    Date::constant(2024, 1, 1).saturating_add(number.days())
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    let file = File::open(path).expect("a copy");
    GzDecoder::new(file).read_to_string(&mut text).expect("a packed text");
    text
}

#[test]
fn a_copy_holds_every_line_and_can_be_put_back() {
    let home = tempfile::tempdir().expect("a folder");
    let (marks, folder) = (home.path().join("marks"), home.path().join("backup"));
    let all = [
        Precious { name: "marks", path: marks.clone() },
        Precious { name: "places", path: home.path().join("places") },
        Precious { name: "overrides", path: home.path().join("overrides.jsonl") },
    ];
    assert!(keep(&folder, &all, day(0)).is_empty());
    assert!(!folder.exists(), "there is nothing to copy yet");

    fs::create_dir(&marks).expect("a folder");
    fs::write(marks.join("1-1.jsonl"), "first\ntorn").expect("a file");
    fs::write(marks.join("2-1.jsonl"), "\u{1b}second\n").expect("a file");
    fs::write(marks.join("mine.txt"), "no journal").expect("a file");
    fs::write(home.path().join("overrides.jsonl"), "third\n").expect("a file");
    assert!(keep(&folder, &all, day(0)).is_empty());
    let lines = |date| unpacked(&folder.join(format!("marks-{date}.jsonl.gz")));
    assert_eq!(lines("2024-01-01"), "first\ntorn\n\u{1b}second\n\n");
    assert_eq!(unpacked(&folder.join("overrides-2024-01-01.jsonl.gz")), "third\n\n");
    assert_eq!(copies(&folder, "places").expect("a folder").len(), 0);

    // No second one on the same day, and none of what is as it was.
    for number in [0, 1] {
        keep(&folder, &all, day(number));
        assert_eq!(copies(&folder, "marks").expect("a folder").len(), 1);
    }
    // Whatever the clock says of the file.
    fs::write(marks.join("1-1.jsonl"), "first\ntorn\nmore\n").expect("a file");
    File::options()
        .append(true)
        .open(marks.join("1-1.jsonl"))
        .and_then(|file| file.set_modified(std::time::UNIX_EPOCH))
        .expect("a time");
    keep(&folder, &all, day(1));
    assert!(lines("2024-01-02").contains("more"));
    let left = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(left, 3, "nothing is left over");
}

#[test]
fn copies_of_days_to_come_take_no_place_of_others() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("overrides.jsonl");
    let all = [Precious { name: "overrides", path: path.clone() }];
    let folder = home.path().join("backup");
    for number in (900..910).chain(0..3) {
        fs::write(&path, format!("{number:->0$}\n", number as usize + 9)).expect("a file");
        assert!(keep(&folder, &all, day(number)).is_empty());
    }
    let dates = copies(&folder, "overrides").expect("a folder");
    assert!((0..3).all(|number| dates.contains(&day(number))), "{dates:?}");
}

#[test]
fn what_cannot_be_copied_is_told() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("overrides.jsonl");
    fs::write(&path, "a line\n").expect("a file");
    let folder = home.path().join("backup");
    fs::write(&folder, "in the way").expect("a file");
    let errors = keep(&folder, &[Precious { name: "overrides", path }], day(0));
    let told: Vec<String> =
        errors.iter().map(|error| error.message(crate::lang::Lang::En)).collect();
    assert!(told.len() == 1 && told[0].contains("backup"), "{told:?}");
}

#[test]
fn files_of_others_are_no_copies() {
    for (file, is_copy) in [
        ("marks-2024-02-29.jsonl.gz", true),
        ("marks-2023-02-29.jsonl.gz", false),
        ("marks-20240229.jsonl.gz", false),
        ("marks-2024-02-29.jsonl.gz.old", false),
        ("my-marks-2024-02-29.jsonl.gz", false),
        ("marks-2024-02-29.jsonl.4711.tmp", false),
    ] {
        assert_eq!(date_of(OsStr::new(file), "marks").is_some(), is_copy, "{file}");
    }
}

proptest! {
    /// Whenever copies are made, the last week is there day by day, the last month by the week and the last year
    /// by the month, as far as copies were made.
    #[test]
    fn few_copies_are_kept_and_the_right_ones(gaps in prop::collection::vec(1i64..9, 1..200)) {
        let (mut dates, mut made, mut now) = (BTreeSet::new(), Vec::new(), 0);
        for gap in gaps {
            now += gap;
            dates.insert(day(now));
            made.push(day(now));
            for date in surplus(&dates) {
                dates.remove(&date);
            }
            prop_assert!(dates.len() <= LATEST + WEEKS + MONTHS);
        }
        for date in made.iter().rev().take(LATEST) {
            prop_assert!(dates.contains(date));
        }
        let week = |date: &Date| (date.iso_week_date().year(), date.iso_week_date().week());
        let weeks: BTreeSet<(i16, i8)> = made.iter().map(week).collect();
        for recent in weeks.iter().rev().take(WEEKS) {
            prop_assert!(dates.iter().any(|it| week(it) == *recent), "{:?}", recent);
        }
        let months: BTreeSet<(i16, i8)> = made.iter().map(|it| (it.year(), it.month())).collect();
        for month in months.iter().rev().take(MONTHS) {
            prop_assert!(dates.iter().any(|it| (it.year(), it.month()) == *month), "{:?}", month);
        }
    }
}
