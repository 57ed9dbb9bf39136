//! **wording**: where the words of a paragraph were used before, and how two documents differ.
//!
//! 1. [`paragraphs`]: what a stored graph has to say, with the days on which it was said
//! 2. [`words`]: text -> words that can be compared
//! 3. [`sketch`]: which paragraphs may share words, without comparing each with each
//! 4. [`align`]: which words two paragraphs share in truth
//! 5. [`reuse`](mod@reuse): for each paragraph the earlier one that it has its words from, and where they stood first
//! 6. [`later`](mod@later): who took over the words of a document
//! 7. [`shared`](mod@shared): what documents have in common
//! 8. [`pieces`](mod@pieces): which words were changed, to be shown
//! 9. [`phrase`]: every paragraph that has some words in their order
//! 10. [`compare`](mod@compare): two documents paragraph by paragraph
//!
//! Only texts of one language are compared.

pub mod paragraphs;
mod load;
pub mod words;
pub mod sketch;
pub mod align;
pub mod reuse;
pub mod later;
pub mod shared;
pub mod pieces;
pub mod phrase;
pub mod compare;

pub use later::{Later, later};
pub use paragraphs::{Paragraph, Paragraphs, Work};
pub use pieces::{Piece, pieces};
pub use reuse::{Extent, Link, Options, reuse, reuse_of};
pub use shared::{Shared, shared};
