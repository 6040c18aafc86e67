//! What searching holds of an index.

use rusqlite::Connection;

use super::{
    schema::IndexError,
    segment::{Shape, number},
};

/// What searching needs to know of all texts at once.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) segments: Vec<SegmentTexts>,
    /// Every article, by text: the text, the article, and its date as a number.
    pub(super) places: Vec<ArticlePlace>,
    /// Where the articles of each text begin among those, by the number of the text.
    starts: Vec<u32>,
    /// Texts that are in no segment.
    pub(super) loose: Vec<i64>,
    /// Number of texts and mean of their characters.
    pub(super) texts: usize,
    pub(super) mean_chars: f32,
    /// The state of the database that it was read from.
    pub(super) version: Option<i64>,
}

/// A segment with its texts.
#[derive(Debug)]
pub(super) struct SegmentTexts {
    pub(super) id: i64,
    pub(super) shape: Shape,
    /// Each text with its characters, by its number in the segment.
    pub(super) texts: Vec<(i64, u32)>,
}

/// An article of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct ArticlePlace {
    pub(super) text: i64,
    pub(super) article: i64,
    pub(super) date: i32,
}

impl Catalogue {
    /// Reads it.
    pub(super) fn load(connection: &Connection) -> Result<Self, IndexError> {
        let mut catalogue = Self::default();
        let mut statement = connection
            .prepare_cached("SELECT id, documents, bits, texts FROM segments ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let shape = Shape { documents: row.get(1)?, bits: row.get(2)? };
            let texts = read_texts(row.get_ref(3)?.as_blob().unwrap_or_default());
            catalogue.segments.push(SegmentTexts { id: row.get(0)?, shape, texts });
        }
        let last = catalogue.segments.last().and_then(|segment| segment.texts.last());
        let last = last.map_or(0, |(text, _)| *text);
        let mut statement =
            connection.prepare_cached("SELECT id FROM texts WHERE id > ? ORDER BY id")?;
        let loose = statement.query_map([last], |row| row.get(0))?;
        catalogue.loose = loose.collect::<Result<_, _>>()?;
        let mut statement = connection.prepare_cached("SELECT text, id, date FROM articles")?;
        let places = statement.query_map([], |row| {
            let date: Option<i32> = row.get(2)?;
            Ok(ArticlePlace { text: row.get(0)?, article: row.get(1)?, date: date.unwrap_or(0) })
        })?;
        catalogue.places = places.collect::<Result<_, _>>()?;
        catalogue.places.sort_unstable_by_key(|place| (place.text, place.article));
        catalogue.note_starts();
        let chars = catalogue.segments.iter().flat_map(|segment| &segment.texts);
        let (count, sum) = chars.fold((0_usize, 0_u64), |(count, sum), (_, chars)| {
            (count + 1, sum + u64::from(*chars))
        });
        catalogue.texts = count + catalogue.loose.len();
        catalogue.mean_chars = if count == 0 { 1000.0 } else { sum as f32 / count as f32 };
        Ok(catalogue)
    }

    /// The articles that have a text.
    pub(super) fn articles(&self, text: i64) -> &[ArticlePlace] {
        let start = |text: i64| self.starts.get(usize::try_from(text).ok()?).copied();
        let range = start(text).zip(start(text + 1));
        range.and_then(|(from, to)| self.places.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// Notes where the articles of each text begin.
    fn note_starts(&mut self) {
        let last = self.places.last().map_or(0, |place| place.text);
        let mut starts = vec![0_u32; usize::try_from(last).unwrap_or(0) + 2];
        for place in &self.places {
            if let Some(count) =
                usize::try_from(place.text + 1).ok().and_then(|at| starts.get_mut(at))
            {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        self.starts = starts;
    }
}

fn read_texts(bytes: &[u8]) -> Vec<(i64, u32)> {
    let (mut texts, mut rest, mut text) = (Vec::new(), bytes, 0_i64);
    while let Some((step, after)) = number(rest)
        && let Some((chars, after)) = number(after)
    {
        text += i64::from(step);
        texts.push((text, chars));
        rest = after;
    }
    texts
}
