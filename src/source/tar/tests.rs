//! Tar archives made here, right and wrong.

use tar::{Builder, EntryType as T, Header};

use super::BLOCK;
use crate::source::members::tests::{A, B, found, header};

#[test]
fn long_names_links_and_devices_in_tar() {
    let long = "长".repeat(100) + ".txt";
    let mut builder = Builder::new(Vec::new());
    let mut plain = Header::new_gnu();
    plain.set_size(A.len() as u64);
    builder.append_data(&mut plain, &long, A).unwrap();
    let record = "path=posix.txt\n";
    let record = format!("{} {record}", record.len() + 3);
    builder.append(&header(b"x", T::XHeader, record.len()), record.as_bytes()).unwrap();
    builder.append(&header(b"short.txt", T::Regular, B.len()), B).unwrap();
    for kind in [T::Symlink, T::Link, T::Char, T::Block, T::Fifo, T::Directory] {
        builder.append(&header(b"/etc/passwd", kind, 0), &[][..]).unwrap();
    }
    let bomb = vec![b'n'; 1 << 20];
    builder.append(&header(b"x", T::GNULongName, bomb.len()), &*bomb).unwrap();
    builder.append(&header(b"y", T::Regular, B.len()), B).unwrap();
    let told = found("a.tar", &builder.into_inner().unwrap());
    assert_eq!(told[..2], [format!("{long}: 石板路上"), "posix.txt: 桥头的灯".to_owned()]);
    assert!(told.len() == 3 && told[2].len() < 70_000);
}

/// A member with records in front of its header.
fn extended(builder: &mut Builder<Vec<u8>>, kind: u8, records: &[&str], member: &Header) {
    let record = |record: &&str| format!("{:02} {record}\n", record.len() + 4);
    let told = records.iter().map(record).collect::<Vec<_>>().concat();
    let front = header(b"x", T::new(kind), told.len());
    builder.append(&front, told.as_bytes()).unwrap();
    builder.append(member, &[][..]).unwrap();
}

#[test]
fn a_size_in_front_of_a_header_counts_more_than_the_header() {
    for kind in *b"xg" {
        let mut builder = Builder::new(Vec::new());
        extended(&mut builder, kind, &["size=1024"], &header(b"outer.bin", T::Regular, 0));
        // A part of the text before for whoever reads the size in front.
        builder.append(&header(b"inner.txt", T::Regular, A.len()), A).unwrap();
        if kind == b'g' {
            extended(&mut builder, kind, &["size=12"], &header(b"last.txt", T::Regular, 0));
            let bytes = builder.get_mut();
            bytes.extend(B);
            bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        } else {
            builder.append(&header(b"last.txt", T::Regular, B.len()), B).unwrap();
        }
        assert_eq!(found("a.tar", &builder.into_inner().unwrap()), ["last.txt: 桥头的灯"]);
    }
    // What could hide a size is not passed over.
    let mut builder = Builder::new(Vec::new());
    let padded = vec![b'n'; 2 << 20];
    builder.append(&header(b"x", T::XHeader, padded.len()), &*padded).unwrap();
    builder.append(&header(b"a.txt", T::Regular, A.len()), A).unwrap();
    assert_eq!(found("a.tar", &builder.into_inner().unwrap()), ["! a.tar: Damaged"]);
}

#[test]
fn sparse_files_are_told_and_passed_over() {
    let mut builder = Builder::new(Vec::new());
    let mut sparse = header(b"gnu.txt", T::GNUSparse, A.len());
    let gnu = sparse.as_gnu_mut().unwrap();
    gnu.isextended = [1];
    gnu.realsize = *b"77777777777\0";
    sparse.set_cksum();
    // The list goes on in a block of its own.
    builder.append(&sparse, &[&[0; BLOCK], A].concat()[..]).unwrap();
    let bytes = builder.get_mut();
    bytes.truncate(bytes.len().next_multiple_of(BLOCK));
    let records = ["GNU.sparse.major=1", "GNU.sparse.name=posix.txt", "path=GNUSparseFile.0/a"];
    extended(&mut builder, b'x', &records, &header(b"short", T::Regular, 0));
    builder.append(&header(b"b.txt", T::Regular, B.len()), B).unwrap();
    assert_eq!(
        found("a.tar", &builder.into_inner().unwrap()),
        ["! a.tar/gnu.txt: Unsupported", "! a.tar/posix.txt: Unsupported", "b.txt: 桥头的灯"]
    );
}
