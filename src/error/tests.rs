use super::*;

/// Every kind once, with its message in both languages.
fn samples() -> Vec<(ProblemKind, &'static str, &'static str)> {
    use ProblemKind as K;
    let gib = 1 << 30;
    vec![
        (
            K::NotFound,
            "打不开（没有这个文件或文件夹）；请检查路径",
            "cannot open (no such file or folder); check the path",
        ),
        (
            K::Vanished,
            "打不开（列出之后被移走或删除）；请重新载入",
            "cannot open (it was moved or deleted after it was listed); load the archive again",
        ),
        (
            K::DanglingLink,
            "打不开（符号链接指向的文件不存在）；请修正或删除该链接",
            "cannot open (the symbolic link leads to nothing); mend or remove the link",
        ),
        (
            K::PermissionDenied,
            "打不开（没有权限）；请检查文件和上级文件夹的权限",
            "cannot open (permission denied); check the rights of it and its folders",
        ),
        (
            K::Special(SpecialFile::Pipe),
            "不是普通文件（命名管道）；可用管道送入标准输入：… | zhaidu -",
            "not a regular file (named pipe); pipe its text in: … | zhaidu -",
        ),
        (
            K::Binary,
            "不是文本（含二进制数据）；请先转换为纯文本",
            "not text (it holds binary data); convert it to plain text first",
        ),
        (
            K::TooLarge { limit: gib, size: Some(gib * 3 / 2) },
            "太大（上限 1 GiB，实际 1.5 GiB）；请拆分后再读",
            "too large (the limit is 1 GiB, it has 1.5 GiB); split it first",
        ),
        (
            K::TooLarge { limit: 812, size: None },
            "太大（上限 812 B）；请拆分后再读",
            "too large (the limit is 812 B); split it first",
        ),
        (
            K::Io { cause: "Stale file handle".into() },
            "读取出错（Stale file handle）；请检查磁盘或网络后重试",
            "cannot read (Stale file handle); check the disk or the network, then try again",
        ),
        (
            K::UnknownEncoding { name: "big6".into(), suggestion: Some("big5") },
            "不认识的编码（big6）；是否想用 big5？",
            "unknown encoding (big6); did you mean big5?",
        ),
        (
            K::UnknownEncoding { name: "klingon".into(), suggestion: None },
            "不认识的编码（klingon）；例如 utf-8、gb18030、big5、utf-16",
            "unknown encoding (klingon); use for example utf-8, gb18030, big5, utf-16",
        ),
        (
            K::BadJson { cause: "expected value at column 3".into() },
            "此行不是有效的 JSON（expected value at column 3）；已跳过；请修正此行",
            "this line is not JSON (expected value at column 3); skipped; mend the line",
        ),
        (
            K::NoColumn,
            "表中没有正文一列（需要名为 content、text、body、正文 或 内容 的列）；可用 --field text=列名 指定",
            "no column with a text (a column content, text, body, 正文 or 内容 is needed); name it with --field text=COLUMN",
        ),
        (
            K::NoText,
            "此行没有正文（需要 content、text、body、正文 或 内容 字段）；已跳过；请修正此行",
            "this line has no text (a field content, text, body, 正文 or 内容 is needed); skipped; mend the line",
        ),
    ]
}

/// The same of what is packed.
fn samples_of_archives() -> Vec<(ProblemKind, &'static str, &'static str)> {
    use ProblemKind as K;
    let gib = 1 << 30;
    vec![
        (
            K::OnlyMarkup,
            "没有正文（除标记和标题外没有内容）；已跳过；请查看原文件",
            "no text (there is nothing but markup and titles); skipped; look at the file",
        ),
        (
            K::DamagedGzip { cause: "corrupt deflate stream".into() },
            "压缩数据已损坏（corrupt deflate stream）；损坏之前的内容已读取；请重新获取该文件",
            "damaged gzip data (corrupt deflate stream); what came before the damage was read; fetch the file again",
        ),
        (
            K::DamagedZstd { cause: "wrong checksum".into() },
            "压缩数据已损坏（wrong checksum）；损坏之前的内容已读取；请重新获取该文件",
            "damaged zstd data (wrong checksum); what came before the damage was read; fetch the file again",
        ),
        (
            K::Damaged { what: "zip", cause: "unexpected end of data".into() },
            "zip 数据已损坏（unexpected end of data）；损坏之前的内容已读取；请重新获取该文件",
            "damaged zip data (unexpected end of data); what came before the damage was read; fetch the file again",
        ),
        (
            K::Encrypted,
            "无法解压（已加密）；请先用密码解开",
            "cannot unpack (it is encrypted); unpack it with its password first",
        ),
        (
            K::Unsupported { cause: "zip method 98".into() },
            "无法解压（zip method 98）；请用其他程序解压或重新打包",
            "cannot unpack (zip method 98); unpack it with another program first",
        ),
        (
            K::Nested,
            "不再往里读（压缩包中的压缩包）；请先解开外层",
            "not opened (an archive inside an archive); unpack the outer one first",
        ),
        (
            K::TooMuch { limit: gib },
            "解压后太大（上限 1 GiB）；其余未读；可疑的压缩包请勿信任",
            "unpacks to too much (the limit is 1 GiB); the rest was not read; do not trust it",
        ),
    ]
}

#[test]
fn every_kind_says_what_why_and_what_to_do() {
    for (kind, zh, en) in samples().into_iter().chain(samples_of_archives()) {
        assert_eq!(kind.message(Lang::Zh), zh);
        assert_eq!(kind.message(Lang::En), en);
        assert_eq!(kind.to_string(), en);
    }
}

#[test]
fn a_problem_names_its_place_and_line() {
    let whole = Problem::new("a/b.txt", ProblemKind::Binary);
    assert!(whole.to_string().starts_with("a/b.txt: not text ("));
    let record = Problem::at_line("c.jsonl", 7, ProblemKind::NoText);
    assert!(record.to_string().starts_with("c.jsonl:7: this line has no text ("));
}

#[test]
fn causes_are_the_words_of_the_operating_system() {
    let stale = io::Error::from_raw_os_error(116);
    let kind = ProblemKind::from(&stale);
    assert!(!kind.to_string().contains("os error"), "{kind}");
    assert_eq!(ProblemKind::from(&io::Error::from(io::ErrorKind::NotFound)), ProblemKind::NotFound);
    let own = ProblemKind::from(&io::Error::other("odd (os error 5)"));
    assert_eq!(own, ProblemKind::Io { cause: "odd (os error 5)".into() });
}

#[test]
fn sizes_are_short() {
    let cases = [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (1 << 30, "1 GiB"),
        (u64::MAX, "16777215.9 TiB"),
    ];
    for (count, expected) in cases {
        assert_eq!(bytes(count), expected);
    }
}
