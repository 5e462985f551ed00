//! Results and adopters of an innovation: what bars end at, what stands beside what, who counts as a user.

use sala::internals::pdf::{Job, Paper};
use serde_json::json;

use super::*;

/// A result: unit, numbers before and after, how many were measured.
fn result(unit: &str, before: i64, after: i64, n: Option<i64>) -> Value {
    json!({ "indicator": { "text": format!("ตัวชี้วัด {unit} {after}") }, "unit": { "text": unit }, "period": { "text": "2565" },
        "before": { "text": before.to_string(), "raw": before }, "after": { "text": after.to_string(), "raw": after },
        "n": { "text": n.map_or(String::new(), |n| n.to_string()), "raw": n, "present": n.is_some() } })
}

fn text_of(template: &str, paper: Paper, data: Value) -> Option<String> {
    let pdf = typesetter().render(&Job { paper, ..job(template, data) }).expect("a PDF");
    poppler("pdftotext", &["-raw"], &pdf.bytes)
}

fn with_results(list: &[Value]) -> Value {
    let mut data = sample("innovation");
    data["entry"]["fields"]["results"]["records"] = json!(list);
    data
}

/// Where the scales end: below the bars, after a 0.
fn ends(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).filter(|w| w[0] == "0").map(|w| w[1]).collect()
}

#[test]
fn bars_stand_on_the_scale_of_their_unit() {
    for (list, expected) in [
        (vec![result("ร้อยละ", 44, 69, None), result("แผน จาก 64 แผน", 1, 41, None)], vec!["100", "64"]),
        // What is measured alike has one scale, on which the best value does not look complete.
        (vec![result("คำต่อนาที", 31, 47, None), result("คำต่อนาที", 32, 40, None)], vec!["50", "50"]),
        (vec![result("คำต่อนาที", 31, 50, None)], vec!["100"]),
        (vec![result("กิจกรรม", 1, 3, Some(18))], vec!["5"]),
        // People are counted out of all that were measured; other units say nothing of that number.
        (vec![result("คน", 11, 34, Some(37)), result("คน", 1, 3, Some(3))], vec!["37", "3"]),
        (vec![result("คน", 11, 34, None)], vec!["50"]),
        (vec![result("คน", 11, 34, Some(30))], vec!["50"]),
    ] {
        let Some(text) = text_of("innovation", Paper::A4, with_results(&list)) else { return };
        assert_eq!(ends(&text), expected, "{list:?}: {text}");
    }
}

/// A group to compare with is half of the result: without it the card would claim more than was seen.
#[test]
fn what_is_measured_alike_stands_together_on_a_wall() {
    let list = [result("คำต่อนาที", 31, 47, Some(86)), result("ครั้ง", 1, 2, None), result("คำต่อนาที", 32, 40, Some(81))];
    for (template, paper) in [("innovation-wall", Paper::A3), ("innovation-card", Paper::Card)] {
        let Some(text) = text_of(template, paper, with_results(&list)) else { return };
        assert_eq!(ends(&text), ["50", "50"], "{template}: {text}");
        let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for part in ["ตัวชี้วัดคำต่อนาที47", "ตัวชี้วัดคำต่อนาที40", "ขนาดกลุ่มที่วัด81"]
        {
            assert!(flat.contains(part), "{template}, {part}: {text}");
        }
        assert!(!flat.contains("ตัวชี้วัดครั้ง"), "{template}: {text}");
    }
}

/// Only what the vocabulary counts as used is called so.
#[test]
fn interest_is_no_adoption() {
    let row = |network: &str, status: &str, used: Option<i64>| {
        json!({ "network": { "text": network, "present": true }, "year": { "text": "2565", "present": true },
            "status": { "text": status, "term": "x", "value": used, "present": true } })
    };
    let mut data = sample("innovation");
    data["entry"]["fields"]["adopted_by"] = json!({ "id": "adopted_by", "label": "ผู้นำไปใช้", "type": "table", "present": true, "records": [
        row("แห่งที่หนึ่ง", "สนใจ", None), row("แห่งที่สอง", "ใช้แล้ว", Some(1)), row("แห่งที่สาม", "สนใจ", None),
        row("แห่งที่สี่", "เลิกใช้", Some(0)), row("แห่งที่ห้า", "ปรับใช้แล้ว", Some(1)),
    ] });
    let flat = |data: &Value| {
        let text = text_of("innovation", Paper::A4, data.clone())?;
        Some(text.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let Some(named) = flat(&data) else { return };
    for part in ["ใช้แล้ว:แห่งที่สอง", "ปรับใช้แล้ว:แห่งที่ห้า", "สนใจ:แห่งที่หนึ่ง", "เลิกใช้:แห่งที่สี่"]
    {
        assert!(named.contains(part), "{part}: {named}");
    }
    assert!(!named.contains("รับไปใช้แล้ว"), "{named}");
    // Where the side is full they are counted.
    data["entry"]["sections"]["problem"]["blocks"] =
        json!([{ "type": "p", "runs": [{ "t": "ครูพบว่านักเรียนที่อ่านไม่คล่องแทบไม่มีหนังสือที่บ้าน ".repeat(40) }] }]);
    let counted = flat(&data).expect("as before");
    for part in ["รับไปใช้แล้ว2แห่ง", "สนใจ2แห่ง", "เลิกใช้1แห่ง"]
    {
        assert!(counted.contains(part), "{part}: {counted}");
    }
}
