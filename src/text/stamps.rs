//! Words by which people say that something is not for everybody: in small letters and without spaces.

/// Words that hold back what bears them.
pub(crate) const WORDS: [&str; 28] = [
    "draft",
    "drafts",
    "internal",
    "internalonly",
    "internaluse",
    "internaluseonly",
    "private",
    "hidden",
    "unpublished",
    "notpublished",
    "secret",
    "topsecret",
    "confidential",
    "restricted",
    "embargoed",
    "unfinished",
    "wip",
    "ร่าง",
    "ฉบับร่าง",
    "ภายใน",
    "ใช้ภายใน",
    "ข้อมูลภายใน",
    "ไม่เผยแพร่",
    "ยังไม่เผยแพร่",
    "ห้ามเผยแพร่",
    "ลับ",
    "ลับมาก",
    "ลับที่สุด",
];

/// Stamps on papers that are not for everybody, besides the words that hold back.
pub(crate) const STAMPS: [&str; 66] = [
    "confidentialinternal",
    "forinternaluseonly",
    "forinternaluse",
    "forofficialuseonly",
    "officialuseonly",
    "internaldocument",
    "donotpublish",
    "donotdistribute",
    "donotshare",
    "notforpublication",
    "notforpublicrelease",
    "notforrelease",
    "notfordistribution",
    "notforcirculation",
    "staffonly",
    "membersonly",
    "memberonly",
    "teachersonly",
    "teamonly",
    "adminonly",
    "privateonly",
    "teacheronly",
    "editoronly",
    "editorsonly",
    "authoronly",
    "authorsonly",
    "adminsonly",
    "draftonly",
    "ลับเฉพาะ",
    "เฉพาะครู",
    "เฉพาะทีม",
    "เฉพาะสมาชิก",
    "เฉพาะผู้ดูแล",
    "ร่างที่",
    "ฉบับร่างที่",
    "ใช้ภายในเท่านั้น",
    "เฉพาะภายใน",
    "เฉพาะภายในเท่านั้น",
    "ใช้เฉพาะภายใน",
    "ใช้เฉพาะภายในเท่านั้น",
    "ใช้ในราชการเท่านั้น",
    "เฉพาะเจ้าหน้าที่",
    "เฉพาะเจ้าหน้าที่เท่านั้น",
    "เจ้าหน้าที่เท่านั้น",
    "บุคลากรเท่านั้น",
    "ห้ามแจกจ่าย",
    "ห้ามคัดลอกหรือเผยแพร่",
    "งดเผยแพร่",
    "ห้ามเผยแพร่ต่อ",
    "ห้ามเผยแพร่ก่อนได้รับอนุญาต",
    "โปรดอย่าเผยแพร่",
    "ห้ามเปิดเผย",
    "เป็นความลับ",
    "ใช้ภายในหน่วยงาน",
    "เฉพาะครูเท่านั้น",
    "เฉพาะผู้ที่เกี่ยวข้องเท่านั้น",
    "ร่างครั้งที่",
    "donotcirculate",
    "pleasedonotshare",
    "pleasedonotdistribute",
    "privateandconfidential",
    "forinternalcirculationonly",
    "draftfordiscussion",
    "tlpred",
    "อย่าเพิ่งเผยแพร่",
    "ปกปิด",
];

/// Words that tell as well what a page or a picture is about, or say it of another thing: of a private school, of an
/// internal audit.
pub(crate) const ABOUT: [&str; 16] = [
    "draft",
    "drafts",
    "internal",
    "private",
    "hidden",
    "unpublished",
    "secret",
    "topsecret",
    "restricted",
    "embargoed",
    "unfinished",
    "wip",
    "ร่าง",
    "ภายใน",
    "ใช้ภายใน",
    "ลับ",
];

/// `ใช้ภายในหน่วยงานเท่านั้น`, of whichever office.
pub(crate) fn is_inside(letters: &str) -> bool {
    let only = letters.strip_suffix("เท่านั้น");
    only.is_some_and(|word| {
        ["ใช้ภายใน", "เพื่อใช้ภายใน", "ใช้เฉพาะภายใน", "เฉพาะภายใน"].iter().any(|start| word.starts_with(start))
    })
}

/// Whether letters, small and without spaces, are a stamp, or one behind what names the paper: `เอกสารลับ`.
pub(crate) fn is_stamp(letters: &str) -> bool {
    const PAPERS: [&str; 11] = [
        "เอกสารฉบับนี้",
        "เอกสารนี้",
        "เอกสาร",
        "หน้านี้",
        "ข้อมูลนี้",
        "ข้อมูล",
        "สำหรับ",
        "thisdocumentis",
        "thispageis",
        "thisis",
        "strictly",
    ];
    let is = |word: &str| WORDS.contains(&word) || STAMPS.contains(&word) || is_inside(word);
    is(letters) || PAPERS.iter().filter_map(|paper| letters.strip_prefix(paper)).any(is)
}
