//! The index of an archive: what is in it, what analysis found, and where everything stands.
//!
//! One `SQLite` file for each archive, in the folder for caches. Two archives never wait for each
//! other, and to forget one is to remove a file. It holds, in tables that `schema` names:
//!
//! - `sources`: what was read, with the stamp by which it is known whether it has changed;
//! - `pages`: the pages of each source about which something can be decided (`decided`);
//! - `articles`: what a list tells of each article, in the order of the archive;
//! - `parts`: the list once more, packed, so that a long one opens at once (`parts`);
//! - `texts`: the articles themselves, packed (`body`, `pack`, `code`), each text once however often it
//!   lies there;
//! - `orphans`: texts that may not lie there any more (`writer::orphans`);
//! - `analyses`: keywords and best sentences (`digest`), once for each text;
//! - `segments` and `postings`: which texts have which pairs of characters (`terms`, `segment`, `bits`), in large
//!   archives which frequent phrases (`chain`), and their headlines, to be found by pinyin.
//!
//! One process writes ([`Writer`]), any number read at the same time. A batch is one transaction, so
//! metadata and postings cannot part ways. Nothing in it is a person's own: what they decided and
//! marked is kept elsewhere, by the content of articles.

mod bits;
mod body;
mod catalogue;
mod chain;
mod code;
mod decided;
mod digest;
mod error;
mod keys;
mod likeness;
mod moment;
mod pack;
mod parts;
mod plan;
mod reader;
mod related;
mod reprints;
mod rows;
mod schema;
mod search;
mod segment;
mod shelf;
mod sources;
mod terms;
mod worker;
mod writer;

pub use self::{
    decided::{DecidedPages, PageKey},
    digest::{Digest, DigestKeyword},
    error::IndexError,
    keys::SourceKeys,
    likeness::{are_reprints, likeness},
    parts::ListPart,
    reader::{ArticleRow, Index, Totals},
    related::RelatedText,
    reprints::Reprints,
    rows::{
        ArticleFacts, KnownSource, ReadArticle, ReadProblem, ReadSource, ReadText, SourceKey,
        SourceState, Stamp,
    },
    schema::{Fault, SetAside, condemn, is_condemned},
    search::{SearchHit, SearchOptions, SearchOrder, SearchResults},
    worker::{Ranked, Worker},
    writer::{Analysed, StoredText, Writer},
};
