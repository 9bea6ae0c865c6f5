from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution.errors import InputError
from attribution.formats.gold import read_gold, read_predictions, relations_of
from attribution.formats.jsonl import write_jsonl
from attribution.spans import Span
from tests.evaluation.gold import annotation, write_gold
from tests.formats.documents import document


def test_a_gold_folder_and_a_folder_of_them(tmp_path: Path):
    write_gold(tmp_path / "dev", {"b": ("قال", []), "a": ("قال", [annotation([0, 3])])})
    write_gold(tmp_path / "seed", {"c": ("قال", [])})
    assert [d.id for d in read_gold(tmp_path / "dev")] == ["a", "b"]
    assert [d.id for d in read_gold(tmp_path)] == ["a", "b", "c"]
    assert read_gold(tmp_path / "dev")[0].relations[0].content == (Span(0, 3),)


def test_two_texts_of_one_id_are_refused(tmp_path: Path):
    for folder in ("x", "y"):
        write_gold(tmp_path / folder, {"a": ("قال", [])})
    with pytest.raises(InputError, match="two annotated texts have the id 'a'"):
        read_gold(tmp_path)


def test_a_folder_without_annotations_is_named(tmp_path: Path):
    with pytest.raises(InputError, match="holds no annotations") as error:
        read_gold(tmp_path)
    assert error.value.path == tmp_path


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"content": [[5, 2]]}, "not a span"),
        ({"type": None}, r"attributions\.0\.type"),
        ({"cue": [1]}, r"attributions\.0\.cue"),
    ],
)
def test_a_wrong_annotation_is_named(tmp_path: Path, change: dict[str, object], fault: str):
    write_gold(tmp_path, {"a": ("قال", [annotation([0, 3]) | change])})
    with pytest.raises(InputError, match=rf"a\.json: .*{fault}"):
        read_gold(tmp_path)


def test_an_annotation_without_its_text_is_named(tmp_path: Path):
    write_gold(tmp_path, {"a": ("قال", [])})
    (tmp_path / "text" / "a.txt").unlink()
    with pytest.raises(InputError, match=r"a\.txt: cannot be read"):
        read_gold(tmp_path)


def test_predictions_of_another_tool_need_only_the_contract(tmp_path: Path):
    bare = {"id": "a", "other": 1, "attributions": [{"content": {"spans": [{"start": 0, "end": 3}]}}]}
    (tmp_path / "p.jsonl").write_text(json.dumps(bare))
    (relation,) = read_predictions(tmp_path / "p.jsonl")["a"]
    assert (relation.content, relation.cue, relation.source, relation.speaker) == ((Span(0, 3),), None, None, None)


def test_written_documents_are_read_as_the_relations_they_hold(tmp_path: Path):
    write_jsonl([document("a")], tmp_path / "p.jsonl")
    assert read_predictions(tmp_path / "p.jsonl") == {"a": relations_of(document("a"))}
    assert relations_of(document("a"))[1].source is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [("{}", "id: Field required"), ("x", "Invalid JSON"), ('{"id": "a", "attributions": []}', "earlier line")],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, fault: str):
    (tmp_path / "p.jsonl").write_text('{"id": "a", "attributions": []}\n' + line)
    with pytest.raises(InputError, match=rf"p\.jsonl:2: .*{fault}"):
        read_predictions(tmp_path / "p.jsonl")
