//! What the person decided and the program must not lose: files in the folder for data, never
//! beside the archive.

pub mod overrides;
