//! The shape of `session show --json`.

use serde::Serialize;

use super::SCHEMA;
use crate::store::session::Session;

/// How an archive was left: version, name, whether it is the last one, and what its file holds.
#[derive(Serialize)]
pub(in crate::cli) struct KeptSession<'a> {
    schema: u32,
    name: &'a str,
    last: bool,
    session: &'a Session,
}

impl<'a> KeptSession<'a> {
    pub(in crate::cli) fn new(name: &'a str, last: bool, session: &'a Session) -> Self {
        Self { schema: SCHEMA, name, last, session }
    }
}
