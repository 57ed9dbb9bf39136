//! **wording**: where the words of a paragraph were used before, and how two documents differ.
