from __future__ import annotations

import json
from pathlib import Path

from attribution.formats.schema import json_schema, schema_text

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema.json"


def test_the_published_schema_is_that_of_the_records():
    assert PUBLISHED.read_text("utf-8") == schema_text(), (
        "the records changed: run `make schema` and read the difference"
    )


def test_the_schema_names_the_contract():
    schema = json.loads(schema_text())
    assert schema == json_schema()
    assert {"id", "text", "attributions", "speakers", "marks"} <= set(schema["required"])
    attribution = schema["$defs"]["Attribution"]
    assert {"content", "cue", "source", "speaker", "type", "confidence"} <= set(attribution["properties"])
    assert attribution["additionalProperties"] is False
