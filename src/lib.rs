//! archc: the compiler for architecture as code.
//!
//! ```text
//!  .arch files ─▶ syntax ─▶ model ─▶ check ─▶ diagnostics ─▶ report
//!   (vfs)                     └─▶ emit ─▶ Mermaid, Markdown, CSV
//! ```

pub mod diagnostic;
pub mod quantity;
pub mod source;
pub mod syntax;
