//! Puts the files of the default theme into the program, so that a portal needs no theme folder.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("themes/default");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for part in ["templates", "static", "icons", "i18n"] {
        collect(&root.join(part), &mut files);
    }
    files.push(root.join("theme.toml"));
    write("theme_files.rs", &root, files);
    for (folder, ending, list) in [("handout", "typ", "handout_files.rs"), ("fonts", "ttf", "font_files.rs")] {
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files);
        files.retain(|file| file.extension().is_some_and(|e| e == ending));
        write(list, &root.join(folder), files);
    }
    networks(&PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")));
}

/// Writes a list of files with their bytes, by their paths below `root`.
fn write(name: &str, root: &Path, mut files: Vec<PathBuf>) {
    files.sort();
    let mut out = String::from("&[\n");
    for file in files.iter().filter(|f| f.is_file()) {
        println!("cargo::rerun-if-changed={}", file.display());
        let path = file.strip_prefix(root).expect("below the folder").to_string_lossy().replace('\\', "/");
        writeln!(out, "    ({path:?}, include_bytes!({:?})),", file.display().to_string()).expect("a string");
    }
    out.push_str("]\n");
    let target = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join(name);
    std::fs::write(target, out).expect("the target folder is writable");
}

/// What `sala init --template networks` writes: the portal of this repository without its samples. Copies are compiled in, not
/// the files themselves: who edits content does not compile the program.
fn networks(repository: &Path) {
    let mut files = vec![repository.join("portal.toml")];
    collect(&repository.join("content"), &mut files);
    collect(&repository.join("themes/networks"), &mut files);
    files.sort();
    let folder = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join("networks");
    let _ = std::fs::remove_dir_all(&folder);
    let text = |file: &Path| std::fs::read_to_string(file).unwrap_or_default();
    let mut out = String::from("&[\n");
    for file in files.iter().filter(|f| f.is_file()) {
        let name = file.strip_prefix(repository).expect("in the repository").to_string_lossy().replace('\\', "/");
        let page = name.ends_with(".md");
        let original = file.with_file_name(name.rsplit('/').next().unwrap_or(&name).replace(".en.md", ".md"));
        let sample = |file: &Path| text(file).lines().any(|line| line.trim() == "illustrative = true");
        let data = !name.starts_with("content/") || name.ends_with(".toml") || name.ends_with("registry.csv");
        if name.contains("_data/samples.") || (page && (sample(file) || sample(&original))) || !(page || data) {
            continue;
        }
        let copy = folder.join(&name);
        std::fs::create_dir_all(copy.parent().expect("a folder")).expect("the target folder is writable");
        std::fs::copy(file, &copy).expect("the target folder is writable");
        writeln!(out, "    ({name:?}, include_bytes!({:?})),", copy.display().to_string()).expect("a string");
    }
    out.push_str("]\n");
    std::fs::write(folder.with_extension("rs"), out).expect("the target folder is writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    if !folder.components().any(|part| part.as_os_str() == "content") {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
            files.push(path);
        }
    }
}
