"""Attributed documents as one self-contained page that reads from the right: no network, no build step.

The text of an article in the page is the article's text, code point for code point, with one exception: HTML can hold
neither NUL nor half of a surrogate pair, so U+FFFD stands in for each. Carriage returns are written as character
references, since a parser would turn them into line feeds. Direction controls stay; they act inside their paragraph.
Nothing of an article is ever markup: all text is escaped, and the page's own policy allows only the page's own script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from attribution.records import AttributedDocument, Attribution
from attribution.render import labels
from attribution.render.quoted import Quoted, quoted_in, quoted_over, words
from attribution.render.segments import Segment, cut

# Each further speaker is turned by the golden angle: the hues of any number of speakers stay far apart.
_GOLDEN_ANGLE, _FIRST_HUE = 137.508, 250.0
# A segment shows the speakers of so many of the quotations that cover it: one as tint, the others as lines below.
_DEPTH = 3
_NOT_IN_HTML = re.compile("[\x00\ud800-\udfff]")
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


def to_html(documents: Iterable[AttributedDocument], *, title: str) -> str:
    """One page: of one document the document, of several an index with the most quoted speakers, and each document."""
    given = list(documents)
    articles = [_article(number, document) for number, document in enumerate(given)]
    environment = _environment()
    script = environment.get_template("page.js").render()
    page = environment.get_template("page.html").render(
        title=title,
        articles=articles,
        collection=len(articles) != 1,
        speakers=_ranked(quoted_over(given)) if len(given) != 1 else (),
        shown=SHOWN_SPEAKERS,
        script=Markup(script),  # noqa: S704 - our own, and no text of an article is in it
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return _NOT_IN_HTML.sub("\ufffd", page)


def to_iframe(document: AttributedDocument, *, height: str = "34rem") -> str:
    """The page of one document inside an <iframe>, so that a notebook's own style and the page's do not meet."""
    page = escape(to_html([document], title=document.id))
    style = f"width:100%;height:{height};border:1px solid #8888;border-radius:6px"
    return f'<iframe title="{escape(document.id)}" style="{escape(style)}" srcdoc="{page}"></iframe>'


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("attribution.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "exact": exact,
        "counted": labels.counted,
        "numbers": _numbers,
        "style": _segment_style,
    }
    environment.globals["labels"] = labels
    return environment


def exact(text: str) -> Markup:
    """`text` escaped so that a browser reads back every code point."""
    escaped = str(escape(text)).replace("\r", "&#13;")
    return Markup(escaped)  # noqa: S704 - escaped in the line above


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


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
