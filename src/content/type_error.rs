//! What the type that reads a file of settings refuses, in words of a writer.

use crate::model::Label;

/// What is wrong with a key or a value of a file of settings, from the message of the type that reads it.
pub(super) fn told(message: &str) -> Label {
    let mut names = message.split('`').skip(1).step_by(2);
    let first = names.next().unwrap_or_default();
    let known = names.collect::<Vec<_>>().join(", ");
    let th = match message {
        m if m.starts_with("unknown field") => format!("ไม่มีคีย์ “{first}” ที่นี่ คีย์ที่มี: {known}"),
        m if m.starts_with("unknown variant") => format!("ใช้คำ “{first}” ที่นี่ไม่ได้ คำที่ใช้ได้: {known}"),
        m if m.starts_with("missing field") => format!("ขาดคีย์ “{first}”"),
        m if m.starts_with("duplicate") => "คีย์นี้เขียนไว้แล้วข้างบน".to_string(),
        m if m.starts_with("invalid type") || m.starts_with("invalid value") => {
            format!("ค่าเป็นคนละชนิดกับที่ต้องใช้: {}", typed(m))
        }
        m => format!("อ่านไฟล์นี้ไม่ได้: {m}"),
    };
    Label::new(th, format!("cannot read this file: {message}"))
}

/// “invalid type: string "x", expected a boolean” in Thai; what is not known stays as it is.
fn typed(message: &str) -> String {
    let words = [
        ("invalid type: ", "เขียนเป็น "),
        ("invalid value: ", "เขียนเป็น "),
        (", expected ", " ต้องเป็น "),
        ("a boolean", "true หรือ false"),
        ("boolean ", "ค่า "),
        ("a string", "ข้อความใน \" \""),
        ("string ", "ข้อความ "),
        ("a sequence", "รายการใน [ ]"),
        ("sequence", "รายการ"),
        ("integer ", "จำนวนเต็ม "),
        ("floating point ", "จำนวน "),
        ("a map", "ตาราง { }"),
        ("map", "ตาราง"),
    ];
    words.iter().fold(message.to_string(), |text, (en, th)| text.replace(en, th))
}

/// Whether a message comes from a type and not from the grammar.
pub(super) fn is_one(message: &str) -> bool {
    ["unknown field", "unknown variant", "missing field", "invalid type", "invalid value", "invalid length"]
        .iter()
        .any(|start| message.starts_with(start))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_type_refuses_is_told_in_thai() {
        let told = |m: &str| super::told(m).th;
        assert_eq!(told("unknown field `levle`, expected `level` or `label`"), "ไม่มีคีย์ “levle” ที่นี่ คีย์ที่มี: level, label");
        assert!(
            told("invalid type: string \"ใช่\", expected a boolean")
                .ends_with("เขียนเป็น ข้อความ \"ใช่\" ต้องเป็น true หรือ false")
        );
    }
}
