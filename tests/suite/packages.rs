//! The packages of `.ci/package`, made of the program under test and used where nothing else is.

use crate::tools::{has, repository, skip};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

const TARGET: &str = "x86_64-unknown-linux-gnu";

/// The folder of packages, made once.
fn packages() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
        let _ = fs::remove_dir_all(&out);
        let done = Command::new(repository().join(".ci/package"))
            .args([env!("CARGO_BIN_EXE_sala"), TARGET, "-o"])
            .arg(&out)
            .output()
            .expect("python3 starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        out
    })
}

fn named(ending: &str) -> PathBuf {
    let files = fs::read_dir(packages()).unwrap().map(|e| e.unwrap().path());
    files.into_iter().find(|p| p.to_string_lossy().ends_with(ending)).unwrap_or_else(|| panic!("no {ending}"))
}

fn run(command: &mut Command) -> String {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Ends a preview whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `sala serve` and asks for its home page.
fn serves(command: &mut Command) {
    let mut running = Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<h1"), "{page}");
}

/// The archive, in a folder that is the whole system: the program, the C library that it names, and nothing else.
#[test]
fn the_archive_makes_and_serves_a_portal_where_nothing_else_is() {
    let root_user = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    if !has("python3") || !root_user || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return skip("the archive", "python3 on Linux, as root (chroot), is needed");
    }
    let system = tempfile::tempdir().unwrap();
    let root = system.path();
    run(Command::new("tar").arg("-xzf").arg(named(".tar.gz")).args(["--strip-components=1", "-C"]).arg(root));
    let notices = fs::read_to_string(root.join("THIRD-PARTY-NOTICES.txt")).unwrap();
    assert!(
        notices.contains("tantivy") && notices.contains("Mozilla Public License") && notices.contains("SIL OPEN FONT")
    );
    for line in run(Command::new("ldd").arg(root.join("sala"))).lines() {
        if let Some(path) = line.split_whitespace().find(|word| word.starts_with('/')) {
            let to = root.join(path.trim_start_matches('/'));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(path, to).unwrap();
        }
    }
    for folder in ["tmp", "proc"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    let sala = |arguments: &[&str]| {
        let mut command = Command::new("chroot");
        command.arg(root).arg("/sala").args(arguments).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    };
    run(&mut sala(&["init", "/portal"]));
    run(&mut sala(&["build", "--portal", "/portal"]));
    assert!(root.join("portal/public/index.html").is_file());
    serves(&mut sala(&["serve", "--portal", "/portal", "--port", "0"]));
}

/// pip takes the wheel without the network, and so does npm its package.
#[test]
fn the_wheel_and_the_npm_package_install_and_run() {
    if !has("python3") || !has("npm") || !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return skip("packages", "python3 and npm on Linux are needed");
    }
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("venv");
    run(Command::new("python3").args(["-m", "venv"]).arg(&place));
    run(Command::new(place.join("bin/pip")).args(["install", "--quiet", "--no-index"]).arg(named(".whl")));
    let version = format!("sala {}", env!("CARGO_PKG_VERSION"));
    assert!(run(Command::new(place.join("bin/sala")).arg("--version")).starts_with(&version));
    let node = dir.path().join("node");
    fs::create_dir(&node).unwrap();
    fs::write(node.join("package.json"), "{\"private\": true}").unwrap();
    run(Command::new("npm")
        .args(["install", "--offline", "--silent", "--no-audit", "--no-fund"])
        .arg(named(".tgz"))
        .current_dir(&node));
    assert!(run(Command::new(node.join("node_modules/.bin/sala")).arg("--version")).starts_with(&version));
    if has("dpkg-deb") {
        let to = dir.path().join("deb");
        run(Command::new("dpkg-deb").arg("-x").arg(named(".deb")).arg(&to));
        assert!(run(Command::new(to.join("usr/bin/sala")).arg("--version")).starts_with(&version));
    }
}
