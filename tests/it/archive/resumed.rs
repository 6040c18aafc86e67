//! Runs that were stopped, and what the next one finds left to do.

use std::sync::atomic::Ordering;

use zhaidu::library::index::Stage;

use super::{Archive, AtomicBool, Run, RunEvent};

/// Texts with a keyword each, as files by name.
fn write(archive: &Archive, numbers: std::ops::Range<u32>) {
    for number in numbers {
        archive.write(&format!("{number:04}.txt"), &text(number));
    }
}

fn text(number: u32) -> String {
    let name: String = (0..3).filter_map(|at| char::from_u32(0x5000 + number + at)).collect();
    format!("{name}渡口\n\n{name}渡口的灯亮了{number}年，{name}渡口有人守灯。\n")
}

/// Reads what is new, and stops before anything is analysed.
fn stop_before_analysis(archive: &Archive) {
    let stop = AtomicBool::new(false);
    let mut told = |event: RunEvent| {
        if let RunEvent::Progress(progress) = event {
            stop.fetch_or(progress.stage == Stage::Analysing, Ordering::Relaxed);
        }
    };
    let (library, place) = (archive.library(), archive.place());
    let run = Run::new(&library, &place, 2, &stop, &mut told);
    assert!(run.finish().expect("an index").cancelled);
}

#[test]
fn what_a_run_left_is_done_by_the_next_one_whatever_was_finished_before() {
    let (archive, whole) = (Archive::new(&[]), Archive::new(&[]));
    // Some that need no segment, then so many that they get one with those of before, twice, then some again.
    for numbers in [0..40, 40..700, 700..1300, 1300..1320] {
        write(&archive, numbers.clone());
        stop_before_analysis(&archive);
        let totals = archive.index().totals().expect("an index");
        let (all, new) = (u64::from(numbers.end), numbers.len() as u64);
        assert_eq!((totals.texts, totals.analysed), (all, all - new));
        // What is left is told once and done once.
        let progress = archive.run().progress;
        assert!(progress.analysed >= new);
        assert_eq!(progress.analysed, progress.to_analyse);
        let totals = archive.index().totals().expect("an index");
        assert_eq!((totals.texts, totals.analysed), (all, all));
        assert_eq!(archive.run().progress.analysed, 0);
        for number in [numbers.start, numbers.end - 1] {
            let found = archive.search(&format!("{number}年"));
            assert!(found.contains(&format!("{number:04}.txt")), "{found:?}");
        }
    }
    write(&whole, 0..1320);
    whole.run();
    assert_eq!(archive.search("kw:渡口"), whole.search("kw:渡口"));
    assert_eq!(archive.contents(), whole.contents());
}

#[test]
fn a_segment_that_was_taken_apart_for_texts_that_went_is_built_again() {
    let archive = Archive::new(&[]);
    write(&archive, 0..700);
    archive.run();
    write(&archive, 700..1300);
    stop_before_analysis(&archive);
    for number in 700..1300 {
        archive.write(&format!("{number:04}.txt"), &text(0));
    }
    archive.run();
    let totals = archive.index().totals().expect("an index");
    assert_eq!((totals.texts, totals.analysed, totals.segments), (700, 700, 1));
    assert_eq!(archive.search("699年").len(), 1);
}
