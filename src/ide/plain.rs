//! Markdown as plain text, for clients that show no other.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::docs;

/// The text without its markup: paragraphs apart, a line for each item of a list and each row of a table.
pub fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut depth: usize = 0;
    for (event, _) in docs::events(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::List(_)) => depth += 1,
            Event::Start(Tag::Item) => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(&"  ".repeat(depth.saturating_sub(1)));
                text.push_str("- ");
            }
            Event::End(TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
                text.truncate(text.trim_end().len());
                text.push_str(if depth == 0 { "\n\n" } else { "\n" });
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                text.truncate(text.trim_end_matches([' ', '|', '\n']).len());
                text.push('\n');
            }
            Event::End(TagEnd::TableCell) => text.push_str(" | "),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table) => {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
            }
            Event::Rule => text.push_str("---\n\n"),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}
