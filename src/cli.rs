//! The command line: arguments in; text, files and an exit code out. The commands compute, and only this file prints.

mod baseline;
mod bom;
mod build;
mod check;
mod completions;
mod diagram;
mod diff;
mod explain;
mod failure;
mod findings;
mod fix;
mod fmt;
mod init;
mod inject;
mod input;
mod kinds;
mod load;
mod lsp;
mod mdbook;
mod output;
mod patterns;
mod prices;
mod query;
mod revision;
mod situation;
mod staleness;
mod table;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use failure::Failure;
use terminal::Terminal;

/// The compiler for architecture as code.
///
/// Reads `.arch` files, checks what they say, and turns them into diagrams and documentation.
#[derive(Debug, Parser)]
#[command(name = "archc", version, after_help = AFTER_HELP, propagate_version = false)]
struct Arguments {
    /// When to use colours; the variable `NO_COLOR` turns them off, too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  archc init shop                     begin with a small workspace in the folder `shop`
  archc check shop                    say what is wrong with it
  archc build shop --out shop/docs    write diagrams and documentation

Exit codes: 0 nothing found that fails the run; 1 findings; 2 wrong usage, settings, or files that cannot be read or written.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Bom(bom::Bom),
    Build(build::Build),
    Diagram(diagram::Diagram),
    Load(load::Load),
    Query(query::Query),
    Prices(prices::Prices),
    Fmt(fmt::Fmt),
    Fix(fix::Fix),
    Explain(explain::Explain),
    Kinds(kinds::Kinds),
    Patterns(patterns::Patterns),
    Inject(inject::Inject),
    Lsp(lsp::Lsp),
    #[command(name = "mdbook")]
    MdBook(mdbook::MdBook),
    Init(init::Init),
    Completions(completions::Completions),
}

/// What a command has to say, in the end.
#[derive(Debug, Default)]
struct Outcome {
    stdout: String,
    stderr: String,
    /// Whether there are findings that fail the run.
    failed: bool,
}

impl Outcome {
    /// A text for standard output.
    fn text(stdout: String) -> Outcome {
        Outcome { stdout, ..Outcome::default() }
    }
}

const FINDINGS: u8 = 1;
const UNUSABLE: u8 = 2;

/// Runs `archc` with the arguments of a process, the name of the program first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return print_usage(&message),
    };
    let terminal = Terminal::new(arguments.color);
    match arguments.command.run(&terminal) {
        Ok(outcome) => print(&outcome),
        Err(failure) => {
            // Nobody is left to be told if this fails.
            let _ = io::stderr().write_all(failure.render(terminal.stderr()).as_bytes());
            ExitCode::from(UNUSABLE)
        }
    }
}

impl Command {
    fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        match self {
            Command::Check(command) => command.run(terminal),
            Command::Bom(command) => command.run(terminal),
            Command::Build(command) => command.run(terminal),
            Command::Diagram(command) => command.run(terminal),
            Command::Load(command) => command.run(terminal),
            Command::Query(command) => command.run(terminal),
            Command::Prices(command) => command.run(terminal),
            Command::Fmt(command) => command.run(terminal),
            Command::Fix(command) => command.run(terminal),
            Command::Explain(command) => command.run(),
            Command::Kinds(command) => command.run(terminal),
            Command::Patterns(command) => command.run(terminal),
            Command::Inject(command) => command.run(terminal),
            Command::Lsp(command) => command.run(),
            Command::MdBook(command) => command.run(),
            Command::Init(command) => command.run(),
            Command::Completions(command) => Ok(command.run()),
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn print_usage(message: &clap::Error) -> ExitCode {
    let _ = message.print();
    if message.use_stderr() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS }
}

fn print(outcome: &Outcome) -> ExitCode {
    let printed =
        io::stderr().write_all(outcome.stderr.as_bytes()).and_then(|()| print_stdout(outcome.stdout.as_bytes()));
    match printed {
        // A reader that has seen enough (`| head`) is no failure.
        Err(reason) if reason.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write the output: {reason}");
            ExitCode::from(UNUSABLE)
        }
        _ if outcome.failed => ExitCode::from(FINDINGS),
        _ => ExitCode::SUCCESS,
    }
}

fn print_stdout(text: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text)?;
    stdout.flush()
}
