"""Folders of parser models laid out as Stanza's resources: what a package needs, and what is wrong with a folder.

A folder holds `resources.json` and `ar/<processor>/<package>.pt`. Nothing here loads a model.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from attribution.errors import ModelError

BUNDLED = "ar_compact"
LANGUAGE = "ar"
STEPS = ("tokenize", "mwt", "pos", "lemma", "depparse")
OPTIONAL = frozenset({"mwt"})
IDENTITY = "identity"
CHECKSUMS = "checksums.json"
GET_OFFICIAL = 'download it with `attribution models download` or stanza.download("ar")'


@dataclass(frozen=True, slots=True)
class Package:
    """The models that one parser is made of: `processors` maps a step to a package, `files` lists all model files."""

    folder: Path
    processors: dict[str, str]
    files: tuple[Path, ...]

    def missing(self) -> list[Path]:
        """The model files that are not there."""
        return [path for path in self.files if not path.is_file()]


def bundled_folder() -> Path:
    """The folder of the bundled package `ar_compact`."""
    return Path(str(resources.files("attribution") / "models" / BUNDLED))


def official_folder() -> Path:
    """The folder that Stanza downloads to: STANZA_RESOURCES_DIR, or stanza_resources in the home directory."""
    return Path(os.environ.get("STANZA_RESOURCES_DIR") or Path.home() / "stanza_resources")


def read_package(folder: Path, package: str = "default", *, remedy: str = "") -> Package:
    """What `package` of `folder` needs; ModelError, ending in `remedy`, names what the folder lacks."""
    arabic = _arabic(folder, remedy)
    try:
        processors = _processors(arabic, package)
        names = [("/".join(pair)) for pair in _models(arabic, processors)]
    except (AttributeError, KeyError, TypeError) as error:
        fault = f"{folder}: resources.json is not laid out as Stanza's ({type(error).__name__}: {error})"
        raise ModelError(_say(fault, remedy)) from error
    absent = [step for step in STEPS if step not in processors and step not in OPTIONAL]
    if absent:
        known = ", ".join(sorted(arabic.get("packages", {}))) or "none"
        raise ModelError(_say(f"{folder}: package {package!r} has no {absent[0]!r} (packages listed: {known})", remedy))
    found = Package(folder, processors, tuple(folder / LANGUAGE / f"{name}.pt" for name in dict.fromkeys(names)))
    if missing := found.missing():
        raise ModelError(_say(f"{folder}: {missing[0].relative_to(folder)} is missing", remedy))
    return found


def verify_bundle(folder: Path) -> list[str]:
    """What is wrong with a bundle that carries checksums, one line a file; empty if all is as it was made."""
    try:
        expected = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        return [f"{CHECKSUMS} cannot be read: {error}"]
    if not isinstance(expected, dict):
        return [f"{CHECKSUMS} cannot be read: it is no table of files"]
    unlisted = [name for name in _names(folder) if name not in expected]
    found = {name: _fault(folder / name, digest) for name, digest in expected.items()}
    return [f"{name} {fault}" for name, fault in found.items() if fault] + [
        f"{n} is not in {CHECKSUMS}" for n in unlisted
    ]


def checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of `resources.json` and of each model file of `folder`, by path relative to it."""
    return {name: _sha256(folder / name) for name in _names(folder)}


def _names(folder: Path) -> list[str]:
    """`resources.json` and the model files of `folder`, by path relative to it."""
    files = sorted([folder / "resources.json", *folder.glob(f"{LANGUAGE}/*/*.pt")])
    return [path.relative_to(folder).as_posix() for path in files]


def _fault(path: Path, digest: str) -> str | None:
    """What is wrong with the file at `path`, or None if its SHA-256 is `digest`."""
    try:
        return None if _sha256(path) == digest else "is not the file that was published (altered or cut short)"
    except (OSError, ValueError) as error:  # ValueError: no file has such a name
        return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _arabic(folder: Path, remedy: str) -> dict[str, Any]:
    """The Arabic part of `folder`'s resources.json."""
    path = folder / "resources.json"
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(_say(f"{path} is missing: not a folder of Stanza models", remedy)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(_say(f"{path} cannot be read ({error})", remedy)) from error
    arabic = listed.get(LANGUAGE) if isinstance(listed, dict) else None
    if not isinstance(arabic, dict):
        raise ModelError(_say(f"{path} lists no models for Arabic ({LANGUAGE!r})", remedy))
    return arabic


def _processors(arabic: dict[str, Any], package: str) -> dict[str, str]:
    """Step by step, the model that `package` uses: a package as listed, else the models of that name."""
    listed = arabic.get("packages", {}).get(package)
    if listed is None and package != "default":
        listed = {step: package for step in STEPS if package in arabic.get(step, {})}
        defaults = _processors(arabic, "default")
        listed = {**defaults, **listed} if listed else {}
    if listed is None:
        listed = arabic.get("default_processors", {})
    return {step: str(listed[step]) for step in STEPS if step in listed}


def _models(arabic: dict[str, Any], processors: dict[str, str]) -> list[tuple[str, str]]:
    """The (kind, name) of every model file, vectors and character models included."""
    found = []
    for step, name in processors.items():
        if step == "lemma" and name == IDENTITY:
            continue
        needs = arabic.get(step, {}).get(name, {}).get("dependencies", [])
        found += [(step, name), *((need["model"], need["package"]) for need in needs)]
    return found


def _say(fault: str, remedy: str) -> str:
    return f"{fault}; {remedy}" if remedy else fault


@cache
def checked_bundle() -> Package:
    """The bundled package, its files checked against their checksums once a process; ModelError names a bad one."""
    folder = bundled_folder()
    if faults := verify_bundle(folder):
        raise ModelError(f"the bundled model {BUNDLED} is damaged: {faults[0]}; reinstall attribution-ar")
    return read_package(folder, remedy="reinstall attribution-ar")
