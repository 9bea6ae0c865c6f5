"""Sentences with their expected attributions tagged in place.

`{c قال} {s الوزير} {k إن …}`: cue, source, content; also `{a …}` addressee and `{m …}` relaying medium, checked only
where they are tagged. A digit after the letter numbers the attribution (1 if there is none), so that tags may nest and
an attribution may have several contents. `{s … |name}` gives the speaker's name where it is not the source's text, and
`{k …|name}` where there is no source; with neither, the speaker is null. `{c- …}` is negated, `{c? …}` modal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_OPEN = re.compile(r"\{([cskam])(\d*)([-?]?) ")

Range = tuple[int, int]


@dataclass
class Expected:
    """One attribution as a sentence's tags give it, in offsets of the sentence without its tags."""

    content: list[Range] = field(default_factory=list)
    cue: Range | None = None
    source: Range | None = None
    addressee: Range | None = None
    medium: Range | None = None
    speaker: str | None = None
    negated: bool = False
    modal: bool = False


@dataclass(frozen=True)
class Tagged:
    """A sentence without its tags, and the attributions they told, by number."""

    text: str
    expected: tuple[Expected, ...]


@dataclass
class _Tag:
    role: str
    number: int
    flag: str
    start: int
    name: str | None = None


def read_tagged(tagged: str) -> Tagged:
    """The sentence and its expected attributions; ValueError if tags do not close or an attribution has no content."""
    letters: list[str] = []
    stack: list[_Tag] = []
    found: dict[int, Expected] = {}
    at = 0
    while at < len(tagged):
        opened = _OPEN.match(tagged, at)
        if opened:
            role, number, flag = opened.groups()
            stack.append(_Tag(role, int(number or 1), flag, len(letters)))
            at = opened.end()
        elif stack and tagged[at] == "|":
            end = tagged.index("}", at)
            stack[-1].name = tagged[at + 1 : end]
            at = end
        elif stack and tagged[at] == "}":
            tag = stack.pop()
            _place(found.setdefault(tag.number, Expected()), tag, len(letters), "".join(letters))
            at += 1
        else:
            letters.append(tagged[at])
            at += 1
    if stack or any(not expected.content for expected in found.values()):
        raise ValueError(f"a tag that does not close, or an attribution without content: {tagged}")
    return Tagged("".join(letters), tuple(found[number] for number in sorted(found)))


def _place(expected: Expected, tag: _Tag, end: int, text: str) -> None:
    """Put what a tag that ends at `end` says into `expected`."""
    span = (tag.start, end)
    if tag.role == "k":
        expected.content.append(span)
    elif tag.role == "c":
        expected.cue, expected.negated, expected.modal = span, tag.flag == "-", tag.flag == "?"
    elif tag.role == "s":
        expected.source = span
    elif tag.role == "a":
        expected.addressee = span
    else:
        expected.medium = span
    if tag.name is not None:
        expected.speaker = tag.name
    elif tag.role == "s":
        expected.speaker = text[slice(*span)]
