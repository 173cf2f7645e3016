//! The language server, spoken to by a client in memory over files in a temporary folder.

mod actions;
mod basics;
mod client;
mod names;
