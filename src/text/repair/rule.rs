//! The repair rules: a code for each, and what it means in both languages.

use serde::{Deserialize, Serialize};

/// What was wrong at the place of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// ก าหนด → กำหนด.
    SpaceBeforeSaraAm,
    /// สำ�คัญ → สำคัญ.
    ReplacementCharacter,
    /// ท่ี → ที่.
    ToneBeforeVowel,
    /// สัมฤทธ์ิ → สัมฤทธิ์.
    SilencerBeforeVowel,
    /// ที ่ → ที่.
    MarkAfterSpace,
    /// กบั → กับ.
    MarkLate,
    /// ใหเ้ปน → ให้เปน.
    MarkOnLeadingVowel,
    /// เขา้ → เข้า.
    ToneAfterVowel,
    /// ให)้ → ให้).
    MarkAfterSign,
    /// วธีิ → วิธี.
    TwoMarks,
    /// ชี วิต → ชีวิต.
    SpaceInWord,
    /// การเ มือง → การเมือง.
    SpaceAfterLeadingVowel,
    /// นํ้า → น้ำ.
    SplitSaraAm,
    /// เเ → แ.
    DoubledSaraE,
    /// A mark written twice.
    DoubledMark,
    /// Zero width characters.
    Invisible,
    /// A glyph of a font's private area.
    PrivateGlyph,
    /// opera t ions → operations.
    SpacedLatin,
}

impl Rule {
    /// Code, Thai and English explanation.
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Rule::SpaceBeforeSaraAm => {
                ("space-before-sara-am", "สระอำแตกเป็นช่องว่างกับสระอา", "sara am was split into a space and sara aa")
            }
            Rule::ReplacementCharacter => {
                ("replacement-character", "มีอักขระเสีย (�) หลังสระอำ", "a replacement character follows sara am")
            }
            Rule::ToneBeforeVowel => (
                "tone-before-vowel",
                "วรรณยุกต์อยู่หน้าสระบนหรือสระล่าง",
                "a tone mark is stored before the vowel sign of its letter",
            ),
            Rule::SilencerBeforeVowel => (
                "silencer-before-vowel",
                "การันต์อยู่หน้าสระ",
                "a thanthakhat is stored before the vowel sign of its letter",
            ),
            Rule::MarkAfterSpace => {
                ("mark-after-space", "สระหรือวรรณยุกต์หลุดไปอยู่หลังช่องว่าง", "a mark was cut from its letter by a space")
            }
            Rule::MarkLate => {
                ("mark-late", "สระหรือวรรณยุกต์เลื่อนไปอยู่บนตัวอักษรถัดไป", "a mark slipped to the letter after its own")
            }
            Rule::MarkOnLeadingVowel => {
                ("mark-on-leading-vowel", "สระหรือวรรณยุกต์ไปอยู่บนสระหน้า (เ แ โ ใ ไ)", "a mark sits on a leading vowel")
            }
            Rule::ToneAfterVowel => {
                ("tone-after-vowel", "วรรณยุกต์อยู่หลังสระอา สระอะ หรือสระอำ", "a mark is stored after sara a, aa or am")
            }
            Rule::MarkAfterSign => (
                "mark-after-sign",
                "สระหรือวรรณยุกต์หลุดไปอยู่หลังเครื่องหมาย",
                "a mark was cut from its letter by a bracket or sign",
            ),
            Rule::TwoMarks => {
                ("two-marks", "พยัญชนะตัวเดียวมีสระหรือวรรณยุกต์ซ้อนกันเกิน", "one letter carries more marks than it can")
            }
            Rule::SpaceInWord => ("space-in-word", "มีช่องว่างกลางคำ", "a space stands inside a word"),
            Rule::SpaceAfterLeadingVowel => {
                ("space-after-leading-vowel", "มีช่องว่างหลังสระหน้า", "a space follows a leading vowel")
            }
            Rule::SplitSaraAm => {
                ("split-sara-am", "สระอำพิมพ์แยกเป็นนิคหิตกับสระอา", "sara am is typed as nikhahit and sara aa")
            }
            Rule::DoubledSaraE => ("doubled-sara-e", "พิมพ์สระเอสองตัวแทนสระแอ", "two sara e stand for sara ae"),
            Rule::DoubledMark => ("doubled-mark", "พิมพ์สระหรือวรรณยุกต์ซ้ำ", "the same mark is written twice"),
            Rule::Invisible => {
                ("invisible-character", "มีอักขระที่มองไม่เห็น (ความกว้างศูนย์)", "zero width characters hide in the text")
            }
            Rule::PrivateGlyph => {
                ("private-glyph", "ใช้รหัสอักขระเฉพาะของแบบอักษร", "a font's private code stands for a Thai character")
            }
            Rule::SpacedLatin => ("spaced-latin", "ตัวอักษรละตินถูกแยกด้วยช่องว่าง", "a Latin word is broken by spaces"),
        }
    }

    /// Stable code, such as `space-before-sara-am`.
    pub const fn code(self) -> &'static str {
        self.texts().0
    }

    /// What is wrong, in Thai.
    pub const fn thai(self) -> &'static str {
        self.texts().1
    }

    /// What is wrong, in English.
    pub const fn english(self) -> &'static str {
        self.texts().2
    }
}
