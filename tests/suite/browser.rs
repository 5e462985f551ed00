//! The built portal in Chromium: runs the Node tests of `tests/browser`.

use crate::tools::{has, repository, site, site_without_samples, skip};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Chromium needs the machine for itself: these tests run one after another.
static ONE: Mutex<()> = Mutex::new(());

/// Why browser tests cannot run here.
fn missing() -> Option<&'static str> {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    if !has("node") {
        Some("node is not installed")
    } else if !has(&chromium) {
        Some("chromium is not installed")
    } else if !repository().join("tests/browser/node_modules/puppeteer-core").is_dir() {
        Some("`npm ci --prefix tests/browser` was not run")
    } else {
        None
    }
}

fn node(test: &str, script: &str) {
    on(site, test, script);
}

/// Runs a script of `tests/browser` on a site, which is built only where the script can run.
fn on(site: fn() -> &'static Path, test: &str, script: &str) {
    if let Some(why) = missing() {
        return skip(test, why);
    }
    let site = site();
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let done = Command::new("npm")
        .args(["run", "--silent", script])
        .current_dir(repository().join("tests/browser"))
        .env("SALA_SITE", site)
        .env("SALA_SAMPLES", if site.ends_with("portal-without-samples") { "none" } else { "" })
        .env("SALA_BIN", env!("CARGO_BIN_EXE_sala"))
        .output()
        .expect("npm starts");
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    // The end names what failed; whoever shows only the head of a long log would miss it.
    let end = text.char_indices().rev().nth(6000).map_or(0, |(at, _)| at);
    assert!(done.status.success(), "{}", &text[end..]);
    println!("{text}");
}

#[test]
fn pages_in_chromium() {
    node("pages in Chromium", "test");
}

#[test]
fn the_programme_is_walked_without_samples() {
    on(site_without_samples, "the programme in Chromium, without samples", "programme");
}

/// Minutes of processor time: runs where tools are required (`SALA_REQUIRE_TOOLS=1`) or asked for (`SALA_A11Y=all`).
#[test]
fn every_page_is_accessible() {
    let asked = std::env::var("SALA_A11Y").is_ok_and(|v| v == "all");
    if !asked && std::env::var_os("SALA_REQUIRE_TOOLS").is_none() {
        return skip("axe on every page", "set SALA_A11Y=all to run it");
    }
    node("axe on every page", "a11y:all");
}

#[test]
fn markup_is_valid() {
    node("HTML validator", "validate");
}

#[test]
fn links_lead_somewhere() {
    node("link checker", "links");
}
