"""Who said what in Arabic texts: quotations and reported clauses with their sources and speakers.

The names are loaded when they are first asked for: `import attribution` alone costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attribution._version import __version__

if TYPE_CHECKING:
    from attribution.errors import AttributionError, InputError, LexiconError, ModelError, SettingsError
    from attribution.formats.table import to_frame
    from attribution.pipeline import Extractor, extract
    from attribution.records import (
        Article,
        AttributedDocument,
        Attribution,
        Content,
        Cue,
        Evidence,
        FailedDocument,
        Mark,
        Medium,
        RejectedCandidate,
        Source,
        Speaker,
        SpeakerReference,
        TextSpan,
    )
    from attribution.settings import Settings

__all__ = [
    "Article",
    "AttributedDocument",
    "Attribution",
    "AttributionError",
    "Content",
    "Cue",
    "Evidence",
    "Extractor",
    "FailedDocument",
    "InputError",
    "LexiconError",
    "Mark",
    "Medium",
    "ModelError",
    "RejectedCandidate",
    "Settings",
    "SettingsError",
    "Source",
    "Speaker",
    "SpeakerReference",
    "TextSpan",
    "__version__",
    "extract",
    "to_frame",
]

# The module that defines each name.
_HOMES = {
    "attribution.errors": "AttributionError InputError LexiconError ModelError SettingsError",
    "attribution.formats.table": "to_frame",
    "attribution.pipeline": "Extractor extract",
    "attribution.records": (
        "Article AttributedDocument Attribution Content Cue Evidence FailedDocument Mark Medium RejectedCandidate "
        "Source Speaker SpeakerReference TextSpan"
    ),
    "attribution.settings": "Settings",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    home = next((module for module, names in _HOMES.items() if name in names.split()), None)
    if home is None:
        raise AttributeError(f"module 'attribution' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
