//! Group B: texts, names and messages that are made to act.

mod borders;
mod clipboard;
mod cuts;
mod flood;
mod names;
mod order;
mod posing;
mod reports;
mod sequences;
mod short;

use crate::row::Row;

/// The rows of the group.
pub(crate) const ROWS: &[Row] = &[
    sequences::TEXTS,
    names::NAMES,
    reports::REPORTS,
    clipboard::UNASKED,
    order::ORDER,
    flood::FLOOD,
    borders::BORDERS,
    cuts::CUTS,
    short::SHORT,
    clipboard::PASTED,
    posing::POSING,
];
