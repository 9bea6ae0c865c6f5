"""Cost attacks: texts made to be slow or large in memory, read at one size and at twice that size."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from attribution import Extractor
from torture.stub import StubParser

MEGABYTE = 1_000_000
# Twice the text may take so many times as long, and reading may hold so many times the text's bytes, or so many bytes
# whatever the text: a part of a text with all that is known of it.
RATIO, MEMORY, HELD = 2.4, 30.0, 8_000_000
# Of ordinary prose most of what is held is what is asked for, the records: 7 KB for each attribution.
PROSE = 250.0
# Below so many seconds a ratio measures the clock.
NOISE = 0.5
# What takes so many seconds is measured once.
LONG = 20.0
# A text that seems too slow is measured so often again: a neighbour on the same core may have fallen into one reading.
AGAIN = 2


def _repeat(piece: str) -> Callable[[int], str]:
    """A maker of texts of about so many code points that repeat `piece`."""
    return lambda size: piece * max(1, size // len(piece))


def _nested(size: int) -> str:
    """Half opening brackets and marks, half closing ones."""
    deep = size // 6
    return "«(“" * deep + "”)»" * deep


def _names(size: int) -> str:
    """Sentences whose speakers all differ, so that the registry grows with the text."""
    lines: list[str] = []
    length, number = 0, 0
    while length < size:
        first, last = _coined(number), _coined(number * 7 + 3)
        lines.append(f"وقال الوزير {first} {last} إن الاجتماع رقم {number} سيعقد غدا. ")
        length += len(lines[-1])
        number += 1
    return "".join(lines)


def _coined(number: int) -> str:
    """A word of Arabic letters that stands for a number."""
    letters = "بتجحدرزسشصطعغفقكلمنهي"
    word = ""
    for _ in range(4):
        number, letter = divmod(number, len(letters))
        word += letters[letter]
    return word


ATTACKS: Mapping[str, Callable[[int], str]] = {
    "opening marks": _repeat("«"),
    "closing marks": _repeat("»"),
    "opening marks apart": _repeat("« "),
    "straight marks": _repeat('"'),
    "alternating marks": _repeat("«»"),
    "marks of all kinds": _repeat("«“\"‹((<<"),
    "words between marks": _repeat("«كلمة» "),
    "one cue": _repeat("قال "),
    "one cue glued": _repeat("وأضاف"),
    "prepositional cues": _repeat("بحسب الوزير، "),
    "cue and clause": _repeat("قال إن "),
    "cue and quotation": _repeat("قال «لن نقبل بذلك أبدا»، "),
    "participles": _repeat("قال إنه باق، مشيرا إلى أنه، "),
    "nested clauses": _repeat("قال إن الوزير أكد أن الرئيس "),
    "quotations alone": _repeat("«كلمات كثيرة قالها رجل واحد في يوم واحد».\n"),
    "colons": _repeat("الوزير: "),
    "one word": _repeat("ب"),
    "one noun": _repeat("حزب "),
    "one name": _repeat("محمد "),
    "particles of names": _repeat("سمير دي "),
    "commas": _repeat("الوزير، "),
    "brackets": _repeat("("),
    "nested brackets": _nested,
    "line breaks": _repeat("\n"),
    "short lines": _repeat("قال\n"),
    "sentences": _repeat("قال الوزير إن القرار نهائي. وأضاف أنه لن يتراجع. "),
    "speakers": _names,
    "tashkeel": _repeat("بَّ"),
    "invisible": _repeat("\u200f\u200d"),
    "ligature": _repeat("\ufdfa"),
    "hyphens": _repeat("ا-"),
    "numbers": _repeat("1."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What one attack took at a size and at twice that size."""

    name: str
    characters: int
    seconds: float
    double_seconds: float
    held: int | None = None
    bytes: int = 0

    @property
    def memory(self) -> float | None:
        """How many times the bytes of half the text were held while it was read, if that was measured."""
        return None if self.held is None else self.held / max(1, self.bytes)

    @property
    def ratio(self) -> float:
        """How many times as long twice the text took."""
        return self.double_seconds / max(self.seconds, 1e-9)

    @property
    def good(self) -> bool:
        """Whether time is linear and memory bounded."""
        linear = self.ratio <= RATIO or self.double_seconds < NOISE
        most = PROSE if self.name == "sentences" else MEMORY
        return linear and (self.held is None or self.held <= max(HELD, most * self.bytes))


def measure(name: str, size: int, *, memory: bool = False) -> Cost:
    """The cost of one attack on the rules, with half of `size` code points and with `size`."""
    extractor = Extractor(StubParser())
    small, large = ATTACKS[name](size // 2), ATTACKS[name](size)
    taken = _seconds(extractor, small), _seconds(extractor, large)
    for _ in range(AGAIN):
        if taken[1] <= RATIO * taken[0] or not NOISE <= taken[1] < LONG:
            break
        taken = min(taken[0], _seconds(extractor, small)), min(taken[1], _seconds(extractor, large))
    return Cost(name, len(large), *taken, _held(extractor, small) if memory else None, len(small.encode()))


def measure_all(size: int, *, memory: bool = False) -> Iterator[Cost]:
    """The cost of every attack."""
    for name in ATTACKS:
        yield measure(name, size, memory=memory)


def _seconds(extractor: Extractor, text: str) -> float:
    """The shorter of two readings, if they are short: a collection of garbage may fall into either."""
    first = _once(extractor, text)
    return min(first, _once(extractor, text)) if first < LONG else first


def _once(extractor: Extractor, text: str) -> float:
    gc.collect()
    started = time.process_time()
    extractor.extract(text)
    return time.process_time() - started


def _held(extractor: Extractor, text: str) -> int:
    """The most bytes held while reading a text, the text itself aside."""
    tracemalloc.start()
    try:
        extractor.extract(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
