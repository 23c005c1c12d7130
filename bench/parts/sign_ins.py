"""How long somebody who reads waits while sixteen people sign in at the same moment."""

import time
from functools import partial
from statistics import median
from threading import Event
from typing import NamedTuple

from bench.accounts import readers, sign_in
from bench.client import Client, together
from bench.content import NEWEST_PATH
from bench.figures import Figure, Findings, Table, at_most
from bench.plan import Plan
from bench.servers import ONE
from bench.stages import Stages

PEOPLE = 16
QUIET_SECONDS = 2.0
PAUSE_SECONDS = 0.002


class Round(NamedTuple):
    """Milliseconds of a reader's requests: the median and the longest before, the longest while people signed in."""

    usual: float
    longest_before: float
    longest_during: float
    sign_ins: float


def takes(plan: Plan) -> float:
    """Seconds for one database."""
    return plan.few_rounds * (QUIET_SECONDS + 2)


def run(stages: Stages, plan: Plan) -> Findings:
    """One reader, who asks for a post all the time; first alone, then beside the sixteen."""
    address = stages.at(plan.sizes[0]).server(ONE).address
    rounds = [_round(address) for _ in range(plan.few_rounds)]
    stall = median(one.longest_during - one.longest_before for one in rounds)
    figure = Figure(f"{PEOPLE} sign-ins at once hold up a reader", stages.kind, stall, at_most(10, " ms"))
    lines = [[str(number), *(f"{value:.1f}" for value in one)] for number, one in enumerate(rounds, start=1)]
    head = ["round", "p50 before, ms", "longest before, ms", "longest during, ms", f"all {PEOPLE} signed in after, ms"]
    return Findings([figure], [Table(f"{stages.kind}: a reader while {PEOPLE} people sign in", head, lines)])


def _round(address: str) -> Round:
    over = Event()
    times: list[tuple[float, float]] = []
    spent: list[float] = []

    def read() -> None:
        with Client(address) as client:
            while not over.is_set():
                began = time.monotonic()
                times.append((began, client.get(NEWEST_PATH)[1]))
                time.sleep(PAUSE_SECONDS)

    def disturb() -> None:
        try:
            time.sleep(QUIET_SECONDS)
            spent.append(time.monotonic())
            together([partial(_sign_in, address, name) for name in readers(PEOPLE)])
            spent.append(time.monotonic())
        finally:
            over.set()

    together([read, disturb])
    began, ended = spent
    # The first request opened the connection.
    before = [taken for at, taken in times[1:] if at + taken / 1000 < began]
    during = [taken for at, taken in times if at + taken / 1000 >= began]
    return Round(median(before), max(before), max(during), (ended - began) * 1000)


def _sign_in(address: str, name: str) -> None:
    sign_in(address, name)
