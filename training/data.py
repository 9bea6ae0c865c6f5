"""Training files made from ../shared/treebanks: one convention for names, variants of spelling, clauses held out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.names import usual_tags, with_names_headed, with_names_tagged
from training.trees import Sentence, read, write
from training.variants import varied

HELD_OUT = 16
PUD = "# sent_id = pud"


@dataclass(frozen=True, slots=True)
class Treebanks:
    """The treebanks of a folder laid out as ../shared/treebanks, and the tags their words usually have."""

    folder: Path
    usual: dict[str, str]

    @classmethod
    def of(cls, folder: Path) -> Treebanks:
        """The treebanks of `folder`."""
        names = ("tag-train", "reporting-train")
        return cls(folder, usual_tags(s for name in names for s in read(folder / f"{name}.conllu.xz")))

    def raw(self, name: str) -> list[Sentence]:
        """The sentences of a treebank as filed."""
        return read(self.folder / f"{name}.conllu.xz")

    def tagged(self, name: str) -> list[Sentence]:
        """The sentences of a treebank with names called PROPN."""
        return [with_names_tagged(sentence, self.usual) for sentence in self.raw(name)]

    def trees(self, name: str) -> list[Sentence]:
        """The sentences of a treebank with names called PROPN and headed by their first word."""
        return [with_names_headed(sentence) for sentence in self.tagged(name)]


def parted(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """The reporting clauses to train on, and every sixteenth of them to steer by."""
    kept = [sentence for at, sentence in enumerate(sentences) if at % HELD_OUT]
    return kept, list(sentences[::HELD_OUT])


def from_pud(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences that come from PUD."""
    return [s for s in sentences if any(comment.startswith(PUD) for comment in s.comments)]


def prepare_tags(treebanks: Treebanks, out: Path, *, seed: int) -> tuple[list[Path], list[Path]]:
    """Files to train the tagger on and to steer it by: PADT and PUD with features, reporting clauses without."""
    news = treebanks.tagged("tag-train")
    kept, held = parted(treebanks.tagged("reporting-train"))
    files = [
        write(out / "tag-news.conllu", news + varied(news, share=0.4, seed=seed)),
        write(out / "tag-reports.conllu", kept * 2 + varied(kept, share=1.0, seed=seed)),
    ]
    devs = [write(out / "tag-dev.conllu", treebanks.tagged("dev")), write(out / "tag-dev-reports.conllu", held)]
    return files, devs


def prepare_trees(treebanks: Treebanks, *, seed: int) -> tuple[list[Sentence], list[Sentence], list[list[Sentence]]]:
    """Trees to train the parser on (PADT and PUD; reporting clauses) and to steer it by, all with gold tags."""
    news = treebanks.trees("parse-train")
    kept, held = parted(treebanks.trees("reporting-train"))
    news += varied(news, share=0.3, seed=seed)
    return news, kept * 2 + varied(kept, share=1.0, seed=seed), [treebanks.trees("dev"), held]
