"""The bundled package at work, and every way a model can be wrong."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from attribution.errors import ModelError
from attribution.syntax import stanza as adapter
from attribution.syntax.packages import bundled_folder
from attribution.syntax.parser import Parser
from attribution.syntax.stanza import StanzaParser, load_parser
from attribution.syntax.tree import Tree

ODD_UNITS = [
    "😀 وقال",
    "a\tb\u00a0c",
    "ا" * 1500,
    "١٢٫٥٪",
    "...",
    "قال\u200f:",
    "\u200b",
    "   قال  الوزير   ",
    "كِتَابٌ",
    "«»",
    "x" * 40,
]


def pieces(tree: Tree, text: str) -> list[str]:
    return [text[w.start : w.end] for w in tree.words]


def test_importing_the_adapter_imports_no_torch():
    code = "import sys, attribution.syntax.stanza; print(sorted({'torch', 'stanza', 'numpy'} & set(sys.modules)))"
    source = str(Path(adapter.__file__).parents[2])
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"


def test_a_reporting_clause(parser):
    unit = "وقال الوزير للصحفيين: «كذا»."
    (tree,) = parser.parse([unit])
    assert pieces(tree, unit) == ["و", "قال", "الوزير", "ل", "لصحفيين", ":", "«", "كذا", "»", "."]
    assert tree.root.form == "قال"
    assert tree.word(5).form == "الصحفيين"
    (subject,) = [w for w in tree.children(2) if w.relation == "nsubj"]
    (content,) = [w for w in tree.children(2) if w.relation in {"ccomp", "parataxis"}]
    assert (subject.form, content.form) == ("الوزير", "كذا")


def test_a_dateline_is_not_the_root(parser):
    (tree,) = parser.parse(["دبي (رويترز) - قال رئيس الوزراء إن الحكومة ستعرض الخطة على البرلمان الأسبوع المقبل."])
    assert tree.root.form == "قال"


def test_offsets_cover_the_unit(parser, sentences):
    for unit, tree in zip(sentences, parser.parse(sentences), strict=True):
        covered = {at for w in tree.words for at in range(w.start, w.end)}
        assert covered == {at for at, character in enumerate(unit) if not character.isspace()}
        assert all(w.start < w.end for w in tree.words)


def test_bulk_equals_one_by_one(parser, sentences):
    units = [*sentences, " ".join(sentences), sentences[0], ""]
    assert parser.parse(units) == [parser.parse([unit])[0] for unit in units]


def test_order_and_blank_units(parser, sentences):
    units = ["", sentences[8], " \n ", sentences[9], sentences[8]]
    trees = parser.parse(units)
    assert [len(tree) > 0 for tree in trees] == [False, True, False, True, True]
    assert trees[1] is trees[4]
    assert [pieces(tree, unit)[0] if tree else "" for tree, unit in zip(trees, units, strict=True)] == [
        "",
        "ماذا",
        "",
        "صرح",
        "ماذا",
    ]
    assert parser.parse([]) == []


def test_line_breaks_and_other_marks_keep_offsets(parser):
    plain, other = "قال زيد: «كذا»، وذهب.", "قال\nزيد: “كذا”, وذهب."
    first, second = parser.parse([plain, other])
    assert first == second
    assert pieces(second, other)[3:6] == ["“", "كذا", "”"]


def test_odd_text_never_raises(parser):
    for unit, tree in zip(ODD_UNITS, parser.parse(ODD_UNITS), strict=True):
        assert all(0 <= w.start < w.end <= len(unit) for w in tree.words), unit


def test_many_small_batches_give_the_same(parser, sentences, monkeypatch: pytest.MonkeyPatch):
    expected = parser.parse(sentences)
    monkeypatch.setattr(adapter, "BATCH_CHARACTERS", 60)
    assert len(list(adapter._batches(sorted(sentences, key=len)))) > 3
    assert parser.parse(sentences) == expected


def test_threads_share_one_parser(parser, sentences):
    expected = parser.parse(sentences)
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(lambda _: load_parser("ar_compact"), range(4)))
        parsed = list(pool.map(lambda unit: load_parser("ar_compact").parse([unit])[0], sentences))
    assert all(one is parser for one in loaded)
    assert parsed == expected


FORKED = """
import os, sys, time
import torch
from attribution.syntax import stanza as adapter
units = ["وقال الوزير إن الحل قريب.", "وأضافت الوزيرة أن العمل مستمر."] * 40
parser = adapter.load_parser()
torch.set_num_threads(2)  # with one there is no thread for the child to wait for
expected = parser.parse(units)
adapter._turns[parser.pipeline].lock.acquire()  # as if another thread were parsing
child = os.fork()
if child == 0:
    os._exit(0 if parser.parse(units) == expected and torch.get_num_threads() == 1 else 3)
adapter._turns[parser.pipeline].lock.release()
until = time.monotonic() + 60
while (done := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < until:
    time.sleep(0.05)
if done[0] == 0:
    os.kill(child, 9)
    sys.exit("the child hangs")
assert torch.get_num_threads() == 2
assert parser.parse(units) == expected
sys.exit(os.waitstatus_to_exitcode(done[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_parses_as_its_parent_does():
    source = str(Path(adapter.__file__).parents[2])
    code = f"import sys; sys.path.insert(0, {source!r})\n{FORKED}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_ready_pipeline_is_adopted(parser, sentences):
    adopted = load_parser(parser.pipeline)
    assert isinstance(adopted, StanzaParser)
    assert adopted.name == "stanza:ar"
    assert adopted.parse(sentences) == parser.parse(sentences)


def test_a_unit_that_stanza_splits_is_still_one_tree(parser, monkeypatch: pytest.MonkeyPatch):
    unit = "قال الوزير: كذا  أضاف المدير: كذا"
    pipeline = parser.pipeline
    monkeypatch.setattr(parser, "pipeline", lambda text: pipeline(text.replace("كذا  أضاف", "كذا\n\nأضاف")))
    (tree,) = parser.parse([unit])
    assert [w.deprel for w in tree.words if w.form in {"قال", "أضاف"}] == ["root", "parataxis"]
    assert pieces(tree, unit) == ["قال", "الوزير", ":", "كذا", "أضاف", "المدير", ":", "كذا"]
    assert [w.head for w in tree.words if w.form == "المدير"] == [5]


class Scripted:
    name = "scripted"

    def parse(self, units):
        return [Tree() for _ in units]


def test_any_parser_comes_back_as_it_is():
    scripted = Scripted()
    assert isinstance(scripted, Parser)
    assert load_parser(scripted) is scripted


@pytest.mark.parametrize("model", [None, 7, b"ar_compact", object(), lambda text: text])
def test_what_is_no_parser(model):
    with pytest.raises(ModelError, match="give 'ar_compact'"):
        load_parser(model)


def test_a_pipeline_without_a_parser(parser):
    class Cut:
        def __init__(self) -> None:
            self.processors = {"tokenize": None}

        def __call__(self, text: str) -> None:
            raise AssertionError(text)

    cut = Cut()
    with pytest.raises(ModelError, match="cannot parse"):
        load_parser(cut)
    cut.processors, cut.config = parser.pipeline.processors, {"tokenize_pretokenized": True}
    with pytest.raises(ModelError, match="tokenize_pretokenized"):
        load_parser(cut)


def test_a_folder(folder: Path, parser, sentences):
    loaded = load_parser(folder)
    assert loaded.name == "models"
    assert load_parser(str(folder)) is loaded
    assert loaded.parse(sentences) == parser.parse(sentences)


def test_no_official_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    with pytest.raises(ModelError, match=r"attribution models download.*stanza\.download\(\"ar\"\)"):
        load_parser("padt")


def test_an_official_package_reads_plain_marks(official_like: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(official_like))
    listed = official_like / "resources.json"
    listed.write_text(listed.read_text("utf-8").replace("padt_nocharlm", "identity"), encoding="utf-8")
    padt = load_parser("padt")
    assert padt.name == "padt"
    assert padt.readable("قال: «كذا”,\nثم") == 'قال: "كذا"، ثم'


@pytest.mark.parametrize("step", ["depparse", "pretrain", "tokenize"])
def test_a_cut_off_file_is_named(folder: Path, step: str):
    (path,) = (folder / "ar" / step).iterdir()
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match=f"{step}/{path.name} cannot be loaded"):
        load_parser(folder)


def test_a_damaged_bundle_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path = folder / "ar/mwt/compact.pt"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.unlink()
    path.write_bytes(content)
    monkeypatch.setattr("attribution.syntax.packages.bundled_folder", lambda: folder)
    adapter.checked_bundle.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"ar/mwt/compact\.pt is not the file that was published"):
            load_parser("ar_compact")
    finally:
        adapter.checked_bundle.cache_clear()


class Bomb:
    """Pickled, it creates a file when it is loaded by a careless reader."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return Path.touch, (Path(self.path),)


@pytest.mark.parametrize("step", ["tokenize", "mwt", "pos", "pretrain", "depparse"])
def test_code_in_a_model_file_does_not_run(folder: Path, step: str):
    mark = folder / "ran"
    (path,) = (folder / "ar" / step).iterdir()
    path.unlink()
    path.write_bytes(pickle.dumps(Bomb(str(mark))))
    pickle.loads(path.read_bytes())
    assert mark.exists(), "the bomb is live"
    mark.unlink()
    with pytest.raises(ModelError, match=f"{step}/{path.name} cannot be loaded"):
        load_parser(folder)
    import torch

    torch.save({"model": Bomb(str(mark))}, path)
    with pytest.raises(ModelError, match=f"{step}/{path.name} cannot be loaded"):
        load_parser(folder)
    assert not mark.exists()


def test_a_device_that_is_not_there(tmp_path: Path):
    with pytest.raises(ModelError, match="device 'nowhere' cannot be used"):
        load_parser("ar_compact", "nowhere")


def test_loading_leaves_stanza_as_it_was(folder: Path):
    from stanza.models.common import utils

    before = utils.get_optimizer, utils.get_split_optimizer
    load_parser(folder)
    assert (utils.get_optimizer, utils.get_split_optimizer) == before


def test_the_bundle_is_where_the_adapter_looks(parser):
    assert parser.pipeline.dir == str(bundled_folder())
    assert parser.name == "ar_compact"
