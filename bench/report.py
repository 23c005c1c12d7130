"""What was found, as Markdown."""

from collections.abc import Sequence

from bench.figures import Figure, Findings, Table
from bench.measure import Group, Side

INTRODUCTION = """# Benchmarks

Made by `make bench`; [developers.md](developers.md#speed) tells how to run it. Everything below comes from one run on
one machine, with content that the bench makes. Each figure is the median of its rounds, in which the servers that are
compared take turns; answers are looked at while they are measured. “Bare uvicorn” is a plain ASGI application that
answers the same bytes, compressed as a browser asks for them.
"""
HEAD = ["row", "server", "bytes", "requests/s", "p50 ms", "p99 ms", "memory MB", "of bare"]


def document(findings: Findings, circumstances: str, chart: str) -> str:
    """The whole page. `chart` is the path of the picture, empty for none."""
    parts = [INTRODUCTION, circumstances, figures_table(findings.figures)]
    if chart:
        parts.append(f"![Requests per second of each row, beside bare uvicorn and nginx]({chart})")
    parts += [as_markdown(table) for table in (*tables_of(findings.groups), *findings.tables)]
    if findings.missing:
        parts.append("## Not measured\n\n" + "\n".join(f"- {reason}" for reason in findings.missing))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def figures_table(figures: Sequence[Figure]) -> str:
    """The figures with their goals; what is the same on another database stands in the next line."""
    if not figures:
        return ""
    order = list(dict.fromkeys(figure.what for figure in figures))
    lines = [
        [
            figure.what,
            figure.database,
            _number(figure.value),
            str(figure.goal),
            "yes" if figure.is_reached else "**no**",
        ]
        for figure in sorted(figures, key=lambda figure: order.index(figure.what))
    ]
    return as_markdown(Table("Figures to reach", ["what", "database", "figure", "goal", "reached"], lines))


def tables_of(groups: Sequence[Group]) -> list[Table]:
    """One table for each blog: its rows, each on all its servers."""
    blogs = dict.fromkeys((group.stage.kind, group.stage.posts) for group in groups)
    return [
        Table(
            f"{kind}, {posts:,} posts",
            HEAD,
            [_line(group, side) for group in groups if _blog(group) == (kind, posts) for side in group.sides],
        )
        for kind, posts in blogs
    ]


def as_markdown(table: Table) -> str:
    """A heading, the note and the table."""
    rule = ["---", *("---:" for _ in table.head[1:])]
    rows = [f"| {' | '.join(cells)} |" for cells in (table.head, rule, *table.lines)]
    return "\n\n".join(filter(None, [f"## {table.title}", table.note, "\n".join(rows)]))


def _blog(group: Group) -> tuple[str, int]:
    return group.stage.kind, group.stage.posts


def _line(group: Group, side: Side) -> list[str]:
    return [
        group.row.name,
        side.name,
        f"{len(side.expected.body):,}",
        f"{side.per_second:,.0f}",
        f"{side.p50:.1f}",
        f"{side.p99:.1f}",
        f"{side.megabytes:.0f}",
        f"{side.ratio:.3f}" if side.baseline else "1",
    ]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
