"""Figures, the page and the picture that are made of them: nothing is measured here."""

from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench import chart, report
from bench.answers import Answer
from bench.figures import Figure, Findings, Table, at_least, at_most
from bench.load import Run
from bench.measure import BARE, Group, Side
from bench.parts import registry, table
from bench.plan import Plan
from bench.process import Server
from bench.rows import COMMENT, POST, Row
from bench.servers import ONE, TWO, UNCACHED
from bench.stages import Stage


def run(per_second: float, p50: float = 1.0, p99: float = 2.0) -> Run:
    """What wrk might have seen."""
    return Run(int(per_second), per_second, p50, p99, 5_000, 0, 0)


def group(folder: Path, kind: str, row: Row, per_second: dict[str, float], posts: int = 1_000) -> Group:
    """A row that was measured on a bare server, which answered 1,000 requests a second, and on others."""
    stage = Stage(kind, posts, f"sqlite:///{folder / 'blog.sqlite3'}", folder, ExitStack())
    server, answer = Server("http://127.0.0.1:1", 1, folder), Answer(200, [], b"." * 1_234)
    bare = Side(BARE, server, row, answer, runs=[run(900), run(1_000), run(5_000)])
    others = [Side(name, server, row, answer, "", bare, [run(value)], 50.4) for name, value in per_second.items()]
    return Group(stage, row, [bare, *others])


def test_a_ratio_is_one_of_medians(tmp_path: Path) -> None:
    side = group(tmp_path, "sqlite", POST, {ONE.name: 850}).sides[1]
    side.runs += [run(1, p99=100), run(900, p99=3)]
    assert side.ratio == pytest.approx(0.85)
    assert (side.p50, side.p99) == (1.0, 3.0)


@pytest.mark.parametrize(
    ("goal", "value", "is_reached", "words"),
    [
        (at_least(0.8), 0.8, True, "≥ 0.8"),
        (at_least(0.8), 0.79, False, "≥ 0.8"),
        (at_most(50, " ms"), 50, True, "≤ 50 ms"),
        (at_most(50, " ms"), 51, False, "≤ 50 ms"),
    ],
)
def test_a_goal_is_reached_at_its_bound(goal: object, value: float, is_reached: bool, words: str) -> None:
    figure = Figure("it", "sqlite", value, goal)
    assert figure.is_reached is is_reached
    assert str(figure.goal) == words


def test_rows_become_the_figures_that_are_asked_of_them(tmp_path: Path) -> None:
    post = group(tmp_path, "postgresql", POST, {ONE.name: 850, TWO.name: 1_020, UNCACHED.name: 45})
    comment = group(tmp_path, "postgresql", COMMENT, {ONE.name: 490, TWO.name: 600})
    found = {figure.what: figure for figure in table.figures_of([post, comment])}
    assert found["post: requests per second ÷ bare uvicorn"].is_reached
    assert found["post: two workers ÷ one"].value == pytest.approx(1.2)
    assert not found["post: two workers ÷ one"].is_reached
    assert found["post, not cached: requests per second ÷ bare uvicorn"].goal.bound == 0.04
    assert not found["comments a second, 1 worker"].is_reached
    assert found["comments a second, 2 workers"].is_reached
    assert found["comments, p99, 2 workers"].goal.bound == 100


def test_the_page_says_what_was_reached_and_what_is_missing(tmp_path: Path) -> None:
    figures = [
        Figure("speed", "sqlite", 0.5, at_least(0.8)),
        Figure("memory", "sqlite", 1_234.4, at_most(2_000, " MB")),
        Figure("speed", "postgresql", 0.9, at_least(0.8)),
    ]
    findings = Findings(figures, [Table("Other things", ["what", "ms"], [["a", "1"]], "A note.")])
    findings.groups.append(group(tmp_path, "sqlite", POST, {ONE.name: 850}))
    findings.add(Findings(missing=["search: not there"]))
    findings.add(Findings(missing=["search: not there"]))
    page = report.document(findings, "On this machine.", "images/it.svg")
    speed, other, memory = (line for line in page.splitlines() if "≥" in line or "≤" in line)
    assert speed == "| speed | sqlite | 0.5 | ≥ 0.8 | **no** |"
    assert other == "| speed | postgresql | 0.9 | ≥ 0.8 | yes |"
    assert memory == "| memory | sqlite | 1,234 | ≤ 2000 MB | yes |"
    assert "| post | 1 worker | 1,234 | 850 | 1.0 | 2.0 | 50 | 0.850 |" in page
    assert "## sqlite, 1,000 posts" in page
    assert "A note.\n\n| what | ms |\n| --- | ---: |\n| a | 1 |" in page
    assert page.count("search: not there") == 1
    assert "](images/it.svg)" in page
    assert "images" not in report.document(findings, "", "")


def test_the_picture_has_a_bar_for_each_row_and_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    home = Row("home & more", "cached", "/", "")
    groups = [
        group(tmp_path, "sqlite", POST, {ONE.name: 500, "Starlette route": 700, BARE: 600}),
        group(tmp_path, "sqlite", home, {ONE.name: 250, TWO.name: 400}),
        group(tmp_path, "sqlite", home, {ONE.name: 1}, posts=100_000),
        group(tmp_path, "postgresql", POST, {ONE.name: 800}),
    ]
    bars = chart.bars_of(groups, 1_000)
    assert [(bar.label, bar.series, bar.per_second) for bar in bars] == [
        (BARE, 2, 1_000),
        ("Starlette route", 2, 700),
        ("post", 0, 500),
        ("post", 1, 800),
        ("home & more", 0, 250),
    ]
    picture = ET.fromstring(chart.draw(bars, "Speed & more", ["sqlite", "postgresql"]))
    space = {"": "http://www.w3.org/2000/svg"}
    lengths = [float(bar.get("width", "")) for bar in picture.findall("rect", space) if bar.get("height") == "12"]
    # Two in the legend, then the bars.
    assert len(lengths) == 2 + len(bars)
    assert lengths[4] == pytest.approx(lengths[2] / 2, abs=0.1)
    assert picture.findtext("title", "", space) == "Speed & more"
    texts = [text.text for text in picture.findall("text", space)]
    assert texts.count("post") == 1
    assert "500/s · 0.5 of bare" in texts
    assert "prefers-color-scheme: dark" in picture.findtext("style", "", space)


def test_only_what_is_asked_for_is_measured() -> None:
    def chosen(*parts: str, posts: int = 1_000) -> dict[str, list[str]]:
        wanted = table.wanted(Plan(parts=frozenset(parts)), posts, writing=False)
        return {row.name: [variant.name for variant in variants] for row, variants in wanted.items()}

    assert chosen("signed-in") == {"post, signed in": [ONE.name]}
    assert chosen("uncached")["home"] == [UNCACHED.name]
    assert chosen("workers")["feed"] == [ONE.name, TWO.name]
    assert "editor" not in chosen("workers")
    assert chosen("cached", "workers", "uncached")["post"] == [ONE.name, TWO.name, UNCACHED.name]
    assert chosen("cached", "workers", "uncached", posts=100_000)["post"] == [ONE.name]
    assert chosen("crowd") == {}


def test_the_whole_run_is_short_enough_to_be_done_often() -> None:
    plan = Plan(parts=frozenset(registry.NAMES))
    assert registry.chosen(plan) == registry.PARTS
    minutes = sum(part.takes(plan) for part in registry.PARTS) * len(plan.databases) / 60
    assert 15 < minutes <= 25
    quick = Plan(sizes=(1_000, 10_000), parts=plan.parts, rounds=1, quick=True)
    assert sum(part.takes(quick) for part in registry.PARTS) * len(quick.databases) / 60 < minutes / 2
