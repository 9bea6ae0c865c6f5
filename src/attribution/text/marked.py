"""Find the marked stretches of a text: what stands between quotation marks of every kind, however careless."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from attribution.spans import Span, trim

MarkKind = Literal["guillemets", "single_guillemets", "curly", "straight", "angle", "parentheses"]

_MARK = regex.compile(
    r"(?P<angle><<+|>>+)|(?P<parentheses>\(\(+|\)\)+)|(?P<guillemets>[«»]+)|(?P<single_guillemets>[‹›]+)"
    r"|(?P<curly>[“”„‟]+|[‘]{2}|[’]{2}|'{2})|(?P<straight>[\"＂]+)|(?P<paragraph>\n)"
)
_SENTENCE_END = regex.compile(r"(?<=\p{L}{2}|\p{N}|\))[.!؟?](?=\s)")
_OPENS = frozenset("«‹<(“„‟‘")
_CLOSES = frozenset("»›>)”’")
# A quotation that is never closed in its paragraph may be closed in one of so many following paragraphs.
_PARAGRAPHS_OPEN = 6
# Deeper nesting is no nesting but marks that were never closed; forgetting the outermost keeps the cost linear.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked stretch in folded offsets: `outer` with its marks, `inner` between them without white space at the
    edges.
    """

    outer: Span
    inner: Span
    kind: MarkKind
    closed: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """One mark, or a run of the same mark that counts as one."""

    start: int
    end: int
    kind: MarkKind
    opens: bool
    closes: bool
    paragraph: int


def find_marked(text: str) -> tuple[Marked, ...]:
    """The marked stretches of the folded `text`, by start, longer first; linear in the length of the text."""
    open_now: dict[MarkKind, list[_Sign]] = {}
    ends = array("I")
    found: list[Marked] = []
    for sign in _signs(text, ends):
        found.extend(_pair(sign, open_now.setdefault(sign.kind, []), text, ends))
    found.extend(m for stack in open_now.values() for opened in stack for m in _unclosed(opened, text, ends))
    return tuple(sorted(_not_crossing(found), key=lambda m: (m.outer.start, -m.outer.end)))


def _signs(text: str, paragraph_ends: array[int]) -> Iterator[_Sign]:
    """Every mark of `text`; `paragraph_ends` is filled with the end of each paragraph."""
    for match in _MARK.finditer(text):
        kind = match.lastgroup
        if kind == "paragraph":
            paragraph_ends.append(match.start())
            continue
        start, end = match.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        sign = match.group()
        tight_left, tight_right = (
            not before.isspace(),
            after.isalnum() or after in "([«“\"'*…" or text[end : end + 2] == "..",
        )
        if before in "وبلكف" and (start < 2 or not text[start - 2].isalnum()):
            tight_left = False  # a clitic before the mark is no word: بـ»الصدود»
        opens, closes = _directions(sign, tight_left, tight_right, before)
        yield _Sign(start, end, kind, opens, closes, len(paragraph_ends))
    paragraph_ends.append(len(text))


def _directions(sign: str, tight_left: bool, tight_right: bool, before: str) -> tuple[bool, bool]:
    """Whether a mark may open and may close, from its shape where the shape tells, else from the spaces around it."""
    if sign[0] in _OPENS and sign[0] not in "„‟":
        # «…« : a second opening mark, glued to the word before and not to one after, was meant to close.
        return True, tight_left and not tight_right and before.isalnum() and len(sign) == 1
    if sign[0] in _CLOSES:
        return tight_right and not tight_left and len(sign) == 1, True
    if sign[0] in "„‟":
        return True, sign[0] == "‟" and not tight_right
    glued_clitic = before in "لبكو" and tight_right
    return tight_right or not tight_left or glued_clitic, tight_left or not tight_right


def _pair(sign: _Sign, stack: list[_Sign], text: str, ends: array[int]) -> Iterator[Marked]:
    """The stretches that end with `sign`, or are given up before it.

    `stack` holds the marks of its kind that are open, and forgets what stays open too long.
    """
    while stack and sign.paragraph - stack[-1].paragraph > _PARAGRAPHS_OPEN:
        yield from _unclosed(stack.pop(), text, ends)
    if stack and sign.paragraph != stack[-1].paragraph and sign.opens:
        yield from (m for opened in stack for m in _unclosed(opened, text, ends))
        stack.clear()
    if _closes_now(sign, stack):
        opened = stack.pop()
        yield from _marked(opened, sign, text)
    elif sign.opens or sign.kind == "guillemets":  # a closing guillemet may begin reversed marks: »…«
        stack.append(sign)
        del stack[:-_DEPTH]


def _closes_now(sign: _Sign, stack: list[_Sign]) -> bool:
    """Whether `sign` closes the mark that was opened last."""
    if not stack:
        return False
    if sign.kind == "straight":
        return True
    reversed_pair = stack[-1].closes and not stack[-1].opens and sign.opens
    return (sign.closes and not (stack[-1].closes and not stack[-1].opens)) or reversed_pair


def _marked(opened: _Sign, closed: _Sign, text: str) -> Iterator[Marked]:
    inner = trim(Span(opened.end, closed.start), text)
    if inner.end > inner.start:
        yield Marked(Span(opened.start, closed.end), inner, opened.kind, closed=True)


def _unclosed(opened: _Sign, text: str, ends: array[int]) -> Iterator[Marked]:
    """The stretch from a mark that is never closed; none for a stray closing mark.

    It reaches to the end of its paragraph if the mark opens the paragraph, else to the end of its sentence.
    """
    if not opened.opens:
        return
    end = max(opened.end, ends[opened.paragraph])
    begins = ends[opened.paragraph - 1] if opened.paragraph else 0
    if text[begins : opened.start].strip():
        sentence = _SENTENCE_END.search(text, opened.end, end)
        end = sentence.start() if sentence else end
    inner = trim(Span(opened.end, end), text)
    # An opening mark within a word or at the very end of a paragraph opens nothing.
    if inner.end - inner.start > 1 and text[opened.end : opened.end + 1].strip():
        yield Marked(Span(opened.start, inner.end), inner, opened.kind, closed=False)


def _not_crossing(found: list[Marked]) -> list[Marked]:
    """`found` without the stretches that cross another: the closed one stays, then the one that starts first."""
    kept: list[Marked] = []
    open_now: list[Marked] = []
    dropped: set[int] = set()
    for marked in sorted(found, key=lambda m: (m.outer.start, -m.outer.end)):
        while open_now and open_now[-1].outer.end <= marked.outer.start:
            open_now.pop()
        while open_now and open_now[-1].outer.end < marked.outer.end and marked.closed and not open_now[-1].closed:
            dropped.add(id(open_now.pop()))
        if not open_now or marked.outer.end <= open_now[-1].outer.end:
            kept.append(marked)
            open_now.append(marked)
    return [m for m in kept if id(m) not in dropped]
