"""Arabic texts of every degree of carelessness, for laws that hold for all of them."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from attribution.lexicon.loading import load_lexicon

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0610\u06d6"
INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c\u00ad"
)
SPACES = " \u00a0\u2009\u202f\u3000\t\v\f"
BREAKS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\r\n\r\n")
MARKS = ("«", "»", "“", "”", "„", "‟", '"', "＂", "‹", "›", "<<", ">>", "((", "))", "''", "‘‘", "’’", "««", "»»")
SIGNS = ("،", ",", "؛", ":", ".", "...", "…", "؟", "!", "-", "–", "(", ")", "[", "]", "/", "*", "%", "#")
ODD = (
    "\x00",
    "\ufdfa",
    "\ufefb",
    "\ufe8e",
    "ﷲ",
    "😀",
    "👨‍👩‍👧",
    "\ud800",
    "\udfff",
    "\ud83d",
    "\U0010ffff",
    "é",
    "Reuters",
    "٢٥",
    "۱۲",
    "3.5",
)
SPEAKERS = (
    "الوزير", "بوتين", "فلاديمير بوتين", "وزير الخارجية", "المتحدثة باسم الحكومة", "مصدر أمني", "التقرير", "واشنطن", "شهود عيان",
    "محمد بن سلمان", "الأمم المتحدة", "«الشرق الأوسط»", "أحد السكان", "علي", "المصدر نفسه",
)  # fmt: skip
PIECES = (
    "قال", "وقالت", "أن", "إن", "أنه", "بأن", "إلى أن", "قوله", "بحسب", "وفقا لـ", "على حد قوله", "مشيرا إلى", "الذي", "كان", "قد", "لم",
    "عن", "لـ", "و", "هل", "ما إذا", "كما", "فيما", "أما", "حيث", "بينما", "نقلت", "رويترز", "لن نتراجع عن مواقفنا أبدا", "غدا", "أمس",
)  # fmt: skip


@cache
def cue_words() -> tuple[str, ...]:
    """The lemmas of the lexicon, vocalised as they stand there."""
    return tuple(sorted({entry.lemma for entry in load_lexicon().entries}))


def words() -> st.SearchStrategy[str]:
    """Words of Arabic letters, some vocalised, stretched or very long."""
    letters = st.text(LETTERS, min_size=1, max_size=8)
    dressed = st.lists(st.sampled_from(LETTERS + TASHKEEL + "ـ" + INVISIBLE), min_size=1, max_size=12).map("".join)
    long = st.tuples(st.sampled_from(LETTERS), st.integers(100, 3000)).map(lambda pair: pair[0] * pair[1])
    return st.one_of(letters, letters, letters, dressed, long)


def tokens() -> st.SearchStrategy[str]:
    """Words, real cues and speakers, marks of all kinds, signs, breaks and what else text holds."""
    return st.one_of(
        words(),
        st.sampled_from(cue_words()),
        st.sampled_from(PIECES),
        st.sampled_from(SPEAKERS),
        st.sampled_from(MARKS),
        st.sampled_from(SIGNS),
        st.sampled_from(BREAKS),
        st.sampled_from(ODD),
        st.sampled_from(INVISIBLE + TASHKEEL),
    )


def texts(max_tokens: int = 60) -> st.SearchStrategy[str]:
    """Texts of such tokens, with or without spaces between, their marks unbalanced and nested."""
    spaced = st.tuples(tokens(), st.sampled_from((" ", " ", " ", "", "  ", *SPACES)))
    careless = st.lists(spaced, max_size=max_tokens).map(lambda pairs: "".join(a + b for a, b in pairs))
    return st.one_of(careless, careless, newspaper(), st.text(max_size=200), careless.map(lambda t: t + "«" * 50))


def newspaper() -> st.SearchStrategy[str]:
    """Texts whose sentences are well formed, so that laws are tried where there is something to attribute."""
    clause = st.sampled_from(
        ("المحادثات مستمرة", "القرار نهائي", "الأسعار «لن ترتفع» هذا العام", "الوزير أكد أن الحل قريب")
    )
    cue = st.sampled_from(("قال", "وقالت", "وأكد", "وأضاف", "أعلنت", "وكان أوضح"))
    frames = st.sampled_from(
        ("{c} {s} إن {k}.", "{c} {s}: «{k}».", "«{k}»، {c} {s}.", "{k}، بحسب {s}.", "{c} أن {k}، مشيرا إلى أن {k}.")
    )
    sentence = st.tuples(frames, cue, st.sampled_from(SPEAKERS), clause).map(
        lambda parts: parts[0].format(c=parts[1], s=parts[2], k=parts[3])
    )
    return st.lists(sentence, min_size=1, max_size=6).flatmap(
        lambda found: st.sampled_from((" ", "\n", "\r\n", "\n\n")).map(lambda gap: gap.join(found))
    )
