"""The JSON Schema of one line of `attribution extract`; docs/schema.json is kept equal to it by a test."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from attribution.records import AttributedDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `AttributedDocument` as it is written."""
    return {"$schema": DIALECT, **AttributedDocument.model_json_schema(mode="serialization", schema_generator=_Written)}


def schema_text() -> str:
    """The schema as indented JSON, line end included."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


class _Written(GenerateJsonSchema):
    """The schema of what is written: every field is there, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        """True: nothing is left out when a document is written."""
        return True
