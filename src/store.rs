//! What is kept on disk, never beside the archive: what the person decided and the program must not
//! lose, in the folder for data ([`overrides`]); and what can be found again at any time, in the
//! folder for caches ([`index`]).

pub mod index;
pub mod overrides;
