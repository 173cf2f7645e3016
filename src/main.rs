//! The `archc` command.
fn main() {}
