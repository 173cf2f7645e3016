//! The tree of a revision, walked like a folder on the disk, so that a file is part of both or of none: `.gitignore` files leave
//! out what they name, though git keeps it, and links are followed, as far as they lead to something that git keeps.

use std::collections::BTreeMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The file that says what is left out.
pub(super) const IGNORES: &str = ".gitignore";

/// So many links may be on the way to a file, as on most systems.
const MAX_LINKS: usize = 40;

/// No path is longer, as on most systems.
const MAX_PATH: usize = 4096;

/// What git keeps under a name.
#[derive(Debug)]
enum Kept {
    /// A file, by its object.
    File(String),
    /// A link, and where it leads.
    Link(String),
}

#[derive(Debug, Default)]
struct Folder {
    folders: BTreeMap<String, Folder>,
    files: BTreeMap<String, Kept>,
    /// What its `.gitignore` says.
    ignores: Option<String>,
}

/// All that a revision holds, from the root of the repository on.
#[derive(Debug, Default)]
pub(super) struct Tree {
    root: Folder,
}

impl Tree {
    /// Adds a file: its object, and the text if it says what is left out.
    pub(super) fn add_file(&mut self, path: &str, id: String, ignores: Option<String>) {
        let folder = self.folder_of(path);
        if ignores.is_some() {
            folder.ignores = ignores;
        }
        folder.files.insert(name_of(path).to_owned(), Kept::File(id));
    }

    /// Adds a link, and where it leads.
    pub(super) fn add_link(&mut self, path: &str, target: String) {
        self.folder_of(path).files.insert(name_of(path).to_owned(), Kept::Link(target));
    }

    /// The folder that a file lies in, which is made.
    fn folder_of(&mut self, path: &str) -> &mut Folder {
        let (above, _) = path.rsplit_once('/').unwrap_or_default();
        let names = above.split('/').filter(|name| !name.is_empty());
        names.fold(&mut self.root, |folder, name| folder.folders.entry(name.to_owned()).or_default())
    }

    /// Whether there is a file, be it through links.
    pub(super) fn has_file(&self, path: &[String]) -> bool {
        let real = self.resolve(&[], &path.join("/"), &mut 0);
        real.is_some_and(|real| matches!(self.kept(&real), Some(Kept::File(_))))
    }

    /// The files below a folder, with their objects.
    pub(super) fn files(&self, below: &[String]) -> Vec<(String, String)> {
        let mut walk = Walk { tree: self, ignores: Vec::new(), above: Vec::new(), found: Vec::new() };
        // What is left out further up is so here.
        for depth in 0..below.len() {
            let above = below.get(..depth).unwrap_or_default();
            let shown = above.join("/");
            let real = self.resolve(&[], &shown, &mut 0);
            let folder = real.and_then(|real| self.folder(&real));
            walk.ignores.extend(folder.and_then(|folder| folder.matcher(&shown)));
        }
        let start = below.join("/");
        if let Some(real) = self.resolve(&[], &start, &mut 0) {
            walk.enter(&real, &start);
        }
        let prefix = if start.is_empty() { start } else { format!("{start}/") };
        let found = walk.found.into_iter();
        found.filter_map(|(path, id)| Some((path.strip_prefix(&prefix)?.to_owned(), id))).collect()
    }

    fn folder(&self, path: &[String]) -> Option<&Folder> {
        path.iter().try_fold(&self.root, |folder, name| folder.folders.get(name))
    }

    fn kept(&self, path: &[String]) -> Option<&Kept> {
        let (name, above) = path.split_last()?;
        self.folder(above)?.files.get(name)
    }

    /// The path without links that another one leads to from a folder. One that leads out of the repository leads nowhere.
    fn resolve(&self, from: &[String], path: &str, links: &mut usize) -> Option<Vec<String>> {
        if path.starts_with('/') {
            return None;
        }
        let mut at = from.to_vec();
        for name in path.split('/') {
            match name {
                "" | "." => continue,
                ".." => drop(at.pop()?),
                name => at.push(name.to_owned()),
            }
            if let Some(Kept::Link(target)) = self.kept(&at) {
                *links += 1;
                if *links > MAX_LINKS {
                    return None;
                }
                at.pop();
                at = self.resolve(&at, target, links)?;
            }
        }
        Some(at)
    }
}

impl Folder {
    /// What holds paths against its `.gitignore`.
    fn matcher(&self, shown: &str) -> Option<Gitignore> {
        let text = self.ignores.as_deref()?;
        let mut builder = GitignoreBuilder::new(rooted(shown));
        for line in text.trim_start_matches('\u{feff}').lines() {
            // A line that means nothing leaves out nothing.
            let _ = builder.add_line(None, line);
        }
        builder.build().ok()
    }
}

/// A walk, which sees paths as they are named, and knows where they really are.
struct Walk<'t> {
    tree: &'t Tree,
    /// What leaves something out, the nearest last.
    ignores: Vec<Gitignore>,
    /// The real folders that it is in.
    above: Vec<Vec<String>>,
    found: Vec<(String, String)>,
}

impl Walk<'_> {
    fn enter(&mut self, real: &[String], shown: &str) {
        let Some(folder) = self.tree.folder(real) else { return };
        // A link back to a folder that it is in leads nowhere new.
        if self.above.iter().any(|above| above == real) || shown.len() > MAX_PATH {
            return;
        }
        let ignores = self.ignores.len();
        self.ignores.extend(folder.matcher(shown));
        self.above.push(real.to_owned());
        for name in folder.files.keys().chain(folder.folders.keys()) {
            let path = if shown.is_empty() { name.clone() } else { format!("{shown}/{name}") };
            let Some(real) = self.tree.resolve(real, name, &mut 0) else { continue };
            match self.tree.kept(&real) {
                Some(Kept::File(id)) if !self.is_ignored(&path, false) => self.found.push((path, id.clone())),
                None if !self.is_ignored(&path, true) => self.enter(&real, &path),
                _ => {}
            }
        }
        self.above.pop();
        self.ignores.truncate(ignores);
    }

    fn is_ignored(&self, path: &str, is_folder: bool) -> bool {
        let said = self.ignores.iter().rev().map(|ignores| ignores.matched(rooted(path), is_folder));
        said.into_iter().find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
    }
}

/// A path as if the repository were all that there is.
fn rooted(path: &str) -> String {
    format!("/{path}")
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::Tree;

    /// The files below a folder of a tree: `path` for a file, `path -> target` for a link, `path: lines` for a `.gitignore`.
    fn files(lines: &[&str], below: &[&str]) -> Vec<String> {
        let mut tree = Tree::default();
        for line in lines {
            if let Some((path, target)) = line.split_once(" -> ") {
                tree.add_link(path, target.to_owned());
            } else if let Some((path, text)) = line.split_once(": ") {
                tree.add_file(path, String::new(), Some(text.replace(' ', "\n")));
            } else {
                tree.add_file(line, String::new(), None);
            }
        }
        let below: Vec<String> = below.iter().map(|name| (*name).to_owned()).collect();
        tree.files(&below).into_iter().map(|(path, _)| path).filter(|path| !path.ends_with("ignore")).collect()
    }

    #[test]
    fn leaves_out_what_ignore_files_name() {
        let tree = [".gitignore: *.gen.arch /out !keep.gen.arch", "a.arch", "b.gen.arch", "out/c.arch", "d/out/e.arch"];
        assert_eq!(files(&tree, &[]), ["a.arch", "d/out/e.arch"]);
        let tree = [&tree[..], &["d/.gitignore: /out", "d/keep.gen.arch", "d/f.arch"]].concat();
        assert_eq!(files(&tree, &[]), ["a.arch", "d/f.arch", "d/keep.gen.arch"]);
        assert_eq!(files(&tree, &["d"]), ["f.arch", "keep.gen.arch"]);
    }

    #[test]
    fn follows_links_as_far_as_they_lead_somewhere() {
        let tree =
            ["real/a.arch", "real/deep/b.arch", "ws/a.arch -> ../real/a.arch", "ws/all -> ../real", "ws/off -> /etc"];
        assert_eq!(files(&tree, &["ws"]), ["a.arch", "all/a.arch", "all/deep/b.arch"]);
        let odd = [
            "ws/up -> ..",
            "ws/self -> self",
            "ws/out -> ../../out",
            "ws/none -> gone",
            "x.arch",
            "ws/two -> up/x.arch",
        ];
        assert_eq!(files(&odd, &["ws"]), ["two", "up/x.arch"]);
        assert_eq!(files(&["link -> real", "real/a.arch"], &["link"]), ["a.arch"]);
    }
}
