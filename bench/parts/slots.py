"""How many units of work at once are best: pages made for each request, by one process with more and more slots."""

from bench.answers import checked
from bench.figures import Findings, Table
from bench.measure import Group, Side, measure
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
    group = Group(stage, ROW, [_side(stage, number) for number in NUMBERS])
    measure([group], plan.rounds + 1, plan.load(stage.posts))
    for side in group.sides:
        del side.runs[0]
    head = ["slots", "requests a second", "p50, ms", "p99, ms"]
    lines = [[side.name, f"{side.per_second:.0f}", f"{side.p50:.1f}", f"{side.p99:.1f}"] for side in group.sides]
    note = f"“{ROW.name}”, made for each of {plan.connections} clients."
    return Findings(tables=[Table(f"{stages.kind}: how many units of work at once", head, lines, note)])


def _side(stage: Stage, number: int) -> Side:
    slots = Variant(f"{number} slots", environment=(("COLOPHON_DATABASE_SLOTS", str(number)),))
    server = stage.server(slots)
    return Side(str(number), server, ROW, checked(server.address, ROW, stage.cookie))
