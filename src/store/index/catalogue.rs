//! What searching holds of an index.

use rusqlite::Connection;

use super::{
    schema::IndexError,
    segment::{MOST_DOCUMENTS, Shape, number},
};

/// What searching needs to know of all texts at once.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) segments: Vec<SegmentTexts>,
    /// Every article, by text: its number, and its date as a number. A million of them are held as long
    /// as somebody searches, so they are small.
    places: Vec<(u32, i32)>,
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
    /// The first text.
    pub(super) base: i64,
    /// Each text, counted from there, with its characters, by its number in the segment.
    pub(super) texts: Vec<(u32, u32)>,
}

impl SegmentTexts {
    /// The text with a number in the segment, and its characters.
    pub(super) fn text(&self, document: usize) -> Option<(i64, u32)> {
        let (text, chars) = self.texts.get(document)?;
        Some((self.base + i64::from(*text), *chars))
    }
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
            let (base, texts) = read_texts(row.get_ref(3)?.as_blob().unwrap_or_default());
            if texts.len() != shape.documents as usize || texts.len() > MOST_DOCUMENTS {
                return Err(IndexError::Damaged);
            }
            catalogue.segments.push(SegmentTexts { id: row.get(0)?, shape, base, texts });
        }
        let (_, last) = catalogue.standing();
        let mut statement =
            connection.prepare_cached("SELECT id FROM texts WHERE id > ? ORDER BY id")?;
        let loose = statement.query_map([last], |row| row.get(0))?;
        catalogue.loose = loose.collect::<Result<_, _>>()?;
        catalogue.load_places(connection)?;
        let chars = catalogue.segments.iter().flat_map(|segment| &segment.texts);
        let (count, sum) = chars.fold((0_usize, 0_u64), |(count, sum), (_, chars)| {
            (count + 1, sum + u64::from(*chars))
        });
        catalogue.texts = count + catalogue.loose.len();
        catalogue.mean_chars = if count == 0 { 1000.0 } else { sum as f32 / count as f32 };
        Ok(catalogue)
    }

    /// What tells whether segments are still the same: how many there are, and the last text in them. A segment that
    /// is built anew has more texts.
    pub(super) fn standing(&self) -> (usize, i64) {
        let last = self.segments.last();
        let last = last.and_then(|segment| segment.text(segment.texts.len().checked_sub(1)?));
        (self.segments.len(), last.map_or(0, |(text, _)| text))
    }

    /// The same as the database says now.
    pub(super) fn standing_now(connection: &Connection) -> Result<(usize, i64), IndexError> {
        let mut statement =
            connection.prepare_cached("SELECT count(*), coalesce(max(last), 0) FROM segments")?;
        let standing = statement.query_row([], |row| Ok((row.get::<_, u32>(0)?, row.get(1)?)))?;
        Ok((standing.0 as usize, standing.1))
    }

    /// The articles that have a text, in order.
    pub(super) fn articles(&self, text: i64) -> impl Iterator<Item = ArticlePlace> + use<'_> {
        let place = move |&(article, date): &(u32, i32)| ArticlePlace {
            text,
            article: article.into(),
            date,
        };
        self.places_of(text).iter().map(place)
    }

    /// Whether any article has a text.
    pub(super) fn has_articles(&self, text: i64) -> bool {
        !self.places_of(text).is_empty()
    }

    /// The newest date of any article, as a number; 0 if none is known.
    pub(super) fn newest(&self) -> i32 {
        self.places.iter().map(|(_, date)| *date).max().unwrap_or(0)
    }

    fn places_of(&self, text: i64) -> &[(u32, i32)] {
        let start = |text: i64| self.starts.get(usize::try_from(text).ok()?).copied();
        let range = start(text).zip(start(text + 1));
        range.and_then(|(from, to)| self.places.get(from as usize..to as usize)).unwrap_or_default()
    }

    /// Reads the articles: first how many each text has, then each to its place.
    fn load_places(&mut self, connection: &Connection) -> Result<(), IndexError> {
        let last = "SELECT coalesce(max(text), 0) FROM articles";
        let last: i64 = connection.query_row(last, [], |row| row.get(0))?;
        if last > u32::MAX.into() {
            return Err(IndexError::Damaged);
        }
        let mut starts = vec![0_u32; usize::try_from(last).unwrap_or(0) + 2];
        let mut statement = connection.prepare_cached("SELECT text FROM articles")?;
        let texts = statement.query_map([], |row| row.get::<_, i64>(0))?;
        for text in texts {
            if let Some(count) = usize::try_from(text? + 1).ok().and_then(|at| starts.get_mut(at)) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); sum as usize];
        let mut statement =
            connection.prepare_cached("SELECT text, id, date FROM articles ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (text, article): (i64, u32) = (row.get(0)?, row.get(1)?);
            let date: Option<i32> = row.get(2)?;
            let next = usize::try_from(text).ok().and_then(|at| next.get_mut(at));
            if let Some(next) = next
                && let Some(place) = places.get_mut(*next as usize)
            {
                *place = (article, date.unwrap_or(0));
                *next += 1;
            }
        }
        (self.places, self.starts) = (places, starts);
        Ok(())
    }
}

/// The texts of a segment: the first one, and each counted from there.
fn read_texts(bytes: &[u8]) -> (i64, Vec<(u32, u32)>) {
    let (mut texts, mut rest, mut text) = (Vec::new(), bytes, 0_u32);
    let mut base = 0;
    while let Some((step, after)) = number(rest)
        && let Some((chars, after)) = number(after)
    {
        if texts.is_empty() {
            base = i64::from(step);
        } else {
            text = text.saturating_add(step);
        }
        texts.push((text, chars));
        rest = after;
    }
    (base, texts)
}
