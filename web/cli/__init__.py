"""The `colophon` command: one file per group of commands."""

import click

from web import __version__
from web.cli import demo, imports, lists, media, migrate, render, search, serve, settings, users


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="colophon")
def main() -> None:
    """Colophon, a self-hosted blog that hides nothing.

    Settings are environment variables that begin with COLOPHON_; see docs/settings.md.
    """


for command in (
    serve.serve,
    migrate.migrate,
    users.user,
    settings.setting,
    render.render,
    search.search,
    lists.lists,
    imports.import_,
    media.media,
    demo.demo,
):
    main.add_command(command)
