//! The table of harms in the README: each test of this module prints its rows. With the optimised program:
//!
//! ```sh
//! cargo test --release --test suite harms -- --ignored --nocapture --test-threads=1
//! ```
//!
//! One row alone: `harms::secrets` in the place of `harms`. `SALA_WALK`, `SALA_FAULTS`, `SALA_SOAK` and `SALA_FUZZ` say how
//! many edits are walked, builds killed, files edited in the preview and inputs mutated for each target.

use crate::{faults, fuzz, hostile, incremental, leaks, personal, serve};
use std::fmt::Display;
use std::time::Duration;

fn row(what: impl Display, tried: usize, harm: impl Display) {
    println!("| {what} | {tried} | {harm} |");
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn secrets() {
    let (plants, leaked) = leaks::measure();
    row("secrets: places × ways to hide them, in every output", plants, format!("{leaked} leaked"));
    assert_eq!(leaked, 0);
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn hostile_portals() {
    let fates = hostile::run_all();
    let count = |is: &dyn Fn(&hostile::Fate) -> bool| fates.iter().filter(|f| is(f)).count();
    let hangs = count(&hostile::Fate::hangs);
    let aborts = count(&|f| !f.hangs() && !matches!(f.code, Some(0..=3)));
    let (slow, large) = (count(&|f| f.took > Duration::from_secs(10)), count(&|f| f.megabytes > 2048));
    let harm = format!("{aborts} aborts, {hangs} hangs, {slow} over 10 s of the processor, {large} over 2 GB");
    row("hostile portals, checked and built", fates.len(), harm);
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn faults_injected() {
    let asked = std::env::var("SALA_FAULTS").ok().and_then(|n| n.parse().ok());
    let killed = faults::killed_builds(asked.unwrap_or(40));
    let print = |what: &str, harm: &faults::Harm| {
        let told = format!("{} sites mixed, {} files lost, {} next runs failed", harm.mixed, harm.lost, harm.stuck);
        row(what, harm.faults, told);
    };
    print("builds killed over an old site", &killed);
    #[cfg(unix)]
    print("commands that write, with no room left", &faults::full_disks());
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn caches_damaged() {
    let (damages, wrong) = incremental::measure_damages();
    row("kept files of `.sala` damaged", damages, format!("{wrong} builds of other bytes"));
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn edits_walked() {
    let (edits, different) = incremental::measure_walk();
    row("edits, each site compared with a fresh build", edits, format!("{different} differ"));
    let (edits, told) = serve::measure_soak();
    row("edits while the preview is read", edits, told);
}

#[test]
#[ignore = "takes minutes; see the documentation of this module"]
fn fuzzing() {
    for (name, executions) in fuzz::run_all() {
        row(format_args!("mutated inputs: {}", name.replace('_', " ")), executions, "0 panics, 0 over 10 s");
    }
}

#[test]
#[ignore = "prints its rows; `personal` holds them"]
fn personal_data() {
    personal::table();
}
