//! Mutated inputs for everything that takes bytes of anybody ([`bodies`]): so many executions of each, the same ones in
//! every run. `SALA_FUZZ=100000` does more of them; cargo-fuzz goes on from here (`fuzz/README.md`).

#[path = "fuzz/bodies.rs"]
mod bodies;

use crate::tools::repository;
use bodies::{Body, TARGETS};
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Executions of a target in an ordinary run.
const FEW: usize = 300;
/// Longest that one may take.
const SLOW: Duration = Duration::from_secs(10);
/// Longest input.
const LONGEST: usize = 1 << 16;

/// Pieces that mean something to some reader.
const PIECES: [&str; 44] = [
    "---\n",
    "+++\n",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\u{200b}",
    ": ",
    " = ",
    "\"",
    "'",
    "[[",
    "]]",
    "{",
    "}",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<script>",
    "```query\n",
    "```\n",
    "[^1]",
    "[^1]: ",
    "![a](b.png)",
    "| a | b |\n",
    "| --- | --- |\n",
    "## บันทึกภายใน\n",
    "visibility: internal\n",
    "draft = true\n",
    "title = \"ก\"\n",
    "> ",
    "- ",
    "1. ",
    "$x^2$",
    "&#x202e;",
    "\u{e33}",
    "\u{e49}\u{e49}",
    "๒๕๖๖-๐๒-๒๙",
    "1-2345-67890-12-1",
    "0812345678",
    "%2e%2e%2f",
    "\0",
    "99999999999999999999",
];

/// A small generator with a fixed sequence (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// Inputs of a target to begin with: small files of `tests/data`.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let data = repository().join("tests/data");
    let mut files: Vec<_> = walkdir::WalkDir::new(data.join("fuzz").join(target))
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| std::fs::read(e.path()).expect("a file"))
        .collect();
    let author = |name: &str| std::fs::read(data.join("author").join(name)).expect("a file");
    match target {
        "docx" => files.extend([author("report.docx"), author("report.odt")]),
        "tables" => {
            files.push([&[1], &author("lessons.xlsx")[..]].concat());
            files.push([&[2], &author("lessons.ods")[..]].concat());
            files.push([&[4], &author("lessons.xls")[..]].concat());
        }
        _ => {}
    }
    assert!(!files.is_empty(), "tests/data/fuzz/{target} is empty");
    files
}

/// Another input made of one: cut, doubled, joined with another, with bits turned and pieces put in.
fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let seed = &seeds[random.below(seeds.len())];
    let head = usize::from(seed.get(1..3) == Some(b"PK"));
    let mut bytes = match seed[head.min(seed.len())..].starts_with(b"PK") {
        // A part within the archive, or its bytes as they are.
        true if random.below(4) > 0 => return [&seed[..head], &archive(random, &seed[head..])].concat(),
        _ => seed.clone(),
    };
    for _ in 0..1 + random.below(6) {
        change(random, &mut bytes, seeds);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(random: &mut Random, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(40)).min(bytes.len());
    let piece = PIECES[random.below(PIECES.len())].as_bytes();
    match random.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.below(256) as u8,
        2 => drop(bytes.drain(at.min(end)..end)),
        3 => bytes.truncate(at),
        4 => {
            let copy = bytes[at.min(end)..end].repeat(1 + random.below(30));
            drop(bytes.splice(at..at, copy));
        }
        5 => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len() + 1);
            drop(bytes.splice(at.., other[from..].iter().copied()));
        }
        6 => drop(bytes.splice(at..at, piece.repeat(1 + random.below(3) * random.below(200)))),
        _ => drop(bytes.splice(at..at, piece.iter().copied())),
    }
}

/// An archive with one of its parts changed.
fn archive(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive of the corpus");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = random.below(old.len());
    for i in 0..old.len() {
        let mut part = old.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("bytes");
        if i == chosen
            || (name.contains("document") || name.contains("content") || name.contains("sheet1"))
                && random.below(2) == 0
        {
            for _ in 0..1 + random.below(4) {
                let seeds = [text.clone()];
                change(random, &mut text, &seeds);
            }
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        new.write_all(&text).expect("written");
    }
    new.finish().expect("an archive").into_inner()
}

/// Runs a target on its corpus and on so many mutations; gives the number of executions.
pub fn run(target: &str, body: Body, executions: usize) -> usize {
    let seeds = corpus(target);
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ target.bytes().fold(1, |n, b| n * 31 + u64::from(b)));
    for n in 0..seeds.len() + executions {
        let input = seeds.get(n).cloned().unwrap_or_else(|| mutated(&mut random, &seeds));
        let started = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| body(&input))).is_err() || started.elapsed() > SLOW {
            let kept = std::env::temp_dir().join(format!("sala-fuzz-{target}-{n}"));
            std::fs::write(&kept, &input).expect("written");
            panic!("{target}, execution {n}, {:?}: the input is in {}", started.elapsed(), kept.display());
        }
    }
    seeds.len() + executions
}

/// Executions of each target, by name.
pub fn run_all() -> Vec<(&'static str, usize)> {
    let asked = std::env::var("SALA_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    TARGETS.iter().map(|(name, body)| (*name, run(name, *body, asked))).collect()
}

#[test]
fn nothing_that_takes_bytes_panics() {
    for (name, executions) in run_all() {
        println!("{name}\t{executions} executions");
    }
}
