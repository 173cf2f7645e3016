//! `archc init`

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::failure::Failure;

/// Writes a small workspace to begin with
///
/// Files that are there already are never replaced.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Init {
    /// The folder, which is made if need be [default: the current folder]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  archc init          in the current folder
  archc init shop     in the folder `shop`";

/// The files of the workspace.
const FILES: [(&str, &str); 2] =
    [("archc.toml", include_str!("init/archc.toml")), ("shop.arch", include_str!("init/shop.arch"))];

impl Init {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let folder = self.folder.as_deref().unwrap_or(Path::new("."));
        for (name, _) in FILES {
            let path = folder.join(name);
            if path.symlink_metadata().is_ok() {
                return Err(Failure::new(format!("`{}` exists already", path.display()))
                    .help("nothing was written; choose another folder: `archc init DIR`"));
            }
        }
        fs::create_dir_all(folder).map_err(|reason| Failure::io("write", folder.display(), &reason))?;
        let mut stdout = String::new();
        for (name, content) in FILES {
            let path = folder.join(name);
            create(&path, content)?;
            stdout.push_str("wrote ");
            stdout.push_str(&path.display().to_string());
            stdout.push('\n');
        }
        let argument = self.folder.as_ref().map(|folder| format!(" {}", folder.display())).unwrap_or_default();
        stdout.push_str("next: archc check");
        stdout.push_str(&argument);
        stdout.push('\n');
        Ok(Outcome::text(stdout))
    }
}

/// Writes a file that is not there yet.
fn create(path: &Path, content: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(content.as_bytes()));
    written.map_err(|reason| Failure::io("write", path.display(), &reason))
}
