//! Words of the interface inside Markdown output.

use std::sync::LazyLock;

/// Callout names and labels for people who listen to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Labels {
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
    pub footnotes: String,
    pub footnote_back: String,
    pub table: String,
    pub done: String,
    pub open: String,
    pub new_site: String,
}

impl Labels {
    /// Thai labels.
    #[must_use]
    pub fn thai() -> &'static Labels {
        static THAI: LazyLock<Labels> = LazyLock::new(|| {
            from([
                "หมายเหตุ",
                "คำแนะนำ",
                "สำคัญ",
                "คำเตือน",
                "ข้อควรระวัง",
                "เชิงอรรถ",
                "กลับไปที่เนื้อหา",
                "ตาราง",
                "ทำแล้ว",
                "ยังไม่ได้ทำ",
                "เว็บไซต์ภายนอก",
            ])
        });
        &THAI
    }

    /// English labels.
    #[must_use]
    pub fn english() -> &'static Labels {
        static ENGLISH: LazyLock<Labels> = LazyLock::new(|| {
            from([
                "Note",
                "Tip",
                "Important",
                "Warning",
                "Caution",
                "Footnotes",
                "Back to the text",
                "Table",
                "Done",
                "Not done",
                "External site",
            ])
        });
        &ENGLISH
    }

    /// Labels of a language code; Thai unless `en`.
    #[must_use]
    pub fn of(lang: &str) -> &'static Labels {
        if lang == "en" { Self::english() } else { Self::thai() }
    }
}

fn from(words: [&str; 11]) -> Labels {
    let [note, tip, important, warning, caution, footnotes, footnote_back, table, done, open, new_site] =
        words.map(str::to_owned);
    Labels { note, tip, important, warning, caution, footnotes, footnote_back, table, done, open, new_site }
}
