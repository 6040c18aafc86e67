//! What can be exported.

/// The articles that an export takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportWhat {
    /// The selected one.
    Article,
    /// Those of the list as it is filtered and sorted, or the results of a search.
    List,
    /// Those of the whole archive that have a star, a tag or a note.
    Marked,
}
