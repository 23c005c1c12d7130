"""Measures rows on both servers in turn, and does not believe a number whose answers were wrong."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import content, load, servers
from bench.answers import Answer, WrongAnswerError, checked
from bench.rows import READ_ONLY_POSTS, Row

# Headers such as the date and a request's id differ by a few bytes; a page that lacks something by more.
SIZE_TOLERANCE = 0.02


@dataclass
class Result:
    """All runs of one row."""

    row: Row
    size: int
    colophon: list[load.Run] = field(default_factory=list)
    bare: list[load.Run] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Colophon's requests per second as a fraction of the bare server's, each the median of its runs."""
        return median(run.per_second for run in self.colophon) / median(run.per_second for run in self.bare)


class Comparison:
    """Both servers on one filled database, and the runs on them."""

    def __init__(self, database_url: str, folder: Path, posts: int, how: load.Load) -> None:
        self.database_url = database_url
        self.folder = folder
        self.commented_posts = max(posts - READ_ONLY_POSTS, 1)
        self.how = how

    def measure(self, rows: Sequence[Row], rounds: int) -> list[Result]:
        """All rows in every round, the two servers in turn; WrongAnswerError when a server misbehaves."""
        with ExitStack() as stack:
            self.address = stack.enter_context(servers.colophon(self.database_url, self.folder))
            self.cookie = servers.sign_in(self.address) if any(row.signed_in for row in rows) else ""
            recorded = {row: checked(self.address, row, self.cookie) for row in rows}
            self.bare_address = stack.enter_context(servers.bare(recorded, self.folder))
            for row, answer in recorded.items():
                _check_twin(row, answer, checked(self.bare_address, row, self.cookie))
            results = [Result(row, len(answer.body)) for row, answer in recorded.items()]
            for number in range(rounds):
                for result in results:
                    self._measure_both(result, recorded[result.row], bare_first=bool(number % 2))
            return results

    def _measure_both(self, result: Result, expected: Answer, *, bare_first: bool) -> None:
        sides = [(self.address, result.colophon), (self.bare_address, result.bare)]
        for address, runs in reversed(sides) if bare_first else sides:
            runs.append(self._run(address, result.row, expected))

    def _run(self, address: str, row: Row, expected: Answer) -> load.Run:
        checked(address, row, self.cookie)
        is_counted = row.adds_comments and address == self.address
        before = content.count_comments(self.database_url) if is_counted else 0
        run = load.run(address, row, self.cookie, self.commented_posts, self.how)
        checked(address, row, self.cookie)
        _check_run(row, address, run, expected)
        if is_counted and (added := content.count_comments(self.database_url) - before) < run.requests:
            raise WrongAnswerError(f"{row.name}: {run.requests} were acknowledged, {added} stored")
        return run


def _check_twin(row: Row, answer: Answer, twin: Answer) -> None:
    if (answer.body, answer.lasting_headers) != (twin.body, twin.lasting_headers):
        raise WrongAnswerError(f"{row.name}: the bare server does not answer the same bytes")


def _check_run(row: Row, address: str, run: load.Run, expected: Answer) -> None:
    if run.refused or run.broken or not run.requests:
        raise WrongAnswerError(
            f"{row.name}: of {run.requests} requests {address} refused {run.refused} and broke {run.broken}"
        )
    if abs(run.bytes_each - expected.size) > expected.size * SIZE_TOLERANCE + 100:
        raise WrongAnswerError(f"{row.name}: answers of {address} had {run.bytes_each:.0f} bytes, not {expected.size}")
