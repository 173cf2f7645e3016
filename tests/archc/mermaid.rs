//! Mermaid diagrams: what is written, and how it is split.
