//! Share of damaged words repaired right, on words read by hand.
//!
//! `tests/data/thai/damaged.tsv` holds words drawn at random from four
//! damaged documents: the line, the half (`dev` was looked at while the rules
//! were made, `held` was not), the word in its context and the right form.

use sala::internals::text::chars;
use sala::internals::text::repair::{Edit, Options, apply, only_certain, repair};

struct Row {
    source: &'static str,
    half: &'static str,
    damaged: &'static str,
    before: &'static str,
    right: &'static str,
}

static TABLE: &str = include_str!("../../data/thai/damaged.tsv");

fn rows() -> Vec<Row> {
    let parts = |cell: &'static str| -> Option<(&'static str, &'static str)> {
        let (before, rest) = cell.split_once('[')?;
        Some((before, rest.split_once(']')?.0))
    };
    TABLE
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let (before, _) = parts(cells[3]).expect("a word in brackets");
            let (_, right) = parts(cells[4]).expect("a word in brackets");
            Row { source: cells[0], half: cells[2], damaged: cells[3], before, right }
        })
        .collect()
}

/// Offsets of the letters that damage and repair leave alone.
fn letters(text: &str) -> Vec<usize> {
    let moves = |c: char| chars::is_mark(c) || c == '\u{fffd}' || c.is_whitespace();
    text.char_indices().filter(|&(_, c)| !moves(c)).map(|(at, _)| at).collect()
}

/// The word that now stands where the damaged one stood.
fn word_at<'a>(row: &Row, text: &'a str) -> &'a str {
    let inside = row.damaged.split_once('[').and_then(|(_, r)| r.split_once(']'));
    let count = letters(inside.map_or("", |(word, _)| word)).len();
    let first = letters(row.before).len();
    let all = letters(text);
    let at = |n: usize| all.get(n).copied().unwrap_or(text.len());
    text[at(first)..at(first + count)].trim()
}

/// (words, right by certain repairs, right by all repairs) of one document.
fn measure(rows: &[&Row]) -> (usize, usize, usize) {
    let text: String = rows.iter().map(|r| r.damaged.replace(['[', ']'], "") + "\n").collect();
    let edits = repair(&text, Options::default());
    let mut counts = (0, 0, 0);
    let mut start = 0;
    for row in rows {
        let line = text[start..].lines().next().unwrap_or("");
        let end = start + line.len();
        let own: Vec<Edit> = edits
            .iter()
            .filter(|e| e.range.start >= start && e.range.end <= end)
            .map(|e| Edit { range: e.range.start - start..e.range.end - start, ..e.clone() })
            .collect();
        counts.0 += 1;
        counts.1 += usize::from(word_at(row, &apply(line, &only_certain(&own))) == row.right);
        counts.2 += usize::from(word_at(row, &apply(line, &own)) == row.right);
        start = end + 1;
    }
    counts
}

#[test]
fn damaged_words_are_repaired() {
    let rows = rows();
    assert!(rows.len() >= 500);
    for half in ["dev", "held"] {
        let mut sum = (0, 0, 0);
        for source in ["000", "001", "002", "003"] {
            let own: Vec<&Row> = rows.iter().filter(|r| r.half == half && r.source == source).collect();
            let (words, certain, all) = measure(&own);
            println!("{half} {source}: {words} words, {certain} right by certain repairs, {all} by all");
            sum = (sum.0 + words, sum.1 + certain, sum.2 + all);
        }
        let share = |n: usize| 100.0 * n as f64 / sum.0 as f64;
        println!("{half}: {} words, certain {:.1} %, all {:.1} %", sum.0, share(sum.1), share(sum.2));
        assert!(share(sum.1) >= 95.0 && share(sum.2) >= 95.0, "{half}: {sum:?}");
    }
}

#[test]
fn each_kind_of_damage() {
    for (damaged, right) in [
        ("จ าแนก", "จำแนก"),
        ("ท ํางาน", "ทำงาน"),
        ("ที ่ ประสงค ์ วัฒนธรรม", "ที่ ประสงค์ วัฒนธรรม"),
        ("สำ\u{fffd}คัญ", "สำคัญ"),
        ("ทำ \u{fffd}งาน", "ทำงาน"),
        ("พ้ืนที่", "พื้นที่"),
        ("ย่ังยืน", "ยั่งยืน"),
        ("สัมฤทธ์ิ", "สัมฤทธิ์"),
        ("ประสงค ์", "ประสงค์"),
        ("ว ัฒนธรรม", "วัฒนธรรม"),
        ("ผู ้บริหาร", "ผู้บริหาร"),
        ("การพฒันาคณุภาพการศกึษา", "การพัฒนาคุณภาพการศึกษา"),
        ("ผูบ้ริหารไดรั้บขอ้ตกลงองคก์ร", "ผู้บริหารได้รับข้อตกลงองค์กร"),
        ("ใหเ้ปน็ไดแ้ก่", "ให้เป็นได้แก่"),
        ("เทคโนโลยแีละ", "เทคโนโลยีและ"),
        ("เขา้ใจ", "เข้าใจ"),
        ("(จัดหาทุนให)้", "(จัดหาทุนให้)"),
        ("วธีิการ", "วิธีการ"),
        ("การเ มือง", "การเมือง"),
        ("ทักษะชี วิต", "ทักษะชีวิต"),
        ("นํ้าใจ", "น้ำใจ"),
        ("เเก้ไข", "แก้ไข"),
        ("ผู้ บ ริ ห า ร โร ง เรี ย น", "ผู้บริหาร โรงเรียน"),
    ] {
        let edits = repair(damaged, Options::default());
        assert_eq!(apply(damaged, &edits), right, "{damaged}: {edits:?}");
    }
}
