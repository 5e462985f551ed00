//! Words of the interface inside Markdown output.

use std::sync::LazyLock;

/// Callout names and labels for people who listen to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// `> [!note]`.
    pub note: String,
    /// `> [!tip]`.
    pub tip: String,
    /// `> [!important]`.
    pub important: String,
    /// `> [!warning]`.
    pub warning: String,
    /// `> [!caution]`.
    pub caution: String,
    /// Heading of the footnotes.
    pub footnotes: String,
    /// Link from a footnote to its place.
    pub footnote_back: String,
    /// A table without a caption.
    pub table: String,
    /// A ticked item of a task list.
    pub done: String,
    /// An item of a task list that is not ticked.
    pub open: String,
    /// A link to another site.
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

    /// Labels of a language by its tag: Thai, else English.
    #[must_use]
    pub fn of(lang: &str) -> &'static Labels {
        if lang == "th" { Self::thai() } else { Self::english() }
    }
}

fn from(words: [&str; 11]) -> Labels {
    let [note, tip, important, warning, caution, footnotes, footnote_back, table, done, open, new_site] =
        words.map(str::to_owned);
    Labels { note, tip, important, warning, caution, footnotes, footnote_back, table, done, open, new_site }
}
