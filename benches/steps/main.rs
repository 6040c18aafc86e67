//! Measures each step of the main job: `cargo bench --bench steps -- [FILTER]`.
//!
//! The name of a measurement is step/corpus/size. Times are processor times of one thread, so that
//! other work on the machine changes them little.

#[path = "../shared/clock.rs"]
mod clock;
#[path = "../shared/corpus.rs"]
mod corpus;
mod frame;
mod ranking;
mod reading;
mod searching;
#[path = "../shared/stage.rs"]
mod stage;
mod typesetting;

use std::time::Duration;

use corpus::Corpus;
use criterion::{
    Criterion,
    measurement::{Measurement, ValueFormatter, WallTime},
};

/// Processor time instead of the time on the wall.
pub(crate) struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        clock::cpu()
    }

    fn end(&self, start: Duration) -> Duration {
        clock::cpu().saturating_sub(start)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .without_plots()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(30)
        .configure_from_args();
    for corpus in Corpus::all() {
        reading::measure(&mut criterion, &corpus);
        typesetting::measure(&mut criterion, &corpus);
        ranking::measure(&mut criterion, &corpus);
        searching::measure(&mut criterion, &corpus);
        frame::measure(&mut criterion, &corpus);
    }
    criterion.final_summary();
}
