"""The small corpus that fuzzing left: what once raised, and the smallest inputs that reach what was reached."""

from __future__ import annotations

import base64
import json

import pytest

from torture import fuzz
from torture.targets import PART, TARGETS, run, seeds

CORPUS: dict[str, list[str]] = json.loads(fuzz.KEPT.read_text("ascii"))


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_the_librarys_own_errors_is_raised(name: str):
    for held in CORPUS[name]:
        run(TARGETS[name], base64.b64decode(held))


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with_is_read(name: str):
    found = list(seeds(name))
    assert found
    for seed in found:
        run(TARGETS[name], seed)


# What raised before it was mended, and what is near to it.
MENDED: dict[str, tuple[bytes, ...]] = {
    "tei": (
        b"<?xml version='1.0' encoding='utf-1'?><TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
        b"<?xml version='1.0' encoding='utf-7'?><TEI xmlns='http://www.tei-c.org/ns/1.0'/>",
        b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><ab><g ref='#uffffff'/></ab></text></TEI>",
        b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><span target='#string-range(t," + b"9" * 5_000 + b",1)'/></TEI>",
    ),
    "trees": (b"-1\tx\tx\tX\t_\t_\t0\troot\t_\t_\n\n", b"9" * 5_000 + b"\tx\tx\tX\t_\t_\t0\troot\t_\t_\n\n"),
    "manifest": (b"{}" + PART + b'{"failed":\n', b"[" * 5_000 + PART, b"{}" + PART + b'{"failed":{"id":"\xff"}}\n'),
    "conllu": (b"1\tx\t_\t_\t_\t_\t_\t_\t_\tAttribution=a;cue=x;cue.lemma=y|Cue=a@0:1|Content=a@0:1\n",),
    "web_annotation": (
        b"a" + PART + b'{"items":[' + b"9" * 5_000 + b"]}",
        b"a" + PART + b"[" * 50_000,
        b'a' + PART + b'{"items":[{"id":"x#a","body":{"type":"ar:Attribution"},"target":[{"ar:role":"content",'
        b'"selector":[{"type":"TextPositionSelector","start":Infinity,"end":1}]}]}]}',
        b'a' + PART + b'{"items":[{"id":"x#a","body":{"type":"ar:Attribution"},"target":[{"ar:role":"content",'
        b'"selector":[{"type":"TextPositionSelector","start":0,"end":1},{"type":"TextQuoteSelector","exact":[]}]}]}]}',
    ),
    "lexicon": (b"a = " + b"[" * 50_000, b"a = " + b"9" * 5_000),
    "jsonl": (b"[" * 50_000, b'{"id":"\\ud800",' + b'"a":[' * 5_000),
    "model": (
        b'{"ar":{"packages":[]}}' + PART + b"[]",
        b'{"ar":{"packages":{"padt":{"pos":"a","tokenize":"a","lemma":"a","depparse":"a"}},"pos":{"a":[]}}}' + PART,
        b"[" * 50_000 + PART + b"[" * 50_000,
        b"{}" + PART + b'{"a\\u0000b":"0"}',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, n) for name, held in MENDED.items() for n in range(len(held))])
def test_what_once_raised_is_told_by_name(name: str, number: int):
    run(TARGETS[name], MENDED[name][number])


def test_the_harness_sees_what_raises(monkeypatch: pytest.MonkeyPatch):
    def careless(data: bytes) -> None:
        raise KeyError("careless")

    monkeypatch.setitem(TARGETS, "fold", careless)  # type: ignore[arg-type]
    assert any(line.startswith("fold 0: KeyError") for line in fuzz.replay())
