//! The list of the files in a folder that archc wrote, by the command that wrote them: each replaces and removes what it wrote
//! itself, and leaves alone what another one did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

/// What stands around the name of a command, above its files.
const HEADING: (&str, &str) = ("# The files that `", "` wrote here, and will replace or remove.");

/// Paths by command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List(BTreeMap<String, BTreeSet<String>>);

impl List {
    /// Reads the text of a list. What stands above the first heading is nobody's.
    pub(super) fn read(text: &str) -> List {
        let mut list = List::default();
        let mut writer = "";
        for line in text.lines() {
            let heading = line.strip_prefix(HEADING.0).and_then(|rest| rest.split_once('`'));
            if let Some((name, _)) = heading {
                writer = name;
            } else if is_inside(line) {
                list.0.entry(writer.to_owned()).or_default().insert(line.to_owned());
            }
        }
        list
    }

    /// The text of the list.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (writer, paths) in &self.0 {
            text.extend([HEADING.0, writer, HEADING.1, "\n"]);
            text.extend(paths.iter().flat_map(|path| [path, "\n"]));
        }
        text
    }

    /// The list with these as the files of a command. What was another's is its own from then on.
    pub(super) fn with(&self, writer: &str, paths: BTreeSet<String>) -> List {
        let mut list = self.clone();
        for others in list.0.values_mut() {
            others.retain(|path| !paths.contains(path));
        }
        list.0.retain(|_, paths| !paths.is_empty());
        list.0.insert(writer.to_owned(), paths);
        list
    }

    /// The files that a command wrote and that are none of `current`.
    pub(super) fn stale(&self, writer: &str, current: &BTreeSet<String>) -> BTreeSet<String> {
        self.0.get(writer).map(|written| written.difference(current).cloned().collect()).unwrap_or_default()
    }

    /// Whether archc wrote a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.values().any(|paths| paths.contains(path))
    }

    /// All files that archc wrote.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(String::as_str)
    }
}

/// Whether a line of the list is a path inside the folder. Nobody but archc writes the list, but what it names is removed.
fn is_inside(line: &str) -> bool {
    let path = Path::new(line);
    !line.is_empty() && !line.starts_with('#') && path.components().all(|part| matches!(part, Component::Normal(_)))
}
