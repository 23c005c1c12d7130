"""`colophon render`"""

import click

from web.cli.context import opened_database, read_settings
from web.rendering.actions import render_everything
from web.rendering.queries import count_texts


@click.command()
def render() -> None:
    """Render the Markdown of all posts and comments again.

    Texts are rendered when they are saved. Run this after an upgrade that improves the renderer; the
    blog may go on serving meanwhile.
    """
    with opened_database(read_settings()) as database:
        with database.session(read_only=True) as session:
            total = count_texts(session)
        with click.progressbar(length=total, label="Rendering") as bar:
            for count in render_everything(database):
                bar.update(count)
        click.echo(f"Rendered {total} posts and comments.")
