"""Every article of a JSON Lines file through the extractor, each judged by the promises."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from attribution import Extractor, FailedDocument
from torture.promises import broken_promises

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.xz"


def texts(path: Path = NEWS) -> Iterator[str]:
    """The text of each article of the file at `path`."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def attack(extractor: Extractor, articles: int | None = None, path: Path = NEWS) -> tuple[int, list[str]]:
    """How many articles were read, and one line for each exception or broken promise."""
    read, wrong = 0, []
    given = [text for number, text in enumerate(texts(path)) if articles is None or number < articles]
    for text, document in zip(given, extractor.stream(given), strict=True):
        read += 1
        if isinstance(document, FailedDocument):
            wrong.append(f"article {read - 1}: {document.error}")
        else:
            wrong += [f"article {read - 1}: {line}" for line in broken_promises(document, text)]
    return read, wrong
