"""Where the words of a multi-word token lie."""

from __future__ import annotations

import pytest

from attribution.syntax.alignment import align


@pytest.mark.parametrize(
    ("surface", "parts", "pieces"),
    [
        ("وقال", ["و", "قال"], ["و", "قال"]),
        ("للنظام", ["ل", "النظام"], ["ل", "لنظام"]),  # ل + ال written as one لل
        ("وبالقاهرة", ["و", "ب", "القاهرة"], ["و", "ب", "القاهرة"]),
        ("مدينته", ["مدينة", "ه"], ["مدينت", "ه"]),
        ("وزملائهم", ["و", "زملاء", "هم"], ["و", "زملائ", "هم"]),
        ("مما", ["من", "ما"], ["م", "ما"]),
        ("ولهما", ["و", "ل", "هما"], ["و", "ل", "هما"]),
        ("ألا", ["أن", "لا"], ["أ", "لا"]),
        ("كذا", ["سين", "صاد"], ["كذا", "كذا"]),  # nothing visible: the whole token for both
        ("وكذا", ["و", "سين", "صاد"], ["و", "كذا", "كذا"]),
        ("فلم", ["فلم"], ["فلم"]),
        ("فلم", ["ف"], ["فلم"]),  # a single word has the whole token
        ("و", ["و", "و"], ["و", "و"]),  # more words than letters
        ("وا", ["و", ""], ["و", "ا"]),
    ],
)
def test_pieces(surface: str, parts: list[str], pieces: list[str]):
    assert [surface[start:end] for start, end in align(surface, parts)] == pieces
