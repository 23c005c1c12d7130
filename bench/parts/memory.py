"""How much memory a worker has after many requests for many pages."""

import time

from bench import load, servers
from bench.answers import WrongAnswerError
from bench.content import commented_posts
from bench.figures import Figure, Findings, Table, at_most
from bench.plan import Plan
from bench.rows import Row
from bench.servers import ONE
from bench.stages import Stages
from bench.watcher import watching

PAGES = Row("many posts", "memory", "/posts/post-number-{post}", "/posts/post-number-1")
SECONDS_A_RUN = 5
# Without a cache so many requests would take minutes.
LONGEST, QUICK_LONGEST = 100, 15


def takes(plan: Plan) -> float:
    """Seconds for one database, at most."""
    return QUICK_LONGEST if plan.quick else LONGEST / 2


def run(stages: Stages, plan: Plan) -> Findings:
    """A new server, so that it has seen nothing else."""
    stage = stages.at(plan.middle_size)
    pages = min(plan.pages, commented_posts(stage.posts))
    deadline = time.monotonic() + (QUICK_LONGEST if plan.quick else LONGEST)
    requests = broken = 0
    with servers.colophon(ONE, stage.url, stage.folder) as server:
        before = server.megabytes
        how = load.Load(min(SECONDS_A_RUN, plan.seconds * 5), plan.connections, pages)
        with watching(server.address, PAGES, ""):
            while requests < plan.memory_requests and time.monotonic() < deadline:
                seen = load.run(server.address, PAGES, [], how)
                requests, broken = requests + seen.requests, broken + seen.refused + seen.broken
        after = server.megabytes
    if broken or not requests:
        raise WrongAnswerError(f"memory: {requests} requests were answered, {broken} were not")
    what = f"memory of a worker after {requests:,} requests for {pages:,} pages"
    lines = [["0", f"{before:.0f}"], [f"{requests:,}", f"{after:.0f}"]]
    table = Table(f"{stages.kind}, {stage.posts:,} posts: memory of one worker", ["requests", "MB"], lines)
    return Findings([Figure(what, stages.kind, after, at_most(150, " MB"))], [table])
