//! Faults injected into commands that write: they are killed, and the disk has no room left. What stands afterwards is
//! whole: the old site or the new one, all files of an author or none of the new ones.

use crate::fixture::{Portal, files};
use crate::tools::sala;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

/// What came of so many faults.
#[derive(Debug, Default)]
pub struct Harm {
    /// Faults injected.
    pub faults: usize,
    /// Sites that were neither the old nor the new one.
    pub mixed: usize,
    /// Files of people that were lost or half written.
    pub lost: usize,
    /// Next runs that failed.
    pub stuck: usize,
}

type Files = BTreeMap<String, Vec<u8>>;

fn portal(pages: usize) -> Portal {
    let portal = Portal::new()
        .kind("note", "[[field]]\nid = \"year\"\ntype = \"year\"\nlabel = { th = \"ปี\", en = \"Year\" }\n");
    for n in 0..pages {
        portal.write(&format!("content/notes/n{n}.md"), format!("+++\ntitle = \"หน้า {n}\"\n+++\nเนื้อหา {n}\n"));
    }
    portal
}

fn sources(portal: &Portal) -> Files {
    let mut all = files(portal.root());
    all.retain(|path, _| path.starts_with("content/") || path == "portal.toml");
    all
}

/// A build over an old site is killed after some time; each time at another moment.
pub fn killed_builds(times: usize) -> Harm {
    let mut harm = Harm::default();
    let portal = portal(40);
    portal.done("build --lang en -o out");
    let old = files(&portal.path("out"));
    portal.write("content/notes/n0.md", "+++\ntitle = \"เปลี่ยนแล้ว\"\n+++\nใหม่\n");
    let started = std::time::Instant::now();
    portal.done("build --lang en -o fresh");
    let whole = started.elapsed();
    let new = files(&portal.path("fresh"));
    for n in 0..times {
        let mut child = sala()
            .args(["build", "--lang", "en", "-o", "out"])
            .current_dir(portal.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_micros(whole.as_micros() as u64 * (n as u64 + 1) / times as u64));
        let _ = child.kill();
        let _ = child.wait();
        let there = files(&portal.path("out"));
        harm.faults += 1;
        harm.mixed += usize::from(there != old && there != new);
    }
    harm.stuck += usize::from(!portal.run("build --lang en -o out").ends_with("exit 0\n"));
    harm.mixed += usize::from(files(&portal.path("out")) != new);
    harm
}

/// Runs a command that may write no file longer than so many blocks of 1,024 bytes: as on a full disk, writing fails.
#[cfg(unix)]
fn without_room(portal: &Portal, blocks: usize, line: &str) {
    let program = sala();
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {line}");
    let _ = std::process::Command::new("bash")
        .args(["-c", &script])
        .arg(program.get_program())
        .current_dir(portal.root())
        .env("NO_COLOR", "1")
        .output()
        .expect("bash starts");
}

/// Builds, imports and repairs with no room for what they write.
#[cfg(unix)]
pub fn full_disks() -> Harm {
    let mut harm = Harm::default();
    for blocks in [0, 1, 2, 4, 8, 16, 64] {
        let portal = portal(3);
        portal.done("build --lang en -o out");
        let old = files(&portal.path("out"));
        portal.write("content/notes/n0.md", format!("+++\ntitle = \"เปลี่ยนแล้ว\"\n+++\n{}\n", "ยาว ".repeat(9000)));
        portal.done("build --lang en -o fresh");
        let new = files(&portal.path("fresh"));
        without_room(&portal, blocks, "build --lang en -o out");
        let there = files(&portal.path("out"));
        harm.faults += 1;
        harm.mixed += usize::from(there != old && there != new);
        harm.stuck += usize::from(!portal.run("build --lang en -o out").ends_with("exit 0\n"));
    }
    let rows: String = (0..6).map(|n| format!("แถว {n},256{n}\n")).collect();
    for (blocks, line) in
        [(0, "import t.csv --kind note"), (1, "import t.csv --kind note"), (0, "fix"), (1, "fix"), (2, "fix")]
    {
        let portal = portal(3);
        portal.write("t.csv", format!("title,year\n{rows}"));
        portal.write("content/notes/long.md", format!("+++\ntitle = \"ท่ี\"\n+++\n{}\n", "ท่ี ส านกังาน ".repeat(200)));
        let before = sources(&portal);
        without_room(&portal, blocks, line);
        let after = sources(&portal);
        harm.faults += 1;
        // Nothing is half there: every old file is as it was, or the command came to its end.
        let whole = after.iter().all(|(_, bytes)| !bytes.is_empty());
        let kept = before.iter().all(|(path, bytes)| after.get(path) == Some(bytes));
        harm.lost += usize::from(!whole || !kept);
        harm.stuck += usize::from(!portal.run(line).ends_with("exit 0\n"));
    }
    harm
}

#[test]
#[ignore = "takes minutes; `harms` runs it too"]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let harm = killed_builds(6);
    assert_eq!((harm.mixed, harm.lost, harm.stuck), (0, 0, 0), "{harm:?}");
}

#[cfg(unix)]
#[test]
#[ignore = "takes minutes; `harms` runs it too"]
fn a_full_disk_leaves_everything_whole() {
    let harm = full_disks();
    assert_eq!((harm.mixed, harm.lost, harm.stuck), (0, 0, 0), "{harm:?}");
}
