"""Where the words of a multi-word token lie in its surface."""

from __future__ import annotations

from collections.abc import Sequence


def align(surface: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """The half-open offsets of each of `parts` in `surface`.

    Parts that are visible as prefixes or suffixes get their own stretch; one part left over gets the rest; several
    left over share the rest: للنظام = ل + النظام gives [0, 1) and [1, 6).
    """
    if len(parts) == 1:
        return [(0, len(surface))]
    spans: list[tuple[int, int]] = [(0, len(surface))] * len(parts)
    first, start = 0, 0
    last, end = len(parts), len(surface)
    while (
        first < last
        and _fits(surface[start:end], parts[first], last - first)
        and surface.startswith(parts[first], start)
    ):
        spans[first] = (start, start + len(parts[first]))
        first, start = first + 1, start + len(parts[first])
    while (
        first < last
        and _fits(surface[start:end], parts[last - 1], last - first)
        and surface[start:end].endswith(parts[last - 1])
    ):
        last -= 1
        spans[last] = (end - len(parts[last]), end)
        end -= len(parts[last])
    for at in range(first, last):
        spans[at] = (start, end)
    return spans


def _fits(rest: str, part: str, waiting: int) -> bool:
    """True if `part`, cut off `rest`, leaves at least one letter to each of the other words waiting."""
    return bool(part) and len(rest) - len(part) >= waiting - 1
