//! `sala build --timings`: how long each step of one build took.

use super::args::TimingsFormat;
use super::terminal::Terminal;
use crate::pipeline::Step;
use serde_json::json;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A clock that is told of every step.
pub(super) struct Timings {
    started: Instant,
    /// Name and beginning of each step, in order.
    steps: Mutex<Vec<(&'static str, Instant)>>,
}

impl Timings {
    pub(super) fn begin() -> Timings {
        Timings { started: Instant::now(), steps: Mutex::default() }
    }

    /// A step begins, and with it ends the one before.
    pub(super) fn tell(&self, step: Step) {
        if step != Step::File {
            self.mark(step.name());
        }
    }

    /// The last step is over.
    pub(super) fn end(&self) {
        self.mark("");
    }

    fn mark(&self, name: &'static str) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push((name, Instant::now()));
    }

    /// The steps with their times; a step that came twice stands once.
    fn times(&self) -> Vec<(&'static str, Duration)> {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let mut times: Vec<(&'static str, Duration)> = Vec::new();
        for pair in steps.windows(2) {
            let [(name, from), (_, to)] = pair else { continue };
            let took = to.duration_since(*from);
            match times.iter_mut().find(|(known, _)| known == name) {
                Some((_, sum)) => *sum += took,
                None => times.push((*name, took)),
            }
        }
        times
    }

    pub(super) fn print(&self, format: TimingsFormat, terminal: &Terminal) {
        let times = self.times();
        let whole = self.started.elapsed();
        let peak = peak_memory();
        match format {
            TimingsFormat::Json => {
                let steps: Vec<_> =
                    times.iter().map(|(name, took)| json!({ "step": name, "ms": milliseconds(*took) })).collect();
                let threads = rayon::current_num_threads();
                terminal.data(
                    &json!({ "steps": steps, "total_ms": milliseconds(whole), "threads": threads, "peak_memory_mib": peak })
                        .to_string(),
                );
            }
            TimingsFormat::Text => {
                for (name, took) in &times {
                    let share = 100.0 * took.as_secs_f64() / whole.as_secs_f64().max(f64::MIN_POSITIVE);
                    terminal.message(&format!("{name:<10} {:>9.1} ms {share:>5.1} %", milliseconds(*took)));
                }
                terminal.message(&format!("{:<10} {:>9.1} ms", terminal.say("รวม", "total"), milliseconds(whole)));
                if let Some(peak) = peak {
                    terminal.message(&format!("{} {peak} MiB", terminal.say("หน่วยความจำสูงสุด", "peak memory")));
                }
            }
        }
    }
}

/// Milliseconds with one decimal.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

/// The most memory that the program held so far, in MiB, where the system tells it in `/proc`.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_each_other_and_repeated_ones_are_added() {
        let timings = Timings::begin();
        for step in [Step::Read, Step::Check, Step::Read, Step::File, Step::Swap] {
            timings.tell(step);
        }
        timings.end();
        let times = timings.times();
        let names: Vec<_> = times.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["read", "check", "publish"]);
        assert!(times.iter().map(|(_, took)| *took).sum::<Duration>() <= timings.started.elapsed());
    }
}
