//! Tests of the library, a module per subject. They share one binary, since linking costs more than running.

mod drawing;
mod syntax;
