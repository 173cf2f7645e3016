//! The language server, spoken to by a client in memory over files in a temporary folder.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "an answer of another form has failed the test"
)]
#![allow(clippy::format_collect, reason = "what a reviewer reads is short")]

mod actions;
mod basics;
mod client;
mod completion;
mod hints;
mod hover;
mod lenses;
mod misuse;
mod names;
mod preview;
mod projects;
mod random;
mod settings;
mod shop;
mod signature_help;
mod stdio;
mod structure;
mod text;
mod texts;
mod watching;
