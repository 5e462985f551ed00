//! Where things of a drawing lie: stretches of the canvas, and how elements are moved, turned and sized.

use regex::Regex;
use std::sync::LazyLock;

use crate::text::pattern::constant;

static STEP: LazyLock<Regex> = LazyLock::new(|| constant(r"([a-zA-Z]+)\s*\(([^)]*)\)"));
pub(super) static NUMBER: LazyLock<Regex> = LazyLock::new(|| constant(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"));
/// Measures that depend on more than the drawing says.
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| constant(r"\d\s*(?:%|[a-z])"));

/// The numbers in a text.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    NUMBER.find_iter(text).filter_map(|found| found.as_str().parse().ok()).collect()
}

/// A stretch of the canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The stretch that holds some places; none where there is none.
    fn around(places: impl Iterator<Item = (f64, f64)>) -> Option<Area> {
        let one = |(x, y)| Area { left: x, top: y, right: x, bottom: y };
        places.map(one).reduce(|a, b| a.with(&b))
    }

    /// The stretch that holds both.
    pub(super) fn with(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn covers(&self, other: &Area) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    pub(super) fn meets(&self, other: &Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// How coordinates become those of the canvas, as `matrix(…)` writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    pub(super) const NONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn sized(x: f64, y: f64) -> Matrix {
        Matrix([x, 0.0, 0.0, y, 0.0, 0.0])
    }

    /// What a list of transformations does; none where it cannot be told.
    pub(super) fn read(text: &str) -> Option<Matrix> {
        let plain = text.replace("px", "").replace("deg", "");
        let named = STEP.replace_all(&plain, "");
        if !named.trim_matches([' ', ',', '\n', '\t']).is_empty() || RELATIVE.is_match(&plain) {
            return (plain.trim() == "none").then_some(Matrix::NONE);
        }
        STEP.captures_iter(&plain).try_fold(Matrix::NONE, |all, step| Some(all.then(Matrix::step(&step[1], &step[2])?)))
    }

    fn step(name: &str, values: &str) -> Option<Matrix> {
        let all = numbers(values);
        let first = *all.first()?;
        let second = all.get(1).copied();
        Some(match name.to_ascii_lowercase().as_str() {
            "translate" => Matrix::moved(first, second.unwrap_or(0.0)),
            "translatex" => Matrix::moved(first, 0.0),
            "translatey" => Matrix::moved(0.0, first),
            "scale" => Matrix::sized(first, second.unwrap_or(first)),
            "scalex" => Matrix::sized(first, 1.0),
            "scaley" => Matrix::sized(1.0, first),
            "rotate" => {
                let (sin, cos) = first.to_radians().sin_cos();
                let turned = Matrix([cos, sin, -sin, cos, 0.0, 0.0]);
                match (second, all.get(2)) {
                    (Some(x), Some(y)) => Matrix::moved(x, *y).then(turned).then(Matrix::moved(-x, -y)),
                    _ => turned,
                }
            }
            "skewx" => Matrix([1.0, 0.0, first.to_radians().tan(), 1.0, 0.0, 0.0]),
            "skewy" => Matrix([1.0, first.to_radians().tan(), 0.0, 1.0, 0.0, 0.0]),
            "matrix" => Matrix(all.try_into().ok()?),
            _ => return None,
        })
    }

    /// This one, of what another one has done before.
    pub(super) fn then(self, Matrix([a, b, c, d, e, f]): Matrix) -> Matrix {
        let Matrix([p, q, r, s, t, u]) = self;
        Matrix([p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u])
    }

    /// Whether sides stay upright or level.
    fn is_straight(self) -> bool {
        let Matrix([a, b, c, d, ..]) = self;
        let least = 1e-6 * (a.abs() + b.abs() + c.abs() + d.abs());
        b.abs() <= least && c.abs() <= least || a.abs() <= least && d.abs() <= least
    }

    /// How large a letter becomes, across or along, whatever is less.
    pub(super) fn scale(self) -> f64 {
        let Matrix([a, b, c, d, ..]) = self;
        a.hypot(b).min(c.hypot(d))
    }

    /// The smallest stretch of the canvas that holds all of one.
    pub(super) fn around(self, area: &Area) -> Option<Area> {
        let Matrix([a, b, c, d, e, f]) = self;
        let corners =
            [(area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom)];
        Area::around(corners.into_iter().map(|(x, y)| (a * x + c * y + e, b * x + d * y + f)))
    }

    /// The stretch of the canvas that one becomes; none where it is turned.
    pub(super) fn exactly(self, area: &Area) -> Option<Area> {
        self.around(area).filter(|_| self.is_straight())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_transformations_are_read() {
        let area = Area { left: 0.0, top: 0.0, right: 2.0, bottom: 1.0 };
        let at = |text: &str| {
            let of = Matrix::read(text)?.around(&area)?;
            Some([of.left, of.top, of.right, of.bottom].map(|n| (n * 1000.0).round() / 1000.0))
        };
        assert_eq!(at("translate(3, 4) scale(2)"), Some([3.0, 4.0, 7.0, 6.0]));
        assert_eq!(at("rotate(90)"), Some([-1.0, 0.0, 0.0, 2.0]));
        assert_eq!(at("rotate(180 1 0.5)"), Some([0.0, 0.0, 2.0, 1.0]));
        assert_eq!(at("matrix(1 0 0 1 5 -5)"), Some([5.0, -5.0, 7.0, -4.0]));
        assert_eq!(at("skewX(45)"), Some([0.0, 0.0, 3.0, 1.0]));
        assert_eq!(at("translate(3px,4px) rotate(-90deg)"), Some([3.0, 2.0, 4.0, 4.0]));
        for unknown in ["translate(50%, 0)", "rotate(1turn)", "perspective(3)", "x", "translate()", "matrix(1 2)"] {
            assert_eq!(Matrix::read(unknown), None, "{unknown}");
        }
        assert!(Matrix::read("rotate(45)").is_some_and(|m| m.exactly(&area).is_none()));
        assert!(Matrix::read("scale(1, 0.01)").is_some_and(|m| m.scale() < 0.02));
    }
}
