//! Reading and writing at a place of a file that several threads share.

use std::fs::File;
use std::io;

#[cfg(unix)]
pub(crate) fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, at)
}

#[cfg(unix)]
pub(crate) fn write_at(file: &File, data: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, data, at)
}

#[cfg(windows)]
pub(crate) fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<()> {
    let mut read = 0;
    while read < into.len() {
        match std::os::windows::fs::FileExt::seek_read(file, &mut into[read..], at + read as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => read += n,
        }
    }
    Ok(())
}

#[cfg(windows)]
pub(crate) fn write_at(file: &File, data: &[u8], at: u64) -> io::Result<()> {
    let mut written = 0;
    while written < data.len() {
        written += std::os::windows::fs::FileExt::seek_write(file, &data[written..], at + written as u64)?;
    }
    Ok(())
}
