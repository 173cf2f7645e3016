//! archc: the compiler for architecture as code.
//!
//! ```text
//!  .arch files ─▶ syntax ─▶ model ─▶ check ─▶ diagnostics ─▶ report
//!   (vfs)                     └─▶ emit ─▶ Mermaid, Markdown, CSV
//! ```

pub mod catalog;
pub mod diagnostic;
pub mod model;
pub mod quantity;
pub mod source;
pub mod suggest;
pub mod syntax;
