"""`colophon import …`"""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from web.cli.context import opened_database, read_settings
from web.transfer.folder import find_post_files
from web.transfer.markdown_import import MarkdownImport, Report
from web.transfer.storing import Outcome, Terms

# Warnings that many files share are shown once, with the number of files.
EXAMPLES = 3
# What is true of a file whose post is not changed, and what its owner can do.
WHY_LEFT_ALONE = {
    Outcome.FILE_CHANGED: "differs from its post; --update would change the post",
    Outcome.POST_CHANGED: "is as it was imported; its post was changed here since and stays so, also with --update",
    Outcome.BOTH_CHANGED: "and its post were both changed since it was imported, and --update keeps the post. To have "
    "the file’s words, put them into the post here, or restore the imported revision in its history and publish that "
    "where the post is published; then use --update",
    Outcome.WRITTEN_HERE: "has the address of a post that was written here and says something else, and --update keeps "
    "that post. To import the file beside it, give the file another slug; else change the post here",
    Outcome.DELETED_HERE: "has a post that is deleted here and stays so, also with --update. To have it back, restore "
    "it under Write",
}


@click.group("import")
def import_() -> None:
    """Bring posts from elsewhere into the blog."""


@import_.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--update", is_flag=True, help="Change posts that are there already and differ from their file.")
@click.option("--author", default="", help="Username credited where a file names nobody; the owner by default.")
def markdown(folder: Path, update: bool, author: str) -> None:
    """Import the Markdown files of FOLDER and the folders in it.

    A post is known by its address, so that the same folder can be imported again. Ends with status 1 when a
    file could not be imported; all others are.
    """
    paths = find_post_files(folder)
    with opened_database(read_settings()) as database:
        job = MarkdownImport(database, Terms(datetime.now(UTC), update, author))
        with click.progressbar(job.run(paths), length=len(paths), label="Importing") as bar:
            for _ in bar:
                pass
    _show(job.report, folder)
    if job.report.failures:
        raise click.exceptions.Exit(1)


def _show(report: Report, folder: Path) -> None:
    for outcome in Outcome:
        if report.outcomes[outcome]:
            click.echo(f"{report.outcomes[outcome]} {outcome}")
    if not report.outcomes and not report.failures:
        click.echo(f"There are no Markdown files in {folder}.")
    for path, outcome in report.left_alone:
        click.echo(f"  {path.relative_to(folder)} {WHY_LEFT_ALONE[outcome]}")
    _show_warnings(report, folder)
    for path, reason in report.failures:
        click.echo(f"  {path.relative_to(folder)}: {reason}", err=True)
    if report.failures:
        click.echo(f"{len(report.failures)} could not be imported", err=True)


def _show_warnings(report: Report, folder: Path) -> None:
    by_text: dict[str, list[str]] = {}
    for path, text in report.warnings:
        by_text.setdefault(text, []).append(str(path.relative_to(folder)))
    if by_text:
        click.echo("Please look at:")
    for text, names in Counter({text: len(names) for text, names in by_text.items()}).most_common():
        shown = ", ".join(by_text[text][:EXAMPLES])
        more = f" and {names - EXAMPLES} more" if names > EXAMPLES else ""
        click.echo(f"  {text}: {shown}{more}")
