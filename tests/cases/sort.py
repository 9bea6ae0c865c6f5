"""`python -m tests.cases.sort`: move every case to the file that its present outcome asks for, and say why."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict

from attribution import Extractor
from attribution.records import FailedDocument
from tests.cases.comparison import differences
from tests.cases.provenance import Case, judged, read_cases, write_cases


def outcomes(cases: list[Case], extractor: Extractor) -> list[list[str]]:
    """What is wrong with each case, read together in batches."""
    read = [case.read for case in cases]
    documents = extractor.stream(tagged.text for tagged in read)
    return [
        [f"error: {document.error}"] if isinstance(document, FailedDocument) else differences(tagged, document)
        for tagged, document in zip(read, documents, strict=True)
    ]


def say(line: str) -> None:
    """`line` on the terminal."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Sort the case files, and print what fails by phenomenon and by role."""
    cases = read_cases()
    wrong = outcomes(cases, Extractor())
    write_cases(judged(case, good=not found) for case, found in zip(cases, wrong, strict=True))
    by_phenomenon: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    roles: Counter[str] = Counter()
    for case, found in zip(cases, wrong, strict=True):
        by_phenomenon[case.phenomenon][bool(found)] += 1
        roles.update({line.split(":")[0] for line in found})
        if found and "-v" in sys.argv:
            say(f"[{case.phenomenon}] {case.read.text!r}\n    " + "\n    ".join(found))
    for phenomenon, (good, bad) in by_phenomenon.items():
        say(f"{phenomenon:45} {good:4} right {bad:4} wrong")
    say(f"{dict(roles)} {sum(map(bool, wrong))} of {len(cases)} wrong")


if __name__ == "__main__":
    main()
