"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from attribution.errors import InputError


@contextmanager
def replacing(path: Path | str) -> Iterator[BinaryIO]:
    """A binary stream whose bytes become the file at `path` when the block ends, and are thrown away if it raises.

    They are written beside `path` and renamed, so a reader never sees half a file. A link is followed; a device or
    pipe (/dev/stdout) is written straight, since renaming would put a file in its place. InputError names a path that
    cannot be written, a full disk included.
    """
    try:
        if Path(path).exists() and not Path(path).is_file():
            with Path(path).open("wb") as stream:
                yield stream
        else:
            yield from _beside(Path(path).resolve())
    except OSError as error:
        if error.filename is not None and Path(os.fsdecode(error.filename)).parent != Path(path).resolve().parent:
            raise  # the block's own trouble with another file
        raise InputError(f"cannot be written: {error.strerror or error}", path=path) from error


def _beside(target: Path) -> Iterator[BinaryIO]:
    """The stream of a new file beside `target`, renamed to it afterwards and removed on any error."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
