"""W3C Web Annotation (JSON-LD): a page of annotations, one an attribution, each span a target with two selectors.

A target's role (content, cue, source, addressee, medium) and the features of the body are terms of the namespace
`urn:attribution-ar:`. Positions are code points. The text itself is not in the page; its SHA-256 is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from attribution.errors import InputError
from attribution.formats.exchange import (
    ROLES,
    Flat,
    document_of,
    flatten,
    read_exactly,
    text_of,
    unflatten,
    unmarked,
    write_exactly,
)
from attribution.records import AttributedDocument, Attribution
from attribution.spans import Span

NAMESPACE = "urn:attribution-ar:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"ar": NAMESPACE}]
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_web_annotation(document: AttributedDocument) -> str:
    """The annotations of `document` as indented JSON-LD."""
    text = text_of(document)
    source = NAMESPACE + _quoted(document.id)
    page = {
        "@context": CONTEXT,
        "id": f"{source}#annotations",
        "type": "AnnotationPage",
        "ar:document": document.id,
        "ar:sha256": document.text_sha256,
        "ar:model": document.model,
        "ar:version": document.version,
        "items": [_annotation(flatten(a), text, source) for a in document.attributions],
    }
    written = json.dumps(page, ensure_ascii=False, indent=1) + "\n"
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def from_web_annotation(source: str, text: str, *, path: Path | str | None = None) -> AttributedDocument:
    """The document that a page of annotations and its text make; InputError says which line or annotation is wrong."""
    try:
        page = json.loads(unmarked(source))
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg}", path=path, line=error.lineno) from error
    except (ValueError, RecursionError) as error:  # a number too long, or brackets too deep, for Python
        raise InputError(f"is not JSON that can be read: {error}", path=path, line=1) from error
    if not isinstance(page, dict) or not isinstance(page.get("items"), list):
        raise InputError("is no AnnotationPage with `items`", path=path, line=1)
    attributions = list(_attributions(page["items"], source, text, path))
    document = document_of(
        str(page.get("ar:document", page.get("id", "document"))),
        text,
        attributions,
        model=str(page.get("ar:model", "web_annotation")),
        **{key: str(page[f"ar:{key}"]) for key in ("version",) if f"ar:{key}" in page},
    )
    if page.get("ar:sha256", document.text_sha256) != document.text_sha256:
        line = _line_of(source, '"ar:sha256"')
        raise InputError("was made for another text: its ar:sha256 is not that of the text given", path=path, line=line)
    return document


def read_web_annotation(path: Path | str, text_path: Path | str | None = None) -> AttributedDocument:
    """The document of FILE.jsonld and of its text, by default FILE.txt beside it."""
    text = read_exactly(text_path if text_path is not None else Path(path).with_suffix(".txt"))
    return from_web_annotation(read_exactly(path), text, path=path)


def write_web_annotation(document: AttributedDocument, path: Path | str) -> None:
    """Nothing; the annotations stand at `path` (FILE.jsonld) and the text beside it (FILE.txt)."""
    page = to_web_annotation(document)
    write_exactly(text_of(document), Path(path).with_suffix(".txt"))
    write_exactly(page, path)


def _annotation(flat: Flat, text: str, source: str) -> dict[str, Any]:
    return {
        "id": f"{source}#{_quoted(flat.id)}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "ar:Attribution", **{f"ar:{name}": value for name, value in flat.features.items()}},
        "target": [_target(role, span, text, source) for role in ROLES for span in flat.spans.get(role, [])],
    }


def _target(role: str, span: Span, text: str, source: str) -> dict[str, Any]:
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "type": "SpecificResource",
        "source": source,
        "ar:role": role,
        "selector": [position, {"type": "TextQuoteSelector", "exact": span.of(text)}],
    }


def _attributions(items: list[Any], source: str, text: str, path: Path | str | None) -> Iterator[Attribution]:
    """The attributions of the annotations of a page; those with another body are passed over."""
    for number, item in enumerate(items):
        body = item.get("body") if isinstance(item, dict) else None
        if not isinstance(body, dict) or body.get("type") != "ar:Attribution":
            continue
        try:
            yield unflatten(_flat(item, body, text), text)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            line = _line_of(source, json.dumps(item.get("id", ""), ensure_ascii=False))
            raise InputError(f"annotation {number + 1}: {error}", path=path, line=line) from error


def _flat(item: dict[str, Any], body: dict[str, Any], text: str) -> Flat:
    """One annotation as spans and features; ValueError, KeyError or TypeError if it has no such shape."""
    features = {name.removeprefix("ar:"): str(value) for name, value in body.items() if name.startswith("ar:")}
    flat = Flat(_unquoted(str(item["id"]).rpartition("#")[2]), {}, features)
    for target in item["target"]:
        if target["ar:role"] not in ROLES:
            raise ValueError(f"{target['ar:role']!r} is none of: {', '.join(ROLES)}")
        by_type = {selector["type"]: selector for selector in target["selector"]}
        position = by_type["TextPositionSelector"]
        span = Span(int(position["start"]), int(position["end"]))
        exact = by_type.get("TextQuoteSelector", {}).get("exact", span.of(text))
        if exact != span.of(text):
            raise ValueError(f"the text at {span.start}:{span.end} is not {exact[:40]!r}")
        flat.spans.setdefault(target["ar:role"], []).append(span)
    return flat


def _quoted(name: str) -> str:
    return quote(name.encode("utf-8", "surrogatepass"), safe="")


def _unquoted(name: str) -> str:
    return unquote(name, errors="surrogatepass")


def _line_of(source: str, words: str) -> int | None:
    """The line of `source` on which `words` stand first, or None."""
    at = source.find(words)
    return None if at < 0 else source.count("\n", 0, at) + 1
