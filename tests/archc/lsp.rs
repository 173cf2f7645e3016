//! The language server, spoken to by a client in memory over files in a temporary folder.

mod basics;
mod client;
mod misuse;
mod projects;
mod random;
mod structure;
mod text;
mod texts;
mod watching;
