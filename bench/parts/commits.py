"""What a commit costs the request that asked for it when the page cache is full, against one that has no cache."""

from statistics import median

from bench.client import Client, get_all
from bench.content import commented_posts
from bench.figures import Figure, Findings, Table, at_most
from bench.plan import Plan
from bench.servers import ONE, UNCACHED
from bench.stages import Stage, Stages

PAGES_A_SECOND = 400
WARM_UP = 3


def takes(plan: Plan) -> float:
    """Seconds for one database: filling the cache is what takes long."""
    return plan.few_rounds * plan.pages / PAGES_A_SECOND


def run(stages: Stages, plan: Plan) -> Findings:
    """In each round the cache is filled, and then somebody comments, on either server."""
    stage = stages.at(plan.middle_size)
    pages = min(plan.pages, commented_posts(stage.posts))
    addresses = stage.server(ONE).address, stage.server(UNCACHED).address
    cookie = stage.readers[0]
    with Client(addresses[0], cookie) as full, Client(addresses[1], cookie) as without:
        for number in range(WARM_UP):
            _comment(full, f"warm-up {number}")
            _comment(without, f"another warm-up {number}")
        rounds = [_round(stage, pages, full, without, number) for number in range(plan.few_rounds)]
    with_pages, none = (median(times) for times in zip(*rounds, strict=True))
    where = f"{stages.kind}, {stage.posts:,} posts"
    goal = at_most(1, " ms")
    figure = Figure(f"a commit with {pages:,} cached pages costs more", stages.kind, with_pages - none, goal)
    lines = [[f"{pages:,}", f"{with_pages:.2f}"], ["none", f"{none:.2f}"]]
    return Findings([figure], [Table(f"{where}: posting a comment", ["cached pages", "ms"], lines)])


def _round(stage: Stage, pages: int, full: Client, without: Client, number: int) -> tuple[float, float]:
    paths = [f"/posts/post-number-{post}" for post in range(1, pages + 1)]
    get_all(stage.server(ONE).address, paths)
    # A look at a page, so that neither connection has slept longer than the other.
    for client in (full, without):
        client.get(paths[0])
    # The full one first: the other's commit would make its pages old.
    return _comment(full, f"of the full {number}"), _comment(without, f"of the other {number}")


def _comment(client: Client, words: str) -> float:
    return client.post("/posts/post-number-1/comments", {"body": f"A comment {words}."})[1]
