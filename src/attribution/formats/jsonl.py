"""Attributed documents as JSON Lines: one document a line, UTF-8, the public contract of `attribution extract`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from attribution.errors import InputError
from attribution.formats.atomic import replacing
from attribution.records import AttributedDocument

M = TypeVar("M", bound=BaseModel)
_SURROGATE = rb"\ud"


def dump_line(document: AttributedDocument) -> bytes:
    r"""`document` as one line of JSON in UTF-8, line end included; lone surrogates are escaped (\ud800)."""
    try:
        return document.model_dump_json().encode("utf-8") + b"\n"
    except PydanticSerializationError:
        # UTF-8 has no lone surrogates, and Pydantic writes nothing but UTF-8; JSON's escapes have.
        return json.dumps(document.model_dump(), separators=(",", ":")).encode("ascii") + b"\n"


def parse_line(line: bytes, *, path: Path | str | None = None, number: int | None = None) -> AttributedDocument:
    """The document that one line of JSON holds; InputError names `path`, the line `number` and the field at fault."""
    return validated(AttributedDocument, line, path=path, number=number, told="no record of `attribution extract`: ")


def read_jsonl(path: Path | str) -> Iterator[AttributedDocument]:
    """The documents of the file at `path`, one after the other; blank lines are passed over."""
    for number, line in numbered_lines(path):
        yield parse_line(line, path=path, number=number)


def write_jsonl(documents: Iterable[AttributedDocument], path: Path | str) -> int:
    """How many documents were written to `path`, which appears whole or not at all."""
    written = 0
    with replacing(path) as stream:
        for document in documents:
            stream.write(dump_line(document))
            written += 1
    return written


def numbered_lines(path: Path | str) -> Iterator[tuple[int, bytes]]:
    """The lines of the file at `path` that are not blank, each with its number counted from 1.

    Lines end at a line feed only: U+2028 inside a text is no line end. InputError if the file cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error


def validated(
    model: type[M], line: bytes, *, path: Path | str | None = None, number: int | None = None, told: str = ""
) -> M:
    """The record of type `model` in `line`; InputError names `path`, the line `number` and the field at fault.

    The words `told` begin its message.
    """
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        fault = error
    # Pydantic's own reader of JSON refuses escaped surrogates; Python's takes them.
    if _SURROGATE in line.lower():
        try:
            return model.model_validate(json.loads(line))
        except ValidationError as error:
            fault = error
        except (ValueError, RecursionError):
            pass
    raise InputError(told + first_fault(fault), path=path, line=number) from fault


def first_fault(error: ValidationError) -> str:
    """The first thing wrong with a record, with the place inside it: `attributions.0.type: Input should be …`."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place}: {fault['msg']}" if place else fault["msg"]
