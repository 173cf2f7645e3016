//! Colours by category: light cards with dark text and a strong outline, which hold on white and on near-black pages.

use super::sketch::Mark;
use crate::catalog::Category;

/// The colours of a node, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colours {
    pub(super) fill: &'static str,
    pub(super) stroke: &'static str,
    pub(super) text: &'static str,
}

const fn colours(fill: &'static str, stroke: &'static str, text: &'static str) -> Colours {
    Colours { fill, stroke, text }
}

/// What stands for something that another diagram shows.
pub(super) const ELSEWHERE: Colours = colours("#eceef1", "#7d8794", "#3b4552");

/// A group that is drawn as one node.
pub(super) const COLLAPSED: Colours = colours("#d9e1ec", "#5f7089", "#1f2d40");

/// The frame of a group. Its title and the arrows that cross it keep the colours of the page, so it lets the page through.
pub(super) const FRAME: &str = "fill:#8794a814,stroke:#8794a8,stroke-width:1px";

/// The colours of what became of something.
pub(super) fn of_mark(mark: Mark) -> Colours {
    match mark {
        Mark::Same => ELSEWHERE,
        Mark::Added => colours("#ccefd4", "#2b8a45", "#0f4019"),
        Mark::Removed => colours("#fad7d4", "#cc4b43", "#5c1610"),
        Mark::Changed => colours("#fae7ae", "#a1760a", "#463300"),
    }
}

/// The colours of a category.
pub(super) fn of(category: Category) -> Colours {
    match category {
        Category::External => colours("#e2e7ee", "#6e7b8c", "#27313d"),
        Category::Person => colours("#f9d9e4", "#b8587f", "#55203a"),
        Category::Ingestion => colours("#c9ebea", "#2b8a8c", "#0f4143"),
        Category::Messaging => colours("#e2d6f8", "#7c5cc4", "#38216f"),
        Category::Compute => colours("#fbdfc0", "#c06c1e", "#5a2f08"),
        Category::Store => colours("#cfead1", "#3f8f4a", "#17441e"),
        Category::Database => colours("#cfe1f7", "#3c78c3", "#143a68"),
        Category::Analytics => colours("#d7dcf8", "#5b68c8", "#232c6b"),
        Category::Orchestration => colours("#f6d3ed", "#b04a9a", "#54174a"),
        Category::Catalog => colours("#f0e6b8", "#8f7a1e", "#443a0a"),
        Category::Network => colours("#c8e7f5", "#2a86ad", "#0c3e53"),
        Category::Monitoring => colours("#f8d3cf", "#c4554d", "#5c1d18"),
        Category::Security => colours("#e8d9cc", "#8c6a50", "#43301f"),
        Category::Presentation => colours("#dbedc1", "#6f8f2a", "#324410"),
    }
}

#[cfg(test)]
#[allow(clippy::float_arithmetic, reason = "the definition of contrast is in real numbers")]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        if one > other { one / other } else { other / one }
    }

    #[test]
    fn text_and_outline_stand_out() {
        let all = Category::ALL.iter().map(|category| of(*category)).chain([ELSEWHERE, COLLAPSED]);
        let all = all.chain([Mark::Added, Mark::Removed, Mark::Changed].map(of_mark));
        for colours in all {
            assert!(contrast(colours.text, colours.fill) >= 7.0, "the text of {colours:?}");
            for page in ["#ffffff", "#0d1117"] {
                assert!(contrast(colours.stroke, page) >= 3.0, "the outline of {colours:?} on {page}");
            }
        }
    }

    #[test]
    fn no_two_categories_look_the_same() {
        for (at, one) in Category::ALL.iter().enumerate() {
            for other in &Category::ALL[at + 1..] {
                assert_ne!(of(*one), of(*other), "{one:?} and {other:?}");
            }
        }
    }
}
