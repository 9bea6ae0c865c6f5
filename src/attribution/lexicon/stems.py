"""The stems of a verb: its root and pattern read off the lemma, and what its endings are added to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attribution.lexicon.orthography import LONG, VOWELS
from attribution.text.characters import TASHKEEL

RootKind = Literal["sound", "hollow", "geminate", "defective"]
QUADRILITERAL = 11
QUADRILITERAL_REFLEXIVE = 12
FORMS = (1, 2, 3, 4, 5, 6, 7, 8, 10, QUADRILITERAL, QUADRILITERAL_REFLEXIVE)
HAMZA, T, S, N, M = "ء", "ت", "س", "ن", "م"
_AUGMENT = {1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1, 7: 2, 10: 3, QUADRILITERAL: 0, QUADRILITERAL_REFLEXIVE: 1}
_BEGINNING = {4: HAMZA, 5: T, 6: T, 7: f"ا{N}", 8: "ا", 10: f"ا{S}{T}", QUADRILITERAL_REFLEXIVE: T}
_HAMZAS = str.maketrans({"أ": "ء", "إ": "ء", "ؤ": "ء", "ئ": "ء", "آ": "ءا"})
_PASSIVE_VOWELS = str.maketrans({"a": "u", "A": "U", "i": "u"})
_PREFIX_U = frozenset({2, 3, 4, QUADRILITERAL})
_IMPERFECT_A = frozenset({5, 6, QUADRILITERAL_REFLEXIVE})


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by its lemma (unvocalised), its form (1 to 10; 11 and 12 are quadriliteral), and the vowels of form 1."""

    lemma: str
    form: int
    perfect_vowel: str = "a"
    imperfect_vowel: str = ""


@dataclass(frozen=True, slots=True)
class Stem:
    """Sounds that endings are added to: `long` before a vowel, `short` before a consonant or, unended, in the jussive.

    `weak` is the vowel a defective stem ends in (A, Y, I, U or iy) and empty for all others.
    """

    long: str
    short: str
    weak: str = ""


@dataclass(frozen=True, slots=True)
class Stems:
    """All stems of a verb, without endings; `prefix_vowel` is that of the active imperfect's person prefix."""

    perfect: Stem
    imperfect: Stem
    passive_perfect: Stem
    passive_imperfect: Stem
    participle: Stem
    prefix_vowel: str


@dataclass(frozen=True, slots=True)
class _Root:
    """A verb taken apart: the sounds before the last two radicals in perfect and imperfect, and those radicals."""

    perfect: str
    imperfect: str
    second: str
    third: str
    kind: RootKind


def stems(verb: Verb) -> Stems:
    """The stems of `verb`; ValueError if its lemma is not of its form."""
    root = _root(verb)
    vowel = _imperfect_vowel(verb, root)
    return Stems(
        perfect=_perfect(verb, root),
        imperfect=_imperfect(verb, root, vowel),
        passive_perfect=_stem(root.perfect.translate(_PASSIVE_VOWELS), root, "i", "I", weak="iy"),
        passive_imperfect=_imperfect(verb, root, "a"),
        participle=_participle(verb, root),
        prefix_vowel="u" if verb.form in _PREFIX_U else "a",
    )


def _root(verb: Verb) -> _Root:
    letters = "".join(letter for letter in verb.lemma if letter not in TASHKEEL).translate(_HAMZAS)
    try:
        before, last = _split(letters, verb.form)
    except IndexError:
        raise ValueError(f"{verb.lemma} is no verb of form {verb.form}") from None
    if len(last) not in (1, 2) or not letters.startswith(_BEGINNING.get(verb.form, "")):
        raise ValueError(f"{verb.lemma} is no verb of form {verb.form}")
    perfect, imperfect = before
    kind = _kind(last, verb.form)
    if verb.form == 1 and letters[0] == "و" and kind in ("sound", "defective"):
        imperfect = ""
    return _Root(perfect, imperfect, last[0], last[-1], kind)


def _kind(last: str, form: int) -> RootKind:
    if len(last) == 1:
        return "geminate"
    if last[0] == "ا":
        return "hollow"
    return "defective" if last[1] in "اى" or (last[1] == "ي" and form == 1) else "sound"


def _split(letters: str, form: int) -> tuple[tuple[str, str], str]:
    """The sounds before the last two radicals in (perfect, imperfect), and the letters of those two."""
    if form == 8:
        return _split_eighth(letters)
    if form == 4 and letters[1] == "ا":
        letters = f"{HAMZA}{HAMZA}{letters[2:]}"
    letters = letters[_AUGMENT[form] :]
    first, rest = letters[0], letters[1:]
    reflexive = f"{T}a" if form in _IMPERFECT_A else ""
    if form in (3, 6):
        return _both(f"{reflexive}{first}A"), rest[1:]
    if form in (2, 5):
        return _both(f"{reflexive}{first}a{rest[0]}"), rest
    if form in (QUADRILITERAL, QUADRILITERAL_REFLEXIVE):
        return _both(f"{reflexive}{first}a{rest[0]}"), rest[1:]
    heads = {
        1: (f"{first}a", first),
        4: (f"{HAMZA}a{first}", first),
        7: (f"i{N}{first}a", f"{N}{first}a"),
        10: (f"i{S}{T}a{first}", f"{S}{T}a{first}"),
    }
    return heads[form], rest


def _split_eighth(letters: str) -> tuple[tuple[str, str], str]:
    """The same for form 8, whose ت may have become ط or د or have merged with the first radical (ادعى, اتهم)."""
    infixed = letters[2] in (T, "ط", "د")
    whole = len(letters) == 5 and infixed
    if whole or (len(letters) == 4 and letters[2] in (T, "ط")):
        cluster, last = letters[1:3], letters[3:]
    else:
        cluster, last = letters[1] * 2, letters[2:]
    head = f"{cluster}a"
    return (f"i{head}", head), last


def _both(head: str) -> tuple[str, str]:
    return head, head


def _perfect(verb: Verb, root: _Root) -> Stem:
    vowel = verb.perfect_vowel
    if root.kind == "hollow" and verb.form == 1:
        short = "i" if vowel == "i" or verb.imperfect_vowel == "i" else "u"
        return _hollow(root.perfect, root.third, "A", short)
    if root.kind == "defective" and verb.form == 1:
        weak = "iy" if vowel == "i" else "A" if root.third == "ا" else "Y"
        return _stem(root.perfect, root, vowel, "A", weak=weak)
    return _stem(root.perfect, root, "a", "A", weak="Y")


def _imperfect(verb: Verb, root: _Root, vowel: str) -> Stem:
    if verb.lemma == "رأى":
        return Stem(root.imperfect, root.imperfect, "Y")
    return _stem(root.imperfect, root, vowel, LONG[vowel], weak="Y" if vowel == "a" else LONG[vowel])


def _imperfect_vowel(verb: Verb, root: _Root) -> str:
    """The vowel between the last two radicals of the imperfect: given for form 1, else that of the form."""
    if verb.form in _IMPERFECT_A or (verb.form in (7, 8) and root.kind == "hollow"):
        return "a"
    if verb.form != 1:
        return "i"
    if verb.imperfect_vowel:
        return verb.imperfect_vowel
    return {"hollow": "u", "defective": "u" if root.third == "ا" else "i"}.get(root.kind, "u")


def _participle(verb: Verb, root: _Root) -> Stem:
    """The active participle without ending; a defective one ends in iy."""
    if verb.form != 1:
        hollow = "A" if verb.form in (7, 8) else "I"
        return _stem(f"{M}u{root.imperfect}", root, "i", hollow, weak="iy")
    head = f"{root.perfect[:-1]}A"
    if root.kind == "hollow":
        return _plain(f"{head}{HAMZA}i{root.third}")
    return _stem(head, root, "i", "A", weak="iy")


def _stem(head: str, root: _Root, vowel: str, hollow: str, *, weak: str) -> Stem:
    """The stem made of `head` and the last two radicals, with `vowel` between them or what the root's kind asks for."""
    second, third = root.second, root.third
    closed = head[-1:] not in VOWELS
    if root.kind == "hollow":
        return _hollow(head, third, hollow, hollow.lower())
    if root.kind == "defective":
        return Stem(f"{head}{second}", f"{head}{second}", weak)
    if root.kind == "geminate":
        return Stem(f"{head}{vowel if closed else ''}{second}{second}", f"{head}{second}{vowel}{second}")
    return _plain(f"{head}{second}{vowel}{third}")


def _hollow(head: str, third: str, long: str, short: str) -> Stem:
    body = head[:-1] if head[-1:] in VOWELS else head
    return Stem(f"{body}{long}{third}", f"{body}{short}{third}")


def _plain(sounds: str) -> Stem:
    return Stem(sounds, sounds)
