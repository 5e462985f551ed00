//! Files: the same bytes each time, made anew only when something changed.

use sala::internals::cache::Store;
use sala::internals::pdf::plan::Planned;
use sala::internals::pdf::{PdfAssets, Typesetter, make};
use serde_json::json;

use super::*;

#[test]
fn two_runs_are_identical() {
    let job = job("innovation", sample("innovation"));
    let first = made(&job).bytes;
    let other = Typesetter::new(PdfAssets {
        words: WORDS.iter().map(|w| (*w).to_owned()).collect(),
        ..PdfAssets::load(&[crate::handout::theme()]).expect("a kit")
    })
    .expect("a press");
    assert!(first == other.render(&job).expect("a PDF").bytes, "the bytes differ");
    let assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    let fingerprint = assets.fingerprint();
    let mut changed = job.clone();
    changed.data["entry"]["title"] = json!("ชื่ออื่น");
    assert_eq!(assets.key(&fingerprint, &job), assets.key(&fingerprint, &job.clone()));
    assert_ne!(assets.key(&fingerprint, &job), assets.key(&fingerprint, &changed));
}

#[test]
fn only_what_changed_is_made_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::new(dir.path(), "pdf");
    let assets = || PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    let planned = |data| Planned { job: job("innovation", data), page: String::new(), label: None, weight: 1 };
    let mut emoji = sample("innovation");
    emoji["entry"]["title"] = json!("อ่านสนุก ய");
    let list = [planned(sample("innovation")), planned(emoji)];
    let all = |assets: PdfAssets, list: &[Planned]| {
        make::all(&assets, list, |some| Ok(some.to_vec()), Some(&store), true)
            .expect("a press")
            .into_iter()
            .map(|(_, made)| made.expect("a PDF"))
            .collect::<Vec<_>>()
    };
    let first = all(assets(), &list);
    assert_eq!(first[1].problems.len(), 1);
    let kept = all(assets(), &list);
    assert_eq!(first[0].bytes, kept[0].bytes);
    assert_eq!(first[1].problems, kept[1].problems);
    assert_eq!(first[1].pages, kept[1].pages);
    let times = || {
        let mut list: Vec<_> = std::fs::read_dir(dir.path().join(".sala/cache/pdf"))
            .expect("the store")
            .map(|item| item.expect("a file"))
            .map(|item| (item.file_name(), item.metadata().and_then(|m| m.modified()).ok()))
            .collect();
        list.sort();
        list
    };
    let before = times();
    all(assets(), &list);
    assert_eq!(before, times(), "nothing is written when nothing changed");
    // Another text is another file, and the old one goes.
    let mut changed = sample("innovation");
    changed["entry"]["title"] = json!("ชื่ออื่น");
    all(assets(), &[planned(changed), list[1].clone()]);
    let after = times();
    assert_eq!(after.len(), before.len());
    assert_eq!(after.iter().filter(|file| before.contains(file)).count(), 1);
}

#[test]
fn files_come_in_the_order_of_their_requests_however_many() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::new(dir.path(), "pdf");
    let assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    let numbers: Vec<usize> = (0..70).collect();
    let plan = |some: &[usize]| {
        // Weights turn the order of work round.
        let planned = |n: &usize| {
            let mut job = job("innovation", sample("innovation"));
            job.output = format!("{n}.pdf");
            Planned { job, page: String::new(), label: None, weight: *n }
        };
        assert!(some.len() < numbers.len(), "the data of all files is never held at once");
        Ok(some.iter().map(planned).collect())
    };
    let made = make::all(&assets, &numbers, plan, Some(&store), true).expect("a press");
    let names: Vec<String> = made.iter().map(|(planned, _)| planned.job.output.clone()).collect();
    assert_eq!(names, numbers.iter().map(|n| format!("{n}.pdf")).collect::<Vec<_>>());
    assert!(made.iter().all(|(planned, made)| planned.job.data.is_null() && made.is_ok()));
}
