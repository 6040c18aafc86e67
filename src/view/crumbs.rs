//! The filters over the list as a way from everything to what is left.

use crate::{
    app::{filters::Filter, model::Model},
    text::{
        display::{DisplayLine, display},
        width::Widths,
    },
};

/// Stands between two steps of the way.
const BETWEEN: &str = " › ";
/// Stands for the steps for which there is no room.
const LEFT_OUT: &str = "…";
/// Widest name of a filter; a query may be long.
const WIDEST: usize = 24;

/// The way in at most `room` cells: `all 10000 › kw:"港口" 312 › date:2014-03 41`. Without room for all
/// of it, the first steps are left out.
pub(super) fn crumbs(model: &Model, room: usize) -> DisplayLine {
    let all = display!("{} {}", model.lang.of("全部", "all"), model.archive.row_count());
    let mut steps = vec![all];
    let mut conditions = 0;
    for filter in model.filters.all() {
        conditions += usize::from(filter.condition().is_some());
        steps.push(step(model, filter, conditions));
    }
    shortened(&steps, room, model.widths)
}

/// A filter and how many articles pass it and those before it, or how far that is known.
fn step(model: &Model, filter: &Filter, conditions: usize) -> DisplayLine {
    let label = filter.label().shown().fit(WIDEST, model.widths);
    match (filter.looked(), model.archive.passed(conditions)) {
        (Some(looked), _) => display!("{label} .. {looked}/{}", model.archive.found_count()),
        (None, _) if filter.is_awaited() => display!("{label} .."),
        // Nothing is known of a query that cannot be understood.
        (None, _) if filter.condition().is_none() => label,
        (None, Some(count)) => display!("{label} {count}"),
        (None, None) => display!("{label} .."),
    }
}

fn shortened(steps: &[DisplayLine], room: usize, widths: Widths) -> DisplayLine {
    let joined = |from: usize| {
        let left_out = (from > 0).then_some(LEFT_OUT);
        let steps = steps.iter().skip(from).map(DisplayLine::as_str);
        let parts: Vec<&str> = left_out.into_iter().chain(steps).collect();
        DisplayLine::new(&parts.join(BETWEEN))
    };
    let mut lines = (0..steps.len()).map(joined);
    let fitting = lines.find(|line| widths.cells(line.as_str()) <= room);
    // The last one is the one that matters: it is cut rather than left out.
    fitting.unwrap_or_else(|| joined(steps.len().saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_steps_go_first() {
        let steps = ["全部 24", "~十号 11", "kw:\"短讯\" 3"].map(DisplayLine::from);
        for (room, expected) in [
            (80, "全部 24 › ~十号 11 › kw:\"短讯\" 3"),
            (33, "全部 24 › ~十号 11 › kw:\"短讯\" 3"),
            (30, "… › ~十号 11 › kw:\"短讯\" 3"),
            (20, "… › kw:\"短讯\" 3"),
            (2, "… › kw:\"短讯\" 3"),
        ] {
            assert_eq!(shortened(&steps, room, Widths::NARROW).as_str(), expected, "{room}");
        }
    }
}
