//! **serve**
