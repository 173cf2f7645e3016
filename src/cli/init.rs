//! `archc init`

mod pattern;

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use super::patterns;
use super::terminal::Terminal;
use crate::analysis;
use crate::project::Workspace;

/// Writes a small workspace to begin with
///
/// Files that are there already are never replaced.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Init {
    /// The folder, which is made if need be [default: the current folder]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Begin with an architecture that uses a pattern which ships with archc; `archc patterns` lists them
    #[arg(long, value_name = "NAME")]
    pattern: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  archc init          in the current folder
  archc init shop     in the folder `shop`
  archc init lake --pattern data_lake
                      with a pattern, in the folder `lake`";

/// The files of the workspace that begins with a shop.
const SETTINGS: (&str, &str) = ("archc.toml", include_str!("init/archc.toml"));
const SHOP: (&str, &str) = ("shop.arch", include_str!("init/shop.arch"));

impl Init {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let folder = self.folder.as_deref().unwrap_or(Path::new("."));
        let files = self.files()?;
        for (name, _) in &files {
            let path = folder.join(name);
            if path.symlink_metadata().is_ok() {
                return Err(Failure::new(format!("`{}` exists already", path.display()))
                    .help("nothing was written; choose another folder: `archc init DIR`"));
            }
        }
        fs::create_dir_all(folder).map_err(|reason| Failure::io("write", folder.display(), &reason))?;
        let mut stdout = String::new();
        for (name, content) in files {
            let path = folder.join(name);
            create(&path, &content)?;
            stdout.push_str("wrote ");
            stdout.push_str(&path.display().to_string());
            stdout.push('\n');
        }
        let argument = self.folder.as_ref().map(|folder| format!(" {}", folder.display())).unwrap_or_default();
        stdout.push_str("next: archc check");
        stdout.push_str(&argument);
        stdout.push('\n');
        Ok(Outcome::text(terminal.remark(stdout)))
    }

    /// The names and contents of the files to write.
    fn files(&self) -> Result<Vec<(String, String)>, Failure> {
        let owned = |(name, content): (&str, &str)| (name.to_owned(), content.to_owned());
        let Some(name) = &self.pattern else { return Ok(vec![owned(SETTINGS), owned(SHOP)]) };
        let workspace = Workspace::without_files();
        let library = analysis::patterns(&workspace);
        let pattern = library.find(name).ok_or_else(|| patterns::unknown(&library, name))?;
        let (file, settings) = owned(SETTINGS);
        let title = pattern.title.as_ref().map_or(name.as_str(), |title| title.value.as_str());
        let settings = settings.replace("name = \"Shop\"", &format!("name = \"{title}\""));
        Ok(vec![(file, settings), (format!("{name}.arch"), pattern::architecture(pattern, &workspace.sources))])
    }
}

/// Writes a file that is not there yet.
fn create(path: &Path, content: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(content.as_bytes()));
    written.map_err(|reason| Failure::io("write", path.display(), &reason))
}
