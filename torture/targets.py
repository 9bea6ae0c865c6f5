"""What is fuzzed: each target takes any bytes and may raise nothing but the library's own errors.

A target that reads a format also asks that what was accepted can be written and read again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from attribution import Extractor
from attribution.batch import Options, Shards
from attribution.errors import AttributionError
from attribution.evaluation.floors import read_floors
from attribution.formats.brat import from_brat, to_brat
from attribution.formats.conllu import from_conllu, to_conllu
from attribution.formats.exchange import carried
from attribution.formats.files import decode
from attribution.formats.gold import read_gold, read_predictions
from attribution.formats.jsonl import dump_line, parse_line
from attribution.formats.tei import from_tei, to_tei
from attribution.formats.web_annotation import from_web_annotation, to_web_annotation
from attribution.lexicon.loading import _assemble, _blocked, _distinct, _extended, _lists, _user_source
from attribution.lexicon.lookup import WordList
from attribution.lexicon.reading import CUE_TABLES, Cue, formulas, unknown_tables
from attribution.lexicon.validation import parse
from attribution.records import Article, AttributedDocument
from attribution.spans import Span
from attribution.syntax.conllu import parse_conllu, write_conllu
from attribution.syntax.packages import checksums, read_package, verify_bundle
from attribution.text.folding import fold
from attribution.text.marked import find_marked
from attribution.text.units import cut_units
from torture.planted import article
from torture.promises import broken_promises
from torture.stub import StubParser

Target = Callable[[bytes], None]
ENCODINGS = ("utf-8", "cp1256", "utf-16", "utf-8-sig", "iso8859-6", "utf-32", "utf-7")
# Parts a text from its annotations in the input of a target that takes both.
PART = b"\x1e"
_ITEMS = (Article(id="a", text="قال"),)


def run(target: Target, data: bytes) -> None:
    """Nothing; whatever `target` makes of `data` that is no error of the library is raised."""
    with contextlib.suppress(AttributionError):
        target(data)


def folding(data: bytes) -> None:
    """The folding map falls nowhere and covers the whole text."""
    text = _text(data)
    folded = fold(text)
    offsets = list(folded.offsets)
    assert len(folded.text) == len(folded.skeleton) == len(offsets) - 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    whole = folded.original_span(Span(0, len(folded.text)))
    assert 0 <= whole.start <= whole.end <= len(text)


def marks(data: bytes) -> None:
    """Marked stretches nest, and units hold every letter at their depth."""
    folded = fold(_text(data))
    found = find_marked(folded.text)
    open_now: list[Span] = []
    for marked in found:
        assert marked.outer.covers(marked.inner)
        assert marked.inner.of(folded.text).strip() == marked.inner.of(folded.text) != ""
        while open_now and open_now[-1].end <= marked.outer.start:
            open_now.pop()
        assert not open_now or open_now[-1].covers(marked.outer)
        open_now.append(marked.outer)
    for unit in cut_units(folded, found):
        assert all(a.end <= b.start for a, b in zip(unit.elements, unit.elements[1:], strict=False))


def cues(data: bytes) -> None:
    """Cues and all that follows from them keep the promises."""
    text = _text(data)
    assert broken_promises(_linear().extract(text), text) == []


def lexicon(data: bytes) -> None:
    """A user's lexicon is loaded, or its fault named: all that `load_lexicon` does with a file of the user's.

    The bundled lexicon beneath it is read once and not, as there, for every file, which would take a fifth of a second.
    """
    with _file(data, "lexicon.toml") as path:
        source = _user_source(path)
    unknown_tables(source, (*CUE_TABLES, "nonattribution", "block", "nominal"))
    known, lists = _bundled_tables()
    blocked = set(_blocked(source, known))
    found = _distinct(source)
    assert blocked <= set(known)
    _assemble(tuple(found.values()), list(formulas(source)), _extended(source, dict(lists)))


def plain(data: bytes) -> None:
    """A text file in the encoding that its first byte picks."""
    text = decode(data[1:], ENCODINGS[data[0] % len(ENCODINGS)] if data else "utf-8", name="fuzz")
    assert "\r" not in text


def jsonl(data: bytes) -> None:
    """A line of JSON Lines; what is accepted is written and read again."""
    line = data.replace(b"\n", b" ")
    document = parse_line(line, path="fuzz", number=1)
    if _writable(document):
        assert _same(parse_line(dump_line(document)), document)


def predictions(data: bytes) -> None:
    """The predictions that scoring reads."""
    with _file(data, "predictions.jsonl") as path:
        read_predictions(path)


def gold(data: bytes) -> None:
    """An annotated text, its annotation after the text."""
    text, _, annotation = data.partition(PART)
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        for name, held in (("text/a.txt", text), ("ann/a.json", annotation)):
            (Path(folder) / name).parent.mkdir()
            (Path(folder) / name).write_bytes(held)
        read_gold(folder)


def floors(data: bytes) -> None:
    """A file of floors."""
    with _file(data, "floors.json") as path:
        read_floors(path)


def brat(data: bytes) -> None:
    """A text and its brat annotations."""
    text, _, ann = data.partition(PART)
    given = _text(text)
    document = from_brat(_text(ann), given, path="fuzz")
    again = from_brat(to_brat(document), given)
    assert _comparable(again) == _comparable(document)


def tei(data: bytes) -> None:
    """A TEI file."""
    document = from_tei(_text(data), path="fuzz")
    again = from_tei(to_tei(document))
    assert (again.text, _comparable(again)) == (document.text, _comparable(document))


def conllu(data: bytes) -> None:
    """A CoNLL-U file with attributions."""
    document = from_conllu(_text(data), path="fuzz")
    again = from_conllu(to_conllu(document))
    assert (again.text, _comparable(again)) == (document.text, _comparable(document))


def web_annotation(data: bytes) -> None:
    """A text and the page of its annotations."""
    text, _, page = data.partition(PART)
    given = _text(text)
    document = from_web_annotation(_text(page), given, path="fuzz")
    again = from_web_annotation(to_web_annotation(document), given)
    assert _comparable(again) == _comparable(document)


def trees(data: bytes) -> None:
    """Recorded parses; what is accepted is written and read again."""
    sentences = parse_conllu(_text(data), path="fuzz")
    written = write_conllu([s.tree for s in sentences], [s.text for s in sentences])
    assert len(parse_conllu(written)) == sum(1 for s in sentences if s.tree.words)


def model(data: bytes) -> None:
    """A folder of models whose resources.json and checksums.json are anything."""
    resources, _, sums = data.partition(PART)
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        (Path(folder) / "resources.json").write_bytes(resources)
        (Path(folder) / "checksums.json").write_bytes(sums)
        assert set(checksums(Path(folder))) == {"resources.json"}
        assert all(isinstance(fault, str) for fault in verify_bundle(Path(folder)))
        read_package(Path(folder), "padt")


def manifest(data: bytes) -> None:
    """The manifest of a run that is to be resumed, and a shard that it left."""
    kept, _, shard = data.partition(PART)
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        (Path(folder) / "manifest.json").write_bytes(kept)
        shards = Shards(Path(folder), _ITEMS, Options())
        shards.open(resume=True)
        shards.path(0).write_bytes(shard)
        list(shards.read(0))


TARGETS: Mapping[str, Target] = {
    "fold": folding,
    "marks": marks,
    "cues": cues,
    "lexicon": lexicon,
    "plain": plain,
    "jsonl": jsonl,
    "predictions": predictions,
    "gold": gold,
    "floors": floors,
    "brat": brat,
    "tei": tei,
    "conllu": conllu,
    "web_annotation": web_annotation,
    "trees": trees,
    "model": model,
    "manifest": manifest,
}


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that `target` accepts, for the fuzzer to begin with."""
    documents = [_linear().extract(article(seed).text[:400]) for seed in range(3)]
    texts = [document.text or "" for document in documents]
    if target in ("fold", "marks", "cues"):
        yield from (_bytes(text) for text in texts)
    elif target == "plain":
        yield from (bytes([n]) + texts[0].encode(code, "replace") for n, code in enumerate(ENCODINGS))
    elif target == "lexicon":
        yield from _LEXICONS
    elif target in ("jsonl", "predictions"):
        yield from (dump_line(document) for document in documents)
    elif target in ("brat", "web_annotation"):
        write = to_brat if target == "brat" else to_web_annotation
        yield from (_bytes(text) + PART + _bytes(write(d)) for text, d in zip(texts, documents, strict=True))
    elif target in ("tei", "conllu"):
        yield from (_bytes((to_tei if target == "tei" else to_conllu)(d)) for d in documents)
    else:
        yield from _OTHERS[target]


_LEXICONS = tuple(
    held.encode()
    for held in (
        (
            '[[verb]]\nlemma = "همس"\nform = 1\nclass = "say"\ncomplements = ["أن", "quote"]\nstrength = 0.5\n'
            'passive = true\ngloss = "whisper"\nexample = "همس الوزير أن الحل قريب"\n'
        ),
        '[[block]]\nlemma = "قال"\n[nominal]\ntitles = ["رئيس", "رئيسة:f"]\n',
        '[[nonattribution]]\nforms = ["كما يقال"]\ngloss = "as they say"\nexample = "كما يقال"\n',
        (
            '[[verbal_noun]]\nlemma = "رأي"\nclass = "say"\ncomplements = ["أن"]\nstrength = 0.5\ngloss = "view"\n'
            'example = "رأيه أن"\n[[verbal_noun.not]]\nbefore = ["في"]\n'
        ),
        (
            '[[phrase]]\nlemma = "جاء في"\nclass = "relay"\ncomplements = ["NP"]\nstrength = 0.7\nforms = ["جاء فيه"]\n'
            'gloss = "it says in"\nexample = "جاء في البيان"\n'
        ),
    )
)
_OTHERS: Mapping[str, tuple[bytes, ...]] = {
    "gold": (
        "قال نعم".encode()
        + PART
        + b'{"attributions":[{"content":[[4,7]],"cue":[0,3],"source":null,"speaker":null,"type":"direct"}]}',
    ),
    "floors": (b'{"all":{"who_said_what":90.0}}',),
    "trees": (
        "# text = قال نعم\n1\tقال\tقال\tVERB\t_\t_\t0\troot\t_\t_\n2\tنعم\tنعم\tNOUN\t_\t_\t1\tobj\t_\t_\n\n".encode(),
    ),
    "model": (
        b'{"ar":{"packages":{"default":{"tokenize":"a","pos":"a","lemma":"identity","depparse":"a"}},'
        b'"pos":{"a":{"dependencies":[{"model":"pretrain","package":"b"}]}},"tokenize":{"a":{}},"depparse":{"a":{}}}}'
        + PART
        + b'{"resources.json":"00"}',
    ),
    "manifest": (
        json.dumps(Shards(Path(), _ITEMS, Options()).manifest).encode()
        + PART
        + b'{"failed":{"id":"a","error":"b","metadata":{}}}\n',
    ),
}


@cache
def _bundled_tables() -> tuple[Mapping[tuple[str, str], Cue], Mapping[str, WordList]]:
    """The cues and the word lists that the library comes with."""
    data = files("attribution.lexicon") / "data"
    verbs, nominal = ((data / name).read_text("utf-8") for name in ("verbs.toml", "nominal.toml"))
    return _distinct(parse("verbs.toml", verbs)), _lists(parse("nominal.toml", nominal))


@cache
def _linear() -> Extractor:
    return Extractor(StubParser())


def _text(data: bytes) -> str:
    """`data` as a text, lone surrogates where it is no UTF-8: every byte string is one."""
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _comparable(document: AttributedDocument) -> str:
    """What an exchange format carries; the versions and names that a format lacks aside."""
    return json.dumps([a.model_dump() for a in carried(document).attributions])


def _same(one: AttributedDocument, other: AttributedDocument) -> bool:
    """Whether two records are equal, NaN in metadata being equal to itself."""
    return repr(one) == repr(other)


def _writable(document: AttributedDocument) -> bool:
    """Whether no two surrogates stand side by side, of which JSON would make one code point."""
    return not any("\ud800" <= c <= "\udbff" for c in repr(document)) and "\\ud" not in repr(document)


def _memory() -> str | None:
    """A folder in memory, where there is one: fuzzing writes some thousand files a second."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class _file:  # noqa: N801 - reads as a function
    """A file of that name and content, for the block."""

    def __init__(self, data: bytes, name: str) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=_memory())
        self._path = Path(self._folder.name) / name
        self._path.write_bytes(data)

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()
