//! Translations: words of their own, facts of their original, in figures as on pages.

use crate::fixture::Portal;
use crate::views::{REVIEW, vocabulary};

const FIGURES: [&str; 4] = [
    "view = \"across\"\nrows = \"lessons.topic\"\ntext = \"lessons.say\"\nacross = \"team\"\ncounter = \"earlier.became\"\n\
     counter_is = [\"refuted\"]\ncounter_rows = \"earlier.topic\"\n",
    "view = \"rows\"\ntable = \"lessons\"\ncolumns = [\"say\", \"topic\", \"team\"]\n",
    "view = \"open\"\ntable = \"earlier\"\nstatus = \"became\"\ndone = [\"unused\"]\n",
    "view = \"statuses\"\ntable = \"earlier\"\nstatus = \"became\"\n",
];

fn portal(english: &str) -> Portal {
    let figures: String = FIGURES.iter().map(|f| format!("```query\nkind = \"review\"\n{f}```\n\n")).collect();
    Portal::new()
        .kind("review", REVIEW)
        .file("content/_schema/vocabularies/topic.toml", vocabulary("topic", ["time", "tools"]))
        .file("content/_schema/vocabularies/became.toml", vocabulary("became", ["refuted", "unused"]))
        .file(
            "content/reviews/one.md",
            "+++\ntitle = \"หนึ่ง\"\nteam = \"ทีมก\"\n[[lessons]]\nsay = \"เริ่มเร็ว\"\ntopic = \"time\"\n\
             [[lessons]]\nsay = \"ใช้ของร่วม\"\ntopic = \"tools\"\n\
             [[earlier]]\nsay = \"ของหาย\"\nbecame = \"refuted\"\ntopic = \"tools\"\n+++\n",
        )
        .file("content/reviews/one.en.md", english)
        .file("content/summary.md", format!("# สรุป\n\n{figures}"))
        .file("content/summary.en.md", format!("# Summary\n\n{figures}"))
}

/// A figure of an English page quotes the English rows; what only the original says stays there.
#[test]
fn figures_tell_rows_in_the_language_of_their_page() {
    let portal = portal(
        "+++\ntitle = \"One\"\nteam = \"Team A\"\n[[lessons]]\nsay = \"Begin early\"\n\
         [[lessons]]\nsay = \"Share tools\"\n[[earlier]]\nsay = \"Tools got lost\"\n+++\n",
    );
    assert!(portal.run("check --strict").ends_with("exit 0\n"), "facts need not be said again");
    portal.done("build -o out");
    let main = |path: &str| {
        let page = portal.read(path).expect("the page");
        page.split_once("<main").expect("a page").1.to_owned()
    };
    let (thai, english) = (main("out/summary.html"), main("out/en/summary.html"));
    for (th, en, times) in [("เริ่มเร็ว", "Begin early", 2), ("ของหาย", "Tools got lost", 3), ("ทีมก", "Team A", 2)]
    {
        assert_eq!((thai.matches(th).count(), thai.matches(en).count()), (times, 0), "{th}: {thai}");
        assert_eq!((english.matches(en).count(), english.matches(th).count()), (times, 0), "{en}: {english}");
    }
    assert!(main("out/en/reviews/one.html").contains("tools"), "the terms of the original stand on the page");
}

/// What a translation states otherwise is told, and no output of it says another number, term or day than the original.
#[test]
fn no_output_says_another_fact_than_the_original() {
    let item = "[[field]]\nid = \"topic\"\ntype = \"term\"\nvocabulary = \"topic\"\nfacet = true\nlabel = { th = \"หัวข้อ\", en = \"Topic\" }\n\
                [[field]]\nid = \"number\"\ntype = \"integer\"\nlabel = { th = \"จำนวน\", en = \"Number\" }\n\
                [[field]]\nid = \"day\"\ntype = \"date\"\nlabel = { th = \"วัน\", en = \"Day\" }\n\
                [[field]]\nid = \"word\"\ntype = \"term\"\nvocabulary = \"topic\"\nopen = true\nlabel = { th = \"คำ\", en = \"Word\" }\n\
                [[field]]\nid = \"rows\"\ntype = \"table\"\nlabel = { th = \"แถว\", en = \"Rows\" }\n\
                [[field.column]]\nid = \"say\"\ntype = \"text\"\nlabel = { th = \"ว่า\", en = \"Say\" }\n\
                [[field.column]]\nid = \"n\"\ntype = \"integer\"\nlabel = { th = \"เลข\", en = \"N\" }\n\
                [[field.column]]\nid = \"unit\"\ntype = \"text\"\nlabel = { th = \"หน่วย\", en = \"Unit\" }\n";
    let portal = Portal::new()
        .kind("item", item)
        .file("content/_schema/vocabularies/topic.toml", vocabulary("topic", ["time", "tools"]))
        .file(
            "content/items/a.md",
            "+++\ntitle = \"ก\"\ntopic = \"time\"\nnumber = 7001\nword = \"คำไทย\"\n[[rows]]\nsay = \"แถว\"\nn = 5001\nunit = \"ฉบับเต็ม\"\n+++\n",
        )
        .file(
            "content/items/a.en.md",
            "+++\ntitle = \"A\"\ntopic = \"tools\"\nnumber = 8002\nday = 2566-01-02\nword = \"English\"\n[[rows]]\nsay = \"Row\"\nn = 6002\n+++\n",
        );
    let found = portal.run("check --lang en");
    assert!(found.contains("(S410 × 4)") && found.contains("“N” of the translation"), "{found}");
    assert!(found.contains("content/items/a.en.md:4") && found.contains("(content/items/a.md:4)"), "{found}");
    portal.done("build -o out");
    let page = portal.read("out/en/items/a.html").expect("the page");
    assert!(page.contains("7,001") && page.contains("5,001") && page.contains("English"), "{page}");
    for (path, bytes) in crate::fixture::files(&portal.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("8002") && !text.contains("8,002") && !text.contains("6,002"), "{path}");
    }
    // A number stays with its unit, which the translation need not repeat either.
    portal.write("content/items/a.en.md", "+++\ntitle = \"A\"\n[[rows]]\nsay = \"Zebra\"\n+++\n");
    portal.done("build -o out");
    let page = portal.read("out/en/items/a.html").expect("the page");
    assert!(page.contains("5,001") && page.contains("ฉบับเต็ม") && page.contains("Zebra"), "{page}");
    // Rows that are not those of the original: its own stand there.
    portal.write(
        "content/items/a.en.md",
        "+++\ntitle = \"A\"\n[[rows]]\nsay = \"Row\"\n[[rows]]\nsay = \"Zebra\"\n+++\n",
    );
    let found = portal.run("check --lang en");
    assert!(found.contains("[S410]: “Rows”") && found.contains("1 warning(s)"), "{found}");
    portal.done("build -o out");
    let page = portal.read("out/en/items/a.html").expect("the page");
    assert!(page.contains("แถว") && !page.contains("Zebra"), "{page}");
}
