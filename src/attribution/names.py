"""Read a noun phrase as somebody who can speak: personal name, title, kind, gender and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from attribution.lexicon.entries import Gender, Number
from attribution.lexicon.lookup import Lexicon
from attribution.personal_names import (
    MANNERS,
    Tagger,
    all_name,
    begins_name,
    name_in,
    owned_title,
    undefined,
    whole_name,
)
from attribution.records import SpeakerKind
from attribution.text import function_words as fw
from attribution.text.folding import skeleton

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}]+)*\.?|\d+|[^\s\p{L}\d]")


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase read: its words, the personal name in it (or none), the title before or after, kind and
    agreement.
    """

    words: tuple[str, ...]
    name: tuple[str, ...]
    title: tuple[str, ...]
    kind: SpeakerKind
    gender: Gender | None = None
    number: Number | None = None
    definite: bool = False
    forms: tuple[str, ...] = field(default=())
    sure: bool = True
    offices: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The name if there is one, else the whole description."""
        return " ".join(self.name or self.words)

    @property
    def head(self) -> str:
        """Skeleton of the first word, ال aside."""
        return undefined(self.forms[0]) if self.forms else ""


def words_of(text: str) -> list[str]:
    """The words and signs of a stretch of text, marks and brackets with what they hold left in."""
    return [m.group() for m in _WORD.finditer(text)]


def describe(text: str, lexicon: Lexicon, tag: Tagger = lambda _: None) -> Description:
    """The description that a noun phrase gives; `tag` gives the part of speech of a word where a tree has one."""
    segments = [words for words in _segments(words_of(text)) if words]
    flat = tuple(w for words in segments for w in words if w[0].isalnum())
    segments = [[w for w in words if w[0].isalnum()] for words in segments]
    segments = [words for words in segments if words]
    segments = [part for words in segments for part in _at_called(words)]
    if not segments or not flat:
        return Description((), (), (), "anonymous")
    forms = tuple(skeleton(w) for w in flat)
    kind = _kind_by_head(forms, lexicon)
    name: tuple[str, ...] = ()
    title: tuple[str, ...] = tuple(w for w in segments[0] if w[0].isalnum())
    sure = kind is not None
    kin = forms[0] in lexicon.words("kin_nouns") and len(segments[0]) > 1
    if kin and not (len(segments) > 1 and all_name(segments[1], lexicon)):
        title = ()
        kind = "person"
    elif kind == "anonymous" and (called := _called(segments, lexicon, tag)):
        name, title, kind = called, tuple(segments[0]), "person"
    elif kind is None or kind == "person":
        name, title = _split(segments, lexicon, tag)
        kind = _kind_of_rest(forms, name, title, lexicon) if kind is None or not name else "person"
        sure = sure or (bool(name) and _certain(name, segments, lexicon, tag)) or kind != "person"
        name = name if kind == "person" else ()
    words = tuple(segments[0]) or flat
    offices = tuple(tuple(skeleton(w) for w in words) for words in segments[1:] if tuple(words) != name)
    return Description(
        words,
        name,
        title,
        kind,
        _gender(forms, name, lexicon),
        _number(forms),
        forms[0].startswith("ال"),
        forms,
        sure,
        offices,
    )


def _at_called(words: Sequence[str]) -> Iterator[list[str]]:
    """The words before and after «يدعى» or «اسمه», which a name follows as it does a comma."""
    at = next((i for i, word in enumerate(words) if i and skeleton(word) in fw.CALLED), None)
    yield from ([list(words)] if at is None or at + 1 >= len(words) else [list(words[:at]), list(words[at + 1 :])])


def _called(segments: Sequence[Sequence[str]], lexicon: Lexicon, tag: Tagger) -> tuple[str, ...]:
    """The name of somebody introduced as if unnamed: «متحدث باسم الشرطة، سمير حداد», «رجل الأعمال سمير حداد»."""
    if len(segments) > 1 and len(segments[1]) >= 2 and all_name(segments[1], lexicon):
        first = skeleton(segments[1][0])
        short = len(first) <= 3 and segments[1][0].endswith(".")
        if short or begins_name(first, lexicon, tag(segments[1][0])):
            return tuple(segments[1])
    forms = [skeleton(w) for w in segments[0]]
    found = name_in(segments[0], lexicon, tag)
    several = undefined(forms[0]) != forms[0].removeprefix("ال")  # «مصادر موالية للرئيس سمير حداد»
    if (
        found is None
        or several
        or found[1] - found[0] < 2
        or found[1] < len(forms)
        or _OF_SOMEBODY.intersection(forms[: found[0]])
    ):
        return ()
    return tuple(segments[0][found[0] : found[1]])


# «مصدر مقرب من …»: the name that follows is somebody else's.
_OF_SOMEBODY = frozenset("من عن مع الي علي لدي".split())


def _certain(name: Sequence[str], segments: Sequence[Sequence[str]], lexicon: Lexicon, tag: Tagger) -> bool:
    """Whether a name was read off a given name or the parser's tag, and not for lack of anything better."""
    return begins_name(skeleton(name[0]), lexicon, tag(name[0])) or lexicon.is_title(skeleton(segments[0][0]))


def _segments(words: Sequence[str]) -> Iterator[list[str]]:
    """The words between commas; what stands in brackets is left out."""
    current: list[str] = []
    depth = 0
    for word in words:
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif word in "،,–-" or (current and skeleton(word) in _BREAKS):  # «المرصد ومقره لندن»
            yield current
            current = []
        elif word not in '«»"“”':
            current.append(word)
    yield current


def _kind_by_head(forms: Sequence[str], lexicon: Lexicon) -> SpeakerKind | None:
    """The kind that the first word tells, or None."""
    head = forms[0]
    if head.endswith("ه") and lexicon.holds("organization_heads", head):
        return "organization"
    if (lexicon.is_title(head) and head not in lexicon.words("anonymous_nouns")) or owned_title(head, lexicon):
        return "person"
    definite = head.startswith("ال")
    for list_name, kind in _KINDS:
        if lexicon.holds(list_name, head):
            if kind == "anonymous" and lexicon.is_title(head) and definite:
                return "person"
            return kind
    return None


_KINDS: tuple[tuple[str, SpeakerKind], ...] = (
    ("document_nouns", "document"),
    ("anonymous_nouns", "anonymous"),
    ("organization_heads", "organization"),
    ("collective_nouns", "collective"),
)


def _kind_of_rest(forms: Sequence[str], name: Sequence[str], title: Sequence[str], lexicon: Lexicon) -> SpeakerKind:
    joined = " ".join(forms)
    if lexicon.is_title(forms[0]):  # «السفير» is a newspaper too
        return "person"
    if (
        lexicon.holds("media", joined)
        or lexicon.holds("media", forms[0])
        or (
            lexicon.holds("places", forms[0])
            and len(forms) <= 3
            and not (len(forms) > 1 and forms[0] in lexicon.words("given_names"))
        )
    ):
        return "organization"
    if name:
        return "person"
    if any(lexicon.is_title(skeleton(w)) for w in title):
        return "person"
    plural = len(forms[0]) > 4 and forms[0].endswith(("ون", "ين", "ات"))
    return (
        "collective"
        if plural or forms[0] in ("بعض", "عدد", "عدد من", "فريق", "غالبيه", "معظم", "كثير", "عديد")
        else "person"
    )


def _split(segments: Sequence[Sequence[str]], lexicon: Lexicon, tag: Tagger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The personal name and the title of a phrase cut at its commas."""
    office_first = lexicon.is_title(skeleton(segments[0][0])) or skeleton(segments[0][0]) in lexicon.words("kin_nouns")
    if len(segments) > 1 and office_first and whole_name(segments[1], lexicon, tag):
        found = name_in(segments[0], lexicon, tag)
        if found is None or found[1] - found[0] < 2:
            return tuple(segments[1]), tuple(segments[0])
    for number, words in enumerate(segments):
        found = name_in(words, lexicon, tag)
        if found is not None:
            first, last = found
            rest = tuple(w for w in words[:first] if w[0].isalnum()) or tuple(words[last:])
            other = segments[1] if number == 0 and len(segments) > 1 and not rest else segments[0] if number else ()
            return tuple(words[first:last]), rest or tuple(other)
    if not any(lexicon.is_title(skeleton(w)) for w in segments[0]) and all_name(segments[0], lexicon):
        return tuple(segments[0]), tuple(segments[1]) if len(segments) > 1 else ()
    return (), tuple(segments[0])


_SEATED = frozenset("ومقره ومقرها ومقرهما".split())
_BREAKS = _SEATED | MANNERS


def _gender(forms: Sequence[str], name: Sequence[str], lexicon: Lexicon) -> Gender | None:
    if name:
        found = lexicon.gender("given_names", skeleton(name[0]))
        if found:
            return found
    for list_name in ("titles", "anonymous_nouns", "organization_heads", "document_nouns", "collective_nouns"):
        if lexicon.holds(list_name, forms[0]):
            listed = lexicon.gender(list_name, forms[0])
            return listed or ("feminine" if forms[0].endswith("ه") else None)
    return "feminine" if forms[0].endswith("ه") and not name else None


def _number(forms: Sequence[str]) -> Number | None:
    head = forms[0]
    if head.endswith(("ون", "ات")) and len(head) > 4:
        return "plural"
    return "dual" if head.endswith("ان") and head.startswith("ال") and len(head) > 6 else None
