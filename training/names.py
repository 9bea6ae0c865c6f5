"""One convention for names in all treebanks: PROPN, the title heads the name, its first word heads the others.

PADT calls foreign names X, and a word whose annotation was lost X too; it hangs a title under the last word of a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from training.trees import DEPREL, FORM, HEAD, UPOS, Row, Sentence, with_column

LETTERS_OF_AGENCIES = frozenset("ا ب ف د ت غ ر و ل م ح أ".split())
OUTSIDE_NAMES = frozenset({"X", "_", "PUNCT", "SYM"})


def usual_tags(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Each form's most frequent tag where it has one other than X, and has it at least as often as X."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for row in sentence.words:
            seen[row[FORM]][row[UPOS]] += 1
    found = {}
    for form, tags in seen.items():
        tag, count = max(((t, n) for t, n in tags.items() if t not in OUTSIDE_NAMES), key=_second, default=("", 0))
        if count and count >= tags["X"]:
            found[form] = tag
    return found


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def with_names_tagged(sentence: Sentence, usual: Mapping[str, str]) -> Sentence:
    """The sentence without the tag X: a word's usual tag, else PROPN; single letters of agencies and Latin stay X."""

    def change(row: Row) -> Row:
        form = row[FORM]
        if row[UPOS] != "X" or form.isascii():
            return row
        if form in LETTERS_OF_AGENCIES and usual.get(form, "X") in {"X", "ADP", "CCONJ"}:
            return row
        return with_column(row, UPOS, usual.get(form, "PROPN"))

    return sentence.with_words(change)


def _is_name(row: Row) -> bool:
    return row[UPOS] in {"PROPN", "X"} and not row[FORM].isascii()


def _runs(words: tuple[Row, ...]) -> Iterable[tuple[int, int]]:
    """Half-open ranges of positions that hold two or more name words in a row."""
    start = None
    for at, row in enumerate((*words, ("0", "", "", "", "", "", "", "", "", ""))):
        if _is_name(row):
            start = at if start is None else start
        elif start is not None:
            if at - start > 1:
                yield start, at
            start = None


def with_names_headed(sentence: Sentence) -> Sentence:
    """The sentence with each connected run of names headed by its first word, the others `flat` under it."""
    words = list(sentence.words)
    for start, end in list(_runs(tuple(words))):
        _head_first(words, start, end)
    for at in range(len(words) - 1):
        _title_over_name(words, at)
    changed = {row[0]: row for row in words}
    return sentence.with_words(lambda row: changed[row[0]])


def _head_first(words: list[Row], start: int, end: int) -> None:
    """Hang a run of names under its first word if one word of it carries all others; other runs stay as they are."""
    inside = {words[at][0] for at in range(start, end)}
    tops = [at for at in range(start, end) if words[at][HEAD] not in inside]
    if len(tops) != 1 or any(words[at][DEPREL] in {"conj", "appos"} for at in range(start, end) if at not in tops):
        return
    first, top = words[start][0], words[tops[0]]
    for at in range(start, end):
        row = words[at]
        head, relation = (top[HEAD], top[DEPREL]) if at == start else (first, "flat")
        words[at] = with_column(with_column(row, HEAD, head), DEPREL, relation)
    for at, row in enumerate(words):
        if row[HEAD] == top[0] and row[0] not in inside:
            words[at] = with_column(row, HEAD, first)


def _title_over_name(words: list[Row], at: int) -> None:
    """Put a title (a noun that hangs `nmod` on the name right after it) above that name."""
    title, name = words[at], words[at + 1]
    if title[UPOS] != "NOUN" or not _is_name(name) or title[HEAD] != name[0] or title[DEPREL] != "nmod":
        return
    words[at] = with_column(with_column(title, HEAD, name[HEAD]), DEPREL, name[DEPREL])
    words[at + 1] = with_column(with_column(name, HEAD, title[0]), DEPREL, "nmod")
    for other, row in enumerate(words):
        if row[HEAD] == name[0] and row[DEPREL] in {"case", "cc", "punct", "mark"} and other < at:
            words[other] = with_column(row, HEAD, title[0])
