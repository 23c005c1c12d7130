"""How many units of work at once are best: pages made for each request, by one process with more and more slots."""

from collections.abc import Sequence
from statistics import median

from bench import load
from bench.figures import Findings, Table
from bench.load import Run
from bench.plan import Plan
from bench.rows import ROWS
from bench.servers import Variant
from bench.stages import Stage, Stages

NUMBERS = (1, 2, 4, 8, 16, 40)
ROW = next(row for row in ROWS if row.name == "own posts")


def takes(plan: Plan) -> float:
    """Seconds for one database."""
    return len(NUMBERS) * (plan.rounds * plan.run_seconds + 2)


def run(stages: Stages, plan: Plan) -> Findings:
    """All in turn, in the smallest blog; the first round only warms them up."""
    stage = stages.at(plan.sizes[0])
    runs: dict[int, list[Run]] = {number: [] for number in NUMBERS}
    for _ in range(plan.rounds + 1):
        for number, done in runs.items():
            done.append(_load(stage, number, plan))
    head = ["slots", "requests a second", "p50, ms", "p99, ms"]
    lines = [[str(number), *_figures(done[1:])] for number, done in runs.items()]
    note = f"“{ROW.name}”, made for each of {plan.connections} clients."
    return Findings(tables=[Table(f"{stages.kind}: how many units of work at once", head, lines, note)])


def _load(stage: Stage, number: int, plan: Plan) -> Run:
    slots = Variant(f"{number} slots", environment=(("COLOPHON_DATABASE_SLOTS", str(number)),))
    return load.run(stage.server(slots).address, ROW, [stage.cookie], plan.load(stage.posts))


def _figures(runs: Sequence[Run]) -> list[str]:
    per_second, p50, p99 = (median(run[name] for run in map(vars, runs)) for name in ("per_second", "p50", "p99"))
    return [f"{per_second:.0f}", f"{p50:.1f}", f"{p99:.1f}"]
