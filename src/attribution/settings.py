"""The choices a user has, one documented field each."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """How texts are read. Frozen; an unknown or impossible value is refused when the record is made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: bool = Field(default=True, description="Parse short frames (True) or whole paragraphs (False).")
    stand_in_words: int = Field(
        default=4,
        ge=1,
        description="A marked stretch of at least so many words is stood in for by one token in a frame.",
    )
    frame_words: int = Field(
        default=60, ge=8, description="A frame longer than so many words is cut at clause boundaries."
    )
    keep_text: bool = Field(default=True, description="Keep the text in the record; if False only its SHA-256.")
    min_confidence: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Leave out attributions below this confidence."
    )
