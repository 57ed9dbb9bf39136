//! **export**
