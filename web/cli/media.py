"""`colophon media …`"""

from datetime import UTC, datetime

import click

from web.cli.context import opened_database, read_settings
from web.media.cleaning import Removed, clean
from web.media.pictures import megabytes
from web.media.storage import StorageError
from web.media.storages import open_storage


@click.group()
def media() -> None:
    """Look after the images."""


@media.command("clean")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def clean_(dry_run: bool) -> None:
    """Remove what uploads left behind.

    That is: files older than a day that belong to no image, as a crash may leave them, and images that were added to a
    text more than a week ago and that no saved text ever showed. Images that were uploaded on the media page, described
    there, or shown by a post at any time are left alone.
    """
    settings = read_settings()
    removed: list[Removed] = []
    with opened_database(settings) as database:
        try:
            for item in clean(database, open_storage(settings), datetime.now(UTC), dry_run=dry_run):
                removed.append(item)
                click.echo(f"  {item.name}")
        except StorageError as error:
            raise click.ClickException(f"The place where images lie cannot be used: {error}") from None
    verb = "would be" if dry_run else "have been"
    for is_image, what in ((True, "images that no text showed"), (False, "files that belong to no image")):
        sizes = [item.byte_size for item in removed if item.is_image is is_image]
        click.echo(f"{len(sizes)} {what} {verb} removed{f', {megabytes(sum(sizes))}' if sizes else ''}.")
