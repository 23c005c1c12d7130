"""`colophon media clean` removes what nobody needs, and nothing else."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.factories import Make
from tests.support.reading import Read
from web.cli import main
from web.html.pictures import Picture
from web.media.cleaning import is_ours
from web.media.storage_folder import FolderStorage
from web.models.media import Media
from web.models.user import User
from web.settings import Settings

Run = Callable[..., Result]
LONG_AGO = datetime.now(UTC) - timedelta(days=8)
LATELY = datetime.now(UTC) - timedelta(days=6)


@pytest.fixture
def run(settings: Settings) -> Run:
    environment = {"COLOPHON_DATA": str(settings.data), "COLOPHON_DATABASE_URL": settings.database_url}
    return lambda *arguments, **more: CliRunner().invoke(main, ["media", "clean", *arguments], env=environment | more)


@pytest.fixture
def storage(settings: Settings) -> FolderStorage:
    return FolderStorage(settings.data / "media")


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


def picture(letter: str) -> Picture:
    return Picture(letter * 32, 500, 300, "png")


def put(storage: FolderStorage, name: str, *, days: float = 2) -> Path:
    """A file of a thousand bytes, written that many days ago."""
    storage.put(name.removesuffix(".part"), b"x" * 1000, "image/png")
    path = storage.folder / name[:2] / name
    (path.parent / name.removesuffix(".part")).rename(path)
    moment = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def names(storage: FolderStorage) -> set[str]:
    return {file.name for file in storage.list()}


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_files_without_an_image_go(run: Run, storage: FolderStorage, make: Make, ada: User, dry: list[str]) -> None:
    kept = picture("a")
    make.media(ada, kept)
    stay = {kept.name, *kept.smaller_names}
    orphan, half = picture("b"), f"{picture('c').name}.0123456789ab.part"
    gone = {orphan.name, *orphan.smaller_names, half, kept.name.replace("500x300", "501x300")}
    for name in stay | gone:
        put(storage, name)
    young = put(storage, picture("d").name, days=0.9).name
    strange = put(storage, "notes.txt").name
    result = run(*dry)
    assert result.exit_code == 0, result.output
    verb = "would be" if dry else "have been"
    assert result.output.splitlines()[-2:] == [
        f"0 images that no text showed {verb} removed.",
        f"4 files that belong to no image {verb} removed, 4 kB.",
    ]
    assert set(result.output.split()) >= gone
    assert names(storage) == stay | {young, strange} | (gone if dry else set())


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_images_of_abandoned_texts_go(
    run: Run, storage: FolderStorage, make: Make, ada: User, read: Read, dry: list[str]
) -> None:
    rows = {
        "abandoned": {"is_kept": False, "created_at": LONG_AGO},
        "lately": {"is_kept": False, "created_at": LATELY},
        "kept": {"created_at": LONG_AGO},
        "shown": {"is_kept": False, "created_at": LONG_AGO},
    }
    for letter, (name, columns) in zip("abcd", rows.items(), strict=True):
        media = make.media(ada, picture(letter), file_name=name, byte_size=2_500_000, **columns)
        put(storage, picture(letter).name)
        put(storage, picture(letter).smaller_names[0])
        if name == "shown":
            make.show(make.post(ada), media)
    result = run(*dry)
    verb = "would be" if dry else "have been"
    assert result.output.splitlines() == [
        "  abandoned",
        f"1 images that no text showed {verb} removed, 2.5 MB.",
        f"0 files that belong to no image {verb} removed.",
    ]
    left = [media.file_name for media in read.all(Media)]
    assert left == (list(rows) if dry else ["lately", "kept", "shown"])
    assert len(names(storage)) == (8 if dry else 6)


def test_an_empty_blog_is_clean(run: Run) -> None:
    result = run()
    assert (result.exit_code, len(result.output.splitlines())) == (0, 2)


def test_a_storage_out_of_reach_is_said_plainly(run: Run) -> None:
    bucket = {"COLOPHON_STORAGE_BUCKET": "blog", "COLOPHON_STORAGE_ENDPOINT": "http://127.0.0.1:1"}
    result = run(**bucket, COLOPHON_STORAGE_ACCESS_KEY="x", COLOPHON_STORAGE_SECRET_KEY="x")
    assert result.exit_code == 1
    assert "The place where images lie cannot be used" in result.output


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        (picture("a").name, True),
        (picture("a").smaller_names[0], True),
        (f"{picture('a').name}.0123456789ab.part", True),
        ("notes.txt", False),
        ("x.part", False),
        ("a.b.part", False),
        (f"{picture('a').name}.bak", False),
        ("", False),
    ],
)
def test_only_what_we_wrote_is_ours(name: str, is_one: bool) -> None:
    assert is_ours(name) is is_one
