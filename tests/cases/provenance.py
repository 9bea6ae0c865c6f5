"""The case files: one a provenance, in each the phenomena of ARABIC.md with their sentences."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.cases.tagged import Tagged, read_tagged

HERE = Path(__file__).parent
PROVENANCES = ("synthetic", "negative", "in_style")
KNOWN_FAILURES = "known_failures"
_ABOUT = {
    "synthetic": "Sentences made to show one phenomenon of ARABIC.md each.",
    "negative": "Sentences that attribute nothing, each close to a phenomenon of ARABIC.md.",
    "in_style": "Passages in the style of newspapers, written by us.",
    KNOWN_FAILURES: "Sentences of the other three files that come out wrong: each must fail, or be moved back.",
}


@dataclass(frozen=True)
class Case:
    """One sentence: where it comes from, what it shows, and whether it is known to come out wrong."""

    provenance: str
    phenomenon: str
    tagged: str
    known_failure: bool

    @property
    def id(self) -> str:
        """A name that stays the same when other cases come and go."""
        digest = hashlib.sha256(self.tagged.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        return f"{self.phenomenon.split()[0]}-{self.provenance}-{digest}"

    @property
    def read(self) -> Tagged:
        """The sentence with its expected attributions."""
        return read_tagged(self.tagged)


def read_cases() -> list[Case]:
    """Every case, known failures with the others, by phenomenon."""
    cases = [case for name in (*PROVENANCES, KNOWN_FAILURES) for case in _read(name)]
    return sorted(cases, key=lambda c: (c.phenomenon, PROVENANCES.index(c.provenance)))


def _read(name: str) -> Iterator[Case]:
    path = HERE / f"{name}.toml"
    tables = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    failing = name == KNOWN_FAILURES
    for provenance, phenomena in (tables if failing else {name: tables}).items():
        for phenomenon, table in phenomena.items():
            for sentence in table["sentences"]:
                yield Case(provenance, phenomenon, sentence, failing)


def write_cases(cases: Iterable[Case]) -> None:
    """Every case goes to the file of its provenance, or to the known failures."""
    given = list(cases)
    for name in (*PROVENANCES, KNOWN_FAILURES):
        failing = name == KNOWN_FAILURES
        held = [c for c in given if c.known_failure == failing and (failing or c.provenance == name)]
        (HERE / f"{name}.toml").write_text(_toml(name, held), encoding="utf-8")


def judged(case: Case, *, good: bool) -> Case:
    """The case, known to fail exactly if it does not come out right."""
    return replace(case, known_failure=not good)


def _toml(name: str, cases: list[Case]) -> str:
    lines = [f"# {_ABOUT[name]}", "# Tags: tests/cases/tagged.py. Sorted by `python -m tests.cases.sort`."]
    groups = dict.fromkeys((c.provenance, c.phenomenon) for c in cases)
    for provenance, phenomenon in groups:
        prefix = f"{provenance}." if name == KNOWN_FAILURES else ""
        lines += ["", f'[{prefix}"{phenomenon}"]', "sentences = ["]
        lines += [f"  {_quoted(c.tagged)}," for c in cases if (c.provenance, c.phenomenon) == (provenance, phenomenon)]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string, with what cannot be seen written as escapes."""
    return "".join(c if _seen(c) else json.dumps(c)[1:-1] for c in json.dumps(text, ensure_ascii=False))


def _seen(character: str) -> bool:
    return character == " " or (character.isprintable() and not 0x2000 <= ord(character) < 0x2010)
