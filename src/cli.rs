//! The command line: arguments in; text, files and an exit code out. The commands compute, and what comes of it is printed
//! here; by the way, only `progress` and `watch` say something.

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
mod known;
mod load;
mod lsp;
mod man;
mod mdbook;
mod model;
mod model_file;
mod output;
mod patterns;
mod prices;
mod progress;
mod query;
mod revision;
mod situation;
mod staleness;
mod table;
mod terminal;
mod unified;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use failure::Failure;
use progress::Verbosity;
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

    /// Say nothing but what was asked for, and findings that fail the run
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Also say what was read, which settings hold, and how long each stage took
    #[arg(long, short, global = true)]
    verbose: bool,

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
    Model(model::Model),
    Diff(diff::Diff),
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
    Man(man::Man),
}

/// What a command has to say, in the end.
#[derive(Debug, Default)]
struct Outcome {
    stdout: String,
    stderr: String,
    /// Whether there are findings that fail the run.
    failed: bool,
    /// Whether somebody ended it.
    interrupted: bool,
}

impl Outcome {
    /// A text for standard output.
    fn text(stdout: String) -> Outcome {
        Outcome { stdout, ..Outcome::default() }
    }
}

const FINDINGS: u8 = 1;
const UNUSABLE: u8 = 2;
/// What a shell makes of a process that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Runs `archc` with the arguments of a process, the name of the program first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => return print_usage(&message),
    };
    let verbosity = arguments.verbosity();
    progress::set(verbosity);
    let terminal = Terminal::new(arguments.color, verbosity);
    match arguments.command.run(&terminal) {
        Ok(outcome) => print(&outcome).unwrap_or_else(|reason| report_unprintable(&reason, outcome.failed)),
        Err(failure) => {
            // Nobody is left to be told if this fails.
            let _ = io::stderr().write_all(failure.render(terminal.stderr()).as_bytes());
            ExitCode::from(UNUSABLE)
        }
    }
}

impl Arguments {
    fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
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
            Command::Model(command) => command.run(terminal),
            Command::Diff(command) => command.run(terminal),
            Command::Prices(command) => command.run(terminal),
            Command::Fmt(command) => command.run(terminal),
            Command::Fix(command) => command.run(terminal),
            Command::Explain(command) => command.run(),
            Command::Kinds(command) => command.run(terminal),
            Command::Patterns(command) => command.run(terminal),
            Command::Inject(command) => command.run(terminal),
            Command::Lsp(command) => command.run(),
            Command::MdBook(command) => command.run(),
            Command::Init(command) => command.run(terminal),
            Command::Completions(command) => Ok(command.run()),
            Command::Man(command) => command.run(terminal),
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn print_usage(message: &clap::Error) -> ExitCode {
    let _ = message.print();
    if message.use_stderr() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS }
}

/// Prints what a command has to say; how the process ends for it.
fn print(outcome: &Outcome) -> io::Result<ExitCode> {
    io::stderr().write_all(outcome.stderr.as_bytes())?;
    print_stdout(outcome.stdout.as_bytes())?;
    Ok(match outcome {
        Outcome { interrupted: true, .. } => ExitCode::from(INTERRUPTED),
        Outcome { failed: true, .. } => ExitCode::from(FINDINGS),
        _ => ExitCode::SUCCESS,
    })
}

fn report_unprintable(reason: &io::Error, failed: bool) -> ExitCode {
    // A reader that has seen enough (`| head`) is no failure.
    if reason.kind() == io::ErrorKind::BrokenPipe {
        return if failed { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS };
    }
    let _ = writeln!(io::stderr(), "error: cannot write the output: {reason}");
    ExitCode::from(UNUSABLE)
}

fn print_stdout(text: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text)?;
    stdout.flush()
}
