"""Random documents of every degree of carelessness, millions of them, each judged by the promises."""

from __future__ import annotations

import random
from collections.abc import Iterator

from attribution import Extractor, FailedDocument
from attribution.lexicon.loading import load_lexicon
from attribution.text.folding import skeleton
from torture import words as w
from torture.planted import article
from torture.promises import broken_promises

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
_TASHKEEL = "\u064b\u064c\u064e\u064f\u0650\u0651\u0652\u0670ـ"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2069\ufeff\u061c\u00ad"
_MARKS = ("«", "»", "“", "”", "„", "‟", '"', "‹", "›", "<<", ">>", "((", "))", "''", "««", "»»")
_SIGNS = (
    ".",
    "،",
    ",",
    ":",
    "؛",
    "؟",
    "!",
    "…",
    "-",
    "–",
    "(",
    ")",
    "\n",
    "\r\n",
    "\n\n",
    "\u2028",
    "\x85",
    "*",
    "/",
    "\t",
    "\u00a0",
)
_ODD = (
    "\x00",
    "\ufdfa",
    "\ufefb",
    "\ud800",
    "\udfff",
    "😀",
    "👨\u200d👩\u200d👧",
    "\U0010ffff",
    "AFP",
    "٢٥",
    "3.5",
    "ب" * 500,
)
_GRAMMAR = (
    "أن",
    "إن",
    "أنه",
    "بأن",
    "إلى",
    "عن",
    "قوله",
    "قولها",
    "الذي",
    "كان",
    "قد",
    "لم",
    "لا",
    "هل",
    "كما",
    "و",
    "ما",
    "لـ",
    "بـ",
    "ثم",
    "أما",
)


class Sampler:
    """Random texts; those of one seed are always the same."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        entries = sorted({entry.lemma for entry in load_lexicon().entries})
        speakers = [phrase for phrase, *_ in (*w.BODIES, *w.UNNAMED)] + [
            office for pair in w.OFFICES for office in pair
        ]
        verbs = [form for verb in w.CLAUSE_VERBS for form in verb[:4]]
        self._words: tuple[tuple[str, ...], ...] = (
            tuple(entries), tuple(skeleton(e) for e in entries), tuple(verbs), _GRAMMAR, _GRAMMAR, tuple(speakers),
            (*w.MEN, *w.SURNAMES),
            _MARKS, _MARKS, _SIGNS, _SIGNS, _ODD,
        )  # fmt: skip

    def text(self) -> str:
        """A text of random words, or an article with random damage."""
        return self._careless() if self._rng.random() < 0.9 else self._damaged()

    def _careless(self) -> str:
        rng = self._rng
        return "".join(f"{self._word()}{rng.choice((' ', ' ', ' ', ''))}" for _ in range(rng.randint(0, 14)))

    def _word(self) -> str:
        rng = self._rng
        if rng.random() < 0.25:
            return "".join(rng.choices(_LETTERS, k=rng.randint(1, 7)))
        word = rng.choice(rng.choice(self._words))
        if rng.random() < 0.08:
            at = rng.randint(0, len(word))
            word = word[:at] + rng.choice(_TASHKEEL + _INVISIBLE) + word[at:]
        return f"{rng.choice('وفبلك')}{word}" if rng.random() < 0.15 else word

    def _damaged(self) -> str:
        rng = self._rng
        letters = list(article(rng.randint(0, 10**9)).text)
        for _ in range(rng.randint(1, 20)):
            at = rng.randrange(len(letters) or 1)
            change = rng.random()
            if change < 0.4:
                letters[at : at + rng.randint(1, 4)] = []
            elif change < 0.8:
                letters[at:at] = rng.choice((*_MARKS, *_SIGNS, *_INVISIBLE))
            else:
                letters[at:at] = letters[: rng.randint(0, 60)]
        return "".join(letters)


def attack(extractor: Extractor, documents: int, *, seed: int = 0, batch: int = 64) -> Iterator[str]:
    """One line for each promise broken, or exception raised, by so many random documents."""
    sampler = Sampler(seed)
    for first in range(0, documents, batch):
        texts = [sampler.text() for _ in range(min(batch, documents - first))]
        for text, document in zip(texts, extractor.stream(texts, batch_size=batch), strict=True):
            if isinstance(document, FailedDocument):
                yield f"{document.error} in {text!r}"
            else:
                yield from (f"{line} in {text!r}" for line in broken_promises(document, text))
