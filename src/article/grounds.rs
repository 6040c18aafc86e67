//! Why each line has its role.
//!
//! A role follows from the form of the line and from what stands around it; the ground names the
//! one that decided. How often it is right was counted where labelled pages had fifty lines or more
//! with it: pages put together from news, our own damaged ones for quotations. The figures for
//! sources, columns, abstracts, captions and what belongs to no article are estimates: too few of
//! them were labelled.

use super::Role;
use super::roles::Class;
use super::why::Word;

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word::new(zh, en)
}

/// The ground on which a line of this class was given this role, and how often it is right.
pub(super) fn ground(class: Class, role: Role) -> (Word, f32) {
    match role {
        Role::Title => {
            (word("正文前后的标题行", "short line at the beginning or end of a text"), 0.88)
        }
        Role::Kicker => (word("主标题上方", "over the title"), 0.67),
        Role::Subtitle => (word("主标题下方或破折号后", "under the title or after a dash"), 0.84),
        Role::Heading if class == Class::Numbered => (word("序号", "number"), 0.89),
        Role::Heading => {
            (word("文中短行，无句末标点", "short line in the text without a stop"), 0.67)
        }
        Role::Paragraph if class == Class::Display => {
            (word("短行，但不像标题", "short, but no headline fits here"), 0.54)
        }
        Role::Paragraph => (word("正文", "running text"), 0.99),
        Role::Byline => {
            (word("姓名，有标记或紧挨标题", "names with a mark or next to a headline"), 0.95)
        }
        Role::Affiliation => (word("作者单位", "workplace of the author"), 0.98),
        Role::Source => (word("来源字样", "names its source"), 0.9),
        Role::Column => (word("栏目名", "name of a column"), 0.85),
        Role::Abstract => {
            (word("标题下，内容在文中重现", "under the headline, and told again below"), 0.85)
        }
        Role::PullQuote => (word("文中已有同样的话", "stands in the text already"), 0.96),
        Role::Caption => (word("图片旁或含图片字样", "next to a picture or speaking of one"), 0.85),
        Role::Credit => (word("图片署名", "credit of a picture"), 0.98),
        Role::PageHeader => (word("版次、日期或责编", "page number, date or editors"), 0.98),
        Role::Other => (word("不属于任何文章", "belongs to no article"), 0.6),
        Role::Blank => (word("空行", "blank"), 1.0),
    }
}
