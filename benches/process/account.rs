//! What a process has used, after `/proc` (see proc(5)).

use std::{fs, io, process::Command, thread, time::Duration};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

/// One thread of a process.
pub(crate) struct Thread {
    /// Its name; the first thread has that of the program.
    pub(crate) name: String,
    /// Processor time, user and system, since the process was forked.
    pub(crate) cpu: Duration,
}

/// Stops a process: only what has left the processor is accounted for to the nanosecond.
pub(crate) fn stop(pid: u32) -> io::Result<()> {
    let process = process(pid)?;
    kill_process(process, Signal::STOP)?;
    waitid(WaitId::Pid(process), WaitIdOptions::STOPPED)?;
    Ok(())
}

/// Lets a stopped process go on.
pub(crate) fn go_on(pid: u32) -> io::Result<()> {
    Ok(kill_process(process(pid)?, Signal::CONT)?)
}

/// The threads of a process in the order of their numbers; it is stopped meanwhile.
pub(crate) fn threads(pid: u32) -> io::Result<Vec<Thread>> {
    stop(pid)?;
    let threads = stopped_threads(pid);
    go_on(pid)?;
    threads
}

/// The threads of a process that is stopped.
pub(crate) fn stopped_threads(pid: u32) -> io::Result<Vec<Thread>> {
    let mut folders: Vec<_> = fs::read_dir(format!("/proc/{pid}/task"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let thread = |folder: &std::path::PathBuf| {
        while !is_stopped(&fs::read_to_string(folder.join("stat"))?) {
            thread::sleep(Duration::from_micros(50));
        }
        let name = fs::read_to_string(folder.join("comm"))?.trim_end().to_owned();
        let cpu = on_processor(&fs::read_to_string(folder.join("schedstat"))?)?;
        Ok(Thread { name, cpu })
    };
    folders.iter().map(thread).collect()
}

/// Whether the state, which follows the name in parentheses, is `T`.
fn is_stopped(stat: &str) -> bool {
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T'))
}

/// The first field of `schedstat`: nanoseconds on a processor.
fn on_processor(schedstat: &str) -> io::Result<Duration> {
    let first = schedstat.split_whitespace().next().and_then(|nanos| nanos.parse().ok());
    first.map(Duration::from_nanos).ok_or_else(|| io::Error::other("no schedstat in /proc"))
}

/// Memory of a process in bytes: what it holds now, and the most that it held.
pub(crate) fn memory(pid: u32) -> io::Result<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kilobytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
    };
    Ok((kilobytes("VmRSS:") * 1024, kilobytes("VmHWM:") * 1024))
}

/// Runs a command of one thread to its end; its processor time, read while nobody has yet asked
/// how it ended.
pub(crate) fn run(command: &mut Command) -> io::Result<Duration> {
    let mut child = command.spawn()?;
    let process = process(child.id())?;
    waitid(WaitId::Pid(process), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)?;
    let cpu = on_processor(&fs::read_to_string(format!("/proc/{}/schedstat", child.id()))?);
    let status = child.wait()?;
    if status.success() { cpu } else { Err(io::Error::other(format!("{command:?}: {status}"))) }
}

fn process(pid: u32) -> io::Result<Pid> {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.ok_or_else(|| io::Error::other("no such process"))
}
