"""Weigh the evidence that a cue candidate with its opening is an attribution: named features, weights from a file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from attribution.drafts import FoundCue, Opening
from attribution.phrases import Phrases
from attribution.text import function_words as fw

Features = dict[str, float]
_WHOLE_QUOTATION = 4
_PREPOSITION_STRENGTH = 0.6
_SURE = 0.9
_TAGS = {"verb": ("VERB",), "participle": ("ADJ", "NOUN", "VERB"), "verbal_noun": ("NOUN",), "noun": ("NOUN",)}
SPEAKERS = (
    "titles",
    "anonymous_nouns",
    "organization_heads",
    "document_nouns",
    "collective_nouns",
    "media",
    "places",
    "given_names",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: a bias and one weight a feature, learned by `python -m training.weigh`."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, from 0 to 1, that these features belong to an attribution."""
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def strongest(self, features: Mapping[str, float], number: int = 3) -> list[tuple[str, float]]:
        """The features that spoke loudest, with what each added to the score."""
        said = [(name, self.weights.get(name, 0.0) * value) for name, value in features.items()]
        return sorted(said, key=lambda pair: -abs(pair[1]))[:number]


@lru_cache(maxsize=8)
def load_weights(name: str) -> Weights:
    """The bundled weights of one decision ("cue", "confidence")."""
    read = json.loads((files("attribution.lexicon") / "data" / "weights.json").read_text("utf-8"))[name]
    return Weights(read["bias"], read["weights"], read["threshold"])


def by_tag(phrases: Phrases, cue: FoundCue) -> FoundCue:
    """The cue with the readings first that the parser's tag agrees with («ذكر»: a verb before a noun)."""
    upos = phrases.parsed.upos(cue.first)
    if upos is None or len(cue.readings) == 1:
        return cue
    ordered = sorted(cue.readings, key=lambda reading: upos not in _TAGS.get(reading.kind, (upos,)))
    return replace(cue, readings=tuple(ordered))


def certain(phrases: Phrases, cue: FoundCue, opening: Opening) -> bool:
    """Whether an opening alone decides: a whole quotation right before its cue, or بحسب and a speaker before a
    clause.
    """
    if opening.rule == "opening.quote-before" and phrases.mark_words(opening.at) >= _WHOLE_QUOTATION:
        if cue.reading.kind == "verb":
            return phrases.parsed.upos(cue.first) in ("VERB", None)
        return _speaker_after(phrases, cue)
    return opening.rule == "opening.after-prepositional-cue" and _speaker_after(phrases, cue)


def _speaker_after(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a noun that names speakers stands after a prepositional cue of some strength."""
    if cue.reading.kind != "preposition" or cue.reading.entry.strength < _PREPOSITION_STRENGTH:
        return False
    source = phrases.after_preposition(cue.last, len(phrases))
    return source is not None and any(phrases.lexicon.holds(name, phrases.bare(source[0])) for name in SPEAKERS)


def _gives_name(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether يدعى gives somebody's name («رجل يدعى سمير حداد») and does not claim anything."""
    present = cue.reading.entry.lemma == "ادعى" and cue.reading.tense == "present"
    return present and phrases.name_like(cue.last + 1)


def impossible(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a cue cannot be one here.

    An adjective («دراسة حديثة»), a name («مارك روته»), or part of another word.
    """
    kind, upos = cue.reading.kind, phrases.parsed.upos(cue.first)
    if kind in ("verbal_noun", "noun") and upos == "ADJ":
        return True
    if _gives_name(phrases, cue):
        return True
    if kind == "verb" and upos in ("X", "PROPN") and cue.reading.entry.strength < _SURE:
        return True
    last = phrases.parsed.elements[cue.last]
    # «جاء | بناء على»: no preposition
    return cue.span.end < last.end and len(phrases.parsed.words(cue.last)) == 1


def _speechless(phrases: Phrases, cue: FoundCue) -> bool:
    """Whether a preposition stands with what is not known to speak: «بحسب الموسم»."""
    if cue.reading.kind != "preposition" or cue.reading.enclitic or cue.reading.tense:
        return False
    source = phrases.after_preposition(cue.last, len(phrases))
    if source is None or phrases.form(source[1] + 1) in fw.ANSWERS:
        return False
    form = phrases.bare(source[0])
    known = any(phrases.lexicon.holds(name, form) for name in SPEAKERS)
    known = known or any(r.kind in ("verbal_noun", "noun") for r in phrases.lexicon.readings(form))  # «بحسب تصريحات»
    return not known and phrases.parsed.upos(source[0]) == "NOUN" and not phrases.name_like(source[0] + 1)


def cue_features(phrases: Phrases, cue: FoundCue, opening: Opening) -> Features:
    """The evidence about one cue candidate, by name; values from 0 to 1."""
    reading, entry = cue.reading, cue.reading.entry
    via = "أن" if opening.via.endswith("أن") else opening.via
    opened = "clause" if via == "أن" or opening.kind == "question" else opening.kind
    gap = opening.at - cue.last - 1
    features: Features = {
        f"kind:{reading.kind}": 1.0,
        f"class:{entry.cue_class}": 1.0,
        f"opening:{opened}": 1.0,
        f"via:{via}": 1.0,
        f"{reading.kind}+{opened}": 1.0,
        f"{entry.cue_class}+{opened}": 1.0,
        f"lemma:{entry.lemma}:{reading.kind}": 1.0,
        f"lemma+{opened}:{entry.lemma}": 1.0,
        "strength": reading.strength,
        f"strength+{opened}": reading.strength,
        "declared": float(opening.via in entry.complements),
    }
    features.update(dict.fromkeys(_cue_traits(phrases, cue, opened), 1.0))
    features.update(dict.fromkeys(_place_traits(phrases, cue), 1.0))
    features.update(dict.fromkeys(_opening_traits(phrases, cue, opening, gap), 1.0))
    return features


def _cue_traits(phrases: Phrases, cue: FoundCue, opened: str) -> Iterable[str]:
    reading = cue.reading
    upos = phrases.parsed.upos(cue.first)
    if upos is not None and reading.kind in _TAGS:
        agrees = upos in _TAGS[reading.kind]
        yield f"tag-agrees:{reading.kind}:{agrees}"
        yield f"tag:{upos}:{reading.kind}"
    if reading.tense:
        yield f"tense:{reading.tense}"
        yield f"tense:{reading.tense}+{opened}"
    if reading.person in (1, 2):
        yield "person:1-2"
    if reading.number in ("plural", "dual"):
        yield f"number:{reading.number}"
    if reading.passive:
        yield "passive"
    if reading.enclitic:
        yield f"enclitic:{reading.kind}"
    if reading.definite:
        yield f"definite:{reading.kind}"
    if reading.kind == "participle" and phrases.form(cue.first).endswith(("ا", "ه", "ين")):
        yield "participle:accusative-like"
    if cue.negated:
        yield "negated"
    if cue.modal:
        yield "modal"
    if _speechless(phrases, cue):
        yield "speechless"
    if cue.pluperfect:
        yield "pluperfect"
    if len(cue.readings) > 3:
        yield "ambiguous"
    if phrases.form(cue.first) in fw.PREPOSITIONS or phrases.form(cue.first) in fw.NEGATIONS:
        yield "closed-class-form"


def _place_traits(phrases: Phrases, cue: FoundCue) -> Iterable[str]:
    before = cue.first - 1
    kind = phrases.word_class(before)
    yield f"before:{kind}"
    if cue.coordinated:
        yield "coordinated"
    if cue.first == 0:
        yield "first-in-unit"
        yield f"first-in-unit:{cue.reading.kind}"
    if phrases.form(before) in "،,":
        yield f"after-comma:{cue.reading.kind}"
    yield f"cue-before:{cue.reading.kind}:{any(first < cue.first for first in phrases.cues)}"
    if phrases.parsed.unit.inside is not None:
        yield "inside-marks"
    relation = phrases.parsed.relation(cue.first)
    if relation in ("root", "conj", "parataxis", "advcl", "acl", "ccomp", "nmod", "obj", "obl", "xcomp", "nsubj"):
        yield f"relation:{relation}:{cue.reading.kind}"


def _opening_traits(phrases: Phrases, cue: FoundCue, opening: Opening, gap: int) -> Iterable[str]:
    parsed = phrases.parsed
    if gap < 0:
        yield f"preceding:{cue.reading.kind}"
    elif gap <= 1:
        yield "adjacent"
    elif gap > 12:
        yield "far"
    if opening.kind in ("clause", "quote", "bare", "phrase") and gap >= 0:
        yield f"tree-hangs:{opening.kind}:{_hangs(phrases, cue, opening)}"
    if phrases.word_class(opening.at) == "mark":
        words = phrases.mark_words(opening.at)
        yield "mark-words:1-2" if words <= 2 else "mark-words:3-5" if words <= 5 else "mark-words:6+"
    stop = opening.at if gap >= 0 else len(phrases)
    subject = phrases.source_after(cue, stop) if cue.reading.kind in ("verb", "preposition", "phrase") else None
    if opening.kind in ("bare", "phrase") and cue.reading.entry.noun_phrase_needs_source:
        yield f"needs-source:{subject is not None}"
    if subject is not None:
        known = next((name for name in SPEAKERS if phrases.lexicon.holds(name, phrases.bare(subject[0]))), None)
        yield f"subject:{known or 'other'}"
        yield f"subject:{known or 'other'}:{cue.reading.kind}"
        if cue.reading.kind == "preposition":  # «وفق البيان», but «وفق الخطة»
            yield f"source:{phrases.bare(subject[0])}"
        if parsed.relation(subject[0]) == "nsubj":
            yield "subject:tree-agrees"
    else:
        yield f"subject:none:{cue.reading.kind}"
        if any(parsed.relation(i) == "nsubj" and i < cue.first for i in parsed.dependents(cue.first)):
            yield "subject:before"


def _hangs(phrases: Phrases, cue: FoundCue, opening: Opening) -> bool:
    """Whether the tree hangs the opening's clause or noun on the cue, directly or over its complementizer."""
    parsed, at = phrases.parsed, opening.at
    for _ in range(3):
        head = parsed.head(at)
        if head is None:
            return False
        if head == cue.first:
            return True
        at = head
    return False


def subject_features(phrases: Phrases, cue: FoundCue, first: int, *, before: bool) -> Features:
    """The evidence that the noun phrase beginning at element `first` is the subject of a finite cue, by name."""
    parsed, form = phrases.parsed, phrases.bare(first)
    words = parsed.words(first)
    known = next((name for name in SPEAKERS if phrases.lexicon.holds(name, form)), "none")
    gap = cue.first - first if before else first - cue.last - 1
    traits = {
        f"side:{'before' if before else 'after'}",
        f"relation:{parsed.relation(first)}",
        f"hangs:{parsed.head(first) == cue.first}",
        f"hangs+relation:{parsed.head(first) == cue.first}:{parsed.relation(first)}",
        f"upos:{parsed.upos(first)}",
        f"known:{known}",
        f"definite:{phrases.definite(first)}",
        f"agreement:{_agreement(phrases, cue, first)}",
        "adjacent" if gap == 0 else "near" if gap <= 3 else "far",
        f"class:{cue.reading.entry.cue_class}",
        f"before-word:{phrases.word_class(first - 1)}",
    }
    if len(words) > 1 and words[-1].upos == "PRON":
        traits.add("possessive")
    if phrases.name_like(first):
        traits.add("name-like")
    elif known == "none" and phrases.word_class(first) == "noun":
        traits |= {"stranger", f"stranger:{parsed.relation(first)}", f"stranger:definite:{phrases.definite(first)}"}
        traits.add(f"stranger:alone:{not phrases.nominal(first + 1)}")
    if form.endswith(("ات", "ين")):
        traits.add(f"ending:{form[-2:]}")
    if form.endswith("ا") and known == "none":
        traits.add("ending:ا")
    if phrases.word_class(first) in ("mark", "number"):
        traits.add(f"kind:{phrases.word_class(first)}")
    if any(r.kind in ("verbal_noun", "noun", "participle") for r in phrases.lexicon.readings(form)):
        traits.add("verbal-noun")
    return dict.fromkeys(traits, 1.0)


def _agreement(phrases: Phrases, cue: FoundCue, first: int) -> str:
    """Whether the cue's gender agrees with what the noun's lists or ending say: "same", "other" or "unknown"."""
    verb, form = cue.reading.gender, phrases.bare(first)
    gender = next((g for name in SPEAKERS if (g := phrases.lexicon.gender(name, form)) is not None), None)
    feminine = gender == "feminine" or (gender is None and form.endswith("ه") and phrases.word_class(first) == "noun")
    known = any(phrases.lexicon.holds(name, form) for name in SPEAKERS[:4]) and not form.endswith(("ات", "ون", "ين"))
    if verb is None or (gender is None and not feminine and not known):
        return "unknown"
    return "same" if (verb == "feminine") == feminine else "other"
