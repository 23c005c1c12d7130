"""`colophon serve` as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner, Result

from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from web.cli import main
from web.cli import serve as serve_command
from web.settings import Settings

PATIENCE_SECONDS = 60
SIGN_IN = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 23\r\n\r\nlogin=nobody&password=x"
)
CHEAP = {"COLOPHON_PASSWORD_MEMORY_KIB": "8", "COLOPHON_PASSWORD_ROUNDS": "1"}


class Server:
    """A running `colophon serve`: what it has said so far, and its address once it has said it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def address(self) -> str:
        return self.wait_for(r"Colophon is at (http://\S+)\n")[1]

    def wait_for(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if found := re.search(pattern, self.said):
                return found
            if self.process.poll() is not None:
                self._reader.join()
            time.sleep(0.02)
        raise AssertionError(f"it never said {pattern!r}:\n{self.said}")

    def ask(self, path: str = "/readyz") -> httpx2.Response:
        """The answer. It listens before it says its address: who asks early waits until it has started."""
        return httpx2.get(self.address + path, timeout=PATIENCE_SECONDS)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        status = self.process.wait(PATIENCE_SECONDS)
        self._reader.join()
        return status

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line


@contextmanager
def served(environment: dict[str, str], *options: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "web", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | environment
    ) as process:
        try:
            yield Server(process)
        finally:
            if process.poll() is None:
                process.kill()


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "COLOPHON_DATA": str(settings.data),
        "COLOPHON_DATABASE_URL": settings.database_url,
        **CHEAP,
    }


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """A blog that does not exist yet."""
    return {"COLOPHON_DATA": str(tmp_path / "new"), "COLOPHON_DATABASE_URL": ""}


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(served(*arguments))


def test_an_empty_folder_becomes_a_blog_with_an_owner(serve: Serve, empty: dict[str, str], tmp_path: Path) -> None:
    server = serve(empty)
    link = server.wait_for(r"It has no owner yet. Become it at (http://\S+/setup\?token=\w+)\n")[1]
    assert link.startswith(server.address)
    assert server.ask("/readyz").text == "ready\n"
    with httpx2.Client(base_url=server.address, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        form = soup(browser.get(link)).form("main form")
        owner = {"username": "Ada", "email": "ada@example.org", "password": PASSWORD}
        assert browser.post("/setup", data=form | owner).status_code == 303
        assert browser.get("/manage").status_code == 200
        assert browser.get(link).status_code == 404
    assert server.stop() == 0
    assert (tmp_path / "new" / "colophon.sqlite3").exists()
    assert oct((tmp_path / "new" / "secret.key").stat().st_mode)[-3:] == "600"
    again = serve(empty)
    assert again.ask("/sign-in").status_code == 200
    assert "owner" not in again.said


def test_a_request_under_way_is_answered_before_it_stops(serve: Serve, empty: dict[str, str]) -> None:
    # A password that takes a moment to check.
    server = serve(empty | {"COLOPHON_PASSWORD_ROUNDS": "10"}, "--host", "0.0.0.0")
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)", server.address)
    assert found, "an address that a browser can open"
    server.ask("/healthz")
    with socket.create_connection(("127.0.0.1", int(found[1]))) as connection:
        connection.sendall(SIGN_IN)
        # Connections are accepted in turn: when this one has its answer, the other one has begun.
        assert server.ask("/healthz").text == "ok\n"
        assert server.stop(signal.SIGINT) == 0
        assert connection.makefile("rb").readline() == b"HTTP/1.1 422 Unprocessable Entity\r\n"
    assert "Traceback" not in server.said


def test_several_processes_serve_one_blog(serve: Serve, environment: dict[str, str], make: Make) -> None:
    make.user("ada", role="owner")
    server = serve(environment, "--workers", "2")
    assert server.ask().status_code == 200
    with httpx2.Client(base_url=server.address, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        assert browser.post("/sign-in", data={"login": "ada", "password": PASSWORD}).status_code == 303
        assert [browser.get("/account").status_code for _ in range(10)] == [200] * 10
    assert server.stop() == 0
    assert "Traceback" not in server.said


def test_a_worker_may_take_its_time_to_start(tmp_path: Path) -> None:
    # uvicorn starts again what does not answer for so long; its own five seconds are too few on a slow machine.
    settings = Settings(data=tmp_path)
    assert serve_command._config(settings, workers=2).timeout_worker_healthcheck >= 60


def test_the_log_names_requests_but_no_secrets(serve: Serve, empty: dict[str, str]) -> None:
    key = "a secret that only this test knows"
    port = free_port()
    public = {"COLOPHON_BASE_URL": "http://blog.example/", "COLOPHON_SECRET_KEY": key}
    server = serve(empty | CHEAP | public, "--port", str(port))
    assert server.address == "http://blog.example"
    link = server.wait_for(r"Become it at (http://blog\.example/setup\?token=\S+)\n")[1]
    token = link.partition("token=")[2]
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        assert "/static/" in browser.get(f"/setup?token={token}").text
        fields = {"username": "ada", "email": "ada@example.org", "password": PASSWORD, "token": token}
        assert browser.post("/setup", data=fields).status_code == 303
        cookie = str(browser.cookies.get("colophon"))
        browser.post("/sign-in", data={"login": "ada", "password": "wrong horse battery"})
        browser.get("/search?q=a+private+matter")
    server.wait_for(r"'/search' \d+ ")
    assert server.stop() == 0
    logged = [line for line in server.said.splitlines() if "colophon.request" in line]
    assert any("GET '/setup' 200" in line for line in logged)
    assert any("POST '/sign-in' 422" in line for line in logged)
    said = server.said.replace(link, "", 1)
    for secret in (token, PASSWORD, "wrong horse", cookie, key, "argon2", "private"):
        assert secret not in said


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def invoke(*options: str, **environment: str) -> Result:
    """A command that ends before it serves anything needs no process of its own."""
    return CliRunner().invoke(main, ["serve", *options], env=environment)


def test_a_port_that_is_taken_is_said_plainly(empty: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = invoke("--port", port, **empty)
    assert result.exit_code == 1
    assert result.output == (
        f"Error: Cannot listen on 127.0.0.1 port {port}: something else listens there already. "
        "Stop it, or choose another port with --port.\n"
    )


def test_a_database_out_of_reach_is_said_plainly(empty: dict[str, str]) -> None:
    result = invoke("--port", "0", **empty | {"COLOPHON_DATABASE_URL": "postgresql://127.0.0.1:1/x"})
    assert result.exit_code == 1
    assert "The database cannot be used" in result.output


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = invoke("--port", "0", COLOPHON_DATA=str(tmp_path / "file" / "data"), COLOPHON_SECRET_KEY="")
    assert result.exit_code == 1
    assert "The data folder cannot be used" in result.output


@pytest.mark.parametrize("option", [("--port", "65536"), ("--port", "x"), ("--workers", "0")])
def test_options_that_make_no_sense_are_refused(option: tuple[str, str]) -> None:
    assert invoke(*option).exit_code == 2
