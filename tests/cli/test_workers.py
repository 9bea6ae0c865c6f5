"""`attribution extract --workers`: the command as a process, since signals and kills are what is tested."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.progress import Progress, TextColumn

from attribution.batch import Options
from attribution.cli.longrun import INTERRUPTED, _Speed
from attribution.formats.jsonl import read_jsonl
from tests.batch.stubs import DEADLY, StubParser

SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا."
# The command with a parser that needs no model: {} are its arguments.
PROGRAM = """
import sys
from dataclasses import replace
import attribution.cli.extract as command
from attribution.batch import Options
from tests.batch.stubs import StubParser
from pathlib import Path
command.Options = lambda **given: Options(**given | {{"model": StubParser({})}})
if __name__ == "__main__":
    from attribution.cli import main
    main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(24):
        (inputs / f"a{number:02}.txt").write_text(SAID.format(number), encoding="utf-8")
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `attribution extract in -o out.jsonl` with a stub parser made of `parser`, and more arguments."""
    program, begun = folder / "program.py", list[subprocess.Popen[str]]()

    def begin(*arguments: str, parser: str = "") -> subprocess.Popen[str]:
        program.write_text(PROGRAM.format(parser))
        command = [sys.executable, str(program), "extract", str(folder / "in"), "-o", str(folder / "out.jsonl")]
        paths = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)])
        options = {"stderr": subprocess.PIPE, "text": True, "env": os.environ | {"PYTHONPATH": paths}}
        begun.append(subprocess.Popen([*command, *arguments], start_new_session=True, **options))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def shards(folder: Path) -> list[Path]:
    return sorted((folder / ".out.jsonl.shards").glob("*.jsonl"))


def wait_for_shards(folder: Path, number: int) -> None:
    end = time.monotonic() + 60
    while len(shards(folder)) < number:
        assert time.monotonic() < end, "no shard came"
        time.sleep(0.02)


def test_the_output_is_whole_and_in_order_and_the_shards_are_gone(folder: Path, start):
    assert start("--workers", "2").wait(60) == 0
    assert [d.id for d in read_jsonl(folder / "out.jsonl")] == [f"a{i:02}" for i in range(24)]
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out.jsonl", "program.py"]


def test_after_kill_9_a_run_goes_on(folder: Path, start):
    running = start("--workers", "1", parser="seconds=0.4")
    wait_for_shards(folder, 1)
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    saved = {path.name: path.stat().st_mtime_ns for path in shards(folder)}
    assert 1 <= len(saved) < 3
    assert not (folder / "out.jsonl").exists()
    (folder / ".out.jsonl.0123abcd.part").write_bytes(b"half")
    assert start("--resume", "--unordered").wait(60) == 0
    assert sorted(d.id for d in read_jsonl(folder / "out.jsonl")) == [f"a{i:02}" for i in range(24)]
    assert not shards(folder)
    assert not list(folder.glob(".*.part")), "nor what a run left that was killed while it wrote its output"


def test_interrupt_ends_within_a_second_and_what_is_done_is_saved(folder: Path, start):
    running = start("--workers", "2", parser="seconds=1.5")
    wait_for_shards(folder, 1)
    before = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert time.monotonic() - before < 1.0
    assert running.returncode == INTERRUPTED
    assert told.count("\n") == 1, told
    assert "of 24 articles are saved; go on with --resume" in told
    assert shards(folder)
    assert not (folder / "out.jsonl").exists()
    assert not list(folder.glob(".out.jsonl.*.part"))


def test_another_run_is_not_continued(folder: Path, start):
    running = start("--workers", "1", parser="seconds=0.4")
    wait_for_shards(folder, 1)
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    (folder / "in" / "a00.txt").write_text("غير", encoding="utf-8")
    again = start("--resume")
    _, told = again.communicate(timeout=60)
    assert again.returncode == 2
    assert "belongs to a run with other inputs" in told


def test_a_shard_that_kills_its_workers_gives_exit_code_1(folder: Path, start):
    (folder / "deaths").mkdir()
    for name in "12":
        (folder / "deaths" / name).touch()
    (folder / "in" / "a09.txt").write_text(f"وقال {DEADLY} إن الخبر صحيح.", encoding="utf-8")
    running = start("--workers", "2", parser=f'Path("{folder / "deaths"}")')
    _, told = running.communicate(timeout=60)
    assert running.returncode == 1
    assert [line.split(":")[1].strip() for line in told.splitlines()] == [f"a{i:02}" for i in range(8, 16)]
    assert len(list(read_jsonl(folder / "out.jsonl"))) == 16


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--resume",), "--resume needs --output"),
        (("--workers", "0", "-o", "x"), "--workers"),
        (("--workers", "1", "-o", "x", "-"), "standard input can be read once"),
    ],
)
def test_wrong_use(command, folder: Path, arguments: tuple[str, ...], told: str):
    result = command("extract", folder / "in", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_screen_gets_what_the_workers_did(command, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attribution.cli.extract.Options", lambda **given: Options(**given | {"model": StubParser()}))
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = command("extract", folder / "in", folder / "none.txt", "--workers", "1")
    assert len(result.stdout.splitlines()) == 24
    assert "25/25" in result.stderr
    assert "error: none: " in result.stderr
    assert "none.txt: cannot be read" in result.stderr
    assert result.exit_code == 1


def test_speed_is_articles_a_second():
    with Progress(TextColumn(""), disable=True) as bar:
        task = bar.add_task("", total=10)
        assert str(_Speed().render(bar.tasks[task])) == ""
        bar.tasks[task].finished_speed = 2.345
        assert str(_Speed().render(bar.tasks[task])) == "2.3/s"


def test_the_device_is_passed_on(command, folder: Path, calls):
    command("extract", folder / "in", "--device", "cuda")
    assert calls.device == "cuda"
