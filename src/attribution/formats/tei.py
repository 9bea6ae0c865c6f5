"""TEI P5: the text with `said` (@who, @direct) around attributed words, or with stand-off spans where any two cross.

Cue, source, addressee and medium are `seg` and `rs`; speakers stand in the header's `listPerson`; lemma, confidence and
the rest are a feature structure each, which @ana points to. XML has no place for most control characters: each is
written `<g ref="#u0000"/>` and read back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from attribution.errors import InputError
from attribution.formats.exchange import (
    ROLES,
    Flat,
    Role,
    document_of,
    flatten,
    read_exactly,
    text_of,
    unflatten,
    write_exactly,
)
from attribution.formats.tei_reader import SPEAKER, TEI, TeiReader
from attribution.records import AttributedDocument
from attribution.spans import Span

_TAGS: Mapping[Role, str] = MappingProxyType(
    {
        "content": "said",
        "cue": 'seg type="cue"',
        "source": 'rs type="source"',
        "addressee": 'rs type="addressee"',
        "medium": 'rs type="medium"',
    }
)
_DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Person = tuple[str, str, str]
Placed = tuple[Span, Role, int]


def to_tei(document: AttributedDocument) -> str:
    """`document` as a TEI file."""
    text = text_of(document)
    flats = [flatten(a) for a in document.attributions]
    persons = list(dict.fromkeys(p for flat in flats if (p := _person(flat)) is not None))
    who = [_person_id(persons, flat) for flat in flats]
    placed = [(span, role, n) for n, flat in enumerate(flats) for role in ROLES for span in flat.spans.get(role, [])]
    crossing = _crosses([span for span, _, _ in placed])
    body = _xml(text) if crossing else _inline(text, placed, flats, who)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{TEI}" xml:lang="ar">\n{_header(document, persons)}'
        f'<text><body><ab xml:id="t" xml:space="preserve">{body}</ab></body></text>\n'
        f"<standOff>\n{''.join(_features(n, flat, who[n]) for n, flat in enumerate(flats))}"
        f"{''.join(_stand_off(place) for place in placed) if crossing else ''}</standOff>\n</TEI>\n"
    )


def from_tei(source: str, *, path: Path | str | None = None) -> AttributedDocument:
    """The document of a TEI file; InputError names the line that cannot be used."""
    read = TeiReader(path)
    read.feed(source)
    text = "".join(read.text)
    attributions = []
    for ana, flat in read.flats.items():
        try:
            attributions.append(unflatten(flat, text))
        except ValueError as error:
            raise InputError(str(error), path=path, line=read.lines[ana]) from error
    title, model, version = (read.names.get(name, "") for name in ("title", "label", "desc"))
    return document_of(title, text, attributions, model=model, version=version)


def read_tei(path: Path | str) -> AttributedDocument:
    """The document of the TEI file at `path`."""
    return from_tei(read_exactly(path), path=path)


def write_tei(document: AttributedDocument, path: Path | str) -> None:
    """Nothing; `document` stands at `path` as TEI."""
    write_exactly(to_tei(document), path)


def _header(document: AttributedDocument, persons: Sequence[Person]) -> str:
    listed = "".join(
        f'<person xml:id="s-{n}" role="{kind}"><persName>{_xml(name)}</persName><idno>{_xml(id)}</idno></person>\n'
        for n, (id, name, kind) in enumerate(persons)
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_xml(document.id)}</title></titleStmt>"
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>\n"
        f'<encodingDesc><appInfo><application ident="attribution-ar" version="1"><label>{_xml(document.model)}</label>'
        f"<desc>{_xml(document.version)}</desc></application></appInfo></encodingDesc>\n"
        f"<profileDesc><particDesc><listPerson>\n{listed}</listPerson></particDesc></profileDesc></teiHeader>\n"
    )


def _person(flat: Flat) -> Person | None:
    found = tuple(flat.features.get(key) for key in SPEAKER)
    return None if found[0] is None else found  # type: ignore[return-value]


def _person_id(persons: Sequence[Person], flat: Flat) -> str | None:
    person = _person(flat)
    return None if person is None else f"s-{persons.index(person)}"


def _crosses(spans: Sequence[Span]) -> bool:
    """Whether two of the spans overlap without one covering the other."""
    open_now: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        while open_now and open_now[-1].end <= span.start:
            open_now.pop()
        if open_now and span.end > open_now[-1].end:
            return True
        open_now.append(span)
    return False


def _inline(text: str, placed: Sequence[Placed], flats: Sequence[Flat], who: Sequence[str | None]) -> str:
    """The text with an element around each span; no two of them cross."""
    pieces: list[str] = []
    open_now: list[Placed] = []
    at = 0

    def until(offset: int) -> None:
        nonlocal at
        while open_now and open_now[-1][0].end <= offset:
            span, role, _ = open_now.pop()
            pieces.append(f"{_xml(text[at : span.end])}</{_TAGS[role].split()[0]}>")
            at = span.end
        pieces.append(_xml(text[at:offset]))
        at = offset

    for place in sorted(placed, key=lambda p: (p[0].start, -p[0].end)):
        span, role, number = place
        until(span.start)
        said = _said(flats[number], who[number]) if role == "content" else ""
        pieces.append(f'<{_TAGS[role]} ana="#a-{number}"{said}>')
        open_now.append(place)
    until(len(text))
    return "".join(pieces)


def _said(flat: Flat, who: str | None) -> str:
    """The attributes of `said` beyond @ana."""
    speaker = "" if who is None else f' who="#{who}"'
    return f'{speaker} direct="{_DIRECT[flat.features["type"]]}"'


def _features(number: int, flat: Flat, who: str | None) -> str:
    """The feature structure of one attribution, its speaker as a pointer."""
    values = {"id": flat.id, **{k: v for k, v in flat.features.items() if k not in SPEAKER}}
    lines = "".join(f'<f name="{key}"><string>{_xml(value)}</string></f>\n' for key, value in values.items())
    pointer = "" if who is None else f'<f name="speaker" fVal="#{who}"/>\n'
    return f'<fs type="attribution" xml:id="a-{number}">\n{lines}{pointer}</fs>\n'


def _stand_off(placed: Placed) -> str:
    span, role, number = placed
    return f'<span type="{role}" ana="#a-{number}" target="#string-range(t,{span.start},{len(span)})"/>\n'


def _xml(text: str) -> str:
    """`text` escaped, with an element in place of each character that XML has no place for."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _NOT_XML.sub(lambda found: f'<g ref="#u{ord(found[0]):04x}"/>', safe)
