//! What `/proc` says of the processes of a run. Where there is none, nothing is known and nothing is held.

use std::{fs, path::Path, time::Duration};

use rustix::process::Pid;

/// A process and all that it has started and is still the parent of.
pub(crate) fn family(pid: i32) -> Vec<i32> {
    let mut found = vec![pid];
    let mut at = 0;
    while let Some(parent) = found.get(at) {
        for task in numbers(&format!("/proc/{parent}/task")) {
            let children = format!("/proc/{}/task/{task}/children", found[at]);
            let children = fs::read_to_string(children).unwrap_or_default();
            found.extend(children.split_whitespace().filter_map(|child| child.parse::<i32>().ok()));
        }
        at += 1;
    }
    found
}

/// Those of a family that run zhaidu.
pub(crate) fn programs(pid: i32) -> Vec<i32> {
    let is_ours = |pid: &i32| {
        fs::read_link(format!("/proc/{pid}/exe"))
            .is_ok_and(|exe| exe == Path::new(env!("CARGO_BIN_EXE_zhaidu")))
    };
    family(pid).into_iter().filter(is_ours).collect()
}

/// Most memory that a process has had at once, in KiB.
pub(crate) fn peak_kib(pid: i32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Processor time that the threads of a process have taken. It is exact, unlike that in `stat`.
pub(crate) fn cpu(pid: i32) -> Duration {
    let spent = |task: i32| {
        let times = fs::read_to_string(format!("/proc/{pid}/task/{task}/schedstat"));
        times.ok()?.split_whitespace().next()?.parse::<u64>().ok()
    };
    let tasks = numbers(&format!("/proc/{pid}/task"));
    Duration::from_nanos(tasks.into_iter().filter_map(spent).sum())
}

/// How many threads a process has.
pub(crate) fn threads(pid: i32) -> usize {
    numbers(&format!("/proc/{pid}/task")).len()
}

/// Whether a process still runs: it is there, and not only waited for.
pub(crate) fn runs(pid: Pid) -> bool {
    let record = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    // The state stands behind the name in brackets (proc(5)).
    record.is_ok_and(|record| {
        record.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
    })
}

/// Processes that run and have this in their environment, with their command lines.
pub(crate) fn with_variable(variable: &str) -> Vec<(i32, String)> {
    let has = |pid: &i32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == variable.as_bytes())
    };
    let line = |pid: i32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        (pid, String::from_utf8_lossy(&line).replace('\0', " "))
    };
    numbers("/proc").into_iter().filter(has).map(line).collect()
}

fn numbers(folder: &str) -> Vec<i32> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}
