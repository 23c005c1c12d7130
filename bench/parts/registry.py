"""All parts in the order in which they run: first those that change nothing."""

from collections.abc import Callable
from typing import NamedTuple

from bench.figures import Findings
from bench.parts import commits, crowd, flat, memory, sign_ins, slots, table
from bench.plan import Plan
from bench.stages import Stages


class Part(NamedTuple):
    """Something to measure: the names by which it is asked for, how many seconds it takes, and how it is done."""

    names: frozenset[str]
    takes: Callable[[Plan], float]
    run: Callable[[Stages, Plan], Findings]


READING = frozenset({"cached", "lists", "conditional", "signed-in", "editing", "uncached", "workers"})
WRITING = frozenset({"comments", "writing"})
PARTS = [
    Part(READING, table.takes_reading, table.run_reading),
    Part(frozenset({"flat"}), flat.takes, flat.run),
    Part(frozenset({"slots"}), slots.takes, slots.run),
    Part(WRITING, table.takes_writing, table.run_writing),
    Part(frozenset({"memory"}), memory.takes, memory.run),
    Part(frozenset({"commits"}), commits.takes, commits.run),
    Part(frozenset({"sign-ins"}), sign_ins.takes, sign_ins.run),
    Part(frozenset({"crowd"}), crowd.takes, crowd.run),
]
NAMES = sorted(name for part in PARTS for name in part.names)


def chosen(plan: Plan) -> list[Part]:
    """The parts that the plan asks for."""
    return [part for part in PARTS if part.names & plan.parts]
