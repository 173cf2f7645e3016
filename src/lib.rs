//! archc: the compiler for architecture as code.
//!
//! ```text
//!  .arch files ─▶ syntax ─▶ catalog ─▶ model ─▶ load ─▶ cost ─▶ check ─▶ diagnostics ─▶ report
//!   (vfs)                                └─────────┴──────┴─▶ emit ─▶ Mermaid, Markdown, bills
//! ```

pub mod analysis;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod compare;
pub mod cost;
pub mod decision;
pub mod diagnostic;
pub mod docs;
pub mod edits;
pub mod emit;
pub mod flow;
pub mod format;
pub mod ide;
pub mod inject;
pub mod load;
pub mod lsp;
pub mod model;
pub mod pattern;
pub mod policy;
pub mod prices;
pub mod project;
pub mod quantity;
pub mod repair;
pub mod report;
pub mod scenario;
pub mod select;
pub mod source;
pub mod suggest;
pub mod syntax;
pub mod topology;
pub mod vfs;
pub mod view;
