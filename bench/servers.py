"""The servers that are compared: Colophon in its variants, the two that answer recorded bytes, and nginx."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.answers import Answer
from bench.process import Server, running
from bench.recorded import write_answers
from tests.support.server import free_port

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[1]
READY = "/is-it-up"
NGINX = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.errors;
events {{ worker_connections 512; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder};
    etag off;
    if_modified_since off;
    location = /is-it-up {{ return 200; }}
    location / {{ default_type "{kind}"; {headers} }}
  }}
}}
"""


@dataclass(frozen=True)
class Variant:
    """A way to run Colophon."""

    name: str
    workers: int = 1
    environment: tuple[tuple[str, str], ...] = ()


ONE = Variant("1 worker")
TWO = Variant("2 workers", workers=2)
UNCACHED = Variant("1 worker, no page cache", environment=(("COLOPHON_PAGE_CACHE_BYTES", "0"),))


@contextmanager
def colophon(variant: Variant, database_url: str, folder: Path) -> Iterator[Server]:
    """A blog on that database, served as its owner would serve it. All on one folder share the key for cookies."""
    port = free_port()
    environment = {
        **os.environ,
        "COLOPHON_DATA": str(folder / "data"),
        "COLOPHON_DATABASE_URL": database_url,
        **dict(variant.environment),
    }
    command = [str(BIN / "colophon"), "serve", "--port", str(port), "--workers", str(variant.workers)]
    address = f"http://127.0.0.1:{port}"
    with running(command, address=address, ready="/healthz", environment=environment, folder=folder) as server:
        yield server


@contextmanager
def recorded(application: str, answers: Sequence[Answer], folder: Path) -> Iterator[Server]:
    """`bench.bare:app` or `bench.plain:app` with these answers, in uvicorn with one worker."""
    port = free_port()
    stored = folder / f"answers-{port}.json"
    write_answers(stored, answers)
    environment = {**os.environ, "BENCH_ANSWERS": str(stored), "PYTHONPATH": str(ROOT)}
    options = ["--lifespan", "off", "--no-access-log", "--no-server-header", "--log-level", "warning"]
    command = [str(BIN / "uvicorn"), application, "--port", str(port), *options]
    address = f"http://127.0.0.1:{port}"
    with running(command, address=address, ready=READY, environment=environment, folder=folder) as server:
        yield server


def find_nginx() -> str | None:
    """The path of nginx, None where it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def nginx(path: str, answer: Answer, folder: Path) -> Iterator[Server]:
    """nginx with one worker and the answer as a file, at `/0`."""
    port = free_port()
    place = folder / f"nginx-{port}"
    place.mkdir()
    (place / "0").write_bytes(answer.body)
    config = place / "nginx.conf"
    config.write_text(_nginx_config(answer, place, port))
    address = f"http://127.0.0.1:{port}"
    command = [path, "-c", str(config), "-e", str(place / "nginx.errors")]
    with running(command, address=address, ready=READY, environment=os.environ, folder=folder) as server:
        yield server


def _nginx_config(answer: Answer, folder: Path, port: int) -> str:
    left_out = {"content-length", "content-type", "last-modified"}
    headers = " ".join(
        "add_header {} '{}';".format(name, value.replace("'", "\\'"))
        for name, value in answer.lasting_headers
        if name not in left_out
    )
    # A worker that runs as another user could not read the file.
    user = "user root;" if os.geteuid() == 0 else ""
    return NGINX.format(user=user, folder=folder, port=port, kind=answer.header("content-type"), headers=headers)
