"""Who said what in Arabic texts: quotations and reported clauses with their sources and speakers."""

from attribution._version import __version__
from attribution.errors import AttributionError, InputError, LexiconError, ModelError, SettingsError
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
]
