"""The command `attribution`: options in, library calls, messages and exit codes out."""

from __future__ import annotations

from attribution.cli.app import app, main

__all__ = ["app", "main"]
