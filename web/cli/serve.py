"""`colophon serve`"""

import gc
import logging
import signal
import socket
import sys
from functools import partial

import click
import uvicorn
from uvicorn.config import STARTUP_FAILURE

from web.accounts import setup_token
from web.accounts.queries import has_owner
from web.app import Colophon, create_app
from web.cli.context import check_replica, opened_database, read_secret_key, read_settings
from web.cli.listening import address_of, listen
from web.cli.search import fill_when_needed
from web.cli.workers import Workers
from web.database import Database
from web.database.siblings import Siblings
from web.settings import Settings

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Requests under way may end; a container is usually killed after ten seconds.
SECONDS_TO_FINISH = 8
COULD_NOT_START = "The server could not start; its output says why."


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(0, 65535), help="Port.")
@click.option(
    "--workers", default=1, show_default=True, envvar="WEB_CONCURRENCY", type=click.IntRange(1), help="Processes."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the blog, after bringing the database up to date."""
    settings = read_settings()
    secret_key = read_secret_key(settings)
    with listen(host, port) as listening:
        # Once, before there are workers. Other machines that start at the same time wait for each other.
        with opened_database(settings) as database:
            check_replica(settings, database)
            fill_when_needed(database)
            is_ownerless = _has_no_owner(database)
        _greet(settings.base_url or address_of(listening), setup_token.make(secret_key) if is_ownerless else None)
        if workers == 1:
            _serve_alone(settings, listening)
        elif not _serve_together(workers, settings, listening):
            raise click.ClickException(COULD_NOT_START)


def make_app(siblings: Siblings) -> Colophon:
    """The application of one worker process."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    # It would speak up at each question whether the schema is current.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        app = create_app(Settings(), siblings=siblings)
    except Exception:
        # Said by the exit status too: another worker in its place would end the same way, again and again.
        logging.getLogger("colophon.error").exception("the application could not be made")
        sys.exit(STARTUP_FAILURE)
    # All that was imported stays for ever. Looking through it for garbage would stop every request, for a third of a
    # second on a busy machine.
    gc.collect()
    gc.freeze()
    return app


def _has_no_owner(database: Database) -> bool:
    with database.session(read_only=True) as session:
        return not has_owner(session)


def _greet(address: str, token: str | None) -> None:
    click.echo(f"Colophon is at {address}")
    if token is not None:
        click.echo(f"It has no owner yet. Become it at {address}/setup?token={token}")


def _config(settings: Settings, siblings: Siblings) -> uvicorn.Config:
    return uvicorn.Config(
        partial(make_app, siblings),
        factory=True,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


def _serve_together(workers: int, settings: Settings, listening: socket.socket) -> bool:
    # Made before they are forked, so that it is the same for all of them.
    siblings = Siblings()
    return Workers(workers, lambda: uvicorn.Server(_config(settings, siblings)).run(sockets=[listening])).run()


def _serve_alone(settings: Settings, listening: socket.socket) -> None:
    # The server sends itself the signal once more after it has stopped. Being asked to stop is no failure.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: None)
    server = uvicorn.Server(_config(settings, Siblings()))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        click.echo("")
    if not server.started:
        raise click.ClickException(COULD_NOT_START)
