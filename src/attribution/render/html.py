"""Attributed documents as one self-contained page that reads from the right: no network, no build step.

The text of an article in the page is the article's text (`attribution.render.templating` says how exactly). Direction
controls stay; they act inside their paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import escape

from attribution.records import AttributedDocument, Attribution
from attribution.render import labels
from attribution.render.quoted import Quoted, quoted_in, quoted_over, words
from attribution.render.segments import Segment, cut
from attribution.render.templating import rendered

# Each further speaker is turned by the golden angle: the hues of any number of speakers stay far apart.
_GOLDEN_ANGLE, _FIRST_HUE = 137.508, 250.0
# A segment shows the speakers of so many of the quotations that cover it: one as tint, the others as lines below.
_DEPTH = 3
# So many speakers of a collection are shown before the reader asks for all.
SHOWN_SPEAKERS = 25


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the page shows them: number, colour, and how much of the most quoted they are quoted."""

    number: int
    quoted: Quoted
    colour: tuple[str, str]
    words_share: int
    times_share: int

    @property
    def name(self) -> str:
        """The name, or words for an unknown speaker."""
        return self.quoted.name or labels.UNKNOWN

    @property
    def style(self) -> str:
        """The speaker's colour as CSS variables."""
        return f"--h0:{self.colour[0]};--c0:{self.colour[1]}"


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attribution as the page shows it; `parent` is the number of the quotation that holds it, or None."""

    number: int
    record: Attribution
    who: Who
    parent: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Article:
    """A document as the page shows it; `segments` is None where its text was not kept."""

    number: int
    document: AttributedDocument
    name: str
    speakers: tuple[Who, ...]
    quotations: tuple[Quotation, ...]
    segments: tuple[Segment, ...] | None


def to_html(documents: Iterable[AttributedDocument], *, title: str, rules_url: str | None = None) -> str:
    """One page: of one document the document, of several an index with the most quoted speakers, and each document.

    `rules_url` is the address of the page of rules (docs/rules.md) where you publish this library's documentation:
    with it the id of each reason leads to its rule there.
    """
    given = list(documents)
    articles = [_article(number, document) for number, document in enumerate(given)]
    return rendered(
        "page.html",
        "page.js",
        title=title,
        articles=articles,
        collection=len(articles) != 1,
        speakers=_ranked(quoted_over(given)) if len(given) != 1 else (),
        shown=SHOWN_SPEAKERS,
        rules_url=rules_url,
        style_of=_segment_style,
    )


def to_iframe(document: AttributedDocument, *, height: str = "34rem") -> str:
    """The page of one document inside an <iframe>, so that a notebook's own style and the page's do not meet."""
    page = escape(to_html([document], title=document.id))
    style = f"width:100%;height:{height};border:1px solid #8888;border-radius:6px"
    return f'<iframe title="{escape(document.id)}" style="{escape(style)}" srcdoc="{page}"></iframe>'


def _article(number: int, document: AttributedDocument) -> Article:
    quoted = quoted_in(document)
    speakers = dict(zip(quoted, _ranked(quoted.values()), strict=True))
    numbers = {attribution.id: at for at, attribution in enumerate(document.attributions)}
    quotations = tuple(
        Quotation(
            number=at,
            record=attribution,
            who=speakers[attribution.speaker.id if attribution.speaker else None],
            parent=numbers.get(attribution.parent) if attribution.parent else None,
            words=words(attribution),
        )
        for at, attribution in enumerate(document.attributions)
    )
    segments = None if document.text is None else cut(document.text, document.attributions)
    title = document.metadata.get("title")
    name = title if isinstance(title, str) and title.strip() else document.id
    return Article(number, document, name, tuple(speakers.values()), quotations, segments)


def _ranked(quoted: Iterable[Quoted]) -> tuple[Who, ...]:
    """The speakers numbered from 1 and coloured in their order, their bars in proportion to the longest."""
    found = list(quoted)
    most_words = max((q.words for q in found), default=0) or 1
    most_times = max((q.times for q in found), default=0) or 1
    return tuple(
        Who(number, q, _colour(number, q), round(100 * q.words / most_words), round(100 * q.times / most_times))
        for number, q in enumerate(found, start=1)
    )


def _colour(number: int, quoted: Quoted) -> tuple[str, str]:
    """The hue of a speaker, in degrees, and how much colour they get: none for an unknown speaker."""
    return f"{(_FIRST_HUE + (number - 1) * _GOLDEN_ANGLE) % 360:.0f}", "0" if quoted.name is None else "1"


def _segment_style(segment: Segment, quotations: Sequence[Quotation]) -> str:
    """The colours of a segment: of its innermost quotation's speaker, then of the two next around it."""
    covering = [quotations[number].who for number in segment.contents[: -_DEPTH - 1 : -1]]
    return ";".join(f"--h{rank}:{who.colour[0]};--c{rank}:{who.colour[1]}" for rank, who in enumerate(covering))
