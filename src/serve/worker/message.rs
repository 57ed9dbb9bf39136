//! What is said over the pipes to and from a worker: frames of four bytes of length, then as many bytes.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::serve::evaluate::Question;
use crate::serve::writing::work::Change;
use crate::store::changes::Position;

/// Bytes that a frame may have: a piece of an answer and what stands around it, or a long update.
const LARGEST: u32 = 256 << 20;

/// What a worker is to do, and with which state of the graph.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    /// What was written up to here has happened.
    pub upto: Option<Position>,
    /// What is to be done.
    pub task: Task,
}

/// What a worker is to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum Task {
    /// Work out a change; the answer is the edit that makes it.
    Change(Change),
    /// Answer a query.
    Query {
        /// What is asked.
        question: Question,
        /// The format that is asked for by name.
        format: Option<String>,
        /// The formats that are accepted, as in the header `Accept`.
        accept: Option<String>,
        /// Rows that the answer may have.
        rows: usize,
    },
}

/// What a worker says. A task ends with `End` or `Refused`.
#[derive(Debug, Serialize, Deserialize)]
pub enum Message {
    /// The graph is open; said once, before all tasks.
    Ready,
    /// An answer begins, of this media type.
    Head(String),
    /// A piece of it.
    Body(Vec<u8>),
    /// It is whole, with so many rows.
    End(usize),
    /// There is no answer, or no whole one.
    Refused(Refusal, String),
}

/// Why a worker gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The query is at fault.
    Query,
    /// There is no such graph.
    Missing,
    /// No format that fits is accepted.
    Format,
    /// It asks for too much.
    TooMuch,
    /// The graph or the program is at fault.
    Fault,
}

/// Writes a frame.
///
/// # Errors
/// When the pipe is closed, or the message is too large.
pub fn write(message: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).ok().filter(|n| *n <= LARGEST);
    let length = length.ok_or_else(|| io::Error::other("the message is too large"))?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&bytes)?;
    out.flush()
}

/// Reads a frame; `None` where the pipe ends.
///
/// # Errors
/// When the pipe breaks within a frame, or the bytes are no frame.
pub fn read<T: DeserializeOwned>(mut from: impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_le_bytes(length);
    if length > LARGEST {
        return Err(io::Error::other("this is no message"));
    }
    let mut bytes = vec![0; length as usize];
    from.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut pipe = Vec::new();
        write(&Message::Ready, &mut pipe).expect("room");
        write(&Message::Body(vec![1, 2, 3]), &mut pipe).expect("room");
        let mut from = pipe.as_slice();
        assert!(matches!(read(&mut from), Ok(Some(Message::Ready))));
        assert!(matches!(read(&mut from), Ok(Some(Message::Body(b))) if b == [1, 2, 3]));
        assert!(matches!(read::<Message>(&mut from), Ok(None)));
        assert!(read::<Message>(&pipe[..pipe.len() - 1][5..]).is_err());
        assert!(read::<Message>([0xFF_u8; 8].as_slice()).is_err());
    }
}
