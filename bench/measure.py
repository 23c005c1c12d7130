"""Measures rows on several servers in turn, and does not believe a number whose answers were wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from bench import load, servers
from bench.answers import Answer, UnavailableError, WrongAnswerError, checked, find_etag
from bench.load import Load, Run
from bench.process import Server
from bench.recorded import twin
from bench.rows import CLIENTS_THAT_WRITE, POST, Row
from bench.servers import ONE, TWO, Variant
from bench.stages import Stage
from bench.watcher import watching
from web.routes import ROUTES

# Headers such as the date and a request's id differ by a few bytes; a page that lacks something by more.
SIZE_TOLERANCE = 0.02
LONGER = 30
BARE = "bare uvicorn"


@dataclass
class Side:
    """A row on one server. `baseline` is the bare server with the same bytes, None for that one itself."""

    name: str
    server: Server
    row: Row
    expected: Answer
    etag: str = ""
    baseline: "Side | None" = None
    runs: list[Run] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def per_second(self) -> float:
        """Requests per second, the median of the runs."""
        return median(run.per_second for run in self.runs)

    @property
    def p50(self) -> float:
        """Half of the requests took less, in milliseconds."""
        return median(run.p50 for run in self.runs)

    @property
    def p99(self) -> float:
        """One in a hundred requests took more, in milliseconds."""
        return median(run.p99 for run in self.runs)

    @property
    def ratio(self) -> float:
        """Requests per second as a fraction of the bare server's."""
        return self.per_second / self.baseline.per_second if self.baseline else 1.0


@dataclass
class Group:
    """A row in one blog, and all servers that are asked for it."""

    stage: Stage
    row: Row
    sides: list[Side]

    def find(self, name: str) -> Side | None:
        """The side of that name."""
        return next((side for side in self.sides if side.name == name), None)


@dataclass
class _Recorded:
    row: Row
    answer: Answer
    etag: str


def make_groups(stage: Stage, wanted: Mapping[Row, Sequence[Variant]]) -> tuple[list[Group], list[str]]:
    """The rows with the servers to measure them on, and what is missing."""
    found: dict[Variant, dict[Row, _Recorded]] = {}
    missing: list[str] = []
    for row, variants in wanted.items():
        for variant in variants:
            try:
                found.setdefault(variant, {})[row] = _record(stage, row, variant)
            except UnavailableError as reason:
                missing.append(f"{row.name}: {reason}")
                break
    sides: dict[Row, list[Side]] = {}
    for variant, recorded in found.items():
        for row, side in _sides(stage, variant, list(recorded.values()), sides):
            sides.setdefault(row, []).append(side)
    return [Group(stage, row, members) for row, members in sides.items()], missing


def measure(groups: Iterable[Group], rounds: int, how: Load) -> None:
    """All rows in every round, the servers of a row in turn; WrongAnswerError when one misbehaves."""
    for number in range(rounds):
        for group in groups:
            for side in reversed(group.sides) if number % 2 else group.sides:
                side.runs.append(_run(group, side, how))
                side.megabytes = side.server.megabytes


def _record(stage: Stage, row: Row, variant: Variant) -> _Recorded:
    asked = row.at(stage.posts)
    if not has_address(asked.path):
        raise UnavailableError(f"there is no {asked.path.partition('?')[0]} yet")
    address, cookie = stage.server(variant).address, next(iter(_cookies(stage, row)), "")
    etag = find_etag(address, asked, cookie)
    return _Recorded(asked, checked(address, asked, cookie, etag), etag)


def has_address(path: str) -> bool:
    """Whether this version of Colophon has the address, whatever stands behind it."""
    path = path.partition("?")[0].replace("{post}", "1")
    # The last route takes any one word for the address of a page.
    return any(route.path_regex.match(path) for route in ROUTES if route.name != "pages.show")


def _sides(
    stage: Stage, variant: Variant, recorded: Sequence[_Recorded], known: Mapping[Row, Sequence[Side]]
) -> Iterable[tuple[Row, Side]]:
    server, answers = stage.server(variant), [item.answer for item in recorded]
    # Two workers answer the bytes of one, and are compared with the same bare server.
    has_bare = variant != TWO
    bare = stage.stack.enter_context(servers.recorded("bench.bare:app", answers, stage.folder)) if has_bare else None
    for number, item in enumerate(recorded):
        baseline = known.get(item.row, [None])[0]
        if bare is not None:
            baseline = Side(BARE, bare, twin(item.row, number), item.answer, item.etag)
            _check_twin(baseline)
            yield item.row, baseline
        yield item.row, Side(variant.name, server, item.row, item.answer, item.etag, baseline)
        if item.row == POST and variant == ONE:
            yield from ((item.row, side) for side in _others(stage, item, baseline))


def _others(stage: Stage, item: _Recorded, baseline: Side | None) -> Iterable[Side]:
    starlette = servers.recorded("bench.plain:app", [item.answer], stage.folder)
    yield Side("Starlette route", stage.stack.enter_context(starlette), twin(item.row, 0), item.answer, "", baseline)
    if (path := servers.find_nginx()) is not None:
        nginx = stage.stack.enter_context(servers.nginx(path, item.answer, stage.folder))
        yield Side("nginx with the file", nginx, twin(item.row, 0), item.answer, "", baseline)


def _run(group: Group, side: Side, how: Load) -> Run:
    row, stage, address = side.row, group.stage, side.server.address
    cookies = _cookies(stage, row)
    how = Load(how.seconds, CLIENTS_THAT_WRITE, how.posts) if row.stores else how
    if row.stores and side.baseline is not None:
        return _run_writing(group, side, cookies, how)
    with watching(address, row, cookies[0] if cookies else "", side.etag):
        run = _load(side, cookies, how)
    check_run(side, run)
    return run


def _run_writing(group: Group, side: Side, cookies: Sequence[str], how: Load) -> Run:
    before = group.stage.last_key(side.row.stores)
    run = _load(side, cookies, how)
    check_run(side, run)
    if (added := group.stage.stored_since(side.row.stores, before)) < run.requests:
        raise WrongAnswerError(f"{side.row.name}: {run.requests} were acknowledged, {added} stored")
    return run


def _load(side: Side, cookies: Sequence[str], how: Load) -> Run:
    run = load.run(side.server.address, side.row, cookies, how, side.etag)
    if run.requests or run.broken:
        return run
    # Clients wait for each other, on a very busy machine for longer than a run.
    return load.run(side.server.address, side.row, cookies, replace(how, seconds=how.seconds * LONGER), side.etag)


def _cookies(stage: Stage, row: Row) -> list[str]:
    if not row.signed_in:
        return []
    # Of a post's author nothing is known in advance: she sees more than readers do.
    return stage.readers if row.part in ("comments", "signed-in") else [stage.cookie]


def _check_twin(side: Side) -> None:
    answer = checked(side.server.address, side.row, "", side.etag)
    if (answer.body, answer.lasting_headers) != (side.expected.body, side.expected.lasting_headers):
        raise WrongAnswerError(f"{side.row.name}: the bare server does not answer the same bytes")


def check_run(side: Side, run: Run) -> None:
    """Raise WrongAnswerError when requests failed, or when answers had another size than the one that was checked."""
    name, address, size = side.row.name, side.server.address, side.expected.size
    if run.refused or run.broken or not run.requests:
        raise WrongAnswerError(
            f"{name}: of {run.requests} requests {address} refused {run.refused} and broke {run.broken}"
        )
    # nginx says a few things more.
    if abs(run.bytes_each - size) > size * SIZE_TOLERANCE + 150:
        raise WrongAnswerError(f"{name}: answers of {address} had {run.bytes_each:.0f} bytes, not {size}")
