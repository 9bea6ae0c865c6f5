"""What the project file promises."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import attribution
from attribution._version import __version__

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_version_stands_in_one_place():
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/attribution/_version.py"
    assert attribution.__version__ == __version__


def test_change_log_has_a_section_for_this_version():
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert __version__ in headings


def test_hard_requirements_are_the_few_that_the_main_job_needs():
    names = {re.split(r"[<>=!~\[ ]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert names == {"stanza", "regex", "pydantic", "typer", "rich", "jinja2"}


def test_what_the_lexicon_and_the_parser_load_lies_inside_the_package():
    package = Path(attribution.__file__).parent
    assert (package / "py.typed").is_file()
    assert list((package / "lexicon" / "data").glob("*.toml"))
    assert list((package / "models" / "ar_compact" / "ar" / "depparse").glob("*.pt"))


def test_licences_of_code_and_model_are_packed():
    found = [path for pattern in PROJECT["project"]["license-files"] for path in ROOT.glob(pattern)]
    assert ROOT / "LICENSE" in found
    assert ROOT / "src/attribution/models/ar_compact/LICENSE" in found


def installed_for(name: str, extras: set[str], found: dict[str, set[str]]) -> dict[str, set[str]]:
    """`found`, with every installed package that `name` with `extras` brings, directly or not."""
    name = canonicalize_name(name)
    if not (extras | {""}) - found.get(name, set()):
        return found
    found[name] = found.get(name, set()) | extras | {""}
    try:
        needed = metadata.distribution(name).requires or []
    except metadata.PackageNotFoundError:
        del found[name]
        return found
    for requirement in map(Requirement, needed):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            installed_for(requirement.name, set(requirement.extras), found)
    return found


def test_every_package_of_development_is_pinned():
    """The lock holds what is installed for the checks, what packages bring in turn included."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line}
    found = installed_for("attribution-ar", {"dev", "docs"}, {})
    assert len(found) > 30
    assert sorted(set(found) - pinned - {"attribution-ar"}) == []


def test_no_registry_is_named():
    """Whoever builds this chooses where packages come from."""
    files = [ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / "constraints.txt", *(ROOT / ".ci").iterdir()]
    text = "\n".join(path.read_text("utf-8") for path in files if path.is_file())
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
