//! `archc man`

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};

use super::failure::Failure;
use super::output::Staged;
use super::terminal::Terminal;
use super::{Arguments, Outcome};
use crate::report::count;

/// Prints a manual page, or writes all of them
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Man {
    /// The command that the page is about, such as `check` or `prices list` [default: archc itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,

    /// Write the pages of all commands to a folder, which is made if need be
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  archc man | man -l -                          read the page of archc
  archc man prices list | man -l -              and that of a command
  archc man --out ~/.local/share/man/man1       for `man archc-check`

Exit codes: 0 printed or written; 2 a command that there is not, or a folder that cannot be written to.";

impl Man {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut all = Arguments::command().disable_help_subcommand(true);
        all.build();
        match &self.out {
            Some(folder) => write(&all, folder, terminal),
            None => self.print(&all),
        }
    }

    fn print(&self, all: &Command) -> Result<Outcome, Failure> {
        let mut command = all;
        for name in &self.command {
            command = command.find_subcommand(name).ok_or_else(|| {
                let mut known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
                known.sort_unstable();
                Failure::unknown("command", name, &known)
            })?;
        }
        Ok(Outcome::text(page(command)?))
    }
}

fn write(all: &Command, folder: &Path, terminal: &Terminal) -> Result<Outcome, Failure> {
    std::fs::create_dir_all(folder).map_err(|reason| Failure::io("make the folder", folder.display(), &reason))?;
    let commands = with_subcommands(all);
    let stage = |command: &&Command| Staged::write(folder.join(format!("{}.1", full_name(command))), &page(command)?);
    let staged = commands.iter().map(stage).collect::<Result<Vec<_>, _>>()?;
    staged.into_iter().try_for_each(Staged::publish)?;
    Ok(Outcome::text(terminal.remark(format!("{} in `{}`\n", count(commands.len(), "page"), folder.display()))))
}

fn with_subcommands(command: &Command) -> Vec<&Command> {
    std::iter::once(command).chain(command.get_subcommands().flat_map(with_subcommands)).collect()
}

/// The name of a page: `archc-prices-list`.
fn full_name(command: &Command) -> String {
    command.get_display_name().unwrap_or(command.get_name()).to_owned()
}

/// A page. What a command says after its help would be filled into paragraphs: here examples keep their lines.
fn page(command: &Command) -> Result<String, Failure> {
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let name = full_name(command);
    let source = concat!("archc ", env!("CARGO_PKG_VERSION"));
    let page = Page::new(command.clone()).title(name.to_uppercase()).source(source).manual("archc");
    let mut bytes = Vec::new();
    let has_commands = command.has_subcommands();
    page.render_title(&mut bytes)
        .and_then(|()| page.render_name_section(&mut bytes))
        .and_then(|()| page.render_synopsis_section(&mut bytes))
        .and_then(|()| page.render_description_section(&mut bytes))
        .and_then(|()| page.render_options_section(&mut bytes))
        .and_then(|()| if has_commands { page.render_subcommands_section(&mut bytes) } else { Ok(()) })
        .and_then(|()| sections(&after).to_writer(&mut bytes))
        .and_then(|()| see_also(command).to_writer(&mut bytes))
        .map_err(|reason| Failure::io("make the page", name, &reason))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The paragraphs of a help's end, each a section: lines below a heading, or a sentence that its first words name.
fn sections(after: &str) -> Roff {
    let mut roff = Roff::new();
    for paragraph in after.split("\n\n") {
        let (heading, rest) = paragraph.split_once(':').unwrap_or(("Notes", paragraph));
        let heading = if heading == "Exit codes" { "Exit status" } else { heading };
        roff.control("SH", [heading.to_uppercase().as_str()]);
        if let Some(lines) = rest.strip_prefix('\n') {
            roff.control("nf", []);
            for line in lines.lines() {
                roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
            }
            roff.control("fi", []);
        } else {
            roff.text([roman(rest.trim_start())]);
        }
    }
    roff
}

/// The pages of the commands above and below.
fn see_also(command: &Command) -> Roff {
    let mut roff = Roff::new();
    let name = full_name(command);
    let below = command.get_subcommands().map(full_name);
    let above = name.rsplit_once('-').map(|(above, _)| above.to_owned());
    let pages: Vec<String> = above.into_iter().chain(below).collect();
    roff.control("SH", ["SEE ALSO"]);
    let last = pages.len().saturating_sub(1);
    for (at, page) in pages.iter().enumerate() {
        roff.text([bold(page.as_str()), roman(if at == last { "(1)" } else { "(1)," })]);
    }
    roff
}
