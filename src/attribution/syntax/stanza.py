"""Parsers made with Stanza; only this, speed.py and expansions.py import it and torch, when a parser is loaded."""

from __future__ import annotations

import os
import sys
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from attribution.errors import ModelError
from attribution.syntax.alignment import align
from attribution.syntax.conventions import conventional
from attribution.syntax.packages import (
    BUNDLED,
    GET_OFFICIAL,
    LANGUAGE,
    Package,
    checked_bundle,
    official_folder,
    read_package,
)
from attribution.syntax.parser import Parser
from attribution.syntax.speed import speed_up, without_optimizers
from attribution.syntax.tree import EMPTY, Tree, Word

BATCH_CHARACTERS = 30_000
BREAK = "\n\n"
BUNDLED_TOKENIZER = "compact"
COMMA = {",": "،"}
MARKS_OF_BUNDLE = {**COMMA, **dict.fromkeys("“„‟〝", "«"), **dict.fromkeys("”〞", "»")}
MARKS_OF_PADT = {**COMMA, **dict.fromkeys("«»“”„‟〝〞", '"')}

_loading = threading.RLock()
_loaded: dict[tuple[str, str, str], StanzaParser] = {}


class _Turn:
    """Whose turn it is to use one pipeline; a forked process takes a lock of its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


_turns: WeakKeyDictionary[Any, _Turn] = WeakKeyDictionary()


class StanzaParser:
    """A Parser over one Stanza pipeline; calls from several threads wait for each other."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self.name = name
        self.pipeline = pipeline
        self._marks = str.maketrans(_marks(pipeline))
        with _loading:
            self._turn = _turns.setdefault(pipeline, _Turn())

    def parse(self, units: Sequence[str]) -> list[Tree]:
        """One tree for each unit, in order; equal units are parsed once, units of like length together."""
        readable = [self.readable(unit) for unit in units]
        waiting = sorted({text for text in readable if text.strip()}, key=lambda text: (len(text), text))
        trees: dict[str, Tree] = {}
        with self._turn.lock:
            for batch in _batches(waiting):
                trees.update(zip(batch, self._parse_batch(batch), strict=True))
        return [trees.get(text, EMPTY) for text in readable]

    def readable(self, unit: str) -> str:
        """`unit` as the model reads it best, of the same length: its treebank's marks and commas, spaces for breaks."""
        text = unit.translate(self._marks)
        return "".join(" " if character.isspace() else character for character in text)

    def _parse_batch(self, batch: Sequence[str]) -> list[Tree]:
        """One tree for each text of `batch`, none of them blank, in one run of the pipeline."""
        starts = [0]
        for text in batch[:-1]:
            starts.append(starts[-1] + len(text) + len(BREAK))
        words: list[list[Word]] = [[] for _ in batch]
        for sentence in self.pipeline(BREAK.join(batch)).sentences:
            at = bisect_right(starts, sentence.tokens[0].start_char) - 1
            words[at].extend(_words(sentence, batch[at], base=starts[at], before=len(words[at])))
        return [conventional(Tree.of(found)) for found in words]


def load_parser(model: Any = BUNDLED, device: str = "cpu") -> Parser:
    """The parser that `model` names, loaded once a process and device.

    `model` is "ar_compact" (bundled), a Stanza package ("padt"), a folder of Stanza models, a stanza.Pipeline, or any
    object with `name` and `parse`, which comes back as it is. `device` is "cpu", "cuda" or "cuda:N".
    ModelError says what is missing and how to get it.
    """
    if isinstance(model, (str, Path)):
        return _load_named(model, device)
    if isinstance(model, Parser):
        return model
    if callable(model) and isinstance(getattr(model, "processors", None), dict):
        return _adopt(model)
    raise ModelError(
        f"model is a {type(model).__name__}: give 'ar_compact', a Stanza package, a folder, a stanza.Pipeline "
        "or an object with `name` and `parse`"
    )


def use_one_thread() -> None:
    """Nothing; torch works with one thread in this process: several processes on the same cores get in their way."""
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
    if "torch" in sys.modules:  # else it reads the environment when it is imported
        sys.modules["torch"].set_num_threads(1)


def _after_fork() -> None:
    """Nothing; a forked process has free locks and one torch thread, which never waits for those of its parent."""
    _loading.release()
    for turn in list(_turns.values()):
        turn.lock = threading.Lock()
    if _turns and "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_loading.acquire, after_in_parent=_loading.release, after_in_child=_after_fork)


def _load_named(model: str | Path, device: str) -> StanzaParser:
    """The parser of a bundled or official package or of a folder, from the cache if it was loaded before."""
    with _loading:
        package, name = _find(model)
        key = (str(package.folder.resolve()), name, device)
        if key not in _loaded:
            pipeline = _pipeline(package, device)
            speed_up(pipeline)
            _loaded[key] = StanzaParser(pipeline, name)
        return _loaded[key]


def _find(model: str | Path) -> tuple[Package, str]:
    """The package that `model` names, complete on disk, and what to call it."""
    if model == BUNDLED:
        return checked_bundle(), BUNDLED
    if isinstance(model, Path) or os.sep in model or Path(model).is_dir():
        folder = Path(model)
        return read_package(folder, remedy="give a folder laid out as Stanza's resources"), folder.resolve().name
    return read_package(official_folder(), model, remedy=GET_OFFICIAL), model


def _adopt(pipeline: Any) -> StanzaParser:
    """A parser over a pipeline the caller made; ModelError if it does not parse."""
    if not {"tokenize", "depparse"} <= set(pipeline.processors):
        raise ModelError("this stanza.Pipeline cannot parse: make it with processors='tokenize,mwt,pos,lemma,depparse'")
    if pipeline.config.get("tokenize_pretokenized"):
        raise ModelError("this stanza.Pipeline splits at spaces: make it without tokenize_pretokenized")
    return StanzaParser(pipeline, f"stanza:{getattr(pipeline, 'lang', LANGUAGE)}")


def _marks(pipeline: Any) -> dict[str, str]:
    """What to write for the marks that the tokenizer of `pipeline` does not know."""
    path = getattr(pipeline, "config", {}).get("tokenize_model_path") or ""
    return MARKS_OF_BUNDLE if Path(path).stem == BUNDLED_TOKENIZER else MARKS_OF_PADT


def _pipeline(package: Package, device: str) -> Any:
    """A Stanza pipeline of `package` that never downloads; ModelError names a file that cannot be loaded."""
    stanza, torch = _import_stanza()
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        raise ModelError(f"device {device!r} cannot be used here: {error}") from error
    options: dict[str, Any] = {
        "dir": str(package.folder),
        "package": None,
        "processors": dict(package.processors),
        "download_method": None,
        "device": device,
        "logging_level": "CRITICAL",
        "tokenize_no_ssplit": True,
    }
    with suppress(Exception), without_optimizers():
        return stanza.Pipeline(LANGUAGE, **options)
    try:
        return stanza.Pipeline(LANGUAGE, **options)
    except Exception as error:
        raise ModelError(f"{_broken(package) or package.folder} cannot be loaded as a Stanza model: {error}") from error


def _import_stanza() -> tuple[Any, Any]:
    """The modules stanza and torch."""
    try:
        import stanza
        import torch
    except ImportError as error:
        raise ModelError(f"Stanza is needed to parse ({error}); install it with `pip install stanza`") from error
    return stanza, torch


def _broken(package: Package) -> Path | None:
    """The first model file that torch cannot read as plain weights, or None."""
    _, torch = _import_stanza()

    def loads(path: Path) -> bool:
        try:
            torch.load(path, map_location="cpu", weights_only=True)
        except Exception:  # torch raises whatever the bytes lead it to
            return False
        return True

    return next((path for path in package.files if not loads(path)), None)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """`texts` cut into runs of about BATCH_CHARACTERS, what padding adds included."""
    batch: list[str] = []
    for text in texts:
        if batch and len(text) * (len(batch) + 1) > BATCH_CHARACTERS:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _words(sentence: Any, text: str, *, base: int, before: int) -> Iterator[Word]:
    """The words of one Stanza sentence of `text`, numbered after its first `before`, offsets counted from `base`."""
    for token in sentence.tokens:
        start, end = token.start_char - base, token.end_char - base
        spans = align(text[start:end], [word.text for word in token.words])
        for word, (left, right) in zip(token.words, spans, strict=True):
            head = word.head + before if word.head else 0
            names = (word.text, word.upos or "X", head, word.deprel or "dep", word.feats)
            yield Word(before + word.id, *names, start + left, start + right)
