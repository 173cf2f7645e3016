//! archc

pub mod quantity;
