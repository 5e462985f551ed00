//! Programs that some tests need and a machine may lack. Such a test says that it was skipped and why;
//! with `SALA_REQUIRE_TOOLS=1` it fails instead.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Whether a program can be started.
pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Says that a test was skipped; fails it where tools are required.
pub fn skip(test: &str, why: &str) {
    assert!(std::env::var_os("SALA_REQUIRE_TOOLS").is_none(), "{test} needs tools: {why}");
    eprintln!("skipped: {test}: {why}");
}

/// The repository's folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
pub fn sala() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sala"));
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("SALA_LANG").env("LANG", "C.UTF-8").env("NO_COLOR", "1");
    command
}

/// The real portal without its samples, built once for all tests.
pub fn site_without_samples() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portal-without-samples");
        let args = ["build", "--lang", "en", "--without-samples", "--portal"];
        let built = sala().args(args).arg(repository()).arg("-o").arg(&out).output().expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        out
    })
}

/// The real portal, built once for all tests.
pub fn site() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portal");
        let built = sala()
            .args(["build", "--lang", "en", "--portal"])
            .arg(repository())
            .arg("-o")
            .arg(&out)
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        out
    })
}
