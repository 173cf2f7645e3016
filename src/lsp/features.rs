//! One feature a file: a question of the protocol for [`ide`](crate::ide), and its answer back.

pub(super) mod completion;
pub(super) mod formatting;
pub(super) mod signature_help;
