//! What all slides of a file share: master, layout, notes, theme.

use super::package::{FONT, HEAD};

pub(super) const NAMES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                                xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                                xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
const TITLE: (u32, u32, u32, u32) = (609_600, 300_000, 10_972_800, 1_330_000);
const BODY: (u32, u32, u32, u32) = (609_600, 1_650_000, 10_972_800, 4_450_000);
const COLOURS: &str = "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" \
                       accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" \
                       folHlink=\"folHlink\"/>";

pub(super) fn master() -> String {
    let shapes = master_shapes(&[
        (2, "Title", "type=\"title\"", TITLE, 5400),
        (3, "Text", "type=\"body\" idx=\"1\"", BODY, 4000),
    ]);
    format!(
        "{HEAD}<p:sldMaster {NAMES}>{shapes}{COLOURS}<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>\
         </p:sldLayoutIdLst><p:txStyles><p:titleStyle>{}</p:titleStyle><p:bodyStyle>{}</p:bodyStyle><p:otherStyle>{}\
         </p:otherStyle></p:txStyles></p:sldMaster>",
        level(5400, true),
        level(4000, false),
        level(2800, false)
    )
}

pub(super) fn layout() -> String {
    let shapes = master_shapes(&[(2, "Title", "type=\"title\"", TITLE, 5400), (3, "Text", "idx=\"1\"", BODY, 4000)]);
    format!("{HEAD}<p:sldLayout {NAMES} preserve=\"1\">{shapes}</p:sldLayout>")
}

pub(super) fn notes_master() -> String {
    let picture = (685_800, 1_143_000, 5_486_400, 3_086_100);
    let shapes = master_shapes(&[
        (2, "Slide", "type=\"sldImg\" idx=\"2\"", picture, 1200),
        (3, "Notes", "type=\"body\" idx=\"1\"", (685_800, 4_400_550, 5_486_400, 3_600_450), 2000),
    ]);
    format!(
        "{HEAD}<p:notesMaster {NAMES}>{shapes}{COLOURS}<p:notesStyle>{}</p:notesStyle></p:notesMaster>",
        level(2000, false)
    )
}

pub(super) fn theme() -> String {
    let colours = [
        ("dk1", "17324D"),
        ("lt1", "FFFFFF"),
        ("dk2", "5B6470"),
        ("lt2", "EEF2F5"),
        ("accent1", "1F5A8A"),
        ("accent2", "0F766E"),
        ("accent3", "A8480F"),
        ("accent4", "7A3E8E"),
        ("accent5", "5B6B1F"),
        ("accent6", "17324D"),
        ("hlink", "1F5A8A"),
        ("folHlink", "7A3E8E"),
    ];
    let colours: String = colours.iter().map(|(n, c)| format!("<a:{n}><a:srgbClr val=\"{c}\"/></a:{n}>")).collect();
    let face = format!("<a:latin typeface=\"{FONT}\"/><a:ea typeface=\"\"/><a:cs typeface=\"{FONT}\"/>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Sala\"><a:themeElements>\
         <a:clrScheme name=\"Sala\">{colours}</a:clrScheme><a:fontScheme name=\"Sala\"><a:majorFont>{face}</a:majorFont>\
         <a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Sala\"><a:fillStyleLst>{fill}{fill}{fill}\
         </a:fillStyleLst><a:lnStyleLst>{line}{line}{line}</a:lnStyleLst><a:effectStyleLst>{effect}{effect}{effect}\
         </a:effectStyleLst><a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
}

/// The shapes of a page.
pub(super) fn tree(shapes: &str) -> String {
    format!(
        "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>\
         {shapes}</p:spTree></p:cSld>"
    )
}

/// Id, name, kind, place and size of type.
type MasterShape<'a> = (u32, &'a str, &'a str, (u32, u32, u32, u32), u32);

/// Shapes of a master, at their places: `(id, name, kind, place, size of type)`.
fn master_shapes(list: &[MasterShape<'_>]) -> String {
    let words = |kind: &str, name: &str, size: u32| {
        // The picture of a slide holds no text.
        if kind.contains("sldImg") {
            return String::new();
        }
        format!(
            "<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr sz=\"{size}\"/><a:t>{name}</a:t>\
             </a:r></a:p></p:txBody>"
        )
    };
    let shape = |(id, name, kind, (x, y, wide, high), size): &MasterShape<'_>| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
             <p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{wide}\" \
             cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>{}</p:sp>",
            words(kind, name, *size)
        )
    };
    tree(&list.iter().map(shape).collect::<String>())
}

/// Type of a list of styles: size, weight.
fn level(size: u32, bold: bool) -> String {
    let bold = if bold { " b=\"1\"" } else { "" };
    format!(
        "<a:lvl1pPr marL=\"0\" indent=\"0\"><a:spcBef><a:spcPts val=\"600\"/></a:spcBef><a:buNone/><a:defRPr sz=\"{size}\"{bold}>\
         <a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"{FONT}\"/><a:ea typeface=\"{FONT}\"/>\
         <a:cs typeface=\"{FONT}\"/></a:defRPr></a:lvl1pPr>"
    )
}
