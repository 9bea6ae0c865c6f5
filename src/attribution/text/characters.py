"""Named sets of characters."""

from __future__ import annotations

TASHKEEL = frozenset(
    chr(c)
    for c in (
        *range(0x0610, 0x061B),
        *range(0x064B, 0x0660),
        0x0670,
        *range(0x06D6, 0x06DD),
        0x06DF,
        0x06E0,
        0x06E1,
        0x06E2,
        0x06E3,
        0x06E4,
        0x06E7,
        0x06E8,
        0x06EA,
        0x06EB,
        0x06EC,
        0x06ED,
    )
)
TATWEEL = "\u0640"
# Characters that direct or join text and are never part of a word; U+FEFF is a byte-order mark left in the text.
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c\u00ad"
)
DROPPED = TASHKEEL | INVISIBLE | {TATWEEL}

# Same length: forms that other keyboards give for an Arabic letter.
LETTER_VARIANTS = {
    "\u06cc": "ي",
    "\u06a9": "ك",
    "\u06c1": "ه",
    "\u06be": "ه",
    "\u06d5": "ه",
    "\u0671": "ا",
    "\u06ad": "ك",
}
SPACES = frozenset("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\u2005\u2004\u2006\u2001\u2000\t\v\f")
DIGIT_VARIANTS = {chr(base + d): str(d) for base in (0x0660, 0x06F0) for d in range(10)}

# One spelling for what careless spelling confuses, so that one lexicon form matches all.
SKELETON = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
