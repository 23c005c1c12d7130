"""What every test may ask for. Whatever asks for a database runs on SQLite and PostgreSQL, and on MariaDB if told."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir
from starlette.testclient import TestClient

from tests.support import databases
from tests.support.clients import Clients, SignIn, make_app
from tests.support.clock import Clock
from tests.support.dialects import DIALECTS
from tests.support.factories import Make
from tests.support.measuring import mark_twins, measured_once
from tests.support.passwords import LOW_COST
from tests.support.reading import Read
from web.app import Colophon
from web.database import Database
from web.database.statements import recorded
from web.settings import Settings

set_hypothesis_home_dir(".cache/hypothesis")
# Machines are noisy: an example that took long says nothing.
hypothesis.settings.register_profile("colophon", deadline=None)
hypothesis.settings.load_profile("colophon")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs on several databases is measured on one."""
    mark_twins(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure it there."""
    with measured_once(item):
        return (yield)


Counted = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    return databases.make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def worker_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The SQLite database of this process. Not for tests: they ask for `database`."""
    with databases.sqlite_database(tmp_path_factory.mktemp("sqlite") / "data") as database:
        yield database


@pytest.fixture(scope="session")
def worker_postgresql() -> Iterator[Database]:
    """The PostgreSQL database of this process. Not for tests: they ask for `database`."""
    with databases.postgresql_database() as database:
        yield database


@pytest.fixture(scope="session")
def worker_mariadb() -> Iterator[Database]:
    """The MariaDB database of this process. Not for tests: they ask for `database`."""
    with databases.mariadb_database() as database:
        yield database


@pytest.fixture(params=DIALECTS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database without any rows but the lookups; whoever leaks a connection fails."""
    with databases.opened(request) as found:
        yield found


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """The settings of a blog in a fresh folder."""
    return Settings(
        data=tmp_path / "data",
        database_url=database.url.render_as_string(hide_password=False),
        secret_key="a secret that only tests know",
        password_memory_kib=LOW_COST["memory_kib"],
        password_rounds=LOW_COST["rounds"],
    )


@pytest.fixture
def clock() -> Clock:
    """The application's time: stands still until a test calls `advance`."""
    return Clock()


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Colophon:
    """The whole application on that database."""
    return make_app(settings, database, clock)


@pytest.fixture
def clients(app: Colophon) -> Iterator[Clients]:
    """Opens as many browsers as a test needs."""
    with ExitStack() as stack:
        yield Clients(app, stack)


@pytest.fixture
def client(clients: Clients) -> TestClient:
    """A stranger's browser."""
    return clients.open()


@pytest.fixture
def sign_in(clients: Clients) -> SignIn:
    """`sign_in(user)` is the browser of somebody who has signed in."""
    return clients.sign_in


@pytest.fixture
def make(database: Database, clock: Clock) -> Make:
    """Factories: `make.user("ada", role="author")`, `make.post(ada, title="…")`."""
    return Make(database, clock)


@pytest.fixture
def read(database: Database) -> Read:
    """What is really stored: `read(Post, post.id)`."""
    return Read(database)


@pytest.fixture
def counted() -> Counted:
    """`with counted() as statements:` collects the statements that run inside."""
    return recorded
