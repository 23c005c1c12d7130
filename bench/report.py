"""The figures as a Markdown table."""

from collections.abc import Callable, Iterable
from statistics import median

from bench.comparison import Result
from bench.load import Run

HEAD = [
    "| page | bytes | requests/s | p50 ms | p99 ms | bare requests/s | bare p99 ms | of bare |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
]


def table(results: Iterable[Result]) -> str:
    """One line a row; each figure is the median of the rounds."""
    return "\n".join([*HEAD, *map(_line, results)])


def _line(result: Result) -> str:
    cells = [
        result.row.name,
        f"{result.size:,}",
        f"{_middle(result.colophon, lambda run: run.per_second):,.0f}",
        f"{_middle(result.colophon, lambda run: run.p50):.1f}",
        f"{_middle(result.colophon, lambda run: run.p99):.1f}",
        f"{_middle(result.bare, lambda run: run.per_second):,.0f}",
        f"{_middle(result.bare, lambda run: run.p99):.1f}",
        f"{result.ratio:.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def _middle(runs: list[Run], figure: Callable[[Run], float]) -> float:
    return median(map(figure, runs))
