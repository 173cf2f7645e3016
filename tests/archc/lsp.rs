//! The language server, spoken to by a client in memory over files in a temporary folder.

mod basics;
mod client;
mod hints;
mod hover;
mod lenses;
mod names;
mod preview;
mod shop;
