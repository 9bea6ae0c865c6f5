"""Annotated articles to learn from: a gold folder, and our own stand-off annotations of ../shared/news.

`python -m training.annotated OUT` writes the latter as gold folders (OUT/learn, OUT/held_out) for the scorer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parent.parent.parent / "shared"
STANDOFF = Path(__file__).parent / "annotations"


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its annotation: rows as the guidelines' JSON has them, spans in characters of `text`."""

    id: str
    text: str
    attributions: list[dict[str, Any]]
    unattributed_marks: list[list[int]]


def of_gold(gold: Path, articles: int | None = None) -> Iterator[Annotated]:
    """The first `articles` articles (all by default) of a folder laid out as ../shared/gold/dev."""
    for file in sorted((gold / "ann").glob("*.json"))[:articles]:
        text = (gold / "text" / f"{file.stem}.txt").read_text("utf-8")
        read = json.loads(file.read_text("utf-8"))
        yield Annotated(file.stem, text, read["attributions"], read["unattributed_marks"])


def of_news(part: str, news: Path = SHARED / "news/articles.jsonl.xz") -> Iterator[Annotated]:
    """Our own annotations ("learn" or "held_out") of articles of the news archive.

    Raises ValueError where the archive lacks an article or has another text under its id.
    """
    files = sorted((STANDOFF / part).glob("*.json"), key=lambda file: int(file.stem[2:]))
    standoff = {file.stem: json.loads(file.read_text("utf-8")) for file in files}
    texts = _texts(news, {row["news"] for row in standoff.values()})
    for name, row in standoff.items():
        text = texts.get(row["news"])
        if text is None or hashlib.sha256(text.encode("utf-8")).hexdigest() != row["sha256"]:
            raise ValueError(f"{news} has not the text that {name}.json annotates ({row['news']})")
        rows = [{**a, "speaker": _speaker(a["speaker"], text)} for a in row["attributions"]]
        yield Annotated(name, text, rows, row["unattributed_marks"])


def _texts(news: Path, wanted: set[str]) -> Mapping[str, str]:
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        articles = (json.loads(line) for line in lines)
        return {article["id"]: article["text"] for article in articles if article["id"] in wanted}


def _speaker(spans: list[list[int]] | None, text: str) -> str | None:
    return " ".join(text[start:end] for start, end in spans) if spans else None


def main() -> None:
    """Write our annotations as gold folders."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    out: Path = arguments.parse_args().out
    for part in ("learn", "held_out"):
        for folder in ("text", "ann"):
            (out / part / folder).mkdir(parents=True, exist_ok=True)
        for article in of_news(part):
            (out / part / "text" / f"{article.id}.txt").write_text(article.text, "utf-8", newline="")
            annotation = {
                "id": article.id,
                "attributions": article.attributions,
                "unattributed_marks": article.unattributed_marks,
            }
            (out / part / "ann" / f"{article.id}.json").write_text(json.dumps(annotation, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
