//! Tests of the library and of the command, a module per subject. They share one binary, since linking costs more than
//! running.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod bom;
mod book;
mod catalog;
mod ci;
mod cli;
mod conformance;
mod decision;
mod diff;
mod document;
mod drawing;
mod editors;
mod examples;
mod format;
mod formats;
mod harness;
mod inject;
mod inputs;
mod load;
mod lsp;
mod markdown;
mod mermaid;
mod model;
mod neovim;
mod pattern;
mod pipeline;
mod prices;
mod reparse;
mod rules;
mod scenario;
mod select;
mod syntax;
mod tidy;
mod topology;
mod view;
