//! What is kept on disk, never beside the archive: what the person decided and the program must not
//! lose, in the folder for data ([`overrides`], [`marks`], [`places`]); how archives were left, in the folder
//! for state ([`session`]); and what can be found again at any time, in the folder for caches ([`index`]).

pub mod backup;
pub mod index;
pub mod journal;
pub mod marks;
pub mod overrides;
pub mod places;
pub mod private;
pub mod session;
