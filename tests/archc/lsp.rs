//! The language server, spoken to by a client in memory over files in a temporary folder.

mod basics;
mod client;
mod completion;
mod signature_help;
