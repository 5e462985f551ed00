//! Where a Thai text may be shortened: after a whole sentence, never inside one.
//!
//! Thai writes no full stop; a space ends a sentence, but spaces are also around numbers, lists and quotations. A space
//! counts as an end only when nothing on either side says otherwise: no connective, number, mark or open bracket
//! touches it, and the sentence before it is long enough to stand alone. When in doubt the text stays together.

/// Words that continue the sentence when they follow a space.
const CONTINUES: &[&str] = &[
    "และ",
    "หรือ",
    "ที่",
    "ซึ่ง",
    "อัน",
    "โดย",
    "เพื่อ",
    "แต่",
    "เพราะ",
    "จึง",
    "ว่า",
    "กับ",
    "ของ",
    "ใน",
    "ให้",
    "คือ",
    "ได้แก่",
    "เช่น",
    "รวมทั้ง",
    "รวมถึง",
    "ตลอดจน",
    "แล้ว",
    "ก็",
    "จน",
    "ด้วย",
    "จาก",
    "ต่อ",
    "ตาม",
    "แห่ง",
    "สู่",
    "ถึง",
    "อีกทั้ง",
    "ทั้ง",
    "เป็น",
    "มี",
    "ไม่",
    "จะ",
    "ได้",
    "พร้อม",
    "หาก",
    "ถ้า",
    "เมื่อ",
    "กล่าวคือ",
    "ๆ",
    "ฯ",
    "คน",
    "ครั้ง",
    "บาท",
    "ชั่วโมง",
    "นาที",
    "สัปดาห์",
    "เดือน",
    "ปี",
    "โรง",
    "แห่ง",
    "ร้อยละ",
    "เปอร์เซ็นต์",
    "ห้อง",
    "เรื่อง",
    "ระดับ",
    "ภายใน",
];

/// Words that want something after them.
const WANTS: &[&str] = &[
    "ส่วน",
    "สำหรับ",
    "ขณะที่",
    "เมื่อ",
    "เพราะ",
    "หาก",
    "และ",
    "หรือ",
    "ที่",
    "ซึ่ง",
    "โดย",
    "เพื่อ",
    "แต่",
    "ว่า",
    "กับ",
    "ของ",
    "ใน",
    "คือ",
    "ได้แก่",
    "เช่น",
    "จาก",
    "ระหว่าง",
    "เฉลี่ย",
    "ร้อยละ",
    "จำนวน",
    "ประมาณ",
    "ปี",
    "พ.ศ.",
    "ข้อ",
    "ชั้น",
    "ครั้งที่",
    "วันที่",
    "ดังนี้",
    "เป็น",
    "มี",
    "รวม",
    "อย่างน้อย",
    "ไม่เกิน",
];

/// A word that begins a sentence about something else.
const TURNS: &str = "ส่วน";

/// Words that begin a list of items parted by spaces.
const LISTS: &[&str] = &["ได้แก่", "เช่น", "ดังนี้", "ประกอบด้วย"];

/// Fewest characters up to the next space for a new sentence to begin.
const SHORT_START: usize = 10;

/// The same inside a list of items.
const LONG_START: usize = 30;

/// Fewest characters of a sentence that may stand alone.
const SHORTEST: usize = 24;

/// Splits a text into its sentences. Joined again the pieces give the text (spaces belong to the piece before them).
pub fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let bytes_end = text.len();
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' | '“' | '‘' | '«' => depth += 1,
            ')' | ']' | '”' | '’' | '»' => depth = depth.saturating_sub(1),
            '\n' => depth = 0,
            _ => {}
        }
        let next = at + character.len_utf8();
        if next >= bytes_end || !character.is_whitespace() || text[next..].starts_with(char::is_whitespace) {
            continue;
        }
        let before = &text[start..at];
        if character == '\n' || (depth == 0 && ends(before.trim_end(), &text[next..])) {
            pieces.push(&text[start..next]);
            start = next;
        }
    }
    if start < bytes_end {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Whether a space between these two is the end of a sentence.
fn ends(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if matches!(last, '.' | '?' | '!') && !after.starts_with(char::is_lowercase) {
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        // "พ.ศ." or "e.g." are abbreviations, not ends.
        return word.matches('.').count() < 2 && word.chars().count() > 3;
    }
    // Items of a list are short, a sentence is not; after "such as" a space most likely parts two items.
    let listing = || {
        let near = before.char_indices().rev().take(FAR).last().map_or(before, |(at, _)| &before[at..]);
        LISTS.iter().any(|word| near.contains(word))
    };
    // “ส่วน” stands alone before the name that it sets against the sentence before.
    let named = after.strip_prefix(TURNS).map_or(after, str::trim_start);
    let coming = || named.split(char::is_whitespace).next().unwrap_or_default().chars().count();
    thai_letter(last)
        && thai_letter(first)
        && before.chars().nth(SHORTEST - 1).is_some()
        && !CONTINUES.iter().any(|word| after.starts_with(word))
        && !WANTS.iter().any(|word| before.ends_with(word))
        && coming() >= if listing() { LONG_START } else { SHORT_START }
}

/// Characters before a space in which a word that begins a list is looked for.
const FAR: usize = 500;

/// A letter or vowel of Thai: not a digit and not ๆ or ฯ.
fn thai_letter(character: char) -> bool {
    matches!(character, 'ก'..='ฺ' | 'เ'..='ๅ' | '็'..='๎') && character != 'ฯ'
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn pieces_join_to_the_text() {
        let text = "ครูอ่านออกเสียงให้ฟังทุกเช้าก่อนเรียน นักเรียนจับคู่ทบทวนคำยากวันละ 10 คำ และบันทึกผลลงสมุด\nครูสรุปผลทุกวันศุกร์";
        let pieces = split(text);
        assert_eq!(pieces.concat(), text);
        assert_eq!(pieces.len(), 3, "{pieces:?}");
    }

    /// A text is never cut after a word that announces what comes.
    #[test]
    fn a_turn_begins_the_next_sentence() {
        let text = "ความผิดพลาดเดิมกลับมา เห็นชัดในการขยายผลอ่านคู่ และ เวทีระดับเขต ส่วน การปรับเป็นสองภาษา จับคู่ถูกตั้งแต่แรก";
        let pieces = split(text);
        assert!(pieces.iter().all(|piece| !piece.trim_end().ends_with("ส่วน")), "{pieces:?}");
        assert!(pieces.iter().any(|piece| piece.starts_with("ส่วน การปรับ")), "{pieces:?}");
    }

    #[test]
    fn many_spaces_take_linear_time() {
        let started = std::time::Instant::now();
        assert_eq!(split(&"*a ".repeat(50_000)).len(), 1);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn numbers_marks_and_connectives_do_not_end_a_sentence() {
        for text in [
            "ใช้เวลาประมาณวันละสิบนาทีก่อนเข้าเรียน 5 วันต่อสัปดาห์ตลอดภาคเรียนนี้",
            "มีกิจกรรมหลากหลายรูปแบบสำหรับผู้เรียนต่าง ๆ กันไปตามความสนใจของแต่ละคน",
            "โรงเรียนจัดประชุมผู้ปกครองทุกภาคเรียน เพื่อรายงานความก้าวหน้าของผู้เรียน",
            "สิ่งที่ต้องเตรียมไว้ก่อนเริ่มใช้นวัตกรรมได้แก่ กระดาษ ดินสอ สี",
        ] {
            assert_eq!(split(text).len(), 1, "{text}");
        }
    }
}
