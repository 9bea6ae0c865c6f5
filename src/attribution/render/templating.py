"""Pages made from the templates beside this module: self-contained, their text escaped, their script the only one run.

What a page shows of a text is the text, code point for code point, with one exception: HTML can hold neither NUL nor
half of a surrogate pair, so U+FFFD stands in for each. Carriage returns are written as character references, since a
parser would turn them into line feeds. Nothing of a text is ever markup, and the page's own policy (CSP) allows only
the page's own script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from attribution.render import labels

_NOT_IN_HTML = re.compile("[\x00\ud800-\udfff]")


def rendered(template: str, script: str, **values: object) -> str:
    """The page of a `template`, with the script of that name and `values` in it."""
    code = _environment().get_template(script).render()
    page = _environment().get_template(template)
    text = page.render(
        **values,
        script=Markup(code),  # noqa: S704 - our own, and no text of an article is in it
        script_hash=base64.b64encode(hashlib.sha256(code.encode()).digest()).decode(),
    )
    return _NOT_IN_HTML.sub("\ufffd", text)


def exact(text: str) -> Markup:
    """`text` escaped so that a browser reads back every code point."""
    escaped = str(escape(text)).replace("\r", "&#13;")
    return Markup(escaped)  # noqa: S704 - escaped in the line above


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("attribution.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"exact": exact, "counted": labels.counted, "numbers": _numbers}
    environment.globals["labels"] = labels
    return environment


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))
