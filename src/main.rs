//! The `archc` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    archc::cli::run(std::env::args_os())
}
