"""Libraries that come with an extra: imported when they are needed, and named where they are absent."""

from __future__ import annotations

import importlib
from typing import Any

from attribution.errors import SettingsError


def optional(module: str) -> Any:
    """The module, from the extra `tables`; SettingsError says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        needed = module.partition(".")[0]
        raise SettingsError(f"{needed} is not installed; get it with: pip install 'attribution-ar[tables]'") from error
