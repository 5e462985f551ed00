//! Pages, folders, files, tags and keys that are about what is internal, private, secret or a draft: nothing stops them.

use crate::fixture::Portal;

/// Names of pages, folders and files.
const NAMES: [&str; 57] = [
    "private-schools",
    "private-school-fees",
    "draft-horse",
    "draft-law",
    "drafting",
    "writing-a-draft",
    "internal-audit-2566",
    "internal-review",
    "internal-communication",
    "external-internal",
    "public-private",
    "public-and-private",
    "secret-garden",
    "trade-secret",
    "hidden-curriculum",
    "hidden-figures",
    "privacy",
    "privately",
    "archived-news",
    "restricted-diets",
    "unfinished-symphony",
    "unpublished-works",
    "confidentiality-policy",
    "classified-ads",
    "peer-review",
    "pending-questions",
    "press-release-v2",
    "not-for-profit",
    "do-not-panic",
    "how-to-share",
    "staff-room",
    "members-list",
    "committee",
    "official-letter",
    "git-internals",
    "oil-embargo",
    "work-permits",
    "ระบบประกันคุณภาพภายใน",
    "ประกันคุณภาพ-ภายใน",
    "การตรวจสอบ_ภายใน",
    "นิเทศภายใน",
    "ภายนอก-ภายใน",
    "ห้องเรียนลับสมอง",
    "ลับสมอง",
    "เคล็ดลับการสอน",
    "ความลับของการสอน",
    "แผนที่ลับ",
    "โรงเรียนเอกชน",
    "การร่างหลักสูตร",
    "โครงร่าง",
    "ร่างกาย",
    "ห้ามสูบบุหรี่",
    "การเผยแพร่ผลงาน",
    "ขออนุมัติโครงการ",
    "ขั้นตอนการอนุมัติ",
    "คำสั่งแต่งตั้งคณะกรรมการ",
    "แผนการศึกษาเฉพาะบุคคล",
];

/// Titles of pages, of pages of a kind, first lines, summaries and tags.
const TITLES: [&str; 54] = [
    "First draft",
    "ร่างแรก",
    "Unreleased",
    "ไม่อนุมัติ",
    "ไม่ผ่านการพิจารณา",
    "Final draft",
    "ระบบประกันคุณภาพภายใน",
    "Internal quality assurance report",
    "ห้องเรียนลับสมอง",
    "โรงเรียนเอกชน",
    "การร่างหลักสูตร",
    "Drafting a lesson plan",
    "ความลับของการสอน",
    "Confidentiality policy",
    "The hidden curriculum",
    "นิเทศภายใน",
    "กำลังภายใน",
    "ความลับสุดท้าย",
    "The Secret",
    "Private schools: a survey",
    "Schools, private",
    "Draft horses and donkeys",
    "Classified ads",
    "Confidential computing",
    "How counselling stays confidential",
    "Internal and external validity",
    "Public, private and charter schools",
    "ร่างพระราชบัญญัติการศึกษาแห่งชาติ",
    "โครงร่างหลักสูตร",
    "ไม่เผยแพร่ข้อมูลส่วนบุคคล",
    "ห้ามใช้โทรศัพท์",
    "ห้ามออกนอกโรงเรียน",
    "ข้อมูลเปิดเผย",
    "เฉพาะทาง",
    "โครงการที่รออนุมัติ",
    "ขั้นตอนการอนุมัติ",
    "อยู่ระหว่างดำเนินการ",
    "ตรวจสอบภายใน",
    "ประกาศภายในโรงเรียน",
    "Review of the literature",
    "Peer review",
    "Pending questions",
    "Approval of budgets",
    "Do not disturb",
    "Not for sale",
    "Members",
    "Unfinished symphony",
    "Restricted diets",
    "Release notes",
    "Draft (military)",
    "ลับ ลวง พราง",
    "เคล็ดลับ: การสอน",
    "Unclassified",
    "ภายใน 7 วัน",
];

/// Keys of other programs.
const KEYS: [&str; 70] = [
    "tags: [writing, draft, revise]",
    "audience: [teachers, staff]",
    "internal_links: true",
    "wrapperClassName: \"d-none md:block\"",
    "slug: internal",
    "permalink: /private/",
    "sidebar_label: Internal",
    "parent: Private",
    "subtitle: Secret",
    "access: free",
    "การเข้าถึง: ทุกคน",
    "ชั้นความลับ: ปกติ",
    "embargo: none",
    "expires: never",
    "password: none",
    "restricted: none",
    "website: none",
    "เว็บไซต์: ไม่มี",
    "สถานะ: แล้วเสร็จภายใน 3 วัน",
    "สถานะ: รอผล",
    "status: in progress",
    "school_type: private",
    "kind_of_school: private",
    "private_school: true",
    "internal_audit: true",
    "hidden_curriculum: true",
    "private_key: true",
    "hidden_gem: true",
    "secret_recipe: yes",
    "draft_horses: true",
    "hidden_gems: [ก, ข]",
    "access: open access",
    "access: unrestricted",
    "access: no login required",
    "access: for everyone",
    "access: CC BY",
    "access: students",
    "การเข้าถึง: ไม่จำกัด",
    "medicine_internal: true",
    "horse_draft: true",
    "cost_hidden: true",
    "การเผยแพร่: เว็บไซต์โรงเรียน",
    "ชั้นความลับ: ไม่ลับ",
    "visibility: Public",
    "audience: private schools",
    "tags: [PDPA, ข้อมูลส่วนบุคคล, ความลับ]",
    "tags: [secret, mystery, fiction]",
    "tags: [confidential, counselling]",
    "tags: [ใช้ภายนอก, ใช้ภายใน]",
    "network: private",
    "ownership: private",
    "evaluation: internal",
    "ประเภทการประเมิน: ภายใน",
    "source: internal",
    "toc: hidden",
    "nav_exclude: true",
    "search: { exclude: true }",
    "sitemap: { exclude: true }",
    "type: lesson",
    "type: note",
    "layout: post",
    "ประเภท: บทความ",
    "category: memo",
    "tags: [memo]",
    "tags: [private schools, draft horses]",
    "tags: [ภายใน, ภายนอก]",
    "keywords: [internal, external]",
    "quote: none",
    "post: false",
    "ประกาศ: ไม่มี",
];

fn portal() -> Portal {
    Portal::new().kind("note", "").kind("memo", "visibility = \"internal\"\n")
}

#[test]
fn what_is_about_such_things_is_published() {
    let portal = portal();
    let mut pages = Vec::new();
    let mut put = |path: String, text: String| {
        portal.write(&format!("content/{path}"), text);
        pages.push(path);
    };
    for (n, name) in NAMES.iter().enumerate() {
        let files = ["pdf", "docx", "csv"].map(|ending| format!("{name}.{ending}"));
        let links =
            files.iter().chain([&format!("{name}/x.pdf")]).map(|file| format!("[ก]({file})\n")).collect::<String>();
        files
            .iter()
            .chain([&format!("{name}/x.pdf")])
            .for_each(|file| portal.write(&format!("content/n{n}/{file}"), "ก"));
        put(format!("n{n}/{name}.md"), format!("# เรื่องที่ {n}\n\n{links}"));
        put(format!("n{n}/{name}/x.md"), "# เรื่อง\n\nข้อความ\n".to_owned());
    }
    for (n, title) in TITLES.iter().enumerate() {
        put(format!("t{n}.md"), format!("---\ntitle: \"{title}\"\ntags: [\"{title}\"]\n---\n\n{title}\n\nข้อความ\n"));
        put(format!("h{n}.md"), format!("# {title}\n\nข้อความ\n"));
        put(format!("notes/k{n}.md"), format!("+++\ntitle = \"{title}\"\nsummary = \"{title}\"\n+++\n\nข้อความ\n"));
    }
    for (n, key) in KEYS.iter().enumerate() {
        put(format!("y{n}.md"), format!("---\ntitle: ก\n{key}\n---\n\nข้อความ\n"));
    }
    let told = portal.run("check --lang en --format json");
    let errors: Vec<&str> = told.lines().filter(|line| line.contains("\"error\"")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let held = |line: &&str| line.contains("not published") && !line.contains("\"S402\"");
    let held: Vec<&str> = told.lines().filter(held).collect();
    assert!(held.is_empty() && told.ends_with("exit 0\n"), "{held:#?}");
    portal.done("build --no-search");
    let found = crate::fixture::files(&portal.path("public"));
    let pdfs = found.keys().filter(|path| path.starts_with("media/") && path.ends_with(".pdf")).count();
    assert_eq!(pdfs, 2 * NAMES.len(), "files that pages name");
    assert!(pages.len() > 250);
}

/// Whom a section is for and what nobody should share is what it is about, also on a page that has internal sections.
#[test]
fn headings_about_groups_and_things_are_published() {
    let section = "[[section]]\nid = \"notes\"\nlabel = { th = \"บันทึกภายใน\", en = \"Internal notes\" }\nvisibility = \"internal\"\n";
    let portal = Portal::new().kind("note", section);
    for (n, headings) in [
        ["เฉพาะครู", "เฉพาะนักเรียน"],
        ["For teachers only", "For students only"],
        ["Users only", "Members only"],
        ["Do not share online", "ห้ามแชร์"],
        ["Internet safety: never share online", "Photography: do not post"],
        ["กิจกรรม (เฉพาะครู)", "กิจกรรม เฉพาะผู้บริหาร"],
        ["Our staff", "Public and private"],
        ["Draft", "Step 2: Draft"],
        ["ส่วนภายใน", "ส่วนภายนอก"],
        ["ลับ", "ร่างที่ 1"],
        ["ใช้ภายใน 24 ชั่วโมง", "Lecture notes"],
        ["Risk notes", "Notes of a field trip"],
    ]
    .into_iter()
    .enumerate()
    {
        let text = headings.map(|heading| format!("## {heading}\n\nSHOWN\n\n")).concat();
        let text = format!("+++\ntitle = \"ก\"\n+++\n{text}## บันทึกภายใน\n\nSECRET\n");
        portal.write(&format!("content/notes/a{n}.md"), text);
        portal.write(&format!("content/p{n}.md"), format!("## {}\n\nSHOWN\n\n## {}\n", headings[0], headings[1]));
    }
    portal.write("content/title.md", "# ข้อมูลภายใน\n\nSHOWN\n");
    portal.done("build --no-search");
    let pages = crate::fixture::files(&portal.path("public"));
    let text = |path: &str| String::from_utf8_lossy(&pages[path]).into_owned();
    for n in 0..12 {
        let page = text(&format!("notes/a{n}.html"));
        assert!(page.matches("SHOWN").count() >= 2 && !page.contains("SECRET"), "{n}");
        assert!(text(&format!("p{n}.html")).contains("SHOWN"), "{n}");
    }
    assert!(text("title.html").contains("SHOWN"));
}

/// The day of an event is none of publishing; one of publishing that lies ahead stops the build.
#[test]
fn a_date_that_lies_ahead_is_that_of_an_event() {
    for (keys, code, is_there) in [
        ("date: 2143-05-01", "warning[S305]", true),
        ("date: 2143-05-01\nupdated: 2020-01-01", "warning[S305]", true),
        ("date: 2143-05-01\npublished: true", "warning[S305]", true),
        ("date: 2143-05-01\npublished: 2020-01-01", "", true),
        ("published: 2020-01-01\ndate: 2143-05-01", "", true),
        ("date: 2143-05-01\npublishDate: 2020-01-01", "", true),
        ("date: 2020-01-01", "", true),
        ("published: 2143-05-01", "error[S305]", false),
        ("publishDate: 2143-05-01", "error[S305]", false),
        ("date: 2020-01-01\npublishDate: 2143-05-01", "error[S305]", false),
        ("date: 2143-05-01\ndraft: true", "", false),
    ] {
        let portal = Portal::new()
            .file("content/fair.md", format!("---\ntitle: งานปีหน้า\n{keys}\n---\n\nข้อความ\n"))
            .file("content/fair.en.md", "# Fair\n\nText.\n");
        let told = portal.run("build --lang en --no-search");
        assert_eq!(told.contains("S305"), !code.is_empty(), "{keys}: {told}");
        assert!(told.contains(code), "{keys}: {told}");
        assert_eq!(portal.read("public/fair.html").is_some(), is_there, "{keys}: {told}");
    }
}

/// A page that says in whatever way that it is of an internal kind, or of which kind it is not understood, is not published.
#[test]
fn a_kind_that_is_not_understood_holds_its_page_back() {
    for key in [
        "kind: [memo]",
        "kind: [note, memo]",
        "kind: { id: memo }",
        "kind: \"\"",
        "kind: null",
        "kind:",
        "kind: memos",
        "kind: Memo",
        "Kind: memo",
        "KIND: memos",
        "kinds: [memo]",
        "type: memo",
        "Type: [Memo]",
        "content_type: memo",
        "layout: memo",
        "ชนิด: memo",
        "ประเภท: ชนิด memo",
    ] {
        for folder in ["", "notes/"] {
            let portal = portal()
                .file(&format!("content/{folder}a.md"), format!("---\ntitle: ก\n{key}\n---\n\nSECRET\n"))
                .file("content/b.md", "# ข\n\nข้อความ\n");
            let told = portal.run("build --lang en --no-search");
            assert!(told.contains("error[S3") && told.ends_with("exit 1\n"), "{folder} {key}: {told}");
            portal.write("portal.toml", portal.read("portal.toml").expect("there") + "[build]\nbroken = \"hold\"\n");
            portal.run("build --lang en --no-search");
            assert!(portal.read("public/b.html").is_some(), "{key}");
            let all: Vec<u8> = crate::fixture::files(&portal.path("public")).into_values().flatten().collect();
            assert!(!String::from_utf8_lossy(&all).contains("SECRET"), "{folder} {key}");
        }
    }
    // A page that says who may see it is no doubt; without kinds the key is another program's.
    let public = portal().file("content/a.md", "---\ntitle: ก\ntype: memo\nvisibility: public\n---\n\nข้อความ\n");
    public.done("build --no-search");
    assert!(public.read("public/a.html").is_some());
    let plain = Portal::new().file("content/a.md", "---\ntitle: ก\nkind: [memo]\ntype: memo\n---\n\nข้อความ\n");
    plain.done("build --no-search");
    assert!(plain.read("public/a.html").is_some());
}
