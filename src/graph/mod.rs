//! **graph**
