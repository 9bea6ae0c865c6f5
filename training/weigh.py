"""Learn the weights of the evidence from annotated articles: `python -m training.weigh GOLD [--articles 28]`.

GOLD is a folder laid out as ../shared/gold/dev. Only its first `--articles` articles are read, and the part of our own
annotations that is for learning (`training/annotations/learn`); the others stay unseen. The confidence alone is learned
on `training/annotations/held_out`: no rule was built on those, so the rules are right there as often as elsewhere.
Writes src/attribution/lexicon/data/weights.json. The same articles give the same weights.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from attribution.antecedents import Candidate, antecedent_features
from attribution.assembly import confidence_features
from attribution.contents import rule_boundaries
from attribution.drafts import Draft, FoundCue, Opening
from attribution.ends import end_features, pauses
from attribution.evaluation.matching import letters, pair, same_speaker
from attribution.evidence import (
    Features,
    Weights,
    by_tag,
    cue_features,
    impossible,
    load_weights,
    subject_features,
)
from attribution.openings import find_openings
from attribution.phrases import Phrases
from attribution.pipeline import Extractor
from attribution.spans import Span
from attribution.syntax.tree import EMPTY
from training.annotated import SHARED, Annotated, of_gold, of_news

WEIGHTS = Path(__file__).parent.parent / "src/attribution/lexicon/data/weights.json"
# Weights that never speak.
_UNLEARNED = Weights(0.0, {}, 0.51)
# The gold articles were read twice and by more hands: an example of theirs counts for so many of ours.
_GOLD_COUNTS = 3
# So much more surprise is no reason for weaker penalties, which say more than the data can know: one part in a hundred,
# or more where examples are few.
_HARDLY_MORE, _FEW = 0.01, 12
Example = tuple[str, Features, bool]


def examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """Every cue candidate as (article, features, whether the annotation has it)."""
    for article in articles:
        ready = extractor.prepare(article.text, thorough=True)
        phrases = extractor.read(ready, iter(extractor.parse([ready])))
        for number, cues in ready.cues.items():
            unit = phrases[number]
            asked = [by_tag(unit, cue) for cue in cues if not impossible(unit, cue)]
            for cue, opening in find_openings(unit, asked):
                label = _label(article, ready.folded.original_span(cue.span))
                if label is not None:
                    yield article.id, cue_features(unit, cue, opening), label


def promise_examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """Every cue candidate as it looks before anything is parsed; optional ones are wanted too."""
    for article in articles:
        ready = extractor.prepare(article.text, thorough=True)
        phrases = extractor.read(ready, iter([EMPTY] * sum(map(len, ready.frames.values()))))
        for number, cues in ready.cues.items():
            for cue, opening in find_openings(phrases[number], cues):
                label = _label(article, ready.folded.original_span(cue.span))
                yield article.id, cue_features(phrases[number], cue, opening), label is not False


def _label(article: Annotated, span: Span) -> bool | None:
    """Whether the annotation has a cue at `span`; None where careful readers differ."""
    found = [a for a in article.attributions if a["cue"] and a["cue"][0] < span.end and span.start < a["cue"][1]]
    return None if any(a.get("optional") for a in found) else bool(found)


def subject_examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """Noun phrases beside the finite cues that the annotation has, as (article, features, whether it is the source)."""
    for article in articles:
        wanted = [a for a in article.attributions if a["cue"]]
        ready = extractor.prepare(article.text, thorough=True)
        phrases = extractor.read(ready, iter(extractor.parse([ready])))
        for number, cues in ready.cues.items():
            unit = phrases[number]
            for cue, opening in find_openings(unit, cues):
                span = ready.folded.original_span(cue.span)
                found = next((a for a in wanted if a["cue"][0] < span.end and span.start < a["cue"][1]), None)
                if found is None or cue.reading.kind != "verb":
                    continue
                source = found["source"] or (-1, -1)
                for first, before in _nouns_beside(unit, cue, opening):
                    at = ready.folded.offsets[unit.parsed.elements[first].start]
                    right = source[0] <= at < source[1]
                    yield article.id, subject_features(unit, cue, first, before=before), right


def end_examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """The pauses in the contents that the annotation has, as (article, features, whether the content ends there)."""
    for article in articles:
        wanted = [a for a in article.attributions if a["cue"]]
        ready = extractor.prepare(article.text, thorough=True)
        phrases = extractor.read(ready, iter(extractor.parse([ready])))
        for number, cues in ready.cues.items():
            unit = phrases[number]
            for cue, opening, boundary in rule_boundaries(unit, extractor.opened(unit, cues), cues):
                span = ready.folded.original_span(cue.span)
                found = next((a for a in wanted if a["cue"][0] < span.end and span.start < a["cue"][1]), None)
                if found is None or found["content"][-1][1] <= ready.folded.offsets[opening.start]:
                    continue
                for at in pauses(unit, opening, boundary):
                    ends = found["content"][-1][1] <= ready.folded.offsets[unit.parsed.elements[at].start]
                    yield article.id, end_features(unit, cue, opening, at, boundary), ends
                    if ends:
                        break


def antecedent_examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """Everybody whom the elided subjects of annotated contents can mean, as (article, features, whether they do)."""
    for article in articles:
        text, wanted = article.text, article.attributions
        ready = extractor.prepare(text, thorough=True)
        asked: dict[int, Sequence[Candidate]] = {}

        def watch(draft: Draft, candidates: Sequence[Candidate], asked: dict[int, Sequence[Candidate]] = asked) -> None:
            asked[id(draft)] = candidates

        drafts, _, _ = extractor.settle(ready, iter(extractor.parse([ready])), watch)
        known = [letters([Span(*span) for span in a["content"]], text) for a in wanted]
        found = [letters([ready.folded.original_span(s) for s in d.content.spans], text) for d in drafts]
        for i, j, _ in pair(known, found, 0.5):
            if wanted[i].get("optional"):
                continue
            for candidate in asked.get(id(drafts[j]), ()):
                right = same_speaker(wanted[i]["speaker"], candidate.entity.name)
                yield article.id, antecedent_features(candidate), right


def confidence_examples(extractor: Extractor, articles: Sequence[Annotated]) -> Iterator[Example]:
    """Finished attributions as (article, features, whether content and speaker are right); optional ones left out."""
    for article in articles:
        text, wanted = article.text, article.attributions
        ready = extractor.prepare(text, thorough=True)
        drafts, parents, resolved = extractor.settle(ready, iter(extractor.parse([ready])))
        known = [letters([Span(*span) for span in a["content"]], text) for a in wanted]
        found = [letters([ready.folded.original_span(s) for s in d.content.spans], text) for d in drafts]
        right = {j: wanted[i] for i, j, _ in pair(known, found, 0.5)}
        for number, (draft, who) in enumerate(zip(drafts, resolved, strict=True)):
            match = right.get(number)
            if match is not None and match.get("optional"):
                continue
            features = confidence_features(draft, who, nested=parents[number] is not None)
            name = who.speaker.name if who.speaker else None
            yield article.id, features, match is not None and same_speaker(match["speaker"], name)


def _nouns_beside(unit: Phrases, cue: FoundCue, opening: Opening) -> Iterator[tuple[int, bool]]:
    """The first noun after the cue, and those that begin a phrase before it, each with whether it stands before."""
    stop = opening.at if opening.at > cue.last else len(unit)
    after = unit.subject_after(cue.last, stop)
    if after is not None:
        yield after[0], False
    for at in range(max(0, cue.first - 12), cue.first):
        if unit.nominal(at) and (at == 0 or not unit.nominal(at - 1)):
            yield at, True


def fit(rows: Sequence[Example], *, penalty: float, rare: int = 2) -> Weights:
    """L2-penalised logistic weights by LBFGS; features of fewer than `rare` examples are left out."""
    counts = Counter(name for _, features, _ in rows for name in features)
    names = sorted(name for name, count in counts.items() if count >= rare)
    index = {name: i for i, name in enumerate(names)}
    x = torch.zeros(len(rows), len(names), dtype=torch.float64)
    for row, (_, features, _) in enumerate(rows):
        for name, value in features.items():
            if name in index:
                x[row, index[name]] = value
    y = torch.tensor([float(label) for _, _, label in rows], dtype=torch.float64)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + bias, y, reduction="sum")
        loss = loss + penalty * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    learned = {
        name: round(float(weights.detach()[i]), 4)
        for name, i in index.items()
        if abs(float(weights.detach()[i])) >= 0.0005
    }
    return Weights(round(float(bias.detach()), 4), learned, 0.5)


def held_out(rows: Sequence[Example], *, penalty: float, folds: int = 7) -> list[tuple[float, bool]]:
    """Probability and label of each example, from weights learned on the other articles."""
    articles = sorted({article for article, _, _ in rows})
    scored: list[tuple[float, bool]] = []
    for fold in range(folds):
        out = set(articles[fold::folds])
        weights = fit([r for r in rows if r[0] not in out], penalty=penalty)
        scored += [(weights.probability(f), label) for article, f, label in rows if article in out]
    return scored


def f1(scored: Sequence[tuple[float, bool]], threshold: float = 0.5) -> float:
    """The F1 of taking everything at or above a threshold."""
    taken = [label for p, label in scored if p >= threshold]
    return 2 * sum(taken) / (len(taken) + sum(label for _, label in scored)) if taken else 0.0


def surprise(scored: Sequence[tuple[float, bool]]) -> float:
    """The mean log loss of probabilities."""
    return -sum(math.log(max(p if label else 1 - p, 1e-9)) for p, label in scored) / len(scored)


def learn(name: str, rows: Sequence[Example], *, threshold: float = 0.5) -> Weights:
    """The weights of one decision, with the strongest penalty that surprises hardly more than the best on articles held
    out in turn.
    """
    tried = {p: held_out(rows, penalty=p) for p in (0.1, 0.2, 0.4, 0.8, 1.5, 3.0)}
    most = min(map(surprise, tried.values())) * (1 + max(_HARDLY_MORE, _FEW / len(rows)))
    penalty = max(p for p, scored in tried.items() if surprise(scored) <= most)
    learned = replace(fit(rows, penalty=penalty), threshold=threshold)
    print(
        f"{name}: {len(rows)} examples, {sum(row[2] for row in rows)} right; penalty {penalty}, "
        f"held-out log loss {surprise(tried[penalty]):.3f}, F1 {f1(tried[penalty], threshold):.3f}"
    )
    return learned


def write(weights: Mapping[str, Weights], path: Path = WEIGHTS) -> None:
    """Write the weights of each decision to the data file, beside it first."""
    rows: dict[str, Any] = {
        name: {"bias": w.bias, "threshold": w.threshold, "weights": dict(w.weights)} for name, w in weights.items()
    }
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    beside.replace(path)


_STEPS: tuple[tuple[str, Callable[[Extractor, Sequence[Annotated]], Iterator[Example]], float], ...] = (
    # Twice: what opens a content depends on where its subject is.
    ("subject", subject_examples, 0.5),
    ("subject", subject_examples, 0.5),
    # A unit is given up unparsed only where hardly any cue would be lost.
    ("promise", promise_examples, 0.15),
    ("cue", examples, 0.5),
    ("end", end_examples, 0.4),
    # Whoever is likeliest, if not very likely. Twice: who spoke before is part of the evidence.
    ("antecedent", antecedent_examples, 0.1),
    ("antecedent", antecedent_examples, 0.1),
    ("confidence", confidence_examples, 0.5),
)


def main(parser: Any = "ar_compact") -> None:
    """Learn and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--articles", type=int, default=28)
    arguments.add_argument("--news", type=Path, default=SHARED / "news/articles.jsonl.xz")
    given = arguments.parse_args()
    articles = [*of_gold(given.gold, given.articles), *of_news("learn", given.news)]
    gold = {article.id for article in of_gold(given.gold, given.articles)}
    unseen = [*of_news("held_out", given.news)]
    extractor = Extractor(parser)
    learned: dict[str, Weights] = {}
    for name, rows_of, threshold in _STEPS:
        # What follows is learned on what the weights before it accept, whatever the file said before.
        write({**dict.fromkeys((name for name, *_ in _STEPS), _UNLEARNED), **learned})
        load_weights.cache_clear()
        rows = list(rows_of(extractor, unseen if name == "confidence" else articles))
        rows += [row for row in rows if row[0] in gold] * (_GOLD_COUNTS - 1)
        learned[name] = learn(name, rows, threshold=threshold)
    write(learned)


if __name__ == "__main__":
    main()
