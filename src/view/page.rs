//! The page as it is: the letter of its article and the role beside each line, a rule where an
//! article begins, and dim words where none does although one might.

use ratatui::{layout::Rect, style::Style};

use super::{canvas::Canvas, reader::base_style, theme::Theme};
use crate::{
    app::{
        model::Model,
        page::{self, PageRow, RowKind, Sheet},
    },
    article::{Evidence, Joined, Owner, PageLine, Role, letters},
    lang::Lang,
    text::display::{DisplayLine, display},
};

/// What a border is drawn with: one cell everywhere.
const RULE: &str = "╌";
/// Stands before a line that goes on with the paragraph of another one.
const JOINED: &str = "¦";
/// Cells before the letter of an article.
const CURSOR: usize = 2;
/// Cells before the name of a role.
const ROLE: usize = 5;

pub(super) fn heading(model: &Model) -> (DisplayLine, DisplayLine) {
    let place = model.list.selected.and_then(|key| model.archive.place(key));
    let name = place.unwrap_or_default();
    let Some(sheet) = model.page.sheet() else { return (name, DisplayLine::default()) };
    let (count, lang) = (sheet.page.articles.len(), model.lang);
    let line = model.page.cursor().map_or(0, |(line, _)| line + 1);
    let lines = sheet.page.lines.len();
    let mode = sheet.mode_name(lang);
    let left = match lang {
        Lang::Zh => display!("{name}  {count} 篇"),
        Lang::En => {
            let plural = if count == 1 { "" } else { "s" };
            display!("{name}  {count} article{plural}")
        }
    };
    let own = match (sheet.decided, lang) {
        (0, _) => String::new(),
        (own, Lang::Zh) => format!("，{own} 处由你定"),
        (own, Lang::En) => format!(", {own} by you"),
    };
    (left, display!("{} {mode}{own}  {line}/{lines}", lang.of("分篇", "split")))
}

pub(super) fn draw(canvas: &mut Canvas, content: Rect, model: &Model, theme: &Theme) {
    let (Some(sheet), Some(text)) = (model.page.sheet(), model.page.text()) else {
        let (message, style) = match model.failure() {
            Some(why) => (why.shown(), theme.trouble),
            None => (model.lang.of("正在读取 ..", "Loading ..").into(), theme.dim),
        };
        canvas.put(content, 1, message, style);
        return;
    };
    let gutter = page::gutter(model.lang);
    let measure = page::measure(usize::from(content.width), model.widths, model.lang);
    let used = gutter + measure.width + measure.hang + 1;
    let left = (usize::from(content.width).saturating_sub(used) / 2) as u16;
    let column = Rect { x: content.x + left, width: content.width.saturating_sub(left), ..content };
    for (place, row) in column.rows().zip(&model.page.visible) {
        let place = Rect { width: place.width.min(used as u16), ..place };
        let painter = Painter { sheet, row, lang: model.lang, theme };
        if row.is_here {
            canvas.fill(place, theme.selected);
            canvas.put(place, 0, ">", theme.selected);
        }
        match row.kind {
            RowKind::Border => painter.border(canvas, place, gutter),
            RowKind::Start(range) => {
                painter.margin(canvas, place, gutter);
                canvas.put(place, gutter as u16, text.shown().slice(range), painter.text_style());
            }
            RowKind::More(range) => {
                canvas.put(place, gutter as u16, text.shown().slice(range), painter.text_style());
            }
        }
    }
}

struct Painter<'a> {
    sheet: &'a Sheet,
    row: &'a PageRow,
    lang: Lang,
    theme: &'a Theme,
}

impl Painter<'_> {
    fn line(&self) -> Option<&PageLine> {
        self.sheet.page.lines.get(self.row.line)
    }

    /// A style, or that of the cursor where it is.
    fn style(&self, style: Style) -> Style {
        if self.row.is_here { self.theme.selected } else { style }
    }

    fn text_style(&self) -> Style {
        let style = match self.line() {
            Some(PageLine { owner: Owner::Article(_), role, .. }) => base_style(*role, self.theme),
            Some(_) | None => self.theme.dim,
        };
        self.style(style)
    }

    /// The letter of the article, the role, and whether the line goes on from another one.
    fn margin(&self, canvas: &mut Canvas, place: Rect, gutter: usize) {
        let Some(line) = self.line().filter(|line| line.role != Role::Blank) else { return };
        let (owner, style) = match line.owner {
            Owner::Article(number) => (letters(number), self.theme.rank),
            Owner::Page => ("-".to_owned(), self.theme.dim),
        };
        let quiet = self.style(self.theme.dim);
        canvas.put(place, CURSOR as u16, &DisplayLine::new(&owner), self.style(style));
        canvas.put(place, ROLE as u16, line.role.word(self.lang), quiet);
        if self.sheet.borders.joins.contains_key(&self.row.line) {
            canvas.put(place, gutter as u16 - 2, JOINED, self.style(self.theme.rank));
        }
    }

    /// The row before a line at which an article begins, or does not although it might.
    fn border(&self, canvas: &mut Canvas, place: Rect, gutter: usize) {
        let width = usize::from(place.width);
        if let Some(number) = self.sheet.borders.starts.get(&self.row.line).copied() {
            let Some(article) = self.sheet.page.articles.get(number) else { return };
            let (rule, title) = (self.style(self.theme.dim), self.style(self.theme.title));
            let doubt = if article.start.is_sure() { " " } else { "≈" };
            let name = display!("{:<2}{doubt}", letters(number));
            let sure = display!("{:.2}", article.start.confidence);
            let room = width.saturating_sub(gutter + 1);
            // Reasons have at least a third of the row.
            let headline = DisplayLine::new(&article.headline());
            let headline = canvas.fit(&headline, room * 2 / 3);
            let why =
                DisplayLine::new(&article.start.words(self.lang).join(self.lang.of("，", ", ")));
            let rest = room.saturating_sub(canvas.cells(&headline) + 2);
            let why = canvas.fit(&why, rest);
            canvas.put(place, CURSOR as u16, &name, self.style(self.theme.rank));
            canvas.put(place, ROLE as u16 + 1, &sure, rule);
            let mut x =
                gutter + usize::from(canvas.put(place, gutter as u16, &headline, title)) + 2;
            x += usize::from(canvas.put(place, x as u16, &why, rule)) + 1;
            for at in x..width {
                canvas.put(place, at as u16, RULE, rule);
            }
            for at in ROLE + 6..gutter.saturating_sub(1) {
                canvas.put(place, at as u16, RULE, rule);
            }
        } else if let Some(refused) = self.sheet.borders.refused.get(&self.row.line) {
            let Some(candidate) = self.sheet.page.candidates.get(*refused) else { return };
            let quiet = self.style(self.theme.dim);
            let sure = display!("{:.2}", candidate.evidence.confidence);
            let told = refused_line(&candidate.evidence, self.lang);
            canvas.put(place, CURSOR as u16, ".", quiet);
            canvas.put(place, ROLE as u16 + 1, &sure, quiet);
            let told = canvas.fit(&told, width.saturating_sub(gutter));
            canvas.put(place, gutter as u16, &told, quiet);
        }
    }
}

fn refused_line(evidence: &Evidence, lang: Lang) -> DisplayLine {
    let told = lang.of("不分篇", "no article begins here");
    display!("{told}: {}", evidence.told(lang))
}

/// What the status line says of the place of the cursor: the reasons of the border or of the line.
pub(super) fn told(model: &Model) -> Option<DisplayLine> {
    let (sheet, (at, on_border)) = model.page.sheet().zip(model.page.cursor())?;
    let (lang, line) = (model.lang, sheet.page.lines.get(at)?);
    if on_border {
        if let Some(number) = sheet.borders.starts.get(&at) {
            let start = &sheet.page.articles.get(*number)?.start;
            let (name, sure) = (letters(*number), start.confidence);
            let begins = lang.of("在此开头", "begins here");
            return Some(display!("{name} {begins} {sure:.2}: {}", start.told(lang)));
        }
        let candidate = sheet.page.candidates.get(*sheet.borders.refused.get(&at)?)?;
        let evidence = &candidate.evidence;
        return Some(display!("{:.2} {}", evidence.confidence, refused_line(evidence, lang)));
    }
    let owner = match line.owner {
        Owner::Article(number) => letters(number),
        Owner::Page => lang.of("版面", "page").to_owned(),
    };
    if let Some(Joined { above, evidence }) = sheet.borders.joins.get(&at) {
        let on = lang.of("接第", "goes on from line");
        let (above, sure) = (above + 1, evidence.confidence);
        return Some(display!("{owner} {on} {above} {sure:.2}: {}", evidence.told(lang)));
    }
    let (role, why) = (line.role.word(lang), line.why.of(lang));
    Some(display!("{owner} {role} {:.2}: {why}", line.confidence))
}
