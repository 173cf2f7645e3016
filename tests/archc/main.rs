//! Runs `archc` as its users do.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod cli;
