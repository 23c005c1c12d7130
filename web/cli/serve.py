"""`colophon serve`"""

import logging
import signal
import socket

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from web.accounts import setup_token
from web.accounts.queries import has_owner
from web.app import Colophon, create_app
from web.cli.context import opened_database, read_secret_key, read_settings
from web.cli.listening import address_of, listen
from web.settings import Settings

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Requests under way may end; a container is usually killed after ten seconds.
SECONDS_TO_FINISH = 8
# A worker that is still starting answers nobody. Taken for dead too early on a slow machine, it would be started
# again and again, and the blog would never come up.
SECONDS_TO_START = 60


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(0, 65535), help="Port.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the blog, after bringing the database up to date."""
    settings = read_settings()
    secret_key = read_secret_key(settings)
    with listen(host, port) as listening:
        with opened_database(settings) as database, database.session(read_only=True) as session:
            is_ownerless = not has_owner(session)
        _greet(settings.base_url or address_of(listening), setup_token.make(secret_key) if is_ownerless else None)
        _run(_config(settings, workers), listening)


def make_app() -> Colophon:
    """The application of one worker process."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    # It would speak up at each question whether the schema is current.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return create_app(Settings())


def _greet(address: str, token: str | None) -> None:
    click.echo(f"Colophon is at {address}")
    if token is not None:
        click.echo(f"It has no owner yet. Become it at {address}/setup?token={token}")


def _config(settings: Settings, workers: int) -> uvicorn.Config:
    return uvicorn.Config(
        "web.cli.serve:make_app",
        factory=True,
        workers=workers,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        timeout_worker_healthcheck=SECONDS_TO_START,
    )


def _run(config: uvicorn.Config, listening: socket.socket) -> None:
    if config.workers > 1:
        Multiprocess(config, sockets=[listening]).run()
        return
    # The server sends itself the signal once more after it has stopped. Being asked to stop is no failure.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: None)
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        click.echo("")
    if not server.started:
        raise click.ClickException("The server could not start; its output says why.")
