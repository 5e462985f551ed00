//! What looks like front matter and is none is not published as text.

use super::portal::Plant;
use super::refused;

const TEXTS: [(&str, &str); 39] = [
    ("no marks", "draft: true\n\nSECRET\n"),
    ("no marks, toml", "visibility = \"internal\"\n\nSECRET\n"),
    ("after the title", "# ก\n\nvisibility: internal\n\nSECRET\n"),
    ("case", "Visibility: Internal\n\nSECRET\n"),
    ("slip", "visiblity: internal\n\nSECRET\n"),
    ("thai", "ฉบับร่าง: ใช่\n\nSECRET\n"),
    ("four dashes", "----\ntitle: ก\ndraft: true\n----\nSECRET\n"),
    ("long dashes", "———\ntitle: ก\n———\nSECRET\n"),
    ("two dashes", "--\ntitle: ก\n--\nSECRET\n"),
    ("four plus", "++++\ntitle = \"ก\"\n++++\nSECRET\n"),
    ("named mark", "+++toml\ntitle = \"ก\"\n+++\nSECRET\n"),
    ("named mark, yaml", "---yaml\ntitle: ก\n---\nSECRET\n"),
    ("fence", "```yaml\ntitle: ก\ndraft: true\n```\nSECRET\n"),
    ("json", "{\n\"title\": \"ก\",\n\"draft\": true\n}\n\nSECRET\n"),
    ("json on a line", "{\"title\": \"ก\", \"draft\": true}\n\nSECRET\n"),
    ("semicolons", ";;;\n{\"draft\": true}\n;;;\nSECRET\n"),
    ("comment", "<!--\ndraft: true\n-->\n\nSECRET\n"),
    ("comment before", "<!-- visibility: internal -->\n---\ntitle: ก\n---\nSECRET\n"),
    ("second block", "+++\ntitle = \"ก\"\n+++\n---\ndraft: true\n---\nSECRET\n"),
    (
        "second block of many keys",
        "---\ntitle: ก\n---\n\n---\nlayout: page\nname: ก\nauthor: ข\ncategories: [a]\nmenu: main\ndraft: true\n---\n\nSECRET\n",
    ),
    (
        "second block with a key of others",
        "---\ntitle: ก\n---\n\n---\nlayout: page\nname: ก\nauthor: ข\nmenu: main\nembargo_until: 2590-01-01\n---\n\nSECRET\n",
    ),
    (
        "second block of toml",
        "+++\ntitle = \"ก\"\n+++\n\n+++\na = 1\nb = 1\nc = 1\nd = 1\ne = 1\ndraft = true\n+++\nSECRET\n",
    ),
    (
        "second block behind a comment",
        "---\ntitle: ก\n---\n<!-- ย้ายมา -->\n---\nlayout: page\na: 1\nb: 2\nc: 3\npublished: false\n---\nSECRET\n",
    ),
    ("not a map", "---\nคำนำ\ndraft: true\n---\nSECRET\n"),
    ("quotation", "> draft: true\n\nSECRET\n"),
    ("list", "- visibility: internal\n\nSECRET\n"),
    ("bold", "**visibility**: internal\n\nSECRET\n"),
    ("heading", "# ร่าง\n\nSECRET\n"),
    ("heading behind keys", "+++\ntitle = \"ก\"\n+++\n\n# draft\n\nSECRET\n"),
    ("heading of a paper", "# INTERNAL USE ONLY\n\nSECRET\n"),
    ("wide colon", "draft： true\n\nSECRET\n"),
    ("definition", "ชั้นความลับ\n: ลับ\n\nSECRET\n"),
    ("labels", "tags: plan, draft\n\nSECRET\n"),
    ("meta", "<meta name=\"visibility\" content=\"internal\">\n\nSECRET\n"),
    ("stamp of html", "<p align=\"center\">ลับ</p>\n\nSECRET\n"),
    ("stamp with a version", "(ร่าง ๒)\n\nSECRET\n"),
    ("stamp with a day", "ฉบับร่าง ณ วันที่ 5 พ.ค. 2566\n\nSECRET\n"),
    ("stamp of an office", "# ก\n\nใช้ภายในหน่วยงานเท่านั้น\n\nSECRET\n"),
    ("stamps in a line", "#ลับ #ภายใน\n\nSECRET\n"),
];

const KEYS: [&str; 80] = [
    "Visibility: internal",
    "ซ่อน: ใช่",
    "ยังไม่เผยแพร่: ใช่",
    "เผยแพร่แล้ว: ไม่",
    "staff_only: true",
    "audience: staff",
    "tags: draft, plan",
    "tags: draft plan",
    "tags: internal, plan",
    "categories: ร่าง, แผน",
    "tags: [\"status/draft\"]",
    "VISIBILITY: internal",
    "visiblity: internal",
    "visibilty: private",
    "Draft: true",
    "drafts: true",
    "is_draft: true",
    "private: true",
    "internal: true",
    "status: draft",
    "params: { draft: true }",
    "sitemap: { draft: true }",
    "summary: { th: ก, draft: true }",
    "tags: [แผน, { draft: true }]",
    "menu: { main: { visibility: internal } }",
    "menu: { internal_sections: [เล่า] }",
    "ฉบับร่าง: true",
    "private_page: true",
    "internalOnly: true",
    "is_public: false",
    "public: no",
    "listed: false",
    "show: never",
    "wip: true",
    "status: wip",
    "headless: true",
    "_build: { list: never }",
    "confidential: true",
    "password: x",
    "embargo_until: 2590-01-01",
    "expiryDate: 2001-01-01",
    "status: not published",
    "status: for internal use",
    "สถานะ: ฉบับร่างที่ 2",
    "ชั้นความลับ: ลับมาก",
    "เผยแพร่: ไม่",
    "hidden_sections: [เล่า]",
    "members_only: true",
    "nopublish: true",
    "dg-publish: false",
    "review_status: pending",
    "hide: true",
    "เฉพาะภายใน: ใช่",
    "publish_at: 2590-01-01",
    "share: false",
    "export: no",
    "output: false",
    "scheduled: 2590-01-01",
    "stage: รอตรวจ",
    "audience: team",
    "archived: true",
    "noindex: true",
    "robots: noindex",
    "build: { render: never }",
    "สถานะ: กำลังร่าง",
    "สถานะ: ร่าง ๑",
    "สถานะ: ห้ามเผยแพร่",
    "draft_flag: true",
    "hidden_on_web: true",
    "private_flag: yes",
    "internal_view: true",
    "confidential_info: true",
    "access: closed",
    "access: login required",
    "access: interal",
    "การเข้าถึง: ซ่อน",
    "การเผยแพร่: ปิด",
    "ชั้นความลับ: ไม่แสดง",
    "การมองเห็น: ภายในโรงเรียน",
    "ยินยอมให้แชร์: ไม่",
];

/// Texts outside front matter.
pub fn unmarked() -> Vec<Plant> {
    let mut plants = Vec::new();
    for folder in ["pages", "notes"] {
        for (n, (name, text)) in TEXTS.into_iter().enumerate() {
            let path = format!("content/{folder}/f{n}.md");
            plants.push(Plant::new(format!("{folder}: {name}"), &[(&path, text)]));
        }
    }
    plants
}

#[test]
fn what_looks_like_front_matter_is_an_error() {
    refused(&unmarked(), "S209", "front matter");
}

/// Keys of front matter.
pub fn keys() -> Vec<Plant> {
    let plants = KEYS.into_iter().enumerate().map(|(n, key)| {
        let text = format!("---\ntitle: ก\n{key}\n---\nSECRET\n");
        Plant::new(format!("key {key}"), &[(&format!("content/pages/k{n}.md"), &text)])
    });
    plants.collect()
}

#[test]
fn keys_that_are_nearly_visibility_or_draft_are_errors() {
    refused(&keys(), "S314", "keys");
}
