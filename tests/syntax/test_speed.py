"""The shortcuts give what Stanza gives."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from stanza.models.common import chuliu_edmonds
from stanza.models.common.biaffine import DeepBiaffineScorer
from stanza.models.mwt.data import DataLoader

from attribution.syntax import speed, stanza, tagging
from attribution.syntax.packages import checked_bundle
from attribution.syntax.speed import arc_scores, best_tree, greedy_tree, speed_up


def random_scores(generator: np.random.Generator) -> np.ndarray:
    """Log-probabilities of heads as the parser gives them: sharp or flat, with or without a clear root."""
    size = int(generator.integers(2, 25))
    scores = generator.normal(scale=generator.choice([0.5, 3.0, 8.0]), size=(size, size)).astype(np.float32)
    if generator.random() < 0.5:
        heads = [0, 0, *(int(generator.integers(1, at)) for at in range(2, size))]
        scores[np.arange(size), heads] += 8
    if generator.random() < 0.3:
        scores[1:, 0] += 6
    np.fill_diagonal(scores, -np.inf)
    return torch.from_numpy(scores).log_softmax(1).numpy()


def test_heads_are_those_of_chu_liu_edmonds():
    generator, ways = np.random.default_rng(7), {"greedy": 0, "unbanned": 0, "several roots": 0}
    for _ in range(2500):
        scores = random_scores(generator)
        expected = chuliu_edmonds.chuliu_edmonds_one_root(scores.copy())
        before = scores.copy()
        assert best_tree(scores).tolist() == expected.tolist()
        assert np.array_equal(scores, before), "the scores are left alone"
        unbanned = chuliu_edmonds.chuliu_edmonds(scores.astype(np.float64))
        one_root = (unbanned[1:] == 0).sum() == 1
        ways["greedy" if greedy_tree(scores) is not None else "unbanned" if one_root else "several roots"] += 1
    assert min(ways.values()) > 200, ways


@pytest.mark.parametrize(
    ("heads", "is_tree"),
    [
        ([0, 0], True),
        ([0, 0, 1, 2], True),
        ([0, 0, 0], False),
        ([0, 2, 1], False),
        ([0, 0, 3, 2], False),
        ([0, 0, 2], False),
    ],
)
def test_greedy_tree(heads: list[int], is_tree: bool):
    scores = np.full((len(heads), len(heads)), -9.0)
    scores[np.arange(len(heads)), heads] = 0
    tree = greedy_tree(scores)
    assert (tree is not None) == is_tree
    assert not is_tree or tree.tolist() == heads


def test_labels_are_those_of_the_full_scorer(monkeypatch: pytest.MonkeyPatch):
    torch.manual_seed(1)
    scorer = DeepBiaffineScorer(30, 30, 12, 7).eval()
    for part in (scorer.scorer.W_bilin.weight, scorer.scorer.W_bilin.bias):
        torch.nn.init.normal_(part)
    states = torch.randn(1, 40, 30)
    heads = torch.randint(0, 40, (40,))
    with torch.no_grad():
        expected = scorer(states, states)[0, torch.arange(40), heads]
        arcs = list(enumerate(heads.tolist()))
        assert torch.allclose(arc_scores(scorer, states[0], arcs), expected, atol=1e-4)
        monkeypatch.setattr(speed, "HEADS_AT_ONCE", 3)
        assert torch.allclose(arc_scores(scorer, states[0], arcs), expected, atol=1e-4)


@pytest.fixture(scope="module")
def plain():
    """A parser without shortcuts."""
    return stanza.StanzaParser(stanza._pipeline(checked_bundle(), "cpu"), "plain")


@pytest.fixture(scope="module")
def quick():
    """A parser with shortcuts, of its own."""
    pipeline = stanza._pipeline(checked_bundle(), "cpu")
    assert speed_up(pipeline) == ("arcs", "expansions", "tags")
    return stanza.StanzaParser(pipeline, "quick")


def test_trees_are_those_of_plain_stanza(plain, quick, sentences):
    units = [*sentences, " ".join(sentences[:5]), " ".join(sentences)]
    assert quick.parse(units) == plain.parse(units)
    assert quick.parse(units) == plain.parse(units), "and again, from what was kept"


def test_repairs_are_those_of_plain_stanza(plain, quick, sentences, monkeypatch: pytest.MonkeyPatch):
    repaired = []
    original = speed._resolved
    monkeypatch.setattr(speed, "_resolved", lambda *arguments: repaired.append(1) or original(*arguments))
    for one in (plain, quick):
        monkeypatch.setitem(one.pipeline.processors["depparse"].config, "resolve_head_constraints", True)
    # Two clauses run together, with no mark between them: heads with two subjects.
    units = [f"{a[:-1]} {b}" for a in sentences for b in sentences]
    assert quick.parse(units) == plain.parse(units)
    assert repaired


def test_a_token_is_decoded_once(quick, monkeypatch: pytest.MonkeyPatch):
    decoded: list[str] = []
    original = DataLoader.__init__

    def watched(self, doc, *arguments, **options):
        decoded.extend(doc.get_mwt_expansions(evaluation=True))
        original(self, doc, *arguments, **options)

    monkeypatch.setattr(DataLoader, "__init__", watched)
    monkeypatch.setattr("attribution.syntax.expansions.EXPANSIONS_KEPT", 100)
    known = quick.pipeline.processors["mwt"].trainer
    quick.parse(["وقال وبسكويتاتهم للصحفيين", "وبسكويتاتهم"])
    quick.parse(["ذهب وبسكويتاتهم"])
    assert decoded.count("وبسكويتاتهم") == 1
    assert known.dict_expansion("وقال") is not None
    assert "وقال" not in decoded


def test_what_is_kept_has_a_limit(plain, quick, sentences, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attribution.syntax.expansions.EXPANSIONS_KEPT", 1)
    assert quick.parse(sentences) == plain.parse(sentences)


def test_another_parser_model_is_left_alone(plain, monkeypatch: pytest.MonkeyPatch):
    """A model whose `predict` or label scores are not as known keeps Stanza's own way."""
    model = plain.pipeline.processors["depparse"].trainer.model
    assert "predict" not in vars(model)
    monkeypatch.setattr(speed, "PREDICT_TAKES", ["something", "else"])
    assert speed_up(plain.pipeline)[:1] != ("arcs",)
    monkeypatch.undo()
    monkeypatch.setattr(
        speed, "arc_scores", lambda scorer, states, arcs: states.new_zeros(len(arcs), len(scorer.scorer.W_bilin.bias))
    )
    assert speed_up(plain.pipeline)[:1] != ("arcs",)
    assert "predict" not in vars(model)
    assert "forward" not in vars(model.deprel)


def test_another_tagger_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    pipeline = stanza._pipeline(checked_bundle(), "cpu")
    model = pipeline.processors["pos"].trainer.model
    monkeypatch.setattr(model, "link_mode", "hidden")
    assert "tags" not in speed_up(pipeline)
    monkeypatch.undo()
    monkeypatch.setattr(
        tagging, "_table", lambda scorer, tags: tags.new_zeros(len(tags), 101, len(scorer.W_bilin.bias))
    )
    assert "tags" not in speed_up(pipeline)
    assert "parent_representation" not in vars(model)
    monkeypatch.undo()
    assert "tags" in speed_up(pipeline)
    assert "tags" not in speed_up(pipeline), "once is enough"


def test_a_pipeline_without_a_parser_is_left_alone():
    assert speed_up(SimpleNamespace(processors={"mwt": object()})) == ()
