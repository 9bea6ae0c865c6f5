"""Clitics that a treebank lost, and words that have none."""

from collections import Counter
from pathlib import Path

import pytest
import torch

from training import lost
from training.expander import extend
from training.lost import ends, restored, surely_divided, surely_whole, wrongly_divided

COUNTS = Counter(
    {"وعمان": 10, "عمان": 60, "وزير": 500, "زير": 2, "بغداد": 80, "لمصر": 9, "مصر": 400, "بعيد": 40, "عيد": 50}
)


def test_counts_say_which_words_begin_with_a_clitic() -> None:
    assert surely_divided("والسعودية", Counter())
    assert surely_divided("وعمان", COUNTS)
    assert surely_divided("لمصر", COUNTS)
    assert not surely_divided("وزير", COUNTS)
    assert not surely_divided("بعيد", COUNTS)


def test_counts_say_which_words_are_whole() -> None:
    assert surely_whole("بغداد", COUNTS)
    assert not surely_whole("لمصر", COUNTS)
    assert not surely_whole("بينهم", Counter({"بينهم": 90}))
    assert not surely_whole("بالطبع", Counter({"بالطبع": 90}))


@pytest.fixture
def dividing(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tokenizer that divides every word of four letters or more."""

    def divisions(_: Path, texts: list[str]) -> list[dict[int, str]]:
        return [
            {end: word for word, end in zip(text.split(), ends(text, text.split()), strict=True) if len(word) > 3}
            for text in texts
        ]

    monkeypatch.setattr(lost, "divisions", divisions)
    return Path("tokenizer")


def test_lost_clitics_are_restored_where_tokenizer_and_counts_agree(dividing: Path) -> None:
    text = "زار وزير لمصر وعمان"
    sentence = (text, [(word, False) for word in text.split()])
    [(same, parts)] = restored([sentence], dividing, COUNTS, {"وعمان"})
    assert same == text
    assert [divided for _, divided in parts] == [False, False, True, False]


def test_words_that_the_treebanks_divide_are_not_called_whole(dividing: Path) -> None:
    texts = ["زار وزير بغداد"]
    assert wrongly_divided(dividing, texts, COUNTS, {}, {"زير"}) == {"بغداد"}
    assert wrongly_divided(dividing, texts, COUNTS, {"بغداد": True, "وزير": False}, {"زير"}) == {"وزير"}


def test_the_dictionary_gives_whole_words_back(tmp_path: Path) -> None:
    for name, contents in (("mwt.pt", {"dict": {"لندن": "ل ندن"}}), ("news.pt", {"vocab": {"_id2unit": []}})):
        torch.save(contents, tmp_path / name)
    made = extend(tmp_path / "mwt.pt", tmp_path / "news.pt", [], tmp_path / "out.pt", whole={"بغداد", "لندن"})
    assert torch.load(made, weights_only=True)["dict"] == {"بغداد": "بغداد", "لندن": "ل ندن"}
