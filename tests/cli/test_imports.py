"""`colophon import markdown` says what it did, and its status tells whether all of it worked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.factories import Make
from tests.support.reading import Read
from web.cli import main
from web.models.post import Post
from web.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    posts = tmp_path / "posts"
    posts.mkdir()
    return posts


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {"COLOPHON_DATA": str(settings.data), "COLOPHON_DATABASE_URL": settings.database_url}


def run(environment: dict[str, str], *arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", "markdown", *map(str, arguments)], env=environment)


def test_posts_are_imported_once(folder: Path, environment: dict[str, str], read: Read) -> None:
    (folder / "a.md").write_text("---\ntitle: A\n---\n![x](/assets/x.png)")
    (folder / "b.md").write_text("---\ntitle: B\n---\nText")
    first = run(environment, folder)
    assert first.exit_code == 0
    assert "2 imported" in first.output
    assert "its images lie on the old site and were not copied: a.md" in first.output
    again = run(environment, folder)
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "2 already there")
    assert read.count(Post) == 2


def test_changed_files_are_named_and_taken_on_demand(folder: Path, environment: dict[str, str], read: Read) -> None:
    (folder / "a.md").write_text("---\ntitle: A\n---\n")
    run(environment, folder)
    (folder / "a.md").write_text("---\ntitle: New\n---\n")
    assert "a.md differs from its post; --update would change the post" in run(environment, folder).output
    assert "1 updated" in run(environment, folder, "--update").output
    assert [post.title for post in read.all(Post)] == ["New"]


def test_a_bad_file_is_named_at_the_end(folder: Path, environment: dict[str, str], read: Read) -> None:
    (folder / "a.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (folder / "b.md").write_text("---\ntitle: B\n---\n")
    result = run(environment, folder)
    assert result.exit_code == 1
    assert "1 imported" in result.output
    assert "a.md: The file is not UTF-8" in result.stderr
    assert result.stderr.splitlines()[-1] == "1 could not be imported"
    assert read.count(Post) == 1


def test_many_files_with_one_warning_are_counted(folder: Path, environment: dict[str, str]) -> None:
    for name in "abcde":
        (folder / f"{name}.md").write_text("---\ntitle: T\nimage: /x.png\n---\n")
    assert "front matter “image” is not used: a.md, b.md, c.md and 2 more" in run(environment, folder).output


def test_posts_can_be_somebodys(folder: Path, environment: dict[str, str], make: Make) -> None:
    make.user("ada")
    (folder / "a.md").write_text("---\ntitle: A\n---\n")
    assert run(environment, folder, "--author", "nobody").exit_code == 1
    assert run(environment, folder, "--author", "ada").exit_code == 0


def test_an_empty_folder_is_said_to_be(folder: Path, environment: dict[str, str]) -> None:
    result = run(environment, folder)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, f"There are no Markdown files in {folder}.")


def test_a_folder_that_is_not_there_is_refused(folder: Path, environment: dict[str, str]) -> None:
    assert run(environment, folder / "nowhere").exit_code == 2
