"""What `attribution extract --workers` adds: a place for the shards, a progress bar, and a clean end by Ctrl-C."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from attribution.batch import Shards
from attribution.cli.console import complain
from attribution.errors import SettingsError

INTERRUPTED = 130


@contextmanager
def work_folder(output: Path | None, *, resume: bool) -> Iterator[Path]:
    """The folder of a run's shards: hidden beside `output`, where a later run finds it, or else a temporary one."""
    if output is not None:
        target = output.resolve()
        for part in target.parent.glob(f".{glob.escape(target.name)}.{'?' * 8}.part"):
            part.unlink(missing_ok=True)  # of a run that was killed while it wrote its output
        yield target.with_name(f".{target.name}.shards")
        return
    if resume:
        raise SettingsError("--resume needs --output: the shards of a run lie beside it")
    with TemporaryDirectory(prefix="attribution-") as folder:
        yield Path(folder) / "shards"


@contextmanager
def told_interrupt(shards: Shards, output: Path | None) -> Iterator[None]:
    """Turns the interrupt key into a message that says what is saved, and exit code 130."""
    try:
        yield
    except KeyboardInterrupt:
        saved = sum(shards.held(number) for number in shards.done())
        kept = f"{saved} of {len(shards.items)} articles are saved; go on with --resume"
        complain(f"interrupted; {kept}" if output is not None else "interrupted")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def progress(total: int, form: str, output: Path | None) -> Iterator[Callable[[int], None]]:
    """What counts articles as done; a bar on standard error shows it if a person looks there and at nothing else."""
    console = Console(stderr=True)
    if total < 2 or not console.is_terminal or (output is None and form == "table"):
        yield lambda articles: None
        return
    columns = (TextColumn("articles"), BarColumn(), MofNCompleteColumn(), _Speed(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("articles", total=total)
        yield lambda articles: bar.advance(task, articles)


class _Speed(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        """The speed of late, or nothing yet."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")
