"""Every case comes out as its tags say; a known failure must fail, or `python -m tests.cases.sort` moves it."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from attribution import Extractor
from tests.cases.provenance import Case, read_cases
from tests.cases.sort import outcomes

CASES = read_cases()


@pytest.fixture(scope="module")
def wrong(extractor: Extractor) -> dict[str, list[str]]:
    """What is wrong with each case, by its id; all are read together."""
    return dict(zip((case.id for case in CASES), outcomes(CASES, extractor), strict=True))


def _parameter(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, reason="known failure")] if case.known_failure else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_case(case: Case, wrong: dict[str, list[str]]):
    assert wrong[case.id] == [], case.read.text


def test_there_are_enough_cases():
    """Each phenomenon has six sentences that attribute and four that do not, or more."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in CASES:
        counts[case.phenomenon][bool(case.read.expected)] += 1
    thin = {name: dict(found) for name, found in counts.items() if found[True] < 6 or found[False] < 4}
    assert thin == {}
    assert len(CASES) >= 400
    assert len({case.id for case in CASES}) == len(CASES)


def test_only_negative_cases_expect_nothing():
    odd = [case.id for case in CASES if (case.provenance == "negative") == bool(case.read.expected)]
    assert odd == []
