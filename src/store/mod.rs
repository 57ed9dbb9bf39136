//! **store**
