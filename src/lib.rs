//! archc
