//! Tables as CSV or TSV: a row with the names of the columns, then an article in each row.

use std::ops::ControlFlow;

use csv::{ReaderBuilder, StringRecord};

use super::encoding::{Decoded, decode};
use super::fields::Field;
use super::lines::LineCount;
use super::read::ReadSink;
use super::task::Task;
use crate::error::ProblemKind;

/// Reads every row of a table whose columns have a comma, semicolon or tab between them, whichever
/// is most frequent in its first line.
pub(super) fn read(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    let decoded = decode(bytes, task.options.charset);
    let first = decoded.text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    read_rows(task, &decoded, delimiter, sink)
}

/// Reads every row of a table whose columns have tabs between them.
pub(super) fn read_tabs(task: &Task, bytes: &[u8], sink: &mut ReadSink) -> ControlFlow<()> {
    read_rows(task, &decode(bytes, task.options.charset), b'\t', sink)
}

fn read_rows(
    task: &Task,
    decoded: &Decoded,
    delimiter: u8,
    sink: &mut ReadSink,
) -> ControlFlow<()> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(decoded.text.as_bytes());
    let (mut row, mut names) = (StringRecord::new(), None);
    let mut lines = LineCount::new(&decoded.text);
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return ControlFlow::Continue(()),
            Err(error) => {
                let kind = ProblemKind::Damaged { what: "CSV", cause: error.to_string() };
                return sink(Err(task.problem(kind)));
            }
        }
        // The second half of a line break, and blank lines, count for the row behind them.
        let start = row.position().map_or(0, |position| position.byte() as usize);
        let rest = decoded.text.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let line = lines.line_of(start + blank);
        let Some(names) = &names else {
            let found: Vec<String> = row.iter().map(usual).collect();
            let has = |name: &str| found.contains(&usual(name)).then_some(());
            if task.options.fields.find(Field::Text, has).is_none() {
                return sink(Err(task.problem_at(line, ProblemKind::NoColumn)));
            }
            names = Some(found);
            continue;
        };
        sink(match text_of(task, decoded, (names, &row), line) {
            Some(text) => Ok(text),
            None => Err(task.problem_at(line, ProblemKind::NoText)),
        })?;
    }
}

/// A name as it is compared: spaces and case do not count.
fn usual(name: &str) -> String {
    name.trim().to_lowercase()
}

fn text_of(
    task: &Task,
    decoded: &Decoded,
    (names, row): (&[String], &StringRecord),
    line: u64,
) -> Option<super::Text> {
    let get = |name: &str| {
        let name = usual(name);
        let cells = names.iter().zip(row).filter(|(known, _)| **known == name);
        let mut filled = cells.map(|(_, cell)| cell).filter(|cell| !cell.trim().is_empty());
        filled.next().map(ToOwned::to_owned)
    };
    let (text, record) = task.options.fields.record(line, get)?;
    let Decoded { encoding, bom, malformed, confidence, .. } = *decoded;
    Some(task.text(Decoded { text, encoding, bom, malformed, confidence }, Some(record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::fields::FieldNames;
    use crate::source::members::tests::{records_in, records_with};
    use crate::source::read::ReadOptions;

    #[test]
    fn rows_are_articles() {
        let cases: [(&str, &str, &[&str]); 8] = [
            ("a.csv", "title,text\n甲,乙\n", &["2|甲|乙|||"]),
            (
                "a.csv",
                "\u{FEFF}标题,作者,来源,日期,正文\r\n甲,丙,丁,2021-03-05,\"一，\"\"二\"\"\n三\"\r\n戊,,,,己",
                &["2|甲|一，\"二\"\n三|2021-03-05|丙|丁", "4|戊|己|||"],
            ),
            ("a.csv", "Title; Content \n甲;乙", &["2|甲|乙|||"]),
            ("a.tsv", "title\ttext\n甲,乙\t丙\n", &["2|甲,乙|丙|||"]),
            ("a.csv", "title\ttext\n甲\t丙\n", &["2|甲|丙|||"]),
            ("a.csv", "title,text\n甲\n乙,丙,丁\n", &["! 2 NoText", "3|乙|丙|||"]),
            ("a.csv", "a,b\n1,2\n", &["! 1 NoColumn"]),
            ("a.csv", "", &[]),
        ];
        for (name, table, expected) in cases {
            assert_eq!(records_in(name, table.as_bytes()), expected, "{table}");
        }
        let table = "标题,正文\n澄江治水三年记,今年以来，河水一天比一天清了。\n";
        let expected = ["2|澄江治水三年记|今年以来，河水一天比一天清了。|||"];
        assert_eq!(records_in("a.csv", &encoding_rs::GBK.encode(table).0), expected);
    }

    #[test]
    fn columns_are_named_by_the_person() {
        let names = [(Field::Text, "abstract"), (Field::Title, "Name")];
        let names = names.map(|(field, name)| (field, name.to_owned())).to_vec();
        let options = ReadOptions { fields: FieldNames::new(names), ..ReadOptions::default() };
        let table = "name,text,abstract\n甲,乙,丙\n".as_bytes();
        assert_eq!(records_with("a.csv", table, &options), ["2|甲|丙|||"]);
        let lines = "{\"Name\":\"甲\",\"abstract\":\"丙\"}".as_bytes();
        assert_eq!(records_with("a.jsonl", lines, &options), ["1|甲|丙|||"]);
        assert_eq!(records_with("a.json", lines, &options), ["1|甲|丙|||"]);
    }

    #[test]
    fn a_huge_field_and_many_columns_go_through() {
        let huge = format!("title,text\n甲,\"{}", "河,\n".repeat(1_000_000));
        assert_eq!(records_in("a.csv", huge.as_bytes()).len(), 1);
        let wide = format!("text{}\n{}", ",x".repeat(100_000), "a,".repeat(100_000));
        assert_eq!(records_in("a.csv", wide.as_bytes()), ["2||a|||"]);
    }
}
