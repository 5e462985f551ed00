// The table of codes: variant, id, severity, Thai and English name, Thai and English explanation.
// S1 configuration and schema · S2 files · S3 fields · S4 ids, addresses and references · S5 body ·
// S6 personal data · S7 text · S8 templates, output and handouts · S9 import.
codes! {
    BadConfig "S101" Error "ไฟล์ตั้งค่าไม่ถูกต้อง" "invalid configuration"
        "portal.toml ต้องเป็น TOML ที่ถูกต้อง และใช้เฉพาะคีย์ที่มีในเอกสาร ตรวจเครื่องหมายคำพูดและวงเล็บในบรรทัดที่ชี้ไว้"
        "portal.toml has to be valid TOML and may use documented keys only. Check the quotes and brackets on the line shown.";
    BadSchema "S102" Error "แบบแผนข้อมูลไม่ถูกต้อง" "invalid schema"
        "ไฟล์ใน content/_schema กำหนดชนิดของหน้าและช่องข้อมูล ไฟล์ที่ชี้ไว้ไม่เป็นไปตามรูปแบบ หรืออ้างถึงคลังคำ ชนิด หรือชุดช่องที่ไม่มีอยู่"
        "Files in content/_schema define kinds and fields. The file shown does not follow the format, or it names a vocabulary, kind or field set that does not exist.";
    BadTableMap "S103" Error "การแปลงตารางไม่ถูกต้อง" "invalid table mapping"
        "ไฟล์ .toml ใน content/_data บอกว่าแถวของตาราง CSV กลายเป็นหน้าใด ตรวจชื่อคอลัมน์ ชื่อช่อง และชนิดที่อ้างถึง"
        "A .toml file in content/_data says which entries the rows of a CSV table become. Check the names of columns, fields and kinds.";
    UnreadableFile "S201" Error "อ่านไฟล์ไม่ได้" "unreadable file"
        "ระบบปฏิบัติการไม่ยอมให้อ่านไฟล์นี้ ตรวจสิทธิ์ของไฟล์ หรือไฟล์อาจเป็นลิงก์ที่เสีย"
        "The operating system refuses to read this file. Check its permissions, or whether it is a broken link.";
    NotUtf8 "S202" Error "ไฟล์ไม่ใช่ UTF-8" "file is not UTF-8"
        "บันทึกไฟล์ใหม่ด้วยรหัสอักขระ UTF-8 (ใน Notepad และ Word เลือกได้ตอนบันทึก) ไฟล์ภาษาไทยรุ่นเก่ามักเป็น TIS-620 หรือ Windows-874"
        "Save the file again as UTF-8 (Notepad and Word offer it when saving). Older Thai files are often TIS-620 or Windows-874.";
    FileTooLarge "S203" Error "ไฟล์ใหญ่เกินกำหนด" "file too large"
        "ไฟล์ใหญ่กว่าขีดจำกัดใน [limits] ของ portal.toml แบ่งเนื้อหาเป็นหลายหน้า หรือย่อขนาดรูปก่อน"
        "The file is larger than the limit in [limits] of portal.toml. Split the text into several pages or shrink the picture.";
    FrontMatterOpen "S204" Error "ส่วนหัวไม่ปิด" "front matter is not closed"
        "ส่วนหัวของหน้าเริ่มด้วย +++ (TOML) หรือ --- (YAML) และต้องปิดด้วยเครื่องหมายเดียวกันในบรรทัดของตัวเองก่อนเนื้อหา"
        "The front matter starts with +++ (TOML) or --- (YAML) and has to end with the same mark on a line of its own.";
    FrontMatterSyntax "S205" Error "ส่วนหัวเขียนผิดรูปแบบ" "front matter has a syntax error"
        "ข้อความในส่วนหัวไม่เป็น TOML หรือ YAML ที่ถูกต้อง ส่วนใหญ่เกิดจากเครื่องหมายคำพูดไม่ครบ หรือย่อหน้าใน YAML ไม่ตรงกัน"
        "The front matter is not valid TOML or YAML. Usual causes: a missing quote, or uneven indentation in YAML.";
    LinkLoop "S206" Error "ลิงก์ของโฟลเดอร์ออกนอกพอร์ทัลหรือวนกลับ" "symbolic link leaves the portal or loops"
        "โฟลเดอร์หรือไฟล์นี้เป็นลิงก์ที่ชี้ออกนอกโฟลเดอร์ของพอร์ทัล หรือไปยังไฟล์ที่ไม่เผยแพร่ (.git, ชื่อที่ขึ้นต้นด้วย _ หรือจุด, .internal.) จึงไม่อ่าน ถ้าวนกลับมาที่เดิมจะข้ามไปพร้อมคำเตือน คัดลอกไฟล์จริงมาไว้แทนลิงก์"
        "This folder or file is a link that leads out of the portal's folders or to what is never published (.git, names with _ or a dot, .internal.), so it is not read. One that leads back to where it is is passed over with a warning. Put a real copy in its place.";
    BadTable "S207" Error "ตาราง CSV อ่านไม่ได้" "CSV table cannot be read"
        "จำนวนช่องในแถวไม่เท่ากับหัวตาราง หรือเครื่องหมายคำพูดไม่ครบ เปิดไฟล์ในโปรแกรมตารางแล้วบันทึกเป็น CSV UTF-8 อีกครั้ง"
        "A row has another number of cells than the header, or a quote is missing. Open the file in a spreadsheet and save it again as CSV UTF-8.";
    TooDeep "S208" Error "โครงสร้างซ้อนลึกเกินไป" "nested too deeply"
        "ข้อมูลในส่วนหัวซ้อนกันเกินสามสิบสองชั้น ซึ่งไม่มีช่องข้อมูลใดต้องการ"
        "The front matter nests more than 32 levels deep, which no field needs.";
    FrontMatterUnmarked "S209" Error "ข้อความเหมือนส่วนหัวแต่ไม่ใช่ส่วนหัว" "looks like front matter and is none"
        "ต้นไฟล์มีช่องอย่าง draft หรือ visibility นอกเครื่องหมาย +++ หรือ --- ถ้าปล่อยไว้ ค่านั้นจะไม่มีผลและหน้าจะเผยแพร่ จึงหยุดไว้ก่อน"
        "The file begins with a key such as draft or visibility outside the marks +++ or ---. It would have no effect and the page would be published, so it is held back.";
    PassedOver "S210" Note "โฟลเดอร์หรือไฟล์ที่ข้ามไป" "folder or file passed over"
        "ชื่อที่ขึ้นต้นด้วย _ หรือจุดใน content ไม่ใช่เนื้อหา จึงไม่เผยแพร่ ยกเว้น _index.md ซึ่งเป็นหน้าของโฟลเดอร์ สำเนาที่โปรแกรมทิ้งไว้ (a.bak.md, ~$a.md) ก็ไม่เผยแพร่"
        "Names in content that begin with _ or a dot are no content and are not published, except _index.md, the page of its folder; nor are copies that programs leave (a.bak.md, ~$a.md).";
    UnknownField "S301" Error "ไม่รู้จักช่องข้อมูลนี้" "unknown field"
        "ชื่อช่องในส่วนหัวไม่ตรงกับช่องใดของชนิดนี้ ตรวจตัวสะกด หรือดูรายชื่อช่องในเอกสารของชนิด"
        "No field of this kind has that name. Check the spelling, or see the kind's documentation for its fields.";
    MissingField "S302" Error "ขาดช่องข้อมูลที่จำเป็น" "required field is missing"
        "ชนิดนี้ต้องมีช่องดังกล่าวทุกหน้า เพิ่มช่องในส่วนหัวพร้อมค่าที่ถูกต้อง"
        "Every entry of this kind needs the field. Add it to the front matter.";
    WrongType "S303" Error "ค่าผิดประเภท" "wrong type of value"
        "ช่องนี้รับค่าประเภทอื่น เช่น ต้องเป็นตัวเลขแต่ได้ข้อความ หรือต้องเป็นรายการแต่ได้ค่าเดียว"
        "The field takes another type of value: a number where a text stands, or a list where a single value stands.";
    UnknownTerm "S304" Error "คำนี้ไม่อยู่ในคลังคำ" "unknown term"
        "ช่องนี้รับเฉพาะรหัสคำในคลังคำที่กำหนด ใช้รหัสที่แนะนำ หรือเพิ่มคำใหม่ใน content/_schema/vocabularies"
        "The field takes only terms of its vocabulary. Use the id suggested, or add a term in content/_schema/vocabularies.";
    BadDate "S305" Error "วันที่หรือปีไม่ถูกต้อง" "bad date or year"
        "เขียนวันที่เป็น 2566-08-15 (พ.ศ.) หรือ 2023-08-15 (ค.ศ.) ปีต้องมีสี่หลัก และวันต้องมีอยู่จริงในปฏิทิน ปีในประวัติศาสตร์ให้เขียน พ.ศ. หรือ ค.ศ. หน้าปี"
        "Write dates as 2566-08-15 (B.E.) or 2023-08-15 (C.E.). Years have four digits, and the day has to exist. Years of history have พ.ศ. or ค.ศ. before them.";
    OutOfRange "S306" Error "ค่าอยู่นอกช่วง" "value out of range"
        "ค่าน้อยหรือมากกว่าที่แบบแผนกำหนดไว้สำหรับช่องนี้"
        "The value is below or above what the schema allows for this field.";
    BadLength "S307" Error "ความยาวไม่เป็นไปตามกำหนด" "text too short or too long"
        "ข้อความสั้นหรือยาวกว่าที่กำหนด ข้อความในการ์ดและเอกสารแจกมีที่จำกัด จึงต้องกระชับ"
        "The text is shorter or longer than allowed. Cards and handouts have little room, so short fields stay short.";
    BadPattern "S308" Error "รูปแบบข้อความไม่ถูกต้อง" "text does not match its pattern"
        "ช่องนี้ต้องเขียนตามรูปแบบที่กำหนด เช่น รหัสสถานศึกษาต้องเป็นตัวเลขตามจำนวนหลัก"
        "The field has a fixed form, such as a school code of so many digits.";
    BadCount "S309" Error "จำนวนรายการไม่เป็นไปตามกำหนด" "too few or too many items"
        "จำนวนรายการหรือแถวน้อยหรือมากกว่าที่แบบแผนกำหนด"
        "The number of items or rows is below or above what the schema allows.";
    BadUrl "S310" Error "ที่อยู่เว็บไม่ถูกต้อง" "bad web address"
        "ที่อยู่เว็บต้องขึ้นต้นด้วย https:// หรือ http:// และไม่มีช่องว่าง"
        "A web address starts with https:// or http:// and has no spaces.";
    RepeatedKey "S311" Error "คีย์ซ้ำ" "repeated key"
        "ช่องเดียวกันถูกเขียนสองครั้งในส่วนหัว ลบครั้งที่ไม่ใช้"
        "The same field stands twice in the front matter. Remove one.";
    TypedByHand "S312" Warning "ค่าที่พอร์ทัลคำนวณเองถูกพิมพ์ด้วยมือ" "value typed by hand that the portal computes"
        "ช่องนี้พอร์ทัลคำนวณจากบันทึก ค่าที่พิมพ์เองจึงอาจขัดกับบันทึกและตรวจย้อนไม่ได้ ลบค่านี้แล้วบันทึกหลักฐานรายรายการแทน"
        "The portal computes this from its records; a number typed by hand may contradict them and cannot be traced. Remove it and record the evidence instead.";
    RetiredTerm "S313" Note "คำที่เลิกใช้" "retired term"
        "คำนี้มี retired = true ในคลังคำ หน้าเดิมยังแสดงคำนี้ แต่แบบฟอร์มไม่เสนอให้เลือกอีก หน้าใหม่ควรใช้คำอื่น"
        "The vocabulary marks this term `retired = true`. Old pages still show it, forms no longer offer it, and new pages should use another term.";
    BadVisibility "S314" Error "ไม่รู้ว่าเผยแพร่ได้หรือไม่" "visibility is not understood"
        "สิ่งที่เขียนไว้เพื่อซ่อนหน้าหรือหัวข้ออ่านไม่ได้ จึงถือเป็นข้อมูลภายในจนกว่าจะแก้ ใช้ visibility = \"internal\", draft = true หรือชื่อหัวข้อจริงใน internal_sections"
        "What is written to keep a page or a section back cannot be understood, so it stays internal until it is corrected. Use `visibility = \"internal\"`, `draft = true`, or the real name of a section in `internal_sections`.";
    FormerName "S315" Note "ชื่อเดิม" "former name"
        "ชื่อนี้เปลี่ยนไปแล้วในแบบแผนข้อมูล (was หรือ replaced_by) หน้านี้ยังอ่านได้ เปลี่ยนทุกหน้าในครั้งเดียวด้วย sala rename หรือแก้เมื่อมีโอกาส"
        "The schema has renamed or replaced this (`was`, `replaced_by`). The page is still read; `sala rename` changes all pages at once, or change it when you next edit the page.";
    DuplicateId "S401" Error "รหัสซ้ำ" "duplicate id"
        "รหัสของหน้าต้องไม่ซ้ำกันทั้งพอร์ทัล (ไม่แยกตัวพิมพ์เล็กใหญ่) เพราะลิงก์และเอกสารที่พิมพ์แล้วอ้างถึงหน้าด้วยรหัส หลายแถวของตารางรวมเป็นหน้าเดียวได้เมื่อให้ค่าตรงกัน"
        "Ids are unique over the whole portal (ignoring case), because links and printed sheets name pages by id. Several rows of a table may make one entry where they agree.";
    DuplicateAddress "S402" Error "ที่อยู่หน้าซ้ำ" "duplicate address"
        "สองหน้าจะถูกเขียนลงไฟล์เดียวกัน เปลี่ยนรหัส ชื่อไฟล์ หรือที่อยู่เดิม (aliases) ของหน้าใดหน้าหนึ่ง"
        "Two pages would be written to one file. Change the id, the file name or the alias of one of them.";
    BadId "S403" Error "รหัสไม่ถูกต้อง" "bad id"
        "รหัสใช้ได้เฉพาะ a–z 0–9 - และ _ ขึ้นต้นด้วยตัวอักษรหรือตัวเลข และยาวไม่เกินแปดสิบตัว"
        "Ids use a–z, 0–9, - and _, start with a letter or digit, and have at most 80 characters.";
    UnknownReference "S404" Error "ไม่มีหน้าที่อ้างถึง" "reference to an entry that does not exist"
        "ช่องหรือลิงก์นี้อ้างรหัสที่ไม่มีในพอร์ทัล ตรวจตัวสะกดของรหัส"
        "The field or link names an id that the portal does not have. Check the spelling.";
    WrongReference "S405" Error "อ้างถึงหน้าผิดชนิด" "reference to an entry of the wrong kind"
        "ช่องนี้อ้างได้เฉพาะหน้าของชนิดที่กำหนด"
        "The field may only point to entries of certain kinds.";
    CyclicReference "S406" Error "การอ้างอิงวนเป็นวง" "references form a circle"
        "หน้าเหล่านี้อ้างว่าต่อยอดจากกันเป็นวง จึงไม่มีต้นทาง ลบการอ้างอิงหนึ่งรายการ"
        "These entries claim to come from each other in a circle, so none is the origin. Remove one reference.";
    TranslationAlone "S407" Error "คำแปลไม่มีต้นฉบับ" "translation without an original"
        "ไฟล์ .en.md ต้องมีไฟล์ภาษาไทยชื่อเดียวกันอยู่ข้างกัน หรือมีหน้าที่มีรหัสเดียวกันจากตาราง"
        "A .en.md file needs the Thai file of the same name beside it, or an entry of the same id from a table.";
    BadAlias "S408" Error "ที่อยู่เดิมไม่ถูกต้อง" "bad alias"
        "ที่อยู่เดิม (aliases) ต้องเป็นพาธภายในเว็บไซต์ ไม่มี .. และไม่ทับหน้าอื่น"
        "An alias is a path inside the site, without .. and not that of another page.";
    HiddenReference "S409" Warning "อ้างถึงหน้าที่ไม่เผยแพร่" "reference to an internal entry"
        "หน้าที่อ้างถึงเป็นข้อมูลภายในหรือฉบับร่าง ลิงก์จึงไม่แสดงในหน้าที่เผยแพร่"
        "The entry named is internal or a draft, so the published page does not show the link.";
    TranslationDiffers "S410" Warning "คำแปลบอกค่าต่างจากต้นฉบับ" "translation states another value than its original"
        "ตัวเลข วันที่ ปี คำในคลังคำ และการอ้างถึงของคำแปลคือของต้นฉบับเสมอ คำแปลจึงไม่ต้องเขียนซ้ำ ตารางของคำแปลมีแถวเท่ากับต้นฉบับ ตามลำดับเดียวกัน"
        "Numbers, days, years, terms and references of a translation are always those of its original, so it need not repeat them. A table of a translation has the rows of its original, in the same order.";
    MissingSection "S501" Error "ขาดหัวข้อที่จำเป็น" "required section is missing"
        "เนื้อหาของชนิดนี้ต้องมีหัวข้อระดับสอง (##) ตามที่แบบแผนกำหนด"
        "The body of this kind needs the level-2 heading (##) that the schema names.";
    DeadLink "S502" Error "ลิงก์ภายในไม่มีปลายทาง" "dead internal link"
        "ลิงก์ชี้ไปยังไฟล์หรือหน้าที่ไม่มี ตรวจชื่อไฟล์ หรือใช้ id:รหัส ซึ่งไม่เปลี่ยนเมื่อย้ายไฟล์"
        "The link points to a file or page that does not exist. Check the name, or use id:ID, which survives moving files.";
    DeadAnchor "S503" Error "ไม่มีหัวข้อที่ลิงก์ชี้ไป" "dead anchor"
        "หน้าปลายทางไม่มีหัวข้อชื่อนี้ ตรวจชื่อหัวข้อหลังเครื่องหมาย #"
        "The page has no heading of that name. Check what follows the #.";
    MissingImage "S504" Error "ไม่พบรูปหรือไฟล์แนบ" "missing image or file"
        "ไม่มีไฟล์ตามพาธที่เขียนไว้ พาธนับจากโฟลเดอร์ของหน้านี้"
        "There is no file at that path. Paths count from the folder of this page.";
    MissingAlt "S505" Error "รูปไม่มีคำบรรยายแทนภาพ" "image without alternative text"
        "ผู้ที่มองไม่เห็นรูปต้องรู้ว่ารูปบอกอะไร เขียนคำบรรยายสั้น ๆ ในวงเล็บเหลี่ยมหน้าพาธของรูป ชื่อไฟล์ไม่ใช่คำบรรยาย (คำเตือน)"
        "Readers who cannot see the picture need to know what it tells. Write a short text in the square brackets. The name of a file is none (a warning).";
    UnsafeLink "S506" Error "ลิงก์ไม่ปลอดภัย" "unsafe link"
        "ลิงก์ใช้ได้เฉพาะ http https mailto tel และพาธภายใน ลิงก์แบบอื่นถูกตัดออกจากหน้า"
        "Links may use http, https, mailto, tel and relative paths; others are taken off the page.";
    WrongCount "S507" Error "จำนวนในข้อความไม่ตรงกับข้อมูล" "count contradicts the data"
        "จำนวนที่เขียนในเนื้อหาไม่เท่ากับจำนวนที่นับได้จากข้อมูลของพอร์ทัล แก้ข้อความหรือแก้ข้อมูล"
        "The number written in the text is not what the portal's data counts. Correct one of them.";
    BadQuery "S508" Error "คำสั่งสร้างรายการไม่ถูกต้อง" "invalid query block"
        "บล็อก query ต้องระบุมุมมอง ชนิด และช่องที่มีอยู่จริง"
        "A query block names a view, a kind and fields that exist.";
    RemovedHtml "S509" Warning "HTML บางส่วนถูกตัดออก" "some HTML was removed"
        "HTML ในเนื้อหาใช้ได้เฉพาะแท็กที่ปลอดภัย สคริปต์ สไตล์ และแอตทริบิวต์เหตุการณ์ถูกตัดออก ข้อความอย่าง <ชื่อผู้ใช้> ที่ไม่ใช่แท็กแสดงตามที่เขียน"
        "HTML in a body is limited to safe tags; scripts, styles and event attributes are removed. What is no tag, such as <username>, is shown as written.";
    DoubtfulHeading "S510" Error "หัวข้อคล้ายหัวข้อภายใน" "heading is nearly that of an internal section"
        "หัวข้อนี้สะกดใกล้เคียงหรือมีชื่อของหัวข้อภายในอยู่ หรืออยู่ในคำพูดอ้างอิง รายการ หรือ HTML หรือไม่แน่ว่าจบหัวข้อภายในหรือไม่ โปรแกรมไม่เดาแทนผู้เขียน จึงตัดออกและหยุดเผยแพร่จนกว่าจะเขียนให้ชัด"
        "The heading is spelt nearly like an internal section, holds its name, or stands in a quotation, list or HTML, or it is not certain that it ends one. The program does not guess: it is cut, and nothing is published until it is written clearly.";
    FileRefused "S511" Error "ไฟล์ชนิดที่ไม่เผยแพร่" "file of a kind that is not published"
        "เผยแพร่ได้เฉพาะเอกสาร ภาพ ตาราง เสียง วิดีโอ และไฟล์บีบอัด ไฟล์ HTML สคริปต์ โปรแกรม และไฟล์ภายในไม่เผยแพร่ เพราะทำงานบนเว็บของหน่วยงานได้หรือเปิดเผยข้อมูล"
        "Documents, pictures, sheets, sound, film and archives are published; HTML, scripts, programs and internal files are not: they could act as the site itself or tell what is internal.";
    BadFormula "S512" Warning "อ่านสูตรไม่ได้" "formula cannot be read"
        "สูตรระหว่าง $ กับ $ ต้องเป็น TeX ที่ถูกต้อง ตรวจวงเล็บปีกกาและชื่อคำสั่ง ถ้าเป็นเครื่องหมายเงินดอลลาร์ ให้เขียน \\$"
        "What stands between $ and $ has to be TeX: check braces and names of commands. Write \\$ for a dollar sign.";
    OtherCase "S513" Warning "ตัวพิมพ์ใหญ่เล็กไม่ตรงกับชื่อไฟล์" "letter case differs from the file's"
        "ลิงก์ใช้ได้ในเว็บที่ Sala สร้าง แต่เครื่องและเว็บส่วนใหญ่แยกอักษรตัวใหญ่ตัวเล็ก เขียนให้ตรงกับชื่อไฟล์"
        "The link works on the site that Sala makes, but most machines and hosts tell upper and lower case apart. Write the name as the file has it.";
    RunTogether "S515" Warning "รายการไหลรวมเป็นย่อหน้าเดียว" "items run together"
        "Markdown ไม่รู้จัก • และเลขไทยที่ต้นบรรทัด รายการจึงต่อกันเป็นย่อหน้าเดียว ขึ้นต้นด้วย “- ” หรือ “1. ” คำสั่ง sala fix แก้ให้ได้"
        "Markdown does not know • or Thai numbers at the start of a line, so the items become one paragraph. Begin them with `- ` or `1. `; `sala fix` does it.";
    IndentedProse "S516" Warning "ย่อหน้าที่เยื้องกลายเป็นโค้ด" "an indented paragraph becomes code"
        "ใน Markdown บรรทัดที่ขึ้นต้นด้วยเว้นวรรคสี่เคาะหรือแท็บคือโค้ด แสดงด้วยตัวพิมพ์ดีดและไม่ตัดบรรทัด ลบช่องว่างต้นบรรทัดออก หน้าเว็บเว้นระยะย่อหน้าให้เอง โค้ดจริงใส่ระหว่างบรรทัด ```"
        "In Markdown a line that begins with four spaces or a tab is code: shown in typewriter letters, without line ends. Take the blanks away; pages part paragraphs by themselves. Real code goes between lines of ```.";
    Unshown "S517" Warning "ข้อความที่ไม่ปรากฏบนหน้า" "text that is nowhere on the page"
        "Markdown ทิ้งข้อความนี้โดยไม่บอก: ช่องที่เกินหัวตาราง บรรทัดอย่าง [หมายเหตุ]: ส่งวันศุกร์ ซึ่งอ่านเป็นที่อยู่ของลิงก์ที่ไม่มีใครใช้ หรือเชิงอรรถที่ไม่มีข้อความใดอ้างถึง เขียนใหม่ตามคำแนะนำ หรือลบออก"
        "Markdown drops this text without a word: a cell beyond the head of its table, a line such as [Note]: important, which is the address of a link that nothing uses, or a footnote that no text cites. Write it as the hint says, or delete it.";
    NationalId "S601" Error "พบเลขประจำตัวประชาชน" "national id number"
        "พบเลขสิบสามหลักที่ผ่านการตรวจหลักสุดท้ายของเลขประจำตัวประชาชน ลบออกก่อนเผยแพร่ ถ้าไม่ใช่เลขประจำตัวหรือเผยแพร่ได้จริง ให้ใส่ allow_personal พร้อม reason, by (ตำแหน่งผู้อนุญาต) และ date ในส่วนหัว"
        "Thirteen digits with the checksum of a Thai national id. Remove them before publishing. If they are none, or may be public, add allow_personal with reason, by (the role of who allowed it) and date to the front matter.";
    PhoneNumber "S602" Warning "พบหมายเลขโทรศัพท์" "phone number"
        "หมายเลขโทรศัพท์ของบุคคลไม่ควรอยู่ในหน้าที่เผยแพร่ ใช้ชื่อหน่วยงานแทน หรือระบุเหตุผลใน allow_personal"
        "Phone numbers of persons do not belong on public pages. Name the unit instead, or give a reason in allow_personal.";
    LineId "S603" Warning "พบไอดีไลน์" "LINE id"
        "ไอดีไลน์เป็นข้อมูลติดต่อส่วนตัว ใช้ช่องทางของหน่วยงานแทน หรือระบุเหตุผลใน allow_personal"
        "A LINE id is a private contact. Use the unit's channel, or give a reason in allow_personal.";
    PrivateEmail "S604" Warning "พบอีเมลส่วนตัว" "private e-mail address"
        "อีเมลส่วนตัวไม่ควรอยู่ในหน้าที่เผยแพร่ ใช้อีเมลของหน่วยงาน หรือระบุเหตุผลใน allow_personal"
        "Private e-mail addresses do not belong on public pages. Use the unit's address, or give a reason in allow_personal.";
    LearnerName "S605" Error "อาจเป็นชื่อนักเรียน" "name of a learner"
        "พบคำนำหน้า ด.ช. ด.ญ. เด็กชาย หรือเด็กหญิง ตามด้วยชื่อ หรือชื่อคนข้างชั้นเรียน ชื่อผู้เรียนไม่เผยแพร่ ใช้ “นักเรียนคนหนึ่ง” หรือนามสมมติแล้วเขียน (นามสมมติ) ต่อท้าย เมื่อไม่แน่ใจว่าเป็นชื่อ จะเป็นคำเตือน"
        "A child's title followed by a name, or a person's name beside a school class. Learners' names are not published: write “one learner”, or a made-up name with (นามสมมติ) behind it. Where it may be no name it is a warning.";
    BadAllowance "S606" Error "การยกเว้นไม่ครบ" "incomplete allowance"
        "allow_personal ต้องมี reason ที่บอกเหตุผลเป็นข้อความ และควรบอก by (ตำแหน่งของผู้อนุญาต ไม่ใช่ชื่อ) กับ date (วันที่อนุญาต) ค่าเหล่านี้ไม่เผยแพร่ ดูทั้งหมดได้ด้วย sala check --allowances"
        "allow_personal needs a reason in words, and should say by (the role of who allowed it, not a name) and date. None of it is published; `sala check --allowances` lists all.";
    DamagedText "S701" Warning "ข้อความไทยเสียหาย" "damaged Thai text"
        "ข้อความที่คัดลอกจาก PDF หรือ Word มักมีสระและวรรณยุกต์ผิดที่ คำสั่ง sala fix ซ่อมส่วนที่แน่ใจได้ และเสนอส่วนที่ต้องตัดสินใจ"
        "Text pasted from PDF or Word often has marks out of place. `sala fix` repairs what is certain and suggests the rest.";
    TemplateError "S801" Error "แม่แบบผิดพลาด" "template error"
        "แม่แบบของชุดตกแต่งเขียนผิด หรือใช้ชื่อข้อมูลที่ไม่มี ตรวจบรรทัดที่ชี้ไว้กับเอกสารข้อมูลของแม่แบบ"
        "A template is wrong or uses a name that the context does not have. Check the line against the documented context.";
    BadImage "S802" Error "รูปเสียหรือไม่ใช่รูป" "file is not an image"
        "ไฟล์มีนามสกุลของรูปแต่เนื้อในไม่ใช่รูป หรือ SVG มีส่วนที่ไม่ปลอดภัยจนอ่านไม่ได้"
        "The file has the ending of an image but is none, or it is an SVG that cannot be read safely.";
    OutputRefused "S803" Error "ไม่เขียนทับโฟลเดอร์ปลายทาง" "output folder refused"
        "โฟลเดอร์ปลายทางมีไฟล์ที่ Sala ไม่ได้สร้าง หรือเป็นจุดเชื่อมต่อดิสก์ หรืออยู่ในโฟลเดอร์เนื้อหา เลือกโฟลเดอร์ใหม่หรือโฟลเดอร์ว่าง"
        "The output folder holds files that Sala did not make, is a mount point, or lies in the content. Choose a new or empty folder.";
    OutputBusy "S804" Error "มีการสร้างเว็บไซต์อยู่แล้ว" "another build is running"
        "อีกโปรเซสหนึ่งกำลังสร้างเว็บไซต์จากพอร์ทัลนี้ รอให้เสร็จแล้วลองใหม่"
        "Another process is building this portal. Wait for it and try again.";
    WriteFailed "S805" Error "เขียนไฟล์ไม่สำเร็จ" "writing failed"
        "เขียนไฟล์ลงดิสก์ไม่ได้ เช่น ดิสก์เต็มหรือไม่มีสิทธิ์ เว็บไซต์เดิมยังอยู่ครบ"
        "A file could not be written: the disk is full or permission is missing. The site published before is untouched.";
    HandoutFailed "S806" Error "สร้างเอกสารแจกไม่สำเร็จ" "handout failed"
        "สร้าง PDF ไม่ได้ ดูข้อความประกอบ เช่น ขาดแบบอักษร หรือหน้าขาดช่องที่เอกสารต้องใช้"
        "The PDF could not be made; the message tells why: a missing font, or fields that the handout needs.";
    UncoveredGlyph "S807" Warning "อักขระที่แบบอักษรไม่มี" "character without a glyph"
        "แบบอักษรของเอกสารไม่มีอักขระนี้ (มักเป็นอีโมจิ) จึงพิมพ์สัญลักษณ์แทน"
        "The print fonts have no glyph for this character (usually an emoji), so a substitute is printed.";
    SearchFailed "S808" Error "สร้างดัชนีค้นหาไม่สำเร็จ" "search index failed"
        "สร้างหรือเปิดดัชนีค้นหาในโฟลเดอร์ .sala ไม่ได้ ลบโฟลเดอร์ .sala แล้วลองใหม่"
        "The search index in the .sala folder could not be built or opened. Delete the .sala folder and try again.";
    MissingWords "S809" Note "คำของหน้าเว็บยังไม่แปล" "interface words without a translation"
        "คำของหน้าเว็บ เช่น “ค้นหา” ในภาษาหนึ่งของพอร์ทัลยังไม่มี จึงแสดงเป็นภาษาอังกฤษ เขียนเพิ่มใน i18n/รหัสภาษา.toml"
        "Interface words such as \"Search\" are missing in a language of the portal and are shown in English. Write them into i18n/TAG.toml.";
    ImportRow "S901" Warning "แถวที่นำเข้าไม่ได้" "row not imported"
        "แถวนี้มีค่าที่แปลงไม่ได้หรือขาดค่าที่จำเป็น แก้ในไฟล์ต้นทางแล้วนำเข้าใหม่ แถวอื่นไม่ได้รับผลกระทบ"
        "The row has a value that could not be converted or lacks a required one. Correct it and import again; other rows are not affected.";
    ImportFile "S902" Error "นำเข้าไฟล์ไม่ได้" "file not imported"
        "ไฟล์เสีย ใหญ่เกินกำหนด หรือไม่ใช่รูปแบบที่รองรับ"
        "The file is damaged, too large, or not of a supported format.";
}
