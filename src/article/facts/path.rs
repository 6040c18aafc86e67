//! What the path of a source says.
//!
//! Archives are laid out in many ways: a folder a year, month and day, or names such as
//! `20190204-03-05.txt`. A path is read from its end: what stands nearer to the text counts. Only
//! whole words of a name are looked at, so that hashes and serial numbers say nothing, and a page is
//! taken only beside a day, because a `第3版` alone may be the third edition of a book.

use super::{
    super::chars::is_blank,
    Claims,
    date::{self, IssueDate},
    header::{PageNumber, page_number, page_with_column},
    is_newspaper,
};

/// Reads a path with `/` between its parts; what follows the last one is a file.
pub(super) fn read(path: &str) -> Claims {
    let mut names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
    let file = if path.ends_with('/') { None } else { names.pop() };
    let stem = file.map(without_extension);
    let mut claims = day(&names, stem).unwrap_or_default();
    let all = || stem.into_iter().chain(names.iter().rev().copied());
    if claims.date.is_some() {
        claims.page = claims.page.or_else(|| stem.and_then(page_of_name));
    } else {
        claims.date = all().find_map(date::year_or_month).or_else(|| month_folders(&names));
    }
    claims.page = claims.page.or_else(|| all().find_map(sheet));
    let folder = || names.iter().rev().find(|name| is_newspaper(name));
    claims.paper = claims.paper.or_else(|| folder().map(|name| (*name).to_owned()));
    claims
}

/// `name` without what says how the file is made: short, with a letter first.
fn without_extension(name: &str) -> &str {
    let mut stem = name;
    while let Some((before, after)) = stem.rsplit_once('.') {
        let short = after.len() <= 5 && after.starts_with(|c: char| c.is_ascii_alphabetic());
        if before.is_empty() || !short || !after.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        stem = before;
    }
    stem
}

/// The day that is nearest to the end, and what stands beside it.
fn day(folders: &[&str], stem: Option<&str>) -> Option<Claims> {
    if let Some(claims) = stem.and_then(day_in_name) {
        return Some(claims);
    }
    (0..folders.len()).rev().find_map(|last| {
        let date = day_of_folders(folders.get(..=last)?);
        let Some(date) = date else { return day_in_name(folders.get(last)?) };
        // …/2003/4/20/5/: a folder for each page.
        let below = folders.get(last + 1).and_then(|name| small(name));
        let page = below.and_then(|number| PageNumber::new(None, number));
        Some(Claims { date: Some(date), page, paper: None })
    })
}

/// A day written over the last folders: `2003/4/20`, `2019-03/01`, `202305/09`, `2020/0929`.
fn day_of_folders(folders: &[&str]) -> Option<IssueDate> {
    let (last, above) = folders.split_last()?;
    let (upper, top) = above.split_last()?;
    let digits =
        |name: &str, count| name.len() == count && name.bytes().all(|b| b.is_ascii_digit());
    if digits(last, 4) && digits(upper, 4) {
        let both: u32 = last.parse().ok()?;
        return IssueDate::day(upper.parse().ok()?, both / 100, both % 100);
    }
    let day = small(last.strip_suffix('日').unwrap_or(last))?;
    if digits(upper, 6) {
        let both: u32 = upper.parse().ok()?;
        return IssueDate::day(both / 100, both % 100, day);
    }
    if let Some((year, Some(month), None)) = date::year_or_month(upper).map(IssueDate::parts) {
        return IssueDate::day(year.into(), month.into(), day);
    }
    let year = top.last()?;
    let year = year.strip_suffix('年').unwrap_or(year);
    let month = small(upper.strip_suffix('月').unwrap_or(upper))?;
    IssueDate::day(year.parse().ok().filter(|_| digits(year, 4))?, month, day)
}

/// A number of one or two digits.
fn small(name: &str) -> Option<u32> {
    let short = (1..=2).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_digit());
    name.parse().ok().filter(|_| short)
}

/// A day written in one name, with the page and the newspaper beside it.
fn day_in_name(name: &str) -> Option<Claims> {
    let found = date::only_day(name)?;
    let (before, after) = (name.get(..found.start)?, name.get(found.end..)?);
    let words = [before, after];
    let separates = |c: char| is_blank(c) || "-_.,，、:：()（）[]【】".contains(c);
    let words = || words.into_iter().flat_map(|part| part.split(separates));
    let paper = words().find(|word| is_newspaper(word)).map(ToOwned::to_owned);
    let page = ordered(before, after).or_else(|| numbers(after));
    let page =
        page.or_else(|| words().find_map(page_number)).or_else(|| words().find_map(p_number));
    Some(Claims { date: Some(found.date), paper, page })
}

/// The page in `nw.D110000gmrb_20160816_3-10`: an order, then the page.
fn ordered(before: &str, after: &str) -> Option<PageNumber> {
    let (order, page) = after.strip_prefix('_')?.split_once('-')?;
    let page = small(page).filter(|_| before.starts_with("nw.") && small(order).is_some());
    PageNumber::new(None, page?)
}

/// The page in what follows a day: `-12`, or `-03-05` for page and article.
fn numbers(after: &str) -> Option<PageNumber> {
    let mut numbers = after.strip_prefix('-')?.split('-');
    let page = small(numbers.next()?)?;
    let article = numbers.next().is_none_or(|article| small(article).is_some());
    (article && numbers.next().is_none()).then(|| PageNumber::new(None, page)).flatten()
}

/// `p02`
fn p_number(word: &str) -> Option<PageNumber> {
    let number = word.strip_prefix(['p', 'P'])?;
    PageNumber::new(None, small(number)?)
}

/// The page in the name of a file below the folder of a day: `node_01`, `nbs.D110000renmrb_01`,
/// `第3版`, `p02`.
fn page_of_name(stem: &str) -> Option<PageNumber> {
    let node = stem.strip_prefix("node_").and_then(small);
    let sheet = || stem.strip_prefix("nbs.")?.rsplit_once('_').and_then(|(_, page)| small(page));
    let number = node.or_else(sheet).and_then(|number| PageNumber::new(None, number));
    number.or_else(|| page_with_column(stem)).or_else(|| p_number(stem))
}

/// `A01版：要闻`: with the letter of its section it is a page of a newspaper even without a day.
fn sheet(name: &str) -> Option<PageNumber> {
    page_with_column(name).filter(|page| page.sheet().is_some())
}

/// A month written as two folders: `2003/04`.
fn month_folders(folders: &[&str]) -> Option<IssueDate> {
    let month = |pair: &[&str]| {
        let [year, month] = pair else { return None };
        let padded = month.len() == 2 && year.len() == 4;
        IssueDate::month(year.parse().ok()?, small(month)?).filter(|_| padded)
    };
    folders.windows(2).rev().find_map(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Path, then date, newspaper and page.
    const FORMS: [(&str, &str); 31] = [
        ("20190204-03-05.txt", "2019-02-04||3"),
        ("2019年2月/20190204/20190204-01-02.txt", "2019-02-04||1"),
        ("2019年2月/20190204/某文.txt", "2019-02-04||"),
        ("2019年2月/某文.txt", "2019-02||"),
        ("2019-03/01/nbs.D110000renmrb_01.htm", "2019-03-01||1"),
        ("nw.D110000gmrb_20160816_3-10.htm", "2016-08-16||10"),
        ("layout/202412/01/node_01.html", "2024-12-01||1"),
        ("202305/09/content_136488.html", "2023-05-09||"),
        ("renminribao/2003/4/20/5/", "2003-04-20||5"),
        ("renminribao/2003/4/20/5/12.txt", "2003-04-20||5"),
        ("renminribao/2003/4/20/12.txt", "2003-04-20||"),
        ("rmrb/2002-06-20-12", "2002-06-20||12"),
        ("1997-02/25/213045.html", "1997-02-25||"),
        ("2020/0929/7063102.shtml", "2020-09-29||"),
        ("2025/11/27/politics.md", "2025-11-27||"),
        ("raw/2026-06-11.json", "2026-06-11||"),
        ("2003年4月20日人民日报 第5版.txt", "2003-04-20|人民日报|5"),
        ("A01版:重点.txt", "||A1"),
        ("20210305/A01版：重点.txt", "2021-03-05||A1"),
        ("daily/2024-05-06-p02.txt", "2024-05-06||2"),
        ("2023-05-12-第03版.txt", "2023-05-12||3"),
        ("19491001.txt", "1949-10-01||"),
        ("人民日报/1949/10/01/一版.txt", "1949-10-01|人民日报|"),
        ("人民日报/1949年/10月/1日/a.txt", "1949-10-01|人民日报|"),
        ("人民日报/1949/10/a.txt", "1949-10|人民日报|"),
        ("人民日报/1949年/a.txt", "1949|人民日报|"),
        ("人民日报/a.txt", "|人民日报|"),
        ("2021-03-05/第4版.txt.gz", "2021-03-05||4"),
        ("2021-03-05/p04.txt", "2021-03-05||4"),
        ("20210305/20210306-01-02.txt", "2021-03-06||1"),
        ("2021.03.05.txt", "2021-03-05||"),
    ];

    const OTHERS: [&str; 25] = [
        "000_efa34c65369d3cbc.txt",
        "15959e503e044079.txt",
        "15959e5020210305.txt",
        "7063102.shtml",
        "213045.html",
        "202305091122334455.txt",
        "2023-13-01.txt",
        "20231301-01-02.txt",
        "2023/13/01/a.txt",
        "2023/0230/a.txt",
        "17991231.txt",
        "21010101.txt",
        "2019/a.txt",
        "2019.txt",
        "201902/a.txt",
        "3/4/5/a.txt",
        "新华字典第3版.txt",
        "新华字典 第3版.txt",
        "第3版.txt",
        "hbrb/a.txt",
        "剪报/a.txt",
        "他在人民日报上.txt",
        "20190101-20191231.txt",
        "<stdin>",
        "",
    ];

    fn line(path: &str) -> String {
        let Claims { date, paper, page } = read(path);
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        let page = page.map(|page| page.to_string()).unwrap_or_default();
        format!("{date}|{}|{page}", paper.unwrap_or_default())
    }

    #[test]
    fn forms_of_paths() {
        for (path, found) in FORMS {
            assert_eq!(line(path), found, "{path}");
            let below = format!("/srv/archive/{path}");
            assert_eq!(line(&below), found, "{below}");
        }
    }

    #[test]
    fn what_is_no_date_says_nothing() {
        for path in OTHERS {
            assert_eq!(line(path), "||", "{path}");
        }
    }
}
