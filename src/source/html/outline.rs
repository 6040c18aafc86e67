//! A page as a list of blocks of text, and the elements that they stand in.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};

/// Elements that may be open at a time; what is deeper counts for the last of them.
const DEEPEST: usize = 256;
/// Open elements among which the one is looked for that an end tag closes.
const NEAR: usize = 32;
/// Facts that a page tells of itself, at most.
const METAS: usize = 200;

/// An element that is a block.
#[derive(Debug)]
pub(super) struct Node {
    /// The element around it.
    pub(super) parent: usize,
    /// Whether it holds a paragraph rather than the text of a page.
    pub(super) is_leaf: bool,
    /// What its name says of its text: more than 1 for main text.
    pub(super) weight: f64,
    /// Whether its name says that it stands beside the main text.
    pub(super) aside: bool,
}

/// A line of text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// Its element.
    pub(super) node: usize,
    /// Characters.
    pub(super) chars: usize,
    /// Characters that are links.
    pub(super) linked: usize,
    /// 1 to 6 for a headline, else 0.
    pub(super) level: u8,
}

/// A page.
#[derive(Debug)]
pub(super) struct Outline {
    /// The elements in their order; the first one is the page.
    pub(super) nodes: Vec<Node>,
    pub(super) blocks: Vec<Block>,
    /// What the window is called.
    pub(super) title: Option<String>,
    /// Names, in lower case, and values.
    pub(super) metas: Vec<(String, String)>,
}

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, ()>>;

/// An element that is open.
struct Open {
    name: Vec<u8>,
    node: usize,
    is_block: bool,
    /// What holds for its text.
    look: Look,
}

/// What holds for a text by the elements around it.
#[derive(Clone, Copy, Default)]
struct Look {
    is_link: bool,
    hidden: bool,
    is_pre: bool,
    /// 1 to 6 in a headline, else 0.
    level: u8,
}

/// Makes an outline.
struct Builder {
    outline: Outline,
    open: Vec<Open>,
    line: String,
    linked: usize,
    /// White space that came last.
    space: Space,
    title: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    None,
    Blank,
    Break,
}

impl Outline {
    /// Reads a page, or a piece of one.
    pub(super) fn of(html: &str) -> Self {
        let root = Node { parent: 0, is_leaf: false, weight: 1.0, aside: false };
        let outline =
            Self { nodes: vec![root], blocks: Vec::new(), title: None, metas: Vec::new() };
        let mut builder = Builder {
            outline,
            open: Vec::new(),
            line: String::new(),
            linked: 0,
            space: Space::None,
            title: String::new(),
        };
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => builder.start(&tag.name, &tag.attributes, tag.self_closing),
                Token::EndTag(tag) => builder.end(&tag.name),
                Token::String(text) => builder.text(&String::from_utf8_lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        builder.finish()
    }
}

impl Builder {
    fn start(&mut self, name: &[u8], attributes: &Attributes, closed: bool) {
        match name {
            b"meta" => return self.meta(attributes),
            b"br" | b"hr" => return self.flush(),
            b"time" => {
                if let Some(value) = attribute(attributes, b"datetime") {
                    self.told("time", &value);
                }
            }
            _ if VOID.contains(&name) => return,
            _ => {}
        }
        let is_block = !INLINE.contains(&name);
        if is_block {
            self.flush();
            let implied = |open: &Open| {
                open.name == b"p" || (open.name == name && SELF_ENDING.contains(&name))
            };
            if self.open.last().is_some_and(implied) {
                self.open.pop();
            }
        }
        // Inside of SVG and the like a slash closes; of HTML it means nothing.
        if self.open.len() >= DEEPEST || (closed && self.look().hidden) {
            return;
        }
        let around = self.open.last().map_or(0, |open| open.node);
        let look = self.look();
        let look = Look {
            is_link: name == b"a" || (look.is_link && !is_block),
            hidden: look.hidden || is_hidden(name, attributes),
            is_pre: look.is_pre || name == b"pre",
            level: match name {
                [b'h', digit @ b'1'..=b'6'] => digit - b'0',
                _ => look.level,
            },
        };
        let node = if is_block { self.node(name, attributes, around) } else { around };
        self.open.push(Open { name: name.to_owned(), node, is_block, look });
    }

    /// What holds for the text that comes.
    fn look(&self) -> Look {
        self.open.last().map_or_else(Look::default, |open| open.look)
    }

    fn node(&mut self, name: &[u8], attributes: &Attributes, parent: usize) -> usize {
        let mut names = attribute(attributes, b"class").unwrap_or_default();
        names.push(' ');
        names.push_str(&attribute(attributes, b"id").unwrap_or_default());
        names.make_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| names.contains(word));
        let is_frame = matches!(name, b"html" | b"body" | b"main" | b"article");
        let good = has(&GOOD) || matches!(name, b"main" | b"article");
        let bad = !is_frame && (ASIDE.contains(&name) || (has(&BAD) && !good));
        let weight = match (good, bad) {
            (true, false) => 1.5,
            (_, true) => 0.3,
            _ => 1.0,
        };
        let above = self.outline.nodes.get(parent).is_some_and(|node| node.aside);
        let is_leaf = LEAF.contains(&name) || matches!(name, [b'h', b'1'..=b'6']);
        self.outline.nodes.push(Node { parent, is_leaf, weight, aside: above || bad });
        self.outline.nodes.len() - 1
    }

    fn end(&mut self, name: &[u8]) {
        let near = self.open.len().saturating_sub(NEAR);
        let found = self.open.iter().skip(near).rposition(|open| open.name == name);
        let Some(at) = found.map(|at| near + at) else { return };
        if self.open.iter().skip(at).any(|open| open.is_block) {
            self.flush();
        }
        self.open.truncate(at);
    }

    fn meta(&mut self, attributes: &Attributes) {
        let names = [&b"property"[..], b"name", b"itemprop"];
        let name = names.into_iter().find_map(|name| attribute(attributes, name));
        if let (Some(name), Some(value)) = (name, attribute(attributes, b"content")) {
            self.told(&name.to_ascii_lowercase(), &value);
        }
    }

    fn told(&mut self, name: &str, value: &str) {
        if self.outline.metas.len() < METAS && !value.trim().is_empty() {
            self.outline.metas.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    fn text(&mut self, text: &str) {
        let look = self.look();
        if look.hidden {
            if self.open.last().is_some_and(|open| open.name == b"title") {
                self.title.push_str(text);
            }
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if look.is_pre => self.flush(),
                '\n' | '\r' => self.space = Space::Break,
                _ if c.is_whitespace() => self.space = self.space.max(Space::Blank),
                _ => {
                    let last = self.line.chars().next_back();
                    // A line break in the source is none of the text between two characters.
                    let joined = self.space == Space::Break
                        && last.is_some_and(|last| !last.is_ascii())
                        && !c.is_ascii();
                    if self.space != Space::None && last.is_some() && !joined {
                        self.line.push(' ');
                    }
                    self.space = Space::None;
                    self.line.push(c);
                    self.linked += usize::from(look.is_link);
                }
            }
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        self.space = Space::None;
        if text.is_empty() {
            return;
        }
        let node = self.open.last().map_or(0, |open| open.node);
        let level = self.look().level;
        let chars = text.chars().count();
        self.outline.blocks.push(Block { text, node, chars, linked, level });
    }

    fn finish(mut self) -> Outline {
        self.flush();
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        Outline { title: Some(title).filter(|title| !title.is_empty()), ..self.outline }
    }
}

fn attribute(attributes: &Attributes, name: &[u8]) -> Option<String> {
    attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

fn is_hidden(name: &[u8], attributes: &Attributes) -> bool {
    let style = || attribute(attributes, b"style").unwrap_or_default();
    HIDDEN.contains(&name)
        || attributes.contains_key(&b"hidden"[..])
        || style().replace(' ', "").to_ascii_lowercase().contains("display:none")
}

/// Elements without content.
const VOID: [&[u8]; 11] = [
    b"area", b"base", b"col", b"embed", b"img", b"input", b"link", b"param", b"source", b"track",
    b"wbr",
];

/// Elements whose text is not shown, or is no running text. The glosses of ruby are left out, as they
/// are of plain text.
const HIDDEN: [&[u8]; 21] = [
    b"audio",
    b"button",
    b"canvas",
    b"head",
    b"iframe",
    b"math",
    b"noscript",
    b"object",
    b"option",
    b"rp",
    b"rt",
    b"rtc",
    b"script",
    b"select",
    b"style",
    b"svg",
    b"template",
    b"textarea",
    b"title",
    b"video",
    b"noframes",
];

/// Elements inside of a line.
const INLINE: [&[u8]; 37] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"del", b"dfn", b"em",
    b"font", b"i", b"ins", b"kbd", b"label", b"mark", b"nobr", b"o:p", b"q", b"rb", b"rp", b"rt",
    b"rtc", b"ruby", b"s", b"samp", b"small", b"span", b"strike", b"strong", b"sub", b"sup",
    b"time", b"u", b"var",
];

/// Elements that another one of their name ends.
const SELF_ENDING: [&[u8]; 7] = [b"dd", b"dt", b"li", b"option", b"td", b"th", b"tr"];

/// Elements that hold a paragraph.
const LEAF: [&[u8]; 8] = [b"p", b"li", b"td", b"pre", b"blockquote", b"dd", b"dt", b"tr"];

/// Elements beside the main text.
const ASIDE: [&[u8]; 7] = [b"aside", b"dialog", b"figcaption", b"footer", b"form", b"menu", b"nav"];

/// Parts of the names of elements that hold main text.
const GOOD: [&str; 10] = [
    "article", "artical", "content", "detail", "entry", "main", "neirong", "post", "story",
    "zhengwen",
];

/// Parts of the names of elements beside it.
const BAD: [&str; 31] = [
    "advert",
    "banner",
    "bottom",
    "breadcrumb",
    "comment",
    "copyright",
    "crumb",
    "disclaimer",
    "footer",
    "friend",
    "hot",
    "login",
    "menu",
    "mianze",
    "nav",
    "pager",
    "pagination",
    "paihang",
    "popup",
    "promo",
    "qrcode",
    "rank",
    "recommend",
    "related",
    "relate",
    "search",
    "share",
    "sidebar",
    "sponsor",
    "tuijian",
    "toolbar",
];
