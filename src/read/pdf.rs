use super::ReadError; use super::build::Body;
pub(super) fn read(path: &str, _bytes: Vec<u8>) -> Result<Body, ReadError> { Err(ReadError::NoText{path: path.into(), what: "PDF"}) }
