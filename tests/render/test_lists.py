from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from attribution.lexicon import CueEntry, Reading
from attribution.render.lists import entries_table, features, models_table, readings_table

SAY = CueEntry("قال", "verb", "say", frozenset({"أن", "quote"}), "قال الوزير إن", 0.9, "to say")


def printed(found: object) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(found)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_entries_show_lemma_class_and_gloss():
    text = printed(entries_table([SAY]))
    assert all(part in text for part in ("قال", "to say", "say", "verb", "quote"))


def test_readings_show_features_and_what_is_glued():
    reading = Reading(SAY, "verb", "past", person=3, gender="masculine", number="singular", proclitic=1, enclitic="ها")
    assert features(reading) == "verb past 3 masculine singular"
    text = printed(readings_table("وقالها", [reading]))
    assert "وقالها" in text
    assert "وـ ـها" in text


def test_models_show_where_they_are():
    text = printed(models_table([("ar_compact", Path("/models/ar"), "whole")]))
    assert all(part in text for part in ("ar_compact", "/models/ar", "whole"))
