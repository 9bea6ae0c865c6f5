"""Small gold folders and runs against them, written as the real ones are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def annotation(*content: list[int], **changes: Any) -> dict[str, Any]:
    """A direct annotation of the spans `content`, said by Putin, save for what `changes` says."""
    base: dict[str, Any] = {"content": list(content), "cue": None, "source": None, "speaker": "فلاديمير بوتين"}
    return base | {"kind": "person", "type": "direct", "addressee": None} | changes


def prediction(*content: list[int], **changes: Any) -> dict[str, Any]:
    """A predicted attribution of the spans `content`; cue and source are pairs of offsets, speaker a name."""
    base = annotation(*content) | changes
    return {
        "content": {"spans": [interval(pair) for pair in base["content"]]},
        "cue": {"span": interval(base["cue"])} if base["cue"] else None,
        "source": {"span": interval(base["source"]) if base["source"] else None},
        "speaker": {"name": base["speaker"], "kind": base["kind"]} if base["speaker"] else None,
        "type": base["type"],
    }


def interval(pair: list[int]) -> dict[str, int]:
    return {"start": pair[0], "end": pair[1]}


def write_gold(
    folder: Path, documents: dict[str, tuple[str, list[dict[str, Any]]]], unsaid: dict[str, Any] | None = None
) -> Path:
    """`folder`, holding text and annotations of `documents`; `unsaid` are the unattributed marks by id."""
    for part in ("text", "ann"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, (text, annotated) in documents.items():
        held = {"id": name, "attributions": annotated, "unattributed_marks": (unsaid or {}).get(name, [])}
        (folder / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "ann" / f"{name}.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return folder


def write_run(path: Path, documents: dict[str, list[dict[str, Any]]]) -> Path:
    """`path`, holding the predicted `documents` as JSON Lines."""
    lines = [json.dumps({"id": name, "attributions": found}, ensure_ascii=False) for name, found in documents.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
