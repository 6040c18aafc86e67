//! Streams packed by gzip or zstd, told by their first bytes whatever their name.

use std::io::{self, BufRead, Cursor, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

use super::stream::Told;
use crate::error::ProblemKind;

/// The first bytes of gzip data: its mark and the only method there is (RFC 1952).
const GZIP: [u8; 3] = [0x1F, 0x8B, 0x08];
/// The first bytes of a zstd frame (RFC 8878).
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// By gzip, in one or several members.
    Gzip,
    /// By zstd, in one or several frames.
    Zstd,
}

impl Packing {
    /// How a stream is packed, by what is there of it.
    ///
    /// # Errors
    ///
    /// When nothing can be read of it.
    pub fn of(stream: &mut impl BufRead) -> io::Result<Self> {
        loop {
            match stream.fill_buf() {
                Ok(head) => return Ok(Self::told(head)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// How a stream is packed that begins with these bytes.
    pub(super) fn told(head: &[u8]) -> Self {
        if head.starts_with(&GZIP) {
            Self::Gzip
        } else if head.starts_with(&ZSTD) {
            Self::Zstd
        } else {
            Self::Plain
        }
    }

    /// Reads so many bytes of a stream that [`Packing::of`] can tell from them: a pipe may give the
    /// mark of a packing in pieces. Of a stream that is not packed no more than the first byte that
    /// shows it, as whoever writes it may wait for an answer to a short line.
    ///
    /// # Errors
    ///
    /// When nothing can be read of it.
    pub fn head<R: Read>(mut stream: R) -> io::Result<(Cursor<Vec<u8>>, R)> {
        let mut head = Vec::new();
        let goes_on = |head: &[u8], mark: &[u8]| head.len() < mark.len() && mark.starts_with(head);
        while goes_on(&head, &GZIP) || goes_on(&head, &ZSTD) {
            let mut byte = [0];
            match stream.read(&mut byte) {
                Ok(0) => break,
                Ok(_) => head.extend(byte),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok((Cursor::new(head), stream))
    }

    /// The unpacked stream.
    pub fn unpacked<R: BufRead>(self, stream: R) -> Unpacked<R> {
        match self {
            Self::Plain => Unpacked::Plain(stream),
            Self::Gzip => Unpacked::Gzip(MultiGzDecoder::new(stream)),
            Self::Zstd => Unpacked::Zstd(Box::new(Frames::new(stream))),
        }
    }

    /// What an error of the unpacked stream means: what the operating system does not say, the
    /// data says.
    pub fn kind_of_error(self, error: &io::Error) -> ProblemKind {
        if let Some(kind) = Told::of(error) {
            return kind;
        }
        let cause = match error.kind() {
            io::ErrorKind::UnexpectedEof => "unexpected end of data".to_owned(),
            _ => error.to_string(),
        };
        match self {
            Self::Gzip if error.raw_os_error().is_none() => ProblemKind::DamagedGzip { cause },
            Self::Zstd if error.raw_os_error().is_none() => ProblemKind::DamagedZstd { cause },
            _ => ProblemKind::from(error),
        }
    }
}

/// What [`Packing::unpacked`] gives.
pub enum Unpacked<R> {
    /// The stream as it is.
    Plain(R),
    /// What gzip has packed.
    Gzip(MultiGzDecoder<R>),
    /// What zstd has packed.
    Zstd(Box<Frames<R>>),
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Gzip(stream) => stream.read(buffer),
            Self::Zstd(stream) => stream.read(buffer),
        }
    }
}

/// The content of zstd frames, one after the other; the decoder knows only one.
pub struct Frames<R> {
    stream: R,
    decoder: FrameDecoder,
    place: Place,
}

/// Where in the data [`Frames`] is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    Inside,
}

impl<R: BufRead> Frames<R> {
    fn new(stream: R) -> Self {
        Self { stream, decoder: FrameDecoder::new(), place: Place::Between }
    }

    /// Begins the next frame that has content; at the end of the data there is none.
    fn begin(&mut self) -> io::Result<()> {
        while !self.stream.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.stream) {
                Ok(()) => {
                    self.place = Place::Inside;
                    return Ok(());
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut frame = self.stream.by_ref().take(u64::from(length));
                    if io::copy(&mut frame, &mut io::sink())? < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(damage(error)),
            }
        }
        Ok(())
    }

    /// Ends a frame that has been read to its end.
    fn end(&mut self) -> io::Result<()> {
        self.place = Place::Between;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(damage("wrong checksum")),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if self.place == Place::Between {
                self.begin()?;
                if self.place == Place::Between {
                    break;
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.stream, one).map_err(damage)?;
            }
            match self.decoder.read(buffer)? {
                0 => self.end()?,
                read => return Ok(read),
            }
        }
        Ok(0)
    }
}

fn damage(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, cause)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use std::io::BufReader;

    use super::*;

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn read(bytes: &[u8]) -> (Vec<u8>, Option<ProblemKind>) {
        let mut stream = io::Cursor::new(bytes.to_vec());
        let packing = Packing::of(&mut stream).expect("memory");
        let mut found = Vec::new();
        let result = packing.unpacked(stream).read_to_end(&mut found);
        (found, result.err().map(|error| packing.kind_of_error(&error)))
    }

    /// A pipe that gives a byte at a time.
    struct Drip(Cursor<Vec<u8>>);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    #[test]
    fn a_mark_that_comes_in_pieces_is_known() {
        for (bytes, expected, taken) in [
            (gzip(b"x"), Packing::Gzip, 3),
            (zstd(b"x"), Packing::Zstd, 4),
            (b"{}\n".to_vec(), Packing::Plain, 1),
            (vec![GZIP[0], b'x'], Packing::Plain, 2),
            (vec![GZIP[0]], Packing::Plain, 1),
            (Vec::new(), Packing::Plain, 0),
        ] {
            let (head, rest) = Packing::head(Drip(Cursor::new(bytes.clone()))).expect("memory");
            assert_eq!(head.get_ref().len(), taken);
            let mut whole = BufReader::new(head.chain(rest));
            assert_eq!(Packing::of(&mut whole).expect("memory"), expected);
            let mut found = Vec::new();
            whole.read_to_end(&mut found).expect("memory");
            assert_eq!(found, bytes);
        }
    }

    #[test]
    fn parts_that_follow_each_other_are_one_stream() {
        let long = "河水清了。".repeat(100_000);
        let (a, b) = (long.as_bytes(), b"\nend\n");
        let skipped = [b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec(), zstd(b)].concat();
        let whole = [a, b].concat();
        for packed in [
            whole.clone(),
            gzip(&whole),
            [gzip(a), gzip(b)].concat(),
            zstd(&whole),
            [zstd(a), zstd(b)].concat(),
            [zstd(a), zstd(b""), skipped].concat(),
        ] {
            assert!(read(&packed) == (whole.clone(), None), "{} bytes", packed.len());
        }
        assert_eq!(read(b""), (Vec::new(), None));
    }

    #[test]
    fn damaged_data_is_told_from_the_end() {
        let packed = zstd("河水清了。".repeat(100).as_bytes());
        for cut in [5, packed.len() / 2, packed.len() - 1] {
            let problem = read(&packed[..cut]).1;
            assert!(matches!(problem, Some(ProblemKind::DamagedZstd { .. })), "{cut} {problem:?}");
        }
        let mut followed = packed.clone();
        followed.extend_from_slice(b"something else");
        assert!(matches!(read(&followed).1, Some(ProblemKind::DamagedZstd { .. })));
        let mut changed = packed;
        let last = changed.len() - 1;
        changed[last] ^= 1;
        assert!(matches!(read(&changed).1, Some(ProblemKind::DamagedZstd { .. })));
    }

    proptest::proptest! {
        #[test]
        fn no_data_is_too_strange(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            read(&[&ZSTD[..], &bytes].concat());
            read(&[&GZIP[..], &bytes].concat());
        }
    }
}
