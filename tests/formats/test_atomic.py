from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from attribution.errors import InputError
from attribution.formats.atomic import replacing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def interrupted(path: Path, error: type[BaseException]) -> None:
    with replacing(path) as stream:
        stream.write(b"half")
        raise error


def test_bytes_are_there_when_the_block_ends(tmp_path: Path):
    with replacing(tmp_path / "out") as stream:
        stream.write(b"abc")
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out").read_bytes() == b"abc"
    assert names(tmp_path) == ["out"]


def test_an_error_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path):
    (tmp_path / "out").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        interrupted(tmp_path / "out", ZeroDivisionError)
    assert (tmp_path / "out").read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


def test_an_interrupt_leaves_nothing(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "out", KeyboardInterrupt)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["absent/out", "file/out", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written") as error, replacing(tmp_path / name):
        pass
    assert error.value.path == tmp_path / name
    assert names(tmp_path) == ["file"]


def test_a_full_disk_is_told_as_the_files_trouble(tmp_path: Path):
    full = r"out: cannot be written: No space left on device"
    with pytest.raises(InputError, match=full), replacing(tmp_path / "out"):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []


def test_trouble_with_another_file_keeps_its_name(tmp_path: Path):
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "out"):
        Path("/nowhere/else").read_bytes()


def test_a_link_is_followed(tmp_path: Path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as stream:
        stream.write(b"abc")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"abc"


def test_a_device_is_written_and_stays_a_device():
    code = "from attribution.formats.atomic import replacing\nwith replacing('/dev/stdout') as s: s.write(b'abc')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout == b"abc"
    with replacing("/dev/null") as stream:
        stream.write(b"abc")
    assert Path("/dev/null").is_char_device()
