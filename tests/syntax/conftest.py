"""The bundled parser, loaded once, and folders of models made from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from attribution.syntax.packages import bundled_folder
from attribution.syntax.stanza import load_parser

SENTENCES = (
    "وقال الوزير للصحفيين: «كذا».",
    "دبي (رويترز) - قال رئيس الوزراء إن الحكومة ستعرض الخطة على البرلمان الأسبوع المقبل.",
    "أكدت المتحدثة باسم الوزارة أن الاجتماع سيعقد في موعده.",
    "«كذا»، تقول المديرة وهي تشير إلى الرسم.",
    "وأضاف أن اللجنة لم تتلق أي رد، مشيرا إلى أنها ستجتمع غدا.",
    "لم يعلق البنك على التقرير.",
    "ووفقا للتقرير فإن عدد المسافرين للخارج ارتفع بنسبة 12 بالمئة عن العام الماضي.",
    "نفى المصدر ما تردد عن استقالته وطالب بفتح تحقيق في مصدر هذه الأخبار.",
    "ماذا قالت النقابة؟",
    "صرح.",
)


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    import torch

    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def sentences() -> tuple[str, ...]:
    return SENTENCES


@pytest.fixture(scope="session")
def parser():
    return load_parser("ar_compact")


@pytest.fixture
def official_like(tmp_path: Path) -> Path:
    """A folder laid out as Stanza's own: packages named padt; its lemmatizer and character model are empty."""
    bundle, folder = bundled_folder(), tmp_path / "stanza_resources"
    needs = [{"model": "pretrain", "package": "conll17"}, {"model": "forward_charlm", "package": "ccwiki"}]
    models = {"tokenize/padt": "tokenize/compact", "mwt/padt": "mwt/compact", "pos/padt_charlm": "pos/compact"}
    models |= {"depparse/padt_charlm": "depparse/compact", "pretrain/conll17": "pretrain/news"}
    for name, source in models.items():
        place = folder / "ar" / f"{name}.pt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(bundle / "ar" / f"{source}.pt")
    for name in ("lemma/padt_nocharlm", "forward_charlm/ccwiki"):
        (folder / "ar" / f"{name}.pt").parent.mkdir()
        (folder / "ar" / f"{name}.pt").touch()
    steps = {
        "tokenize": "padt",
        "mwt": "padt",
        "pos": "padt_charlm",
        "lemma": "padt_nocharlm",
        "depparse": "padt_charlm",
    }
    arabic = {step: {name: {"md5": "-"}} for step, name in steps.items()}
    arabic["pos"]["padt_charlm"]["dependencies"] = arabic["depparse"]["padt_charlm"]["dependencies"] = needs
    arabic["packages"] = {"default": {**steps, "ner": "aqmar_charlm"}}
    (folder / "resources.json").write_text(json.dumps({"ar": arabic}), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled package that a test may damage: models are links until it replaces them."""
    bundle, copy = bundled_folder(), tmp_path / "models"
    for source in [bundle / "resources.json", bundle / "checksums.json", *bundle.glob("ar/*/*.pt")]:
        place = copy / source.relative_to(bundle)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(source)
    return copy
