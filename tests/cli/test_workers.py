"""`colophon serve --workers`: several processes that are one server."""

import os
import signal
import socket
from contextlib import ExitStack

import httpx2
import psutil
import pytest
from click.testing import CliRunner

from tests.cli.serving import CHEAP, PATIENCE_SECONDS, Serve, Server
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.replication import wait_until
from web.cli import main
from web.cli.serve import COULD_NOT_START

# A password that takes a moment to check.
SLOW = {"COLOPHON_PASSWORD_ROUNDS": "20", "COLOPHON_PASSWORD_MEMORY_KIB": "19456"}
SIGN_IN = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 23\r\n\r\nlogin=nobody&password=x"
)
FORWARDED = {"X-Forwarded-Proto": "https", "Host": "blog.example"}


def workers_of(server: Server) -> list[psutil.Process]:
    """Its worker processes."""
    return psutil.Process(server.process.pid).children()


def connections_to(server: Server, port: int) -> int:
    """How many connections its workers have taken."""
    taken = [connection for worker in workers_of(server) for connection in worker.net_connections("tcp")]
    return sum(item.status == psutil.CONN_ESTABLISHED and item.laddr.port == port for item in taken)


def test_they_are_one_server(serve: Serve, empty: dict[str, str]) -> None:
    server = serve(empty | CHEAP | {"WEB_CONCURRENCY": "2"})
    assert server.ask().text == "ready\n"
    wait_until(lambda: len(workers_of(server)) == 2)
    for _ in range(4):
        feed = httpx2.get(f"{server.address}/feed.xml", headers=FORWARDED, timeout=PATIENCE_SECONDS)
        assert "https://blog.example" in feed.text, "what the proxy says is believed by each"
        assert "http://blog.example" not in feed.text
    first, second = workers_of(server)
    first.kill()
    wait_until(lambda: len(workers_of(server)) == 2 and first not in workers_of(server))
    assert second in workers_of(server)
    assert [server.ask("/").status_code for _ in range(5)] == [200] * 5
    assert server.stop() == 0
    assert server.said.count("Colophon is at") == 1
    assert server.said.count("/setup?token=") == 1
    assert "Traceback" not in server.said


def test_requests_under_way_are_answered_before_they_stop(
    serve: Serve, environment: dict[str, str], make: Make
) -> None:
    make.user("ada", role="owner")
    server = serve(environment | SLOW, "--workers", "2")
    port = int(server.address.rpartition(":")[2])
    with httpx2.Client(
        base_url=server.address, headers={"Sec-Fetch-Site": "same-origin"}, timeout=PATIENCE_SECONDS
    ) as browser:
        assert browser.post("/sign-in", data={"login": "ada", "password": PASSWORD}).status_code == 303
        assert [browser.get("/account").status_code for _ in range(10)] == [200] * 10
    with ExitStack() as stack:
        connections = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(3)]
        for connection in connections:
            connection.sendall(SIGN_IN)
        wait_until(lambda: connections_to(server, port) >= len(connections))
        assert server.stop() == 0
        for connection in connections:
            assert connection.makefile("rb").readline() == b"HTTP/1.1 422 Unprocessable Entity\r\n"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    assert "Traceback" not in server.said


@on_sqlite
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_fault_at_the_start_is_an_exit_status(serve: Serve, environment: dict[str, str], workers: str) -> None:
    broken = {"COLOPHON_STORAGE_BUCKET": "images", "COLOPHON_STORAGE_REGION": "no such region"}
    server = serve(environment | broken, "--workers", workers)
    assert server.process.wait(PATIENCE_SECONDS) != 0
    server.wait_for("the application could not be made")
    if workers != "1":
        server.wait_for(f"Error: {COULD_NOT_START}")


@on_sqlite
def test_workers_do_not_outlive_the_process_that_started_them(serve: Serve, environment: dict[str, str]) -> None:
    server = serve(environment, "--workers", "2")
    server.ask()
    wait_until(lambda: len(workers_of(server)) == 2)
    workers = workers_of(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers))


def test_a_replica_that_cannot_be_is_said_plainly(empty: dict[str, str]) -> None:
    wrong = empty | {"COLOPHON_DATABASE_REPLICA_URL": "postgresql://127.0.0.1:1/x"}
    result = CliRunner().invoke(main, ["serve", "--port", "0"], env=wrong)
    assert result.exit_code == 1
    assert "Error: COLOPHON_DATABASE_REPLICA_URL: a replica needs PostgreSQL" in result.output
