//! Texts that searches read, kept unpacked for the next search.
//!
//! Who searches types one letter after the other, and the texts that may match are mostly the same.

use rustc_hash::FxHashMap;

use super::{reader::Index, schema::IndexError};

/// Bytes that all threads keep together: the coded texts of ten thousand articles.
pub(super) const SHELVED: usize = 40 * 1024 * 1024;
/// Texts that are read past rather than looked up one by one: stepping over one takes a tenth of the
/// time of finding one.
const NEAR: i64 = 8;

/// What is searched of some texts, coded. The first ones that were asked for stay: a search that asks
/// for more than there is room for would push all others out before they are asked for again.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    texts: FxHashMap<i64, Box<[u8]>>,
    bytes: usize,
}

impl Shelf {
    fn keep(&mut self, text: i64, coded: &[u8], room: usize) {
        if self.bytes + coded.len() <= room {
            self.bytes += coded.len();
            self.texts.insert(text, coded.into());
        }
    }
}

impl Index {
    /// Hands over what is searched of texts, in the form of the code, with their places among those
    /// that are asked for, which come in order; those that are not coded are left out. Only for
    /// those who know the code.
    pub(super) fn each_coded(
        &mut self,
        texts: &[i64],
        room: usize,
        take: &mut dyn FnMut(usize, &[u8]),
    ) -> Result<(), IndexError> {
        let mut missing = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match self.shelf.texts.get(text) {
                Some(coded) => take(at, coded),
                None => missing.push((at, *text)),
            }
        }
        let Self { connection, unpacker, shelf, .. } = self;
        let mut statement = connection.prepare_cached(
            "SELECT id, size, trained, body FROM texts WHERE id BETWEEN ? AND ? ORDER BY id",
        )?;
        for near in missing.chunk_by(|(_, a), (_, b)| b - a <= NEAR) {
            let (Some((_, first)), Some((_, last))) = (near.first(), near.last()) else { continue };
            let mut rows = statement.query((first, last))?;
            let mut wanted = near.iter().peekable();
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                while wanted.next_if(|(_, text)| *text < id).is_some() {}
                let Some((at, _)) = wanted.next_if(|(_, text)| *text == id) else { continue };
                if row.get(2)? {
                    let packed = row.get_ref(3)?.as_blob().map_err(|_| IndexError::Damaged)?;
                    let coded = unpacker.searched(row.get(1)?, packed);
                    let coded = coded.map_err(|_| IndexError::Damaged)?;
                    shelf.keep(id, coded, room);
                    take(*at, coded);
                }
            }
        }
        Ok(())
    }
}
