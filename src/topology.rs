//! What the shape of an architecture says: what it cannot do without, what waits for what, and what hangs together.
//!
//! Facts without words, each from one pass over elements and edges, cycles and all. Nobody guesses here: a service of
//! which nobody says that it is redundant is not, and an availability that nobody states is unknown.

mod articulation;
mod availability;
mod calls;
mod dominators;
mod facts;
mod islands;
mod single_points;
mod stores;

pub use articulation::only_links;
pub use availability::{Outlook, Promise, availability, promises};
pub use calls::{Chain, longest_chains};
pub use islands::{Island, islands};
pub use single_points::{SinglePoint, SinglePoints};
pub use stores::{Lack, Orphan, orphans};
