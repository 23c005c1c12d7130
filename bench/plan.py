"""What is to be measured, how long, and on how much."""

from dataclasses import dataclass

from bench.load import Load

# What goes into starting wrk and looking at answers before and after a run.
SECONDS_BETWEEN_RUNS = 0.4
SIZES = (1_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000)
# Of one row of the table, of one row of the table in a larger blog.
FEWER_ROUNDS = 2


@dataclass(frozen=True)
class Plan:
    """`sizes` are the numbers of posts, the smallest first: there everything is measured, in others less."""

    databases: tuple[str, ...] = ("sqlite", "postgresql")
    sizes: tuple[int, ...] = SIZES
    parts: frozenset[str] = frozenset()
    rounds: int = 3
    seconds: int = 1
    connections: int = 32
    quick: bool = False

    @property
    def run_seconds(self) -> float:
        """How long a run takes with all that belongs to it."""
        return self.seconds + SECONDS_BETWEEN_RUNS

    @property
    def middle_size(self) -> int:
        """Where ten thousand different pages are asked for: the smallest blog that has them, else the largest."""
        return next((size for size in self.sizes if size > self.pages), self.sizes[-1])

    @property
    def pages(self) -> int:
        """How many different pages a cache is filled with."""
        return 1_000 if self.quick else 10_000

    @property
    def memory_requests(self) -> int:
        """After how many requests memory is looked at."""
        return 10_000 if self.quick else 100_000

    @property
    def few_rounds(self) -> int:
        """How often something is repeated that takes long."""
        return 2 if self.quick else 3

    @property
    def crowd_seconds(self) -> int:
        """How long many ask for one post while it is saved."""
        return 10 if self.quick else 60

    def rounds_at(self, size: int) -> int:
        """How often each row of the table is measured in a blog of this size."""
        return self.rounds if size == self.sizes[0] else min(self.rounds, FEWER_ROUNDS)

    def load(self, posts: int, connections: int | None = None) -> Load:
        """One run of wrk on so many posts."""
        return Load(self.seconds, connections or self.connections, posts)
