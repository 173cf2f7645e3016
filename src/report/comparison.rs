//! What differs between two models, for people: in the terminal, and as a comment under a change that is proposed.

mod diagram;
pub mod markdown;
pub mod text;
mod words;

pub use diagram::{Drawn, draw};
