"""Sentences as newspapers also write them: other quotation marks, no hamza, tatweel, no dateline, no final stop."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.trees import DEPREL, FORM, HEAD, Sentence, with_column

HAMZA_LESS = str.maketrans("أإآٱ", "اااا")
CURLY = {"«": "“", "»": "”"}
DASHES = frozenset("-–—")
STRETCHED = ("ا", "ي", "و")


def varied(sentences: Sequence[Sentence], *, share: float, seed: int) -> list[Sentence]:
    """One variant of about `share` of the sentences, each of a kind drawn by `seed`."""
    draw = random.Random(seed)
    kinds = (without_hamza, with_guillemets, with_curly_marks, with_straight_marks, without_dateline)
    chosen = [draw.choice(kinds)(sentence) for sentence in sentences if draw.random() < share]
    return [changed for changed in chosen if changed is not None]


def without_hamza(sentence: Sentence) -> Sentence:
    """The sentence with bare alifs, as hurried writers type it."""
    return sentence.with_forms(lambda form: form.translate(HAMZA_LESS))


def with_guillemets(sentence: Sentence) -> Sentence | None:
    """The sentence with « and » for its straight marks in turn, or None if it has none or an odd number."""
    return _paired(sentence, '"', "«»")


def with_straight_marks(sentence: Sentence) -> Sentence | None:
    """The sentence with straight marks for its guillemets, or None if it has none."""
    if "«" not in sentence.text:
        return None
    return sentence.with_forms(lambda form: form.replace("«", '"').replace("»", '"'))


def with_curly_marks(sentence: Sentence) -> Sentence | None:
    """The sentence with curly marks for its guillemets, or None if it has none."""
    if "«" not in sentence.text:
        return None
    return sentence.with_forms(lambda form: form.replace("«", CURLY["«"]).replace("»", CURLY["»"]))


def _paired(sentence: Sentence, mark: str, pair: str) -> Sentence | None:
    count = sum(row[FORM] == mark for row in sentence.words)
    if not count or count % 2 or sentence.text.count(mark) != count:
        return None
    turns = {"rows": 0, "text": 0}

    def change(form: str) -> str:
        made = []
        key = "rows" if form == mark else "text"
        for character in form:
            made.append(pair[turns[key] % 2] if character == mark else character)
            turns[key] += character == mark
        return "".join(made)

    rows = tuple(with_column(row, FORM, change(row[FORM])) if row[FORM] == mark else row for row in sentence.rows)
    comments = tuple(change(c) if c.startswith("# text = ") else c for c in sentence.comments)
    return Sentence(comments, tuple(with_column(r, 2, r[FORM]) if r[2] == mark else r for r in rows))


def without_dateline(sentence: Sentence) -> Sentence | None:
    """The sentence from behind the dash that closes its dateline, or None if nothing is lost cleanly."""
    words = sentence.words
    dash = next((at for at, row in enumerate(words[:12]) if row[FORM] in DASHES), None)
    if not dash or any(row[DEPREL] == "root" for row in words[: dash + 1]):
        return None
    gone = {row[0] for row in words[: dash + 1]}
    if any(row[HEAD] in gone for row in words[dash + 1 :]):
        return None
    return _from_word(sentence, dash + 1)


def _from_word(sentence: Sentence, start: int) -> Sentence | None:
    """The sentence without its first `start` words, numbered anew; None where its text cannot be cut there."""
    first = sentence.words[start]
    token = next((row[FORM] for row in sentence.rows if row[0].split("-")[0] == first[0]), first[FORM])
    dash = sentence.words[start - 1][FORM]
    _, found, rest = sentence.text.partition(dash)
    if not found or not rest.strip().startswith(token):
        return None

    def number(text: str) -> str:
        return "-".join(str(int(part) - start) for part in text.split("-"))

    kept = [row for row in sentence.rows if int(row[0].split("-")[0]) > start]
    rows = []
    for row in kept:
        head = row[HEAD] if row[HEAD] in {"_", "0"} else number(row[HEAD])
        rows.append(with_column((number(row[0]), *row[1:]), HEAD, head))
    return Sentence((f"# text = {rest.strip()}",), tuple(rows))
