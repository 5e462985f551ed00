//! What the portal of this repository promises about the programme: whose duty a record fulfils, and what stays inside.

use crate::tools::{repository, site};
use std::fs;

/// The row with a label of the table that has a title, as HTML; what only tells where lines end is left out.
fn row(page: &str, title: &str, label: &str) -> String {
    let marks = regex::Regex::new("<span class=\"nb[^>]*>([^<]*)</span>").unwrap();
    let page = marks.replace_all(page, "$1").replace('\u{a0}', " ");
    // The contents of the page name the table as well: its own title is the caption.
    let titled = |table: &&str| table.split_once("</caption>").is_some_and(|(caption, _)| caption.contains(title));
    let table = page.split("<table").skip(1).find(titled).expect("the table is on the page");
    let (table, _) = table.split_once("</table>").expect("the table ends");
    table.split("<tr").find(|r| r.contains(label)).unwrap_or_else(|| panic!("no row {label}")).to_string()
}

/// A record of a network does not fulfil its office's own duty, and a plan counts in every year of its period.
#[test]
fn duties_are_credited_to_the_body_that_owes_them() {
    let page = fs::read_to_string(site().join("syntheses/syn-2565.html")).unwrap();
    let office = row(&page, "หน้าที่รายสำนักงาน", "ตัวอย่าง เขต 1<");
    assert!(office.contains("plan-2564-so01-promotion.html"), "{office}");
    assert!(office.contains("plan-2565-so01-supervision.html"), "{office}");
    assert!(!office.contains("aars/"), "{office}");
    let network = row(&page, "หน้าที่รายเครือข่าย", "ตัวอย่างริมน้ำ");
    assert!(network.contains("plan-2564-sn02.html") && network.contains("aar-2565-07.html"), "{network}");
    let visits = row(&page, "การติดตามของที่ปรึกษา", "ตัวอย่างริมน้ำ");
    assert!(visits.contains("visit-2565-sn02-1.html") && visits.contains("visit-2565-sn02-2.html"), "{visits}");
}

/// A record about an office has that office, as a record about a network has the network's office.
#[test]
fn a_subject_of_the_wanted_kind_stands_for_itself() {
    let data: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(site().join("data/aar.json")).unwrap()).unwrap();
    let office = |id: &str| {
        let entries = data["entries"].as_array().unwrap();
        entries.iter().find(|e| e["id"] == id).unwrap_or_else(|| panic!("{id}")).to_string()
    };
    assert!(office("aar-2566-05").contains("so-01"));
    assert!(office("aar-2565-07").contains("so-01") && office("aar-2565-07").contains("sn-02"));
}

/// Counts of the announced list leave out samples and whatever joins later.
#[test]
fn the_announced_list_keeps_its_numbers() {
    let page = fs::read_to_string(site().join("about.html")).unwrap();
    for number in [">175<", ">96<", ">73<", ">22<"] {
        assert!(page.contains(number), "{number}");
    }
}

/// Titles of internal and draft entries, and text of internal sections, reach no published file.
#[test]
fn internal_records_of_the_portal_stay_inside() {
    let mut secrets = vec!["ห้อง ป.4 ของโรงเรียนหนึ่งยังไม่ได้ใช้ผลวัดจัดกลุ่ม".to_string()];
    for folder in [
        "applications",
        "evaluations",
        "lead-frameworks",
        "school-data",
        "state-checks",
        "supervision",
        "news",
        "needs",
    ] {
        for file in fs::read_dir(repository().join("content").join(folder)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            let internal_kind = !matches!(folder, "news" | "needs");
            let hidden = if internal_kind {
                !text.contains("visibility = \"public\"")
            } else {
                text.contains("visibility = \"internal\"") || text.contains("draft = true")
            };
            let title = text.lines().find_map(|l| l.strip_prefix("title = \"")).and_then(|l| l.strip_suffix('"'));
            secrets.extend(title.filter(|_| hidden).map(str::to_string));
        }
    }
    assert!(secrets.len() > 10, "{secrets:?}");
    for entry in walkdir::WalkDir::new(site()).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{} holds {secret}", entry.path().display());
        }
    }
}

/// Every lesson of every AAR has a page; what later reviews found stands on it, and lists and facets know it.
#[test]
fn lessons_are_pages_that_tell_what_became_of_them() {
    let page = fs::read_to_string(site().join("lessons/aar-2564-02-lesson-1.html")).unwrap();
    assert!(page.contains("ใช้แล้วพบว่าไม่เป็นเช่นนั้น") && page.contains("aars/aar-2564-02.html"), "{page}");
    assert!(site().join("lessons/by/later/contradicted.html").is_file());
    let aars = fs::read_to_string(site().join("data/aar.json")).unwrap();
    let lessons = fs::read_to_string(site().join("data/lesson.json")).unwrap();
    let (aars, lessons): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&aars).unwrap(), serde_json::from_str(&lessons).unwrap());
    let rows = aars["entries"].as_array().unwrap().iter().filter_map(|e| e["fields"]["lessons"].as_array());
    assert_eq!(rows.map(Vec::len).sum::<usize>(), lessons["entries"].as_array().unwrap().len());
}

/// The rows of an AAR that are pages of their own stand on it once, as links.
#[test]
fn an_aar_tells_each_lesson_once() {
    let page = fs::read_to_string(site().join("aars/aar-2564-02.html")).unwrap();
    assert_eq!(page.matches("href=\"../lessons/aar-2564-02-lesson-1.html\"").count(), 1);
    let lessons = fs::read_to_string(site().join("networks/sn-02.html")).unwrap();
    assert!(lessons.contains("../lessons/"), "a network has the lessons of its AARs");
}

/// A page that is passed on shows a picture of its own, which the page itself does not offer; the files are few.
#[test]
fn links_have_pictures_of_their_own() {
    for (folder, id) in [("innovations", "inn-friday-check"), ("aars", "aar-2564-01"), ("syntheses", "syn-2564")] {
        for lang in ["", "en/"] {
            let page = fs::read_to_string(site().join(format!("{lang}{folder}/{id}.html"))).unwrap();
            let picture = format!("handouts/{lang}{id}-link.png");
            assert!(page.contains(&format!("content=\"https://sala.example/{picture}\"")), "{lang}{id}");
            assert_eq!(page.matches(&format!("{id}-link.png")).count(), 1, "{lang}{id}");
            assert!(site().join(&picture).metadata().unwrap().len() < 120 << 10, "{picture}");
        }
    }
    let pictures = |folder: &str| {
        let files = fs::read_dir(site().join(folder)).unwrap().flatten();
        files.filter(|f| f.file_name().to_string_lossy().ends_with("-link.png")).count()
    };
    assert!(pictures("handouts") + pictures("handouts/en") <= 200);
    let network = fs::read_to_string(site().join("networks/nw-001.html")).unwrap();
    assert!(network.contains("/assets/network."), "other kinds share one");
}

/// A list offers what is made of all its entries, and its data.
#[test]
fn lists_link_to_their_poster_and_data() {
    let list = fs::read_to_string(site().join("models/index.html")).unwrap();
    assert!(list.contains("../handouts/models-poster.pdf") && list.contains("../data/model.csv"), "{list}");
}

/// No heading stands over a label of the same words, and no page has two headings alike.
#[test]
fn headings_are_not_said_twice() {
    let doubled =
        regex::Regex::new(r#"(?s)<h2[^>]*>([^<]*)</h2>\s*<dl class="deflist">\s*<div>\s*<dt>([^<]*)</dt>"#).unwrap();
    let heading = regex::Regex::new(r"(?s)<main.*?</main>").unwrap();
    let mut wrong = Vec::new();
    for folder in ["needs", "plans", "forums", "visits", "agreements", "duties", "."] {
        for page in fs::read_dir(site().join(folder)).unwrap().flatten().map(|e| e.path()) {
            let Some(html) = page.extension().filter(|e| *e == "html").and_then(|_| fs::read_to_string(&page).ok())
            else {
                continue;
            };
            let main = heading.find(&html).map_or("", |m| m.as_str());
            wrong.extend(
                doubled
                    .captures_iter(main)
                    .filter(|c| c[1].trim() == c[2].trim())
                    .map(|c| format!("{page:?} {}", &c[1])),
            );
            let mut heads: Vec<&str> = main.split("<h2").skip(1).filter_map(|h| h.split("</h2>").next()).collect();
            heads.iter_mut().for_each(|h| *h = h.split_once('>').map_or(*h, |(_, text)| text));
            heads.sort_unstable();
            wrong.extend(heads.windows(2).filter(|w| w[0] == w[1]).map(|w| format!("{page:?} {}", w[0])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A share is shown for a group of three; no judgement of a single school is in any file.
#[test]
fn indicators_are_computed_and_no_school_is_judged_in_public() {
    let page = fs::read_to_string(site().join("indicators/indicator-1.html")).unwrap();
    let sum = row(&page, "ร้อยละที่ผ่าน รายเครือข่าย", "รวม");
    assert!(sum.contains("88.9% (8 จาก 9)"), "{sum}");
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(text.replace('\u{200b}', "").contains("ทุกตัวเลขเป็นตัวอย่างสมมติ"), "{text}");
    assert!(!site().join("judgements").exists() && !site().join("data/judgement.json").exists());
}

/// Samples say so wherever they leave the page: table, feed, metadata, home page.
#[test]
fn samples_are_marked_outside_their_pages() {
    let read = |path: &str| fs::read_to_string(site().join(path)).unwrap();
    let table = read("data/innovation.csv");
    assert!(table.lines().next().unwrap().contains(",illustrative,"), "{table}");
    assert!(read("feed.xml").contains("<title>ตัวอย่างสมมติ: "));
    let page = read("innovations/inn-sar-one-page.html");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("og:title\" content=\"ตัวอย่างสมมติ: ") && page.contains("creativeWorkStatus"), "{page}");
    assert!(read("index.html").contains("ตัวอย่าง 18"));
}

/// The policy paper of a phase is two pages, and what it links to is cited on paper.
#[test]
fn the_policy_paper_of_a_phase_is_two_pages() {
    let page = fs::read_to_string(site().join("policy-papers/policy-phase-1.html")).unwrap();
    assert!(page.contains("handouts/policy-phase-1.pdf") && page.contains("2 หน้า"), "{page}");
    assert!(page.contains("recommendations/rec-sample-lesson-owner.html"), "{page}");
}
