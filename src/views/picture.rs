//! A chart as a picture of its own (SVG), which readers put into a slide or a document: its style is within it, and it
//! has no script. The numbers that draw the page draw it.

use std::fmt::Write;

use super::drawn::{Bar, Chart, Mark};
use super::wrap;
use crate::markdown::escape_text;

const WIDTH: f64 = 720.0;
const EDGE: f64 = 24.0;
const ROOM: f64 = WIDTH - 2.0 * EDGE;
const PLOT: f64 = 220.0;
/// What a picture takes from elsewhere: its title, the names of its marks (before, value, goal), what stands before a
/// unit, how much of it is samples, where it is from, and the theme's style sheet.
pub(crate) struct Words<'a> {
    pub title: &'a str,
    pub marks: [&'a str; 3],
    pub unit: &'a str,
    pub samples: &'a str,
    pub source: &'a str,
    pub style: &'a str,
}

/// Draws charts below each other.
pub(crate) fn svg(charts: &[Chart], words: &Words<'_>) -> String {
    let mut sheet = Sheet { svg: String::new(), y: EDGE / 2.0 };
    sheet.lines(EDGE, "t", 20.0, ROOM, words.title);
    for chart in charts {
        sheet.y += 8.0;
        sheet.key(chart, words);
        if chart.lines.is_empty() {
            chart.bars.iter().for_each(|bar| sheet.bar(bar));
            sheet.y += 15.0;
            sheet.axis(EDGE, ROOM, &chart.ticks);
        } else {
            sheet.plot(chart);
        }
    }
    sheet.y += 10.0;
    for line in [words.samples, words.source].into_iter().filter(|line| !line.is_empty()) {
        sheet.lines(EDGE, "s", 13.0, ROOM, line);
    }
    let height = sheet.y + EDGE / 2.0;
    let [title, style] = [words.title, words.style].map(|text| {
        let mut escaped = String::new();
        escape_text(text, &mut escaped);
        escaped
    });
    let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"";
    let ground = "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>";
    format!(
        "{head} viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\"><title>{title}</title>\
         <style>{style}</style>{ground}{}</svg>\n",
        sheet.svg
    )
}

/// A length to a tenth, without a needless `.0`.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// What is drawn so far, and how far down.
struct Sheet {
    svg: String,
    y: f64,
}

impl Sheet {
    fn text(&mut self, x: f64, class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = write!(self.svg, "<text{class} x=\"{x:.0}\" y=\"{:.0}\">", self.y);
        escape_text(text, &mut self.svg);
        self.svg.push_str("</text>");
    }

    /// A text in lines of letters of a size.
    fn lines(&mut self, x: f64, class: &str, size: f64, room: f64, text: &str) {
        for line in wrap::lines(text, room / size) {
            self.y += (size * 1.5).round();
            self.text(x, class, &line);
        }
    }

    fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let [x, y, width] = [x, y, width].map(tenth);
        let _ = write!(self.svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    fn stroke(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(tenth);
        let _ = write!(self.svg, "<path class=\"{class}\" d=\"M{x1} {y1}L{x2} {y2}\"/>");
    }

    /// Names along an axis.
    fn axis(&mut self, left: f64, room: f64, marks: &[Mark]) {
        for (i, mark) in marks.iter().enumerate() {
            let class = if i == 0 {
                "s"
            } else if i + 1 == marks.len() {
                "s e"
            } else {
                "s m"
            };
            self.text(left + room * mark.share / 100.0, class, &mark.text);
        }
    }

    /// The unit, and what the marks mean.
    fn key(&mut self, chart: &Chart, words: &Words<'_>) {
        if !chart.unit.is_empty() {
            self.lines(EDGE, "s", 13.0, ROOM, &format!("{}: {}", words.unit, chart.unit));
        }
        let before = chart.bars.iter().any(|b| b.before.is_some());
        let goal = chart.bars.iter().any(|b| b.goal.is_some());
        for (class, name, shown) in [("before", 0, before), ("value", 1, before || goal), ("goal", 2, goal)] {
            if shown && !words.marks[name].is_empty() {
                self.lines(EDGE + 26.0, "s", 13.0, ROOM, words.marks[name]);
                let (x, width) = if class == "goal" { (EDGE + 7.0, 4.0) } else { (EDGE, 18.0) };
                self.rect(class, (x, self.y - 10.0), (width, 9.0));
            }
        }
    }

    fn bar(&mut self, bar: &Bar) {
        let said = |mark: &Option<Mark>, before: &str, after: &str| {
            mark.as_ref().map_or(String::new(), |m| format!("{before}{}{after}", m.text))
        };
        let number = said(&bar.before, "", " → ") + &said(&bar.value, "", "") + &said(&bar.goal, " / ", "");
        self.y += 6.0;
        let room = ROOM - wrap::width(&number) * 16.0 - 16.0;
        self.lines(EDGE, "", 15.0, room, format!("{} {}", bar.label, bar.note).trim());
        self.text(WIDTH - EDGE, "n", &number);
        let (top, thin) = (self.y + 7.0, bar.before.is_some());
        self.y = top + 16.0;
        self.rect("ground", (EDGE, top), (ROOM, 16.0));
        let parts =
            [("value", &bar.value, if thin { (7.0, 8.0) } else { (2.0, 12.0) }), ("before", &bar.before, (1.0, 5.0))];
        for (class, mark, (down, height)) in parts {
            if let Some(mark) = mark {
                self.rect(class, (EDGE, top + down), (ROOM * mark.share / 100.0, height));
            }
        }
        if let Some(goal) = &bar.goal {
            self.rect("goal", (EDGE + (ROOM - 3.0) * goal.share / 100.0, top), (3.0, 16.0));
        }
    }

    fn plot(&mut self, chart: &Chart) {
        let left = EDGE + 10.0 + chart.ticks.iter().map(|t| wrap::width(&t.text) * 13.0).fold(0.0, f64::max);
        let (top, room) = (self.y + 16.0, WIDTH - EDGE - left);
        let down = |mark: &Mark| top + PLOT * (1.0 - mark.share / 100.0);
        for tick in &chart.ticks {
            self.y = down(tick);
            self.stroke("grid", (left, self.y), (WIDTH - EDGE, self.y));
            self.text(left - 6.0, "s e", &tick.text);
        }
        let look = |n: usize| ["a", "b", "c", "a dash", "b dash", "c dash"][n % 6];
        for (n, line) in chart.lines.iter().enumerate() {
            let marks = line.marks.iter().zip(&chart.positions);
            let points = marks.filter_map(|(mark, at)| Some((left + room * at.share / 100.0, down(mark.as_ref()?))));
            let points: Vec<(f64, f64)> = points.collect();
            points.windows(2).for_each(|pair| self.stroke(look(n), pair[0], pair[1]));
            points.iter().for_each(|(x, y)| self.rect(look(n), (x - 3.0, y - 3.0), (6.0, 6.0)));
        }
        self.y = top + PLOT + 18.0;
        self.axis(left, room, &chart.positions);
        for (n, line) in chart.lines.iter().enumerate() {
            let mut ends = line.marks.iter().flatten().map(|m| m.text.as_str());
            let first = ends.next().unwrap_or_default();
            let said = format!("{} {first} → {}", line.label, ends.next_back().unwrap_or(first));
            self.lines(EDGE + 40.0, "", 15.0, ROOM - 40.0, &said);
            self.stroke(look(n), (EDGE, self.y - 5.0), (EDGE + 28.0, self.y - 5.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::chart::{Datum, bars};
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_numbers_and_long_labels_wrap() {
        let datum = |label: &str, value| Datum { label: label.into(), value: Some(value), ..Datum::default() };
        let long = "ระบบการประกันคุณภาพภายในเป็นไปตามกฎกระทรวง".repeat(3);
        let charts = bars(&[datum("a & b", 1.0), datum(&long, 4.0)], crate::model::Lang::EN);
        let words = Words {
            title: "ผล",
            marks: ["", "", ""],
            unit: "หน่วย",
            samples: "ทุกรายการเป็นตัวอย่างสมมติ",
            source: "sala.example",
            style: "",
        };
        let made = svg(&charts, &words);
        assert!(made.contains(">a &amp; b</text>"));
        assert!(made.contains(">ทุกรายการเป็นตัวอย่างสมมติ</text>"));
        assert!(made.contains("width=\"168\" height=\"12\"") && made.contains("width=\"672\" height=\"12\""));
        assert!(made.matches("<text").count() > 8, "{made}");
    }
}
