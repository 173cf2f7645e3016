//! Texts as a client keeps them: positions in UTF-8, and edits.

use serde_json::Value;

/// The byte offset of a position.
pub(super) fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
    let start = match number("line") {
        0 => 0,
        line => text.match_indices('\n').nth(line - 1).unwrap().0 + 1,
    };
    start + number("character")
}

/// A text after edits, none of which may lie over another.
pub(super) fn apply(text: &str, edits: &Value) -> String {
    let place = |edit: &Value, end: &str| offset(text, &edit["range"][end]);
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (place(edit, "start"), place(edit, "end"), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_unstable();
    assert!(edits.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits over each other: {edits:?}");
    let mut text = text.to_owned();
    for (start, end, replacement) in edits.into_iter().rev() {
        text.replace_range(start..end, replacement);
    }
    text
}
