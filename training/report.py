"""Figures of a parser package on test trees: `python -m training.report PACKAGE [--against OLD] [--tests FILE …]`.

From raw text unless said otherwise. A package is a folder of Stanza models. Without tests those of ../shared/treebanks
are read. The columns `names` call X and PROPN one tag: the treebanks disagree on it, the bundle says PROPN.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import stanza
import torch
from stanza.models.common.doc import Document
from stanza.utils.conll import CoNLL
from udtools.udeval import evaluate, load_conllu  # type: ignore[import-untyped]

from training.trees import DEPREL, FORM, HEAD, UPOS, Sentence, dump, read, with_column, write

TREEBANKS = Path(__file__).parent.parent.parent / "shared/treebanks"
TESTS = ("padt-test", "pud-test", "reporting-test")
REPORTING = frozenset(
    """قال قالت قالوا يقول تقول أضاف أضافت أكد أكدت أوضح أوضحت أشار أشارت ذكر ذكرت أعلن أعلنت صرح كشف لفت شدد اعتبر أفاد
    أفادت رأى يرى اكد اضاف اوضح اشار اعلن اعلنت نفى طالب دعا حذر كتب تابع صرحت كشفت يؤكد تؤكد""".split()
)
CLAUSES = frozenset({"ccomp", "parataxis"})
COLUMNS = ("words", "UPOS", "UPOS names", "UAS", "LAS", "LAS gold", "LAS gold names", "nsubj", "clauses")
Word = tuple[int, str, int]
Arc = tuple[Word, Word]


def pipeline(package: Path, *, gold: bool = False) -> Any:
    """The Stanza pipeline of a package folder; with `gold` only its parser, for words and tags as given."""
    options: dict[str, Any] = {"dir": str(package), "download_method": None, "use_gpu": False, "logging_level": "ERROR"}
    if gold:
        return stanza.Pipeline("ar", processors="depparse", package="default", depparse_pretagged=True, **options)
    return stanza.Pipeline("ar", package="default", tokenize_no_ssplit=True, **options)


def arcs(sentences: Iterable[Sentence]) -> tuple[set[Arc], set[Arc]]:
    """Subjects and clauses of reporting verbs, each word known by sentence, form and occurrence of that form."""
    subjects: set[Arc] = set()
    clauses: set[Arc] = set()
    for number, sentence in enumerate(sentences):
        seen: Counter[str] = Counter()
        keys: dict[str, Word] = {}
        for row in sentence.words:
            seen[row[FORM]] += 1
            keys[row[0]] = (number, row[FORM], seen[row[FORM]])
        for row in sentence.words:
            if row[HEAD] in keys and keys[row[HEAD]][1] in REPORTING:
                arc = (keys[row[HEAD]], keys[row[0]])
                if row[DEPREL].startswith("nsubj"):
                    subjects.add(arc)
                if row[DEPREL] in CLAUSES:
                    clauses.add(arc)
    return subjects, clauses


def f1(gold: set[Arc], ours: set[Arc]) -> float:
    """F1 of two sets of arcs in per cent."""
    return 200 * len(gold & ours) / max(1, len(gold) + len(ours))


def with_one_name_tag(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences with X called PROPN."""
    return [s.with_words(lambda r: with_column(r, UPOS, "PROPN") if r[UPOS] == "X" else r) for s in sentences]


def parsed(nlp: Any, gold: Sequence[Sentence], folder: Path) -> list[Sentence]:
    """The sentences as `nlp` reads their raw text."""
    path = folder / "parsed.conllu"
    CoNLL.write_doc2conll(nlp("\n\n".join(sentence.text for sentence in gold)), str(path))
    return read(path)


def parsed_from_gold(nlp: Any, gold: Sequence[Sentence], folder: Path) -> list[Sentence]:
    """The sentences as the parser of `nlp` reads them, given their words and tags."""
    bare = [s.with_words(lambda r: (*r[:HEAD], "_", "_", *r[DEPREL + 1 :])) for s in gold]
    rows, _, _ = CoNLL.conll2dict(input_str="".join(dump(sentence) for sentence in bare))
    path = folder / "from-gold.conllu"
    CoNLL.write_doc2conll(nlp(Document(rows)), str(path))
    return read(path)


def scores(gold: Sequence[Sentence], ours: Sequence[Sentence], folder: Path) -> dict[str, float]:
    """Words, UPOS, UAS and LAS F1 in per cent."""
    found = evaluate(*(_loaded(write(folder / f"{name}.conllu", s)) for name, s in (("gold", gold), ("ours", ours))))
    return {name: 100 * found[name].f1 for name in ("Words", "UPOS", "UAS", "LAS")}


def _loaded(path: Path) -> Any:
    """The file as udtools counts it; its own loader leaves files open."""
    with path.open(encoding="utf-8") as file:
        return load_conllu(file, str(path), {})


def figures(package: Path, test: Path) -> dict[str, float]:
    """The columns of the table for one test file, in per cent, and the numbers of arcs that two of them rest on."""
    gold = read(test)
    named = with_one_name_tag(gold)
    parser = pipeline(package, gold=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = parsed(pipeline(package), gold, folder)
        raw, tags = scores(gold, ours, folder), scores(named, with_one_name_tag(ours), folder)
        given = [scores(g, parsed_from_gold(parser, g, folder), folder)["LAS"] for g in (gold, named)]
    (subjects, clauses), (our_subjects, our_clauses) = arcs(gold), arcs(ours)
    relations = (f1(subjects, our_subjects), f1(clauses, our_clauses))
    row = (raw["Words"], raw["UPOS"], tags["UPOS"], raw["UAS"], raw["LAS"], *given, *relations)
    return dict(zip(COLUMNS, row, strict=True)) | {"subjects": len(subjects), "clause arcs": len(clauses)}


def table(packages: Sequence[Path], tests: Sequence[Path]) -> Iterator[str]:
    """The lines of a Markdown table, a row for each test and package."""
    yield f"| test | package | {' | '.join(COLUMNS)} |"
    yield "|---" * (len(COLUMNS) + 2) + "|"
    for test in tests:
        for package in packages:
            row = figures(package, test)
            cells = [f"{row[column]:.1f}" for column in COLUMNS]
            cells[-2] += f" ({row['subjects']:.0f})"
            cells[-1] += f" ({row['clause arcs']:.0f})"
            yield f"| {test.name.split('.')[0]} | {package.name} | {' | '.join(cells)} |"


def main(given: Sequence[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(prog="python -m training.report", description=__doc__)
    options.add_argument("package", type=Path)
    options.add_argument("--tests", type=Path, nargs="+", help="CoNLL-U files, also xz-compressed")
    options.add_argument("--against", type=Path, help="another package, shown beside it")
    found = options.parse_args(given)
    torch.set_num_threads(1)
    tests = found.tests or [TREEBANKS / f"{name}.conllu.xz" for name in TESTS]
    for line in table([found.package, *([found.against] if found.against else [])], tests):
        print(line, flush=True)


if __name__ == "__main__":
    main()
