//! Keeping the index of an archive up to date.
//!
//! A run has two passes. First every source that is new or has changed is read and split, on all
//! processors, so that the list is complete as soon as can be. Then texts that nobody has analysed
//! are, wherever they lie and however often. One thread writes and is never waited for by more than a
//! bounded number of jobs. What was committed stays: a run that is cancelled or killed is gone on with
//! by the next one. [`Watch`] tells when it is time for the next one.

mod ahead;
mod finding;
mod jobs;
mod looker;
mod place;
mod progress;
mod read;
mod related;
mod run;
pub mod watch;

pub use self::{
    place::{IndexPlace, identity, take_up},
    progress::{Outcome, Progress, RunEvent, Stage},
    read::read_again,
    related::{Related, related},
    run::Run,
    watch::{Watch, Woken},
};
