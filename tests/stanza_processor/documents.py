"""Stanza Documents written by hand: no model, no pipeline."""

from __future__ import annotations

from typing import Any

from stanza.models.common.doc import Document

Row = tuple[str, str, int, str]


def parsed(text: str, *sentences: list[Row]) -> Document:
    """A Document of `text` whose sentences are rows of form, part of speech, head and relation."""
    at, made = 0, []
    for rows in sentences:
        tokens = []
        for number, (form, upos, head, deprel) in enumerate(rows, start=1):
            start = text.index(form, at)
            at = start + len(form)
            place: dict[str, Any] = {"start_char": start, "end_char": at}
            tokens.append({"id": (number,), "text": form, "upos": upos, "head": head, "deprel": deprel, **place})
        made.append(tokens)
    return Document(made, text=text)


def joined(text: str, rows: list[dict[str, Any]]) -> Document:
    """A Document of one sentence, its rows as Stanza's own dictionaries."""
    return Document([rows], text=text)
