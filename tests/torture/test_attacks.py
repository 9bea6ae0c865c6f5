"""The attacks of `python -m torture`, each for a second or two."""

from __future__ import annotations

from itertools import islice

import pytest

from attribution import Extractor
from attribution.evaluation import relations_of
from attribution.evaluation.matching import letters
from torture import costs, generated, news
from torture.__main__ import ATTACKS, main
from torture.planted import SHAPES, article
from torture.promises import broken_promises
from torture.score import figure, score


def test_planted_articles_are_read_as_they_were_planted(extractor: Extractor):
    report, broken = score(extractor, 40)
    assert broken == []
    assert figure(report) >= 90


def test_a_planted_article_knows_its_own_truth():
    for seed in range(50):
        planted = article(seed)
        assert article(seed) == planted
        for relation in planted.relations:
            for span in (*relation.content, *(s for s in (relation.cue, relation.source) if s)):
                assert span.of(planted.text) == span.of(planted.text).strip() != ""
                assert span.of(planted.text)[-1] not in "،."
            assert relation.speaker


def test_planted_articles_use_every_shape_and_thousands_of_names():
    assert len(SHAPES) >= 14
    names = {
        relation.speaker for seed in range(1500) for relation in article(seed).relations if relation.kind == "person"
    }
    assert len(names) > 1000


def test_random_documents_keep_the_promises(linear: Extractor):
    assert list(islice(generated.attack(linear, 300, seed=5), 3)) == []


def test_random_documents_keep_the_promises_with_the_bundled_parser(extractor: Extractor):
    assert list(islice(generated.attack(extractor, 40, seed=6), 3)) == []


@pytest.mark.parametrize("name", costs.ATTACKS)
def test_twice_the_text_costs_about_twice_the_time(name: str):
    """Three times at this size, so that a busy machine fails no test; the square would be four times."""
    found = costs.measure(name, 8_000)
    assert found.double_seconds < 1.5 or found.ratio < 3


@pytest.mark.skipif(not news.NEWS.exists(), reason="no articles beside the project")
def test_real_articles_keep_the_promises(linear: Extractor):
    read, wrong = news.attack(linear, 40)
    assert (read, wrong) == (40, [])


def test_a_broken_promise_is_seen(linear: Extractor):
    """The judge itself: a record that lies about its text is caught."""
    text = "قال الوزير إن الحل قريب."
    document = linear.extract(text)
    assert relations_of(document)
    assert letters(relations_of(document)[0].content, text)
    assert broken_promises(document, text) == []
    assert broken_promises(document, f" {text}") != []
    assert broken_promises(document.model_copy(update={"text_sha256": "0"}), text) != []
    twice = document.model_copy(update={"attributions": document.attributions * 2})
    assert any("share an id" in line for line in broken_promises(twice, text))


def test_the_table_says_what_does_not_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    from torture.__main__ import Row

    monkeypatch.setitem(ATTACKS, "laws", lambda size: iter([Row("laws", "1 wrong", good=False, wrong=("why",))]))
    assert main(["laws", "--quick"]) == 1
    assert "BAD  laws" in capsys.readouterr().out
