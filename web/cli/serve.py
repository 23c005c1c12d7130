"""`colophon serve`"""

import logging

import click
import uvicorn

from web.accounts import setup_token
from web.accounts.queries import has_people
from web.app import Colophon, create_app
from web.cli.context import opened_database, read_settings
from web.settings import Settings

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the blog, after bringing the database up to date."""
    settings = read_settings()
    settings.read_secret_key()
    with opened_database(settings) as database, database.session(read_only=True) as session:
        is_empty = not has_people(session)
    address = settings.base_url or f"http://{host}:{port}"
    click.echo(f"Colophon is at {address}")
    if is_empty:
        token = setup_token.make(settings.read_secret_key())
        click.echo(f"It has no owner yet. Become it at {address}/setup?token={token}")
    uvicorn.run(
        "web.cli.serve:make_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
    )


def make_app() -> Colophon:
    """The application of one worker process."""
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    return create_app(Settings())
