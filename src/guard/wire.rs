//! Messages through a socket, with open files.
//!
//! A message is its length, with which the files travel, and then its JSON.

use std::{
    io::{self, IoSlice, IoSliceMut, Read, Write},
    mem::MaybeUninit,
    os::{
        fd::{BorrowedFd, OwnedFd},
        unix::net::UnixStream,
    },
};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::{Serialize, de::DeserializeOwned};

/// Files that travel with a message at most.
pub(super) const FILES: usize = 4;
/// Longest message: a command line is no longer.
const LONGEST: usize = 4 << 20;

/// Sends a message.
pub(super) fn send(
    mut socket: &UnixStream,
    message: &impl Serialize,
    files: &[BorrowedFd],
) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    if bytes.len() > LONGEST {
        return Err(io::ErrorKind::ArgumentListTooLong.into());
    }
    let head = (bytes.len() as u32).to_le_bytes();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES))];
    let mut beside = SendAncillaryBuffer::new(&mut space);
    if !files.is_empty() && !beside.push(SendAncillaryMessage::ScmRights(files)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let sent = sendmsg(socket, &[IoSlice::new(&head)], &mut beside, SendFlags::NOSIGNAL)?;
    socket.write_all(head.get(sent..).unwrap_or_default())?;
    socket.write_all(&bytes)
}

/// The next message with its files; `None` when there will be none.
pub(super) fn receive<T: DeserializeOwned>(
    mut socket: &UnixStream,
) -> io::Result<Option<(T, Vec<OwnedFd>)>> {
    let mut head = [0; 4];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(FILES))];
    let mut beside = RecvAncillaryBuffer::new(&mut space);
    let mut slices = [IoSliceMut::new(&mut head)];
    let got = recvmsg(socket, &mut slices, &mut beside, RecvFlags::CMSG_CLOEXEC)?.bytes;
    if got == 0 {
        return Ok(None);
    }
    let mut files = Vec::new();
    for message in beside.drain() {
        if let RecvAncillaryMessage::ScmRights(rights) = message {
            files.extend(rights);
        }
    }
    socket.read_exact(head.get_mut(got..).unwrap_or_default())?;
    let length = u32::from_le_bytes(head) as usize;
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    socket.read_exact(&mut bytes)?;
    Ok(Some((serde_json::from_slice(&bytes)?, files)))
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::Seek, os::fd::AsFd};

    use super::*;

    #[test]
    fn messages_come_whole_and_in_order_with_their_files() {
        let (ours, theirs) = UnixStream::pair().expect("a socket");
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all("江水清了".as_bytes()).expect("room");
        file.rewind().expect("a place");
        let long = "水".repeat(100_000);
        let sender = std::thread::spawn(move || {
            send(&ours, &long, &[]).expect("sent");
            send(&ours, &"short", &[file.as_fd()]).expect("sent");
        });
        let (first, files): (String, _) = receive(&theirs).expect("read").expect("a message");
        assert_eq!((first.chars().count(), files.len()), (100_000, 0));
        let (second, files): (String, _) = receive(&theirs).expect("read").expect("a message");
        let mut text = String::new();
        let file = files.into_iter().next().expect("a file");
        File::from(file).read_to_string(&mut text).expect("a text");
        assert_eq!((second.as_str(), text.as_str()), ("short", "江水清了"));
        sender.join().expect("it ended");
        assert!(receive::<String>(&theirs).expect("the end").is_none());
    }
}
