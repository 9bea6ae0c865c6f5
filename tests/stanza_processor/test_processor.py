"""The processor in a real Stanza pipeline over the bundled models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import stanza

import attribution
import attribution.stanza_processor  # registers the processor

BUNDLE = Path(attribution.__file__).parent / "models" / "ar_compact"
TEXT = (
    "قال المستشار يوري أوشاكوف، أمس، إن القمة «ستبدأ يوم الجمعة المقبل في المدينة». "
    "وأضاف: «سيتحدث الرئيسان على انفراد».\n\nوبحسب مسؤول في الكرملين، تأجل الاجتماع."
)
PROCESSORS = "tokenize,mwt,pos,lemma,depparse"


def pipeline(processors: str, **options: Any) -> Any:
    return stanza.Pipeline(
        "ar",
        dir=str(BUNDLE),
        processors=processors,
        download_method=None,
        use_gpu=False,
        logging_level="CRITICAL",
        **options,
    )


@pytest.fixture(scope="module")
def attributing() -> Any:
    return pipeline(f"{PROCESSORS},attribution")


def said(found: Any) -> list[tuple[str | None, str, str]]:
    return [(a.speaker.name if a.speaker else None, a.cue.text if a.cue else "", a.content.text) for a in found]


def test_document_carries_its_attributions(attributing: Any):
    document = attributing(TEXT)
    assert said(document.attributions)[:2] == [
        ("يوري أوشاكوف", "قال", "إن القمة «ستبدأ يوم الجمعة المقبل في المدينة»"),
        ("يوري أوشاكوف", "أضاف", "سيتحدث الرئيسان على انفراد"),
    ]
    for found in document.attributions:
        for span in found.content.spans:
            assert TEXT[span.start : span.end] == span.text
    assert document.attributed.text == TEXT
    assert document.attributed.attributions == document.attributions


def test_parse_of_the_pipeline_is_reused(attributing: Any, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a second parser was loaded")

    monkeypatch.setattr("attribution.syntax.stanza._load_named", refuse)
    assert attributing(TEXT).attributed.model == "stanza:document"


def test_reused_parse_gives_what_the_frames_give(attributing: Any):
    assert said(attributing(TEXT).attributions) == said(attribution.extract(TEXT).attributions)


def test_bulk_is_as_one_by_one(attributing: Any):
    texts = [TEXT, "لا أحد يتكلم هنا.", "قالت الوزيرة إن العمل سيبدأ."]
    together = [document.attributions for document in attributing.bulk_process(texts)]
    assert together == [attributing(text).attributions for text in texts]
    assert together[1] == ()


def test_model_option_parses_afresh():
    document = pipeline(f"{PROCESSORS},attribution", attribution_model="ar_compact")(TEXT)
    assert document.attributed.model == "ar_compact"
    assert said(document.attributions) == said(attribution.extract(TEXT).attributions)


def test_lexicon_option_reaches_the_cues(tmp_path: Path):
    lexicon = tmp_path / "my.toml"
    lexicon.write_text('[[block]]\nlemma = "قال"\nkind = "verb"\n', "utf-8")
    document = pipeline(f"{PROCESSORS},attribution", attribution_lexicon=str(lexicon))("قال المدير إن العمل سيبدأ غدا.")
    assert document.attributions == ()


def test_pipeline_without_parse_is_refused_by_stanza():
    with pytest.raises(Exception, match="depparse"):
        pipeline("tokenize,mwt,attribution")


def test_pipeline_finds_the_models_where_stanza_keeps_them():
    """Without `dir`, as with the official models; Stanza reads the folder's place when it is imported."""
    code = (
        "import stanza, attribution.stanza_processor\n"
        f"nlp = stanza.Pipeline('ar', processors='{PROCESSORS},attribution', download_method=None, use_gpu=False)\n"
        f"print([a.speaker.name for a in nlp({TEXT!r}).attributions[:2]])"
    )
    environment = os.environ | {"STANZA_RESOURCES_DIR": str(BUNDLE), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "['يوري أوشاكوف', 'يوري أوشاكوف']"
