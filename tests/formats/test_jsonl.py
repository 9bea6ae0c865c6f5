from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution.errors import InputError
from attribution.formats.jsonl import dump_line, parse_line, read_jsonl, write_jsonl
from tests.formats.documents import TEXT, document


def test_documents_come_back_as_they_were(tmp_path: Path):
    documents = [document("a"), document("b", metadata={"day": 3, "tags": ["س", None]}), document("c", attributions=())]
    assert write_jsonl(documents, tmp_path / "out.jsonl") == 3
    assert list(read_jsonl(tmp_path / "out.jsonl")) == documents


def test_a_line_is_one_line_whatever_the_text_holds():
    odd = "قال\u2028بوتين\x85\r\n\x00«»"
    line = dump_line(document(text=odd, attributions=()))
    assert line.count(b"\n") == 1
    assert parse_line(line).text == odd


def test_lone_surrogates_pass_through():
    odd = document(text="قال \ud800 ب", attributions=(), metadata={"note": "\udfff"})
    line = dump_line(odd)
    assert line.isascii()
    assert parse_line(line) == odd
    with pytest.raises(InputError, match="version: Field required"):
        parse_line(line.replace(b'"version"', b'"versions"'))


def test_a_line_holds_what_the_contract_names():
    held = json.loads(dump_line(document()))["attributions"][0]
    start = TEXT.index("سنلتقي")
    assert held["content"]["spans"] == [{"start": start, "end": start + 13, "text": "سنلتقي الجمعة"}]
    assert held["cue"]["span"] == {"start": 0, "end": 3, "text": "قال"}
    assert held["source"]["span"]["text"] == "بوتين"
    assert (held["speaker"]["name"], held["type"]) == ("فلاديمير بوتين", "direct")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", "Invalid JSON"),
        (dump_line(document()).replace(b'"direct"', b'"spoken"'), r"attributions\.0\.type: Input should be"),
        (b"\xff", "Invalid JSON"),
        (b"[]", "Input should be an object"),
    ],
)
def test_a_bad_line_is_named_with_its_field(tmp_path: Path, line: bytes, fault: str):
    (tmp_path / "in.jsonl").write_bytes(dump_line(document()) + b"\n" + line)
    with pytest.raises(InputError, match=rf"in\.jsonl:3: no record of `attribution extract`: {fault}") as error:
        list(read_jsonl(tmp_path / "in.jsonl"))
    assert error.value.line == 3


def test_a_run_that_fails_leaves_no_file(tmp_path: Path):
    def failing():
        yield document()
        raise InputError("no more")

    with pytest.raises(InputError):
        write_jsonl(failing(), tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"no\.jsonl: cannot be read"):
        list(read_jsonl(tmp_path / "no.jsonl"))
