from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from attribution.batch import Options, Run, Shards
from attribution.batch.runs import _in_order
from attribution.errors import LexiconError, ModelError, SettingsError
from attribution.formats.files import TextFile
from attribution.records import Article, AttributedDocument, FailedDocument
from tests.batch.stubs import BAD, DEADLY, StubParser

SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا."


def articles(number: int, special: dict[int, str] | None = None) -> list[Article]:
    texts = {i: SAID.format(i) for i in range(number)} | {
        i: f"وقال {word} إن الخبر صحيح." for i, word in (special or {}).items()
    }
    return [Article(id=f"a{i}", text=texts[i], metadata={"at": i}) for i in range(number)]


@pytest.fixture
def deaths(tmp_path: Path) -> Path:
    folder = tmp_path / "deaths"
    folder.mkdir()
    return folder


def test_records_are_those_of_a_stream_in_order(tmp_path: Path):
    items = articles(30, {4: BAD})
    options = Options(model=StubParser())
    reported: list[int] = []
    shards = Shards(tmp_path / "run", items, options, size=4)
    found = list(Run(shards, options, workers=2, report=reported.append).records())
    assert found == list(options.extractor().stream(items))
    assert [type(record) for record in found[3:6]] == [AttributedDocument, FailedDocument, AttributedDocument]
    assert found[4].metadata == {"at": 4}
    assert sum(reported) == 30
    assert sum(len(r.attributions) for r in found if isinstance(r, AttributedDocument)) >= 29
    shards.remove()
    assert not (tmp_path / "run").exists()


def test_a_dead_worker_is_replaced_and_its_shard_redone(tmp_path: Path, deaths: Path):
    (deaths / "1").touch()
    options, reported = Options(model=StubParser(deaths)), list[int]()
    shards = Shards(tmp_path / "run", articles(6, {3: DEADLY}), options, size=2)
    found = list(Run(shards, options, workers=1, report=reported.append).records())
    assert not list(deaths.iterdir())
    assert [(record.id, type(record)) for record in found] == [(f"a{i}", AttributedDocument) for i in range(6)]
    assert sum(reported) == 6


def test_a_shard_that_kills_twice_is_given_up_and_the_rest_is_done(tmp_path: Path, deaths: Path):
    for name in "123":
        (deaths / name).touch()
    options = Options(model=StubParser(deaths))
    shards = Shards(tmp_path / "run", articles(6, {3: DEADLY}), options, size=2)
    found = list(Run(shards, options, workers=1).records(ordered=False))
    failed = [record for record in found if isinstance(record, FailedDocument)]
    assert [record.id for record in failed] == ["a2", "a3"]
    assert "died 2 times" in failed[0].error
    assert sorted(record.id for record in found) == [f"a{i}" for i in range(6)]
    assert len(list(deaths.iterdir())) == 1


def test_a_run_left_early_keeps_what_is_done_and_goes_on(tmp_path: Path):
    options, items = Options(model=StubParser()), articles(8)
    shards = Shards(tmp_path / "run", items, options, size=2)
    run = Run(shards, options, workers=1)
    with closing(run.records()) as records:
        first = list(islice(records, 2))
    assert shards.done() >= {0}
    assert not run._workers
    kept = shards.path(0)
    changed = kept.read_bytes().replace(b'"at":1', b'"at":"kept"')
    kept.write_bytes(changed)
    again = list(Run(Shards(tmp_path / "run", items, options, size=2), options, workers=1).records(resume=True))
    assert again[0] == first[0]
    assert again[1].metadata == {"at": "kept"}, "the shard was read, not made again"
    assert [record.id for record in again] == [f"a{i}" for i in range(8)]


def test_without_resume_a_run_begins_anew(tmp_path: Path):
    options, items = Options(model=StubParser()), articles(2)
    shards = Shards(tmp_path / "run", items, options, size=2)
    shards.open(resume=False)
    shards.path(0).write_bytes(b"old")
    assert len(list(Run(shards, options, workers=1).records())) == 2


@pytest.mark.parametrize("what", ["inputs", "options", "size"])
def test_another_run_is_not_continued(tmp_path: Path, what: str):
    options, items = Options(model=StubParser()), articles(4)
    Shards(tmp_path / "run", items, options, size=2).open(resume=False)
    size = 3 if what == "size" else 2
    items = articles(4, {1: "الملك"}) if what == "inputs" else items
    options = Options(model="padt") if what == "options" else options
    with pytest.raises(SettingsError, match=f"other {what}: "):
        Shards(tmp_path / "run", items, options, size=size).open(resume=True)


def test_a_changed_file_is_another_input(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("قال", encoding="utf-8")
    before = Shards(tmp_path / "run", [TextFile("a", path)], Options()).manifest
    path.write_text("قالت", encoding="utf-8")
    assert Shards(tmp_path / "run", [TextFile("a", path)], Options()).manifest != before
    absent = Shards(tmp_path / "run", [TextFile("b", tmp_path / "b.txt")], Options())
    assert absent.manifest["inputs"] != before["inputs"]


def test_files_are_read_by_the_workers(tmp_path: Path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_bytes(SAID.format(1).encode("cp1256"))
    bad.write_bytes(b"%PDF-")
    options = Options(model=StubParser(), encoding="cp1256")
    shards = Shards(tmp_path / "run", [TextFile("bad", bad), TextFile("good", good)], options)
    failed, found = Run(shards, options, workers=1).records()
    assert isinstance(failed, FailedDocument)
    assert "is a PDF" in failed.error
    assert isinstance(found, AttributedDocument)
    assert found.text == SAID.format(1)


def test_half_written_shards_are_cleared_away(tmp_path: Path):
    shards = Shards(tmp_path / "run", articles(2), Options(), size=2)
    shards.open(resume=False)
    (tmp_path / "run" / ".x.jsonl.abcd.part").write_bytes(b"half")
    shards.open(resume=True)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["manifest.json"]
    assert json.loads((tmp_path / "run" / "manifest.json").read_text())["size"] == 2


def test_a_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path):
    options = Options(model=tmp_path / "no model")
    with pytest.raises(ModelError, match=r"resources\.json is missing"):
        list(Run(Shards(tmp_path / "run", articles(1), options), options, workers=1).records())


def test_what_is_wrong_is_told_before_anything_starts(tmp_path: Path):
    items, lexicon = articles(1), tmp_path / "l.toml"
    lexicon.write_text("[verb]\nx = ")
    shards = Shards(tmp_path / "run", items, Options(lexicon=(lexicon,)))
    with pytest.raises(LexiconError):
        Run(shards, Options(lexicon=(lexicon,)), workers=1)
    with pytest.raises(SettingsError, match="workers"):
        Run(shards, Options(), workers=0)
    with pytest.raises(SettingsError, match="shard"):
        Shards(tmp_path, items, Options(), size=0)
    with pytest.raises(SettingsError, match="standard input"):
        Shards(tmp_path, [TextFile("stdin", None)], Options())


def test_the_number_of_shards_follows_the_inputs(tmp_path: Path):
    assert len(Shards(tmp_path, articles(20), Options())) == 3
    assert Shards(tmp_path, [Article(id="", text="")] * 20_000, Options()).size == 200
    assert len(Shards(tmp_path, [], Options())) == 0


@pytest.mark.parametrize("numbers", [[], [0], [2, 0, 1], [1, 3, 2, 0, 4]])
def test_in_order(numbers: list[int]):
    asked: list[int] = []

    def coming() -> Iterator[int]:
        for number in numbers:
            asked.append(number)
            yield number

    assert list(_in_order(coming())) == sorted(numbers)
    assert asked == numbers
