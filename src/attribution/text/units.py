"""Cut a folded text into units: stretches at one depth of marks that can hold an attribution, made of elements."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from attribution.spans import Span
from attribution.text.folding import Folded
from attribution.text.marked import Marked

ElementKind = Literal["word", "number", "punctuation", "mark"]

_ELEMENT = regex.compile(
    r"(?P<number>\d+(?:[.,:/٫٬]\d+)*)|(?P<word>[\p{L}\p{M}\p{N}_]+(?:[-'’][\p{L}]+)*)|(?P<dots>\.{2,}|…)|(?P<punctuation>[^\s])"
)
# No sentence of a newspaper has so many elements; what is longer is cut, so that no rule's cost grows with its square.
_LONGEST = 400
# Spelled-out initials, whose full stop ends no sentence: «جون إف. بيكر», «د. سامي», «م. خالد».
_INITIALS = frozenset(
    (
        "ايه بي سي دي اي اف جي اتش اي جيه كيه ال ام ان او كيو ار اس تي يو في دبليو اكس واي زد جه كي د ا م ت "
        "هـ ه ص ج ب س ع ف ق ك ل و ي ن ش ر ز ط"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Element:
    """A word, number, punctuation sign or whole marked stretch, in folded offsets; `form` is its skeleton."""

    start: int
    end: int
    kind: ElementKind
    form: str
    marked: Marked | None = None

    @property
    def span(self) -> Span:
        """Where the element stands, marks included."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence at one depth: its span, its elements, the marked stretch it lies in (or None) and its paragraph."""

    span: Span
    elements: tuple[Element, ...]
    inside: Marked | None
    paragraph: int
    first: bool

    def text_of(self, folded: Folded) -> str:
        """The unit's folded text."""
        return self.span.of(folded.text)


def cut_units(folded: Folded, marked: tuple[Marked, ...]) -> tuple[Unit, ...]:
    """The units of a text in order: those of each paragraph, then those inside each marked stretch of several words."""
    units: list[Unit] = []
    paragraphs = _paragraphs(folded.text, marked)
    starts = [span.start for span in paragraphs]
    for number, span in enumerate(paragraphs):
        units.extend(_sentences(folded, span, marked, None, number))
    for stretch in marked:
        number = max(0, bisect_right(starts, stretch.outer.start) - 1)
        units.extend(_sentences(folded, stretch.inner, marked, stretch, number))
    return tuple(sorted(units, key=lambda u: (u.span.start, -u.span.end)))


def _paragraphs(text: str, marked: tuple[Marked, ...]) -> list[Span]:
    """The lines that hold something; a line break inside a closed marked stretch ends no paragraph."""
    holes = [m.outer for m in marked]
    spans: list[Span] = []
    start, hole = 0, 0
    for match in regex.finditer(r"\n+|$", text):
        while hole < len(holes) and holes[hole].end <= match.start():
            hole += 1
        if hole < len(holes) and holes[hole].start < match.start() < holes[hole].end:
            continue
        left = len(text[start : match.start()]) - len(text[start : match.start()].lstrip())
        line = Span(start + left, max(start + left, start + len(text[start : match.start()].rstrip())))
        if len(line):
            spans.append(line)
        start = match.end()
    return spans


def _sentences(
    folded: Folded, span: Span, marked: tuple[Marked, ...], inside: Marked | None, paragraph: int
) -> Iterator[Unit]:
    """The sentences of `span`, each with its elements; nothing is cut inside marks or parentheses."""
    elements: list[Element] = []
    depth, first = 0, True
    for element in _elements(folded, span, marked, inside):
        elements.append(element)
        if element.form in "([{":
            depth += 1
        elif element.form in ")]}":
            depth = max(0, depth - 1)
        elif _ends_sentence(folded.text, elements, depth) or len(elements) >= _LONGEST:
            yield _unit(elements, inside, paragraph, first=first)
            elements, depth, first = [], 0, False
    if elements:
        yield _unit(elements, inside, paragraph, first=first)


def _unit(elements: list[Element], inside: Marked | None, paragraph: int, *, first: bool) -> Unit:
    return Unit(Span(elements[0].start, elements[-1].end), tuple(elements), inside, paragraph, first)


def _ends_sentence(text: str, elements: list[Element], depth: int) -> bool:
    """Whether the last of `elements` ends a sentence."""
    sign = elements[-1]
    if sign.kind != "punctuation" or sign.form not in ".!?؟" or depth > 2:
        return False
    after = text[sign.end : sign.end + 1]
    if after in (".", "!", "؟", "?"):
        return False
    if sign.form != ".":
        return depth == 0
    before = elements[-2] if len(elements) > 1 else None
    if before is None or (before.end == sign.start and before.kind == "word" and before.form in _INITIALS):
        return False
    if after and not after.isspace() and not after.isalpha() and after not in '«“"(':
        return False
    return depth == 0 or text[sign.end : sign.end + 1] in ("", "\n")


def _elements(folded: Folded, span: Span, marked: tuple[Marked, ...], inside: Marked | None) -> Iterator[Element]:
    """The elements of `span`; a marked stretch one level below `inside` is one element."""
    at = span.start
    low = bisect_right(marked, span.start - 1, key=lambda m: m.outer.start)
    for index in range(low, len(marked)):
        stretch = marked[index]
        if stretch.outer.start >= span.end:
            break
        if (
            stretch is inside
            or stretch.outer.start < at
            or stretch.outer.end > max(span.end, inside.outer.end if inside else 0)
        ):
            continue
        yield from _plain(folded, at, stretch.outer.start)
        yield Element(stretch.outer.start, stretch.outer.end, "mark", "«»", stretch)
        at = stretch.outer.end
    yield from _plain(folded, at, span.end)


def _plain(folded: Folded, start: int, end: int) -> Iterator[Element]:
    forms: dict[str, str] = {}  # one object a form
    for match in _ELEMENT.finditer(folded.text, start, end):
        group = match.lastgroup
        kind: ElementKind = "word" if group == "word" else "number" if group == "number" else "punctuation"
        form = folded.skeleton[match.start() : match.end()]
        yield Element(match.start(), match.end(), kind, forms.setdefault(form, form))
