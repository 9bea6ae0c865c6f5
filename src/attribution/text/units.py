"""Cut a folded text into units: stretches at one depth of marks that can hold an attribution, made of elements."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
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
    """The units of a text in order: those of each paragraph, and those inside each marked stretch."""
    return tuple(each_unit(folded, marked))


def parts(units: Iterable[Unit], elements: int) -> Iterator[tuple[Unit, ...]]:
    """`units` in runs of at least so many elements each, the last one shorter; one empty run for no units."""
    part: list[Unit] = []
    held, given = 0, False
    for unit in units:
        part.append(unit)
        held += len(unit.elements)
        if held >= elements:
            yield tuple(part)
            part, held, given = [], 0, True
    if part or not given:
        yield tuple(part)


def each_unit(folded: Folded, marked: tuple[Marked, ...]) -> Iterator[Unit]:
    """The units of `cut_units`, each cut when it is asked for, so that those of a long text need not all be held."""
    starts = array("I")
    waiting: list[tuple[int, int, int, Unit, Iterator[Unit]]] = []  # the next unit of each stream, longer first

    def wait_for(number: int, stream: Iterator[Unit]) -> None:
        if (unit := next(stream, None)) is not None:
            heappush(waiting, (unit.span.start, -unit.span.end, number, unit, stream))

    def before(start: float) -> Iterator[Unit]:
        while waiting and waiting[0][0] < start:
            _, _, number, unit, stream = heappop(waiting)
            yield unit
            wait_for(number, stream)

    wait_for(0, _of_paragraphs(folded, marked, starts))
    for number, stretch in enumerate(marked, start=1):
        yield from before(stretch.inner.start)
        # All paragraphs up to the stretch have been begun by now.
        paragraph = max(0, bisect_right(starts, stretch.outer.start) - 1)
        wait_for(number, _sentences(folded, stretch.inner, marked, stretch, paragraph))
    yield from before(inf)


def _of_paragraphs(folded: Folded, marked: tuple[Marked, ...], starts: array[int]) -> Iterator[Unit]:
    """The units outside marks; the start of each paragraph goes to `starts`."""
    for number, span in enumerate(_paragraphs(folded.text, marked)):
        starts.append(span.start)
        yield from _sentences(folded, span, marked, None, number)


def _paragraphs(text: str, marked: tuple[Marked, ...]) -> Iterator[Span]:
    """The lines that hold something; a line break inside a closed marked stretch ends no paragraph."""
    start, hole = 0, 0
    for match in regex.finditer(r"\n+|$", text):
        while hole < len(marked) and marked[hole].outer.end <= match.start():
            hole += 1
        if hole < len(marked) and marked[hole].outer.start < match.start() < marked[hole].outer.end:
            continue
        left = len(text[start : match.start()]) - len(text[start : match.start()].lstrip())
        line = Span(start + left, max(start + left, start + len(text[start : match.start()].rstrip())))
        if len(line):
            yield line
        start = match.end()


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
        if len(elements) >= _LONGEST or _ends_sentence(folded.text, elements, depth):
            yield _unit(elements, inside, paragraph, first=first)
            elements, depth, first = [], 0, False
    if elements:
        yield _unit(elements, inside, paragraph, first=first)


def _unit(elements: list[Element], inside: Marked | None, paragraph: int, *, first: bool) -> Unit:
    return Unit(Span(elements[0].start, elements[-1].end), tuple(elements), inside, paragraph, first)


def _ends_sentence(text: str, elements: list[Element], depth: int) -> bool:
    """Whether the last of `elements` ends a sentence."""
    sign = elements[-1]
    if sign.form.startswith(".."):
        return depth == 0
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
