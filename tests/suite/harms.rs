//! A table of harms from one command, with the optimised program:
//! `cargo test --release --test suite harms -- --ignored --nocapture`. `SALA_WALK`, `SALA_FUZZ` and `SALA_SOAK` make it walk,
//! mutate and edit more often.

use crate::{faults, fuzz, hostile, incremental, leaks, personal, serve};
use std::time::Duration;

fn row(what: &str, tried: usize, harm: impl std::fmt::Display) {
    println!("| {what} | {tried} | {harm} |");
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn harms() {
    println!("\n| what was tried | how often | harm |\n| --- | --- | --- |");
    let (plants, leaked) = leaks::measure();
    row("secrets: places × ways to hide them, in every output", plants, format!("{leaked} leaked"));
    let fates = hostile::run_all();
    let count = |is: &dyn Fn(&hostile::Fate) -> bool| fates.iter().filter(|f| is(f)).count();
    let aborts = count(&|f| f.took < Duration::from_secs(60) && !matches!(f.code, Some(0..=3)));
    let hangs = count(&|f| f.code.is_none() && f.took >= Duration::from_secs(60));
    let (slow, large) = (count(&|f| f.took > Duration::from_secs(10)), count(&|f| f.megabytes > 2048));
    for fate in fates.iter().filter(|f| f.took > Duration::from_secs(5) || !matches!(f.code, Some(0..=3))) {
        eprintln!("{}: exit {:?} after {:?}, {} MB", fate.name, fate.code, fate.took, fate.megabytes);
    }
    let harm = format!("{aborts} aborts, {hangs} hangs, {slow} over 10 s, {large} over 2 GB");
    row("hostile portals, checked and built", fates.len(), harm);
    let mut harm = faults::killed_builds(40);
    #[cfg(unix)]
    {
        let full = faults::full_disks();
        harm.faults += full.faults;
        harm.mixed += full.mixed;
        harm.lost += full.lost;
        harm.stuck += full.stuck;
    }
    let told = format!("{} sites mixed, {} files lost, {} next runs failed", harm.mixed, harm.lost, harm.stuck);
    row("faults injected: killed, no room", harm.faults, told);
    let (damages, wrong) = incremental::measure_damages();
    row("kept files damaged", damages, format!("{wrong} builds of other bytes"));
    let (edits, different) = incremental::measure_walk();
    row("edits, each compared with a fresh build", edits, format!("{different} differ"));
    let (edits, told) = serve::measure_soak();
    row("edits while the preview is read", edits, told);
    for (name, executions) in fuzz::run_all() {
        row(&format!("mutated inputs: {}", name.replace('_', " ")), executions, "0 panics, 0 over 10 s");
    }
    println!("\n| personal data | sentences | recall | precision |\n| --- | --- | --- | --- |");
    personal::table();
}
