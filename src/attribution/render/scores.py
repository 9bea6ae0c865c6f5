"""Reports, mistakes and changes as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from attribution.evaluation import KINDS, TYPES, Change, Mistake, Report
from attribution.render.terminal import arabic

NOTHING = "–"


def figures_table(reports: Mapping[str, Report]) -> Table:
    """The figures by role, one column a subset: precision / recall / F1, or percent right of the matched relations."""
    table = Table(title="percent: P / R / F1, or right among matched", title_style="dim", header_style="bold")
    table.add_column("figure")
    for name in reports:
        table.add_column(name, justify="right")
    some = next(iter(reports.values()))
    table.add_row("documents", *(str(report.documents) for report in reports.values()))
    table.add_row("attributions gold / found", *(f"{r.content.gold} / {r.content.found}" for r in reports.values()))
    for figure in some.ratios:
        counts = [report.ratios[figure] for report in reports.values()]
        table.add_row(figure, *(f"{c.precision:.1f} / {c.recall:.1f} / {c.f1:.1f}" for c in counts))
    for figure in some.accuracies:
        table.add_row(figure, *(percent(report.accuracies[figure]) for report in reports.values()))
    if any(report.missing_documents for report in reports.values()):
        table.add_row("missing documents", *(str(report.missing_documents) for report in reports.values()), style="red")
    return table


def breakdown_table(report: Report, name: str) -> Table:
    """The figures of one report by type of attribution, then by kind of speaker."""
    table = Table(title=f"{name}: by type and by kind of speaker", title_style="dim", header_style="bold")
    table.add_column("")
    for figure in (
        "gold",
        "found",
        "content R",
        "@0.9 R",
        "who-said-what R",
        "source",
        "speaker",
        "speaker-full",
        "type",
    ):
        table.add_column(figure, justify="right")
    for kind in TYPES:
        table.add_row(kind, *_breakdown(report.of_type(kind)))
    table.add_section()
    for kind in KINDS:
        table.add_row(kind, *_breakdown(report.of_kind(kind)))
    return table


def mistakes_table(found: Sequence[Mistake], limit: int) -> RenderableType:
    """The first `limit` mistakes and a count of all by kind."""
    table = Table(show_lines=True, header_style="bold", expand=True)
    _columns(table, "words", "found", "gold")
    table.add_column("mistake", no_wrap=True)
    table.add_column("article", no_wrap=True)
    for mistake in found[:limit]:
        table.add_row(
            arabic(mistake.words),
            arabic(mistake.found),
            arabic(mistake.gold),
            f"{mistake.kind} ({mistake.type})",
            Text(mistake.document),
        )
    kinds = {mistake.kind: 0 for mistake in found}
    for mistake in found:
        kinds[mistake.kind] += 1
    tally = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return Group(table, Text(f"{len(found)} mistakes: {tally}" if found else "no mistakes"))


def changes_table(gains: Sequence[Change], losses: Sequence[Change]) -> RenderableType:
    """What a run gained, then what it lost, against an earlier one."""
    return Group(
        Text(f"gained {len(gains)}, lost {len(losses)}", style="bold"),
        *(
            _changes(changes, title, style)
            for changes, title, style in ((gains, "gains", "green"), (losses, "losses", "red"))
            if changes
        ),
    )


def percent(value: float | None) -> str:
    """`value` with one decimal, or a dash where nothing was measured."""
    return NOTHING if value is None else f"{value:.1f}"


def _changes(changes: Iterable[Change], title: str, style: str) -> Table:
    """One table of gains or of losses."""
    table = Table(title=title, title_style=style, show_lines=True, header_style="bold", expand=True)
    _columns(table, "words", "after", "before", "gold")
    table.add_column("article", no_wrap=True)
    for change in changes:
        cells = (change.words, change.after, change.before, change.gold)
        table.add_row(*map(arabic, cells), Text(change.document))
    return table


def _columns(table: Table, words: str, *names: str) -> None:
    """Nothing; right-aligned columns are added, the first of them the widest."""
    table.add_column(words, justify="right", ratio=4)
    for name in names:
        table.add_column(name, justify="right", ratio=2)


def _breakdown(report: Report) -> tuple[str, ...]:
    """The cells of one row of `breakdown_table`."""
    accuracies = report.accuracies
    return (
        str(report.content.gold),
        str(report.content.found),
        *(percent(c.recall if c.gold else None) for c in (report.content, report.tight_content, report.who_said_what)),
        *(percent(accuracies[name]) for name in ("source", "speaker", "speaker-full", "type")),
    )
