"""Training files made from ../shared/treebanks: one convention for names, variants of spelling, held-out reporting clauses."""

from __future__ import annotations

from pathlib import Path

from training.names import usual_tags, with_names_headed, with_names_tagged
from training.trees import Sentence, read, write
from training.variants import varied

HELD_OUT = 16


def tagged(treebanks: Path, name: str, usual: dict[str, str]) -> list[Sentence]:
    """The sentences of a treebank with names called PROPN."""
    return [with_names_tagged(sentence, usual) for sentence in read(treebanks / f"{name}.conllu.xz")]


def prepare_tags(treebanks: Path, out: Path, *, seed: int) -> tuple[list[Path], list[Path]]:
    """Files to train the tagger on and to steer it by: PADT and PUD with features, reporting clauses without."""
    usual = usual_tags(read(treebanks / "tag-train.conllu.xz") + read(treebanks / "reporting-train.conllu.xz"))
    news, reports = tagged(treebanks, "tag-train", usual), tagged(treebanks, "reporting-train", usual)
    kept = [s for i, s in enumerate(reports) if i % HELD_OUT]
    held = [s for i, s in enumerate(reports) if not i % HELD_OUT]
    files = [
        write(out / "tag-news.conllu", news + varied(news, share=0.4, seed=seed)),
        write(out / "tag-reports.conllu", kept * 2 + varied(kept, share=1.0, seed=seed)),
    ]
    devs = [
        write(out / "tag-dev.conllu", tagged(treebanks, "dev", usual)),
        write(out / "tag-dev-reports.conllu", held),
    ]
    return files, devs


def trees(treebanks: Path, name: str, usual: dict[str, str]) -> list[Sentence]:
    """The sentences of a treebank with names called PROPN and headed by their first word."""
    return [with_names_headed(sentence) for sentence in tagged(treebanks, name, usual)]


def prepare_trees(treebanks: Path, *, seed: int) -> tuple[list[Sentence], list[Sentence], list[list[Sentence]]]:
    """Trees to train the parser on (PADT and PUD; reporting clauses) and to steer it by, all with gold tags."""
    usual = usual_tags(read(treebanks / "tag-train.conllu.xz") + read(treebanks / "reporting-train.conllu.xz"))
    news, reports = trees(treebanks, "parse-train", usual), trees(treebanks, "reporting-train", usual)
    kept = [s for i, s in enumerate(reports) if i % HELD_OUT]
    held = [s for i, s in enumerate(reports) if not i % HELD_OUT]
    news += varied(news, share=0.3, seed=seed)
    return news, kept * 2 + varied(kept, share=1.0, seed=seed), [trees(treebanks, "dev", usual), held]
