"""The surface forms of a verb and of its verbal nouns, as skeletons, with their features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from attribution.lexicon.entries import Gender, Number, ReadingKind, Tense
from attribution.lexicon.orthography import spell, spell_joined
from attribution.lexicon.stems import Stem, Verb, stems
from attribution.text.folding import skeleton

Features = tuple[int | None, Gender | None, Number]


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form (a skeleton); `joined` is true for the shape it has before a glued pronoun.

    `jussive` is true for a shape that is nothing but jussive (يقل, يدع), which stands after لم only.
    """

    text: str
    kind: ReadingKind
    tense: Tense | None = None
    passive: bool = False
    person: int | None = None
    gender: Gender | None = None
    number: Number | None = None
    joined: bool = False
    jussive: bool = False


_M: Gender = "masculine"
_F: Gender = "feminine"
_PERFECT: tuple[tuple[Features, str], ...] = (
    ((3, _M, "singular"), "a"),
    ((3, _F, "singular"), "aت"),
    ((3, _M, "dual"), "A"),
    ((3, _F, "dual"), "aتA"),
    ((3, _M, "plural"), "uW"),
    ((3, _F, "plural"), "نa"),
    ((2, _M, "singular"), "تa"),
    ((2, _F, "singular"), "تi"),
    ((2, None, "dual"), "تuمA"),
    ((2, _M, "plural"), "تuم"),
    ((2, _F, "plural"), "تuنa"),
    ((1, None, "singular"), "تu"),
    ((1, None, "plural"), "نA"),
)
# Person prefix, ending of the indicative, ending of subjunctive and jussive.
_IMPERFECT: tuple[tuple[Features, str, str, str], ...] = (
    ((3, _M, "singular"), "ي", "", ""),
    ((3, _F, "singular"), "ت", "", ""),
    ((3, _M, "dual"), "ي", "Aنi", "A"),
    ((3, _F, "dual"), "ت", "Aنi", "A"),
    ((3, _M, "plural"), "ي", "Uنa", "uW"),
    ((3, _F, "plural"), "ي", "نa", "نa"),
    ((2, _M, "singular"), "ت", "", ""),
    ((2, _F, "singular"), "ت", "Iنa", "I"),
    ((2, None, "dual"), "ت", "Aنi", "A"),
    ((2, _M, "plural"), "ت", "Uنa", "uW"),
    ((2, _F, "plural"), "ت", "نa", "نa"),
    ((1, None, "singular"), "ء", "", ""),
    ((1, None, "plural"), "ن", "", ""),
)
_PARTICIPLE: tuple[tuple[Gender, Number, str], ...] = (
    (_M, "singular", "A"),
    (_F, "singular", "aة"),
    (_M, "dual", "aينi"),
    (_F, "dual", "aتaينi"),
    (_M, "plural", "Iنa"),
    (_M, "plural", "Uنa"),
    (_F, "plural", "Aت"),
)


def finite_forms(verb: Verb, *, passive: bool = False, joined: bool = True) -> Iterator[Form]:
    """The perfect, imperfect and future of `verb` in every person.

    With `passive`, the third person singular passive too; with `joined`, also the shapes before an object pronoun.
    Subjunctive and jussive count as present (يقولوا, يقل).
    """
    made = stems(verb)
    for features, sounds in _perfect(made.perfect):
        yield from _spelled(sounds, features, "past", joined=joined)
    for features, sounds, jussive in _imperfect(made.imperfect, made.prefix_vowel):
        yield from _present_and_future(sounds, features, joined=joined, jussive=jussive)
    if passive:
        for features, sounds in list(_perfect(made.passive_perfect))[:2]:
            yield from _spelled(sounds, features, "past", passive=True)
        for features, sounds, jussive in _imperfect(made.passive_imperfect, "u"):
            if features[0] == 3 and features[2] == "singular":
                yield from _present_and_future(sounds, features, passive=True, jussive=jussive)


def participle_forms(verb: Verb) -> Iterator[Form]:
    """The active participle of `verb` as it stands beside another cue: indefinite, the masculine accusative."""
    stem = stems(verb).participle
    for gender, number, ending in _PARTICIPLE:
        base = stem.long if not stem.weak else f"{stem.long}{'' if ending[0] in 'IU' else 'iي'}"
        for text in spell(base + ending):
            yield Form(text, "participle", gender=gender, number=number)


def noun_forms(noun: str, kind: ReadingKind = "verbal_noun") -> Iterator[Form]:
    """A verbal noun (or plural in ات) as written alone, in the accusative, and joined to a pronoun."""
    base = skeleton(noun)
    feminine = noun.endswith("ة")
    plural = noun.endswith("ات")
    gender: Gender = "feminine" if feminine or plural else "masculine"
    number: Number = "plural" if plural else "singular"
    stem = base[:-1] + "ت" if feminine else base[:-1] + "ا" if noun.endswith("ى") else base
    texts = {base} if feminine or plural or base[-1] in "اي" or noun.endswith("اء") else {base, f"{base}ا"}
    for text in sorted(texts):
        yield Form(text, kind, gender=gender, number=number)
    joined = {stem, f"{stem[:-1]}ؤ", f"{stem[:-1]}ئ"} if noun[-1] in "ءؤأئ" else {stem}
    for text in sorted(joined):
        yield Form(text, kind, gender=gender, number=number, joined=True)


def _perfect(stem: Stem) -> Iterator[tuple[Features, str]]:
    for features, ending in _PERFECT:
        base = stem.long if ending[0] in "aAu" else stem.short
        yield features, _weak_perfect(stem, ending) if stem.weak else f"{base}{ending}"


def _weak_perfect(stem: Stem, ending: str) -> str:
    """A defective perfect with its ending: دعا, دعت, دعوا, دعوت; نفى, نفت, نفوا, نفيت; رضي, رضيت, رضوا."""
    glide = "و" if stem.weak == "A" else "ي"
    if ending == "uW":
        return f"{stem.long}{'uW' if stem.weak == 'iy' else 'aW'}"
    if stem.weak == "iy":
        return f"{stem.long}{'I' if ending[0] in 'تن' else 'iي'}{ending}"
    if ending == "a":
        return f"{stem.long}{stem.weak}"
    if ending.startswith("aت"):
        return f"{stem.long}{ending}"
    return f"{stem.long}a{glide}{ending}"


def _imperfect(stem: Stem, prefix_vowel: str) -> Iterator[tuple[Features, str, bool]]:
    """Features and sounds, and whether these are a shortened jussive."""
    unended = stem.long if stem.long[-1:] == stem.long[-2:-1] else stem.short
    for features, prefix, indicative, shortened in _IMPERFECT:
        start = f"{prefix}{prefix_vowel}"
        bare = not shortened
        if stem.weak:
            yield features, f"{start}{stem.long}{_weak_imperfect(stem.weak, indicative)}", False
            yield features, f"{start}{stem.long}{_weak_imperfect(stem.weak, shortened, jussive=True)}", bare
            continue
        yield features, f"{start}{stem.short if indicative == 'نa' else stem.long}{indicative}", False
        if bare and unended != stem.long:
            yield features, f"{start}{unended}", True
        elif shortened != indicative:
            yield features, f"{start}{stem.long}{shortened}", False


def _weak_imperfect(weak: str, ending: str, *, jussive: bool = False) -> str:
    """The end of a defective imperfect: يدعو, يدعون, يدع; ينفي, ينفون, ينف; يرى, يرون, ير."""
    short = {"I": "i", "U": "u"}.get(weak, "a")
    if not ending:
        return short if jussive else weak
    if ending[0] == "A":
        return {"I": "iي", "U": "uو"}.get(weak, "aي") + ending
    if weak == "Y":
        return {"Uنa": "aونa", "uW": "aW", "Iنa": "aينa", "I": "aي", "نa": "aينa"}[ending]
    return f"{weak}{ending}" if ending == "نa" else ending


def _present_and_future(
    sounds: str, features: Features, *, passive: bool = False, joined: bool = False, jussive: bool = False
) -> Iterator[Form]:
    for form in _spelled(sounds, features, "present", passive=passive, joined=joined):
        yield replace(form, jussive=True) if jussive else form
        if not jussive:
            yield Form(f"س{form.text}", "verb", "future", passive, *features, form.joined)


def _spelled(
    sounds: str, features: Features, tense: Tense, *, passive: bool = False, joined: bool = False
) -> Iterator[Form]:
    """The form alone and before a pronoun; the second person plural takes a long u before a pronoun."""
    for text in spell(sounds):
        yield Form(text, "verb", tense, passive, *features)
    if joined:
        for text in spell_joined(f"{sounds}U" if sounds.endswith("تuم") else sounds):
            yield Form(text, "verb", tense, passive, *features, True)
