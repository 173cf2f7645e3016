//! Files that links in documentation lead to.

use std::collections::BTreeSet;

use crate::source::SourceMap;

/// The path of a link's target below the root, as it is written in a source; none if it leads out of the workspace, where
/// nobody looked, or nowhere.
pub fn resolve(source: &str, written: &str) -> Option<String> {
    let written = decoded(written);
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = if written.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for name in written.split('/') {
        match name {
            ".." => {
                names.retain(|name| !name.is_empty());
                names.pop()?;
            }
            "." => {}
            name => names.push(name),
        }
    }
    names.retain(|name| !name.is_empty());
    (!names.is_empty()).then(|| names.join("/"))
}

/// Whether there is a file or a folder of this path.
pub fn exists(files: &BTreeSet<String>, path: &str) -> bool {
    let folder = format!("{path}/");
    files.contains(path) || files.range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
}

/// The text of a Markdown file, if it was read.
pub fn text<'s>(sources: &'s SourceMap, path: &str) -> Option<&'s str> {
    let is_markdown = std::path::Path::new(path).extension().is_some_and(|it| it.eq_ignore_ascii_case("md"));
    sources.find(path).filter(|_| is_markdown).map(|file| sources.file(file).text())
}

/// A path without percent escapes; as it is, if what they stand for is no text.
fn decoded(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('%') {
        let digits = after.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(byte.unwrap_or(b'%'));
        rest = byte.and_then(|_| after.get(2..)).unwrap_or(after);
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| written.to_owned())
}
