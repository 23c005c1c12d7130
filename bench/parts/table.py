"""The table: every row on every server, and the figures that are ratios of its columns."""

from collections.abc import Iterable, Sequence

from bench.content import commented_posts
from bench.figures import Figure, Findings, at_least, at_most
from bench.measure import BARE, Group, Side, make_groups, measure
from bench.plan import Plan
from bench.rows import POST, ROWS, Row
from bench.servers import ONE, TWO, UNCACHED, Variant
from bench.stages import Stages

# Parts whose rows are measured without the page cache too, and with two workers.
ANONYMOUS = {"cached", "lists"}
# A Starlette route and nginx with the post.
OTHERS = 2
SQLITE_COMMENTS, POSTGRESQL_COMMENTS = (400, 100, 300), (500, 100, 100)


def variants_of(row: Row, plan: Plan, posts: int) -> list[Variant]:
    """How Colophon is run for a row in a blog of that size; not at all when nobody asked for the row."""
    is_smallest, is_anonymous, is_asked_for = posts == plan.sizes[0], row.part in ANONYMOUS, row.part in plan.parts
    wants_two = is_smallest and "workers" in plan.parts and (is_anonymous or is_asked_for)
    wants_uncached = is_smallest and "uncached" in plan.parts and is_anonymous
    wants_two = wants_two or (is_smallest and is_asked_for and row.part == "comments")
    chosen = [ONE] if is_asked_for or wants_two else []
    return chosen + [TWO] * wants_two + [UNCACHED] * wants_uncached


def wanted(plan: Plan, posts: int, *, writing: bool) -> dict[Row, list[Variant]]:
    """The rows that are measured in a blog of that size: those that read, or those that write."""
    rows = [row for row in ROWS if bool(row.stores) == writing]
    return {row: variants for row in rows if (variants := variants_of(row, plan, posts))}


def takes(plan: Plan, *, writing: bool) -> float:
    """Seconds for one database."""
    runs = 0
    for posts in plan.sizes:
        chosen = wanted(plan, posts, writing=writing)
        # Two workers share the bare server of one.
        sides = sum(len(variants) * 2 - (TWO in variants) for variants in chosen.values())
        others = OTHERS if ONE in chosen.get(POST, ()) else 0
        runs += plan.rounds_at(posts) * (sides + others)
    return runs * plan.run_seconds


def takes_reading(plan: Plan) -> float:
    """Seconds for the rows that change nothing, on one database."""
    return takes(plan, writing=False)


def takes_writing(plan: Plan) -> float:
    """Seconds for the rows that change the blog, on one database."""
    return takes(plan, writing=True)


def run_reading(stages: Stages, plan: Plan) -> Findings:
    """The rows that change nothing."""
    return _run(stages, plan, writing=False)


def run_writing(stages: Stages, plan: Plan) -> Findings:
    """The rows that change the blog, and with it what others would show."""
    return _run(stages, plan, writing=True)


def _run(stages: Stages, plan: Plan, *, writing: bool) -> Findings:
    findings = Findings()
    for posts in plan.sizes:
        chosen = wanted(plan, posts, writing=writing)
        if not chosen:
            continue
        groups, missing = make_groups(stages.at(posts), chosen)
        measure(groups, plan.rounds_at(posts), plan.load(commented_posts(posts)))
        figures = figures_of(groups) if posts == plan.sizes[0] else []
        findings.add(Findings(figures=figures, groups=groups, missing=missing))
    return findings


def figures_of(groups: Iterable[Group]) -> list[Figure]:
    """What these rows say about the goals."""
    return [figure for group in groups for figure in _figures(group)]


def _figures(group: Group) -> Iterable[Figure]:
    row, kind = group.row, group.stage.kind
    one, two, uncached = (group.find(variant.name) for variant in (ONE, TWO, UNCACHED))
    if one and row.part in RATIOS:
        yield Figure(f"{row.name}: requests per second ÷ {BARE}", kind, one.ratio, at_least(RATIOS[row.part]))
    if one and row.part == "editing":
        goal = at_most(3)
        yield Figure(f"{row.name}: p99 ÷ p50", kind, one.p99 / one.p50, goal)
    if one and two and row.part == "cached":
        yield Figure(f"{row.name}: two workers ÷ one", kind, two.per_second / one.per_second, at_least(1.4))
    if uncached and row.name == "post":
        goal = at_least(0.055 if kind == "sqlite" else 0.04)
        yield Figure(f"{row.name}, not cached: requests per second ÷ {BARE}", kind, uncached.ratio, goal)
    if row.part == "comments":
        yield from _comment_figures(kind, [side for side in (one, two) if side])


RATIOS = {"cached": 0.8, "conditional": 0.9, "signed-in": 0.6, "editing": 0.03}


def _comment_figures(kind: str, sides: Sequence[Side]) -> Iterable[Figure]:
    per_second, *slowest = SQLITE_COMMENTS if kind == "sqlite" else POSTGRESQL_COMMENTS
    for side, p99 in zip(sides, slowest, strict=True):
        yield Figure(f"comments a second, {side.name}", kind, side.per_second, at_least(per_second))
        yield Figure(f"comments, p99, {side.name}", kind, side.p99, at_most(p99, " ms"))
