"""What goes wrong around a run: a full disk, a place that cannot be written, inputs that cannot be read or change under
way, a killed worker. The command must say so in plain lines, exit with 1, leave nothing half-written and do the rest.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attribution.formats.jsonl import read_jsonl
from torture.command import DEADLY

SAID = "وقال الوزير محمد العلي إن الاجتماع رقم {} سيعقد غدا. وأضاف: «لن نتأخر»."
_ROOT = Path(__file__).resolve().parents[1]
_FULL = "No space left on device"
_LIMIT = 120


class LeftOut(Exception):  # noqa: N818 - no error: what cannot be tried here
    """A fault that cannot be made here, and why."""


def full_disk(folder: Path) -> Iterator[str]:
    """A small file system that the output does not fit on; with workers the run goes on once there is room."""
    _inputs(folder / "in", 400)
    with _small_disk(folder / "disk", "size=8k") as disk:
        for name in ("out.jsonl", "out.csv", "out.xlsx", "out.parquet", "out.txt"):
            form = ("--format", "table") if name.endswith(".txt") else ()
            done = command("extract", folder / "in", "-o", disk / name, *form)
            yield from _told(done, f"{disk / name}: cannot be written: {_FULL}", f"full disk, {name}")
            yield from _only(disk, (), f"full disk, {name}")
        (disk / "old.jsonl").write_bytes(b"old\n")
        done = command("extract", folder / "in", "-o", disk / "old.jsonl")
        if (disk / "old.jsonl").read_bytes() != b"old\n":
            yield "full disk: the old output is not as it was"
        (disk / "old.jsonl").unlink()
        done = command("extract", folder / "in", "-o", disk / "out.jsonl", "--workers", "2")
        yield from _told(done, _FULL, "full disk, workers")
        yield from _only(disk, (".out.jsonl.shards",), "full disk, workers")
        if list(disk.glob(".*/.*.part")):
            yield "full disk, workers: half a shard is left"
        _mount("-o", "remount,size=16m", disk)
        done = command("extract", folder / "in", "-o", disk / "out.jsonl", "--workers", "2", "--resume")
        yield from _whole(disk / "out.jsonl", 400, done, "room again")


def read_only_output(folder: Path) -> Iterator[str]:
    """An output folder that cannot be written."""
    _inputs(folder / "in", 3)
    with _read_only(folder / "closed") as closed:
        for arguments in ((), ("--workers", "1")):
            done = command("extract", folder / "in", "-o", closed / "out.jsonl", *arguments)
            yield from _told(done, "cannot be written", f"read-only output {arguments}")
            yield from _only(closed, (), f"read-only output {arguments}")


def unreadable_input(folder: Path) -> Iterator[str]:
    """Files that are missing, no text, in another encoding, links to nowhere, or fail while they are read."""
    inputs = _inputs(folder / "in", 3)
    (inputs / "pdf.txt").write_bytes(b"%PDF-1.7")
    (inputs / "cp1256.txt").write_bytes("قال الوزير".encode("cp1256"))
    bad = [inputs / "pdf.txt", inputs / "cp1256.txt", folder / "none.txt"]
    (folder / "nowhere.txt").symlink_to(folder / "nothing.txt")
    more: list[Path] = [folder / "none.txt", folder / "nowhere.txt"]
    bad.append(folder / "nowhere.txt")
    if Path("/proc/self/mem").exists():
        (folder / "broken.txt").symlink_to("/proc/self/mem")  # reading it fails, for root too
        more.append(folder / "broken.txt")
        bad.append(folder / "broken.txt")
    if os.geteuid() != 0:
        (inputs / "closed.txt").write_text("قال", "utf-8")
        (inputs / "closed.txt").chmod(0)
        bad.append(inputs / "closed.txt")
    for arguments in ((), ("--workers", "2")):
        done = command("extract", inputs, *more, "-o", folder / "out.jsonl", *arguments)
        yield from _whole(folder / "out.jsonl", 3, done, f"unreadable input {arguments}", code=1)
        for path in bad:
            if path.name not in done.stderr:
                yield f"unreadable input {arguments}: {path.name} is not named"


def changed_input(folder: Path) -> Iterator[str]:
    """Files that are taken away or written anew while a run with workers is under way."""
    inputs = _inputs(folder / "in", 60)
    running = start("extract", inputs, "-o", folder / "out.jsonl", "--workers", "1", TORTURE_SECONDS="0.4")
    _wait_for(lambda: any((folder / ".out.jsonl.shards").glob("*.jsonl")), running)
    (inputs / "a0058.txt").unlink()
    (inputs / "a0059.txt").write_text("وقال غيره إن كل شيء تغير.", "utf-8")
    done = _ended(running)
    yield from _whole(folder / "out.jsonl", 58, done, "changed input", code=1)
    for name, said in (("a0058", "cannot be read"), ("a0059", "changed")):
        if not any(name in line and said in line for line in done.stderr.splitlines()):
            yield f"changed input: {name} is not said to have {said}"


def killed_worker(folder: Path) -> Iterator[str]:
    """A worker that is killed once (its shard is done again), and a text that kills whoever reads it."""
    inputs = _inputs(folder / "in", 60)
    running = start("extract", inputs, "-o", folder / "out.jsonl", "--workers", "2", TORTURE_SECONDS="0.3")
    _wait_for(lambda: any((folder / ".out.jsonl.shards").glob("*.jsonl")), running)
    workers = workers_of(running.pid)
    if not workers:
        yield "killed worker: no worker was found"
    for worker in workers[:1]:
        os.kill(worker, signal.SIGKILL)
    yield from _whole(folder / "out.jsonl", 60, _ended(running), "killed worker")
    (inputs / "a0010.txt").write_text(f"وقال {DEADLY} إن الخبر صحيح.", "utf-8")
    (folder / "deaths").mkdir()
    for number in range(2):
        (folder / "deaths" / str(number)).touch()
    deaths = str(folder / "deaths")
    done = _ended(start("extract", inputs, "-o", folder / "out.jsonl", "--workers", "2", TORTURE_DEATHS=deaths))
    yield from _whole(folder / "out.jsonl", 52, done, "deadly text", code=1)
    if "died 2 times" not in done.stderr:
        yield "deadly text: it is not said why articles are missing"


FAULTS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    "disk full": full_disk,
    "read-only output": read_only_output,
    "unreadable input": unreadable_input,
    "input changed under way": changed_input,
    "worker killed": killed_worker,
}


def attack(name: str) -> list[str]:
    """What does not hold under one fault; LeftOut if it cannot be made here."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        return list(FAULTS[name](Path(folder)))


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the command did, with the stub parser."""
    return _ended(start(*arguments, **environment))


def start(*arguments: object, **environment: str) -> subprocess.Popen[str]:
    """The command under way, in a process group of its own."""
    paths = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
    return subprocess.Popen(
        [sys.executable, "-m", "torture.command", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )


def workers_of(parent: int) -> list[int]:
    """The process ids of the workers of a run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(state[1]) == parent and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return sorted(found)


def _ended(running: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    try:
        _, told = running.communicate(timeout=_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        _, told = running.communicate()
        told += "\nit did not end"
    return subprocess.CompletedProcess(running.args, running.returncode, None, told)


def _wait_for(seen: Callable[[], bool], running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + _LIMIT
    while not seen() and running.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


def _inputs(folder: Path, number: int) -> Path:
    folder.mkdir()
    for at in range(number):
        (folder / f"a{at:04}.txt").write_text(SAID.format(at), "utf-8")
    return folder


def _told(done: subprocess.CompletedProcess[str], said: str, what: str) -> Iterator[str]:
    """What is wrong with how a failure was told: exit code 1, one plain line that says `said`."""
    if done.returncode != 1:
        yield f"{what}: exit code {done.returncode}, not 1: {done.stderr[-300:]}"
    if said not in done.stderr:
        yield f"{what}: not said: {said!r}, but {done.stderr[-300:]!r}"
    if "Traceback" in done.stderr or len(done.stderr.splitlines()) > 1:
        yield f"{what}: more than one line is told: {done.stderr[-300:]!r}"


def _only(folder: Path, names: tuple[str, ...], what: str) -> Iterator[str]:
    if (found := tuple(sorted(path.name for path in folder.iterdir()))) != names:
        yield f"{what}: {found} is left, not {names}"


def _whole(
    output: Path, number: int, done: subprocess.CompletedProcess[str], what: str, *, code: int = 0
) -> Iterator[str]:
    """What is wrong with an output that should hold so many articles, each once, with nothing left beside it."""
    if done.returncode != code or "Traceback" in done.stderr:
        yield f"{what}: exit code {done.returncode}, not {code}: {done.stderr[-300:]}"
    ids = [document.id for document in read_jsonl(output)] if output.exists() else []
    if len(ids) != number or len(set(ids)) != number:
        yield f"{what}: {len(set(ids))} articles in {len(ids)} lines, not {number}"
    if left := [path.name for path in output.parent.glob(f".{output.name}*")]:
        yield f"{what}: {left} is left"


@contextlib.contextmanager
def _small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system in memory, mounted on `folder` for the block."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise LeftOut("only root can mount a small file system")
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", options, "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)


@contextlib.contextmanager
def _read_only(folder: Path) -> Iterator[Path]:
    """A folder that cannot be written: by its mode, or, for root, by its file system."""
    if os.geteuid() == 0:
        with _small_disk(folder, "ro") as disk:
            yield disk
        return
    folder.mkdir(mode=0o555)
    yield folder


def _mount(*arguments: object) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise LeftOut(f"mount is not allowed here: {done.stderr.strip()}")
