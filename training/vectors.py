"""Word vectors as Stanza reads them, made of a word2vec text file or taken from a package."""

from __future__ import annotations

import shutil
from pathlib import Path

from stanza.models.common.pretrain import Pretrain

MOST = 60_000


def make_vectors(source: Path, out: Path) -> Path:
    """`out`, now holding the vectors of `source`: a word2vec text file (.vec, .xz) or a file of Stanza's (.pt)."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    if source.suffix == ".pt":
        shutil.copyfile(source, out)
    else:
        Pretrain(str(out), str(source), max_vocab=MOST).load()
    return out


def read_vectors(path: Path) -> Pretrain:
    """The vectors of a file of Stanza's."""
    return Pretrain(str(path))
