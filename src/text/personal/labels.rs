//! Words around numbers that say what a number is.

/// Words after which a number is that of a thing.
pub(super) const THINGS: [&str; 32] = [
    "บัญชี",
    "isbn",
    "issn",
    "doi",
    "ean",
    "barcode",
    "บาร์โค้ด",
    "รหัส",
    "เลขที่",
    "ทะเบียน",
    "ครุภัณฑ์",
    "พัสดุ",
    "gfmis",
    "ใบเสร็จ",
    "ใบกำกับ",
    "ใบสั่ง",
    "โฉนด",
    "พิกัด",
    "timestamp",
    "serial",
    "s/n",
    "hash",
    "commit",
    "tracking",
    "ems",
    "invoice",
    "สัมประสิทธิ์",
    "epoch",
    "ละติจูด",
    "ลองจิจูด",
    "code",
    "asset",
];

/// Words right after which a run of digits is that of a thing.
pub(super) const AMOUNTS: [&str; 14] = [
    "งบประมาณ",
    "โครงการ",
    "สัญญา",
    "เครื่อง",
    "รุ่น",
    "version",
    "order",
    "model",
    "ค่า",
    "ราคา",
    "จำนวน",
    "ref",
    "อ้างอิง",
    "หนังสือ",
];

/// Words after which a number is a phone number.
pub(super) const CALLS: [&str; 22] = [
    "โทร",
    "tel",
    "มือถือ",
    "เบอร์",
    "ติดต่อ",
    "phone",
    "mobile",
    "call",
    "แฟกซ์",
    "fax",
    "สายตรง",
    "สายด่วน",
    "whatsapp",
    "wa.me",
    "☎",
    "📞",
    "📱",
    "hotline",
    "cell",
    "พร้อมเพย์",
    "sms",
    "ไลน์",
];

/// Words after which thirteen digits are a national id.
pub(super) const IDS: [&str; 16] = [
    "ประชาชน",
    "บัตร",
    "ปชช",
    "13 หลัก",
    "สิบสามหลัก",
    "national id",
    "id card",
    "citizen",
    "เลขประจำตัว",
    "หมายเลขประจำตัว",
    "ผู้เสียภาษี",
    "id no",
    "idcard",
    "cid",
    "pid",
    "ปปช",
];

/// What follows an amount.
pub(super) const UNITS: [&str; 16] =
    ["บาท", "คน", "เล่ม", "ชิ้น", "หน่วย", "%", "ล้าน", "กก", "ครั้ง", "แห่ง", "ตัว", "ไบต์", "byte", "kb", "mb", "วินาที"];
