"""From sounds to letters: how an Arabic word, given by its consonants and vowels, is spelled as a skeleton.

Sounds are Arabic consonants (hamza is always ء), short vowels a i u, long vowels A I U, `Y` for the long a that is
written ى at the end of a word, `W` for the plural waw that takes an alif at the end of a word, and ة.
"""

from __future__ import annotations

import re

SHORT = "aiu"
LONG = {"a": "A", "i": "I", "u": "U"}
VOWELS = frozenset("aiuAIUY")
_LETTER = {"A": "ا", "I": "ي", "U": "و"}
_SEAT = {"a": "ا", "i": "ئ", "u": "ؤ"}
_TWO_HAMZAS = re.compile("ء([aiu])ء(?=[^aiuAIUYW])")
_STOPPED_Y = re.compile("uي(?=[^aiuAIUYW])")


def spell(sounds: str) -> tuple[str, ...]:
    """The skeletons in which the word is written: the standard one, then a common variant of its hamza, if any."""
    sounds = _TWO_HAMZAS.sub(lambda found: "ء" + LONG[found[1]], sounds)
    sounds = _STOPPED_Y.sub("U", sounds).rstrip(SHORT)
    standard = _letters(sounds, strict=True)
    if "ء" not in sounds[1:]:
        return (standard,)
    variant = _letters(sounds, strict=False)
    return (standard,) if standard == variant else (standard, variant)


def spell_joined(sounds: str) -> tuple[str, ...]:
    """The skeletons of the word as it is written before a glued pronoun, without the pronoun."""
    return tuple(dict.fromkeys(form[:-1] for form in spell(f"{sounds}هa")))


def _letters(sounds: str, *, strict: bool) -> str:
    out: list[str] = []
    before = "aiuAIU"
    for at, sound in enumerate(sounds):
        previous, following = sounds[at - 1 : at], sounds[at + 1 : at + 2]
        if sound == "ء":
            out.append(_hamza(previous, following, strict=strict))
        elif sound == "A" and previous == "ء" and out[-1] == "ا":
            continue
        elif sound != previous or sound in before:
            out.append(_letter(sound, first=not at, last=not following, after_ya=previous == "ي"))
    return "".join(out)


def _letter(sound: str, *, first: bool, last: bool, after_ya: bool) -> str:
    """The letters of one sound other than hamza; a vowel that begins the word is carried by an alif."""
    if sound in SHORT:
        return "ا" if first else ""
    if sound == "Y":
        return "ي" if last and not after_ya else "ا"
    if sound == "W":
        return "وا" if last else "و"
    if sound == "ة":
        return "ه" if last else "ت"
    return _LETTER.get(sound, sound)


def _hamza(previous: str, following: str, *, strict: bool) -> str:
    """The seat of a hamza between two sounds; not strict: قرأوا, يقرأه and مسئول for قرؤوا, يقرؤه and مسؤول."""
    if not previous:
        return "ا"
    if not following:
        return _SEAT.get(previous, "ء")
    if previous in "iIي" or following in "iI":
        return "ئ"
    if previous == "u":
        return "ؤ"
    if following in "uU":
        return "ؤ" if strict else {"a": "ا", "A": "ء"}.get(previous, "ئ")
    return "ء" if previous in "AUو" else "ا"
