//! What formatting changes, as small edits: the cursor and all that is right stay where they are.

use crate::diagnostic::Edit;
use crate::edits;
use crate::format::format;
use crate::source::FileId;

/// The edits that give the text of a file the one style.
pub fn formatting(file: FileId, text: &str) -> Vec<Edit> {
    edits::between(file, text, &format(text).text)
}
