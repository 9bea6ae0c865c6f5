from __future__ import annotations

import io
from pathlib import Path

import pytest

from attribution.errors import InputError, SettingsError
from attribution.formats.files import TextFile, find_texts, known_encoding, read_text

ARABIC = "قال الوزير"


def ids(*inputs: object) -> list[str]:
    return [place.id for place in find_texts(map(str, inputs)) if isinstance(place, TextFile)]


def test_a_directory_gives_its_texts_sorted_and_nothing_else(tmp_path: Path):
    for name in ("b.txt", "a.txt", "c.md", "sub/d.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert ids(tmp_path) == ["a", "b", "d"]


def test_a_file_named_twice_is_read_once(tmp_path: Path):
    (tmp_path / "a.txt").touch()
    assert ids(tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt") == ["a"]


def test_texts_that_share_a_stem_are_told_apart_by_their_paths(tmp_path: Path):
    for name in ("x/a.txt", "y/a.txt", "y/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = ids(tmp_path)
    assert found == [(tmp_path / "x/a.txt").as_posix(), (tmp_path / "y/a.txt").as_posix(), "b"]


def test_a_directory_without_texts_is_an_error_in_its_place(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").touch()
    first, second = find_texts([str(tmp_path / "empty"), str(tmp_path / "a.txt")])
    assert isinstance(first, InputError)
    assert str(first) == f"{tmp_path / 'empty'}: is a directory without *.txt files"
    assert isinstance(second, TextFile)


def test_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARABIC.encode())))
    (place,) = find_texts(["-"])
    assert isinstance(place, TextFile)
    assert (place.id, place.read()) == ("stdin", ARABIC)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"no\.txt: cannot be read: No such file") as error:
        read_text(tmp_path / "no.txt")
    assert error.value.path == tmp_path / "no.txt"


def test_a_file_in_another_encoding_is_refused_with_the_byte_and_read_with_its_name(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"abc " + ARABIC.encode("cp1256"))
    with pytest.raises(InputError, match=r"is not UTF-8: byte 4 is 0xDE; .*--encoding cp1256"):
        read_text(tmp_path / "a.txt")
    assert read_text(tmp_path / "a.txt", "cp1256") == "abc " + ARABIC


def test_utf16_is_recognised(tmp_path: Path):
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-16")
    with pytest.raises(InputError, match="--encoding utf-16"):
        read_text(tmp_path / "a.txt")
    assert read_text(tmp_path / "a.txt", "utf-16") == ARABIC


def test_a_character_cut_off_at_the_end_of_the_file(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(ARABIC.encode()[:-1])
    with pytest.raises(InputError, match="byte 17 is 0xD8"):
        read_text(tmp_path / "a.txt")


def test_a_pdf_is_recognised(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    with pytest.raises(InputError, match="is a PDF"):
        read_text(tmp_path / "a.txt")


@pytest.mark.parametrize("raw", ["", "\x00قال\x00", "\ufeffقال", "أ\r\nب\rج\n", "أ\u2028ب\x85"])
def test_a_text_is_what_open_gives(tmp_path: Path, raw: str):
    (tmp_path / "a.txt").write_bytes(raw.encode())
    assert read_text(tmp_path / "a.txt") == (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_an_unknown_encoding_is_a_wrong_setting():
    assert known_encoding("windows-1256") == "cp1256"
    for name in ("klingon", "base64"):
        with pytest.raises(SettingsError, match=f"unknown encoding '{name}'"):
            known_encoding(name)
