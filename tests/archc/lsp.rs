//! The language server, spoken to by a client in memory over files in a temporary folder.

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
mod shop;
mod signature_help;
mod structure;
mod text;
mod texts;
mod watching;
