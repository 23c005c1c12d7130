"""An import that comes again says of each file what is true of it and of its post, and what can be done."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.test_imports import environment, folder, run
from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType

__all__ = ["environment", "folder"]

FILE = "---\ntitle: A\ntags: b, a\n---\nOne.\n"
CHANGED_FILE = FILE.replace("One.", "One of the file.")


class Blog(NamedTuple):
    """A folder that was imported, and its owner's editor of the only post."""

    folder: Path
    editor: Callable[[], Editor]
    read: Read


def change_file(blog: Blog) -> None:
    (blog.folder / "a.md").write_text(CHANGED_FILE)


def change_post(blog: Blog) -> None:
    assert blog.editor().send("/publication", body="One of the blog.").status_code == 303


def change_draft(blog: Blog) -> None:
    blog.editor().save(body="One that is not published.")


def publish_as_it_is(blog: Blog) -> None:
    assert blog.editor().send("/publication").status_code == 303


def change_both(blog: Blog) -> None:
    change_file(blog)
    change_post(blog)


def change_back(blog: Blog) -> None:
    change_both(blog)
    (imported,) = [
        row for row in blog.read.all(PostRevision) if row.post_revision_type_lookup_code == PostRevisionType.IMPORT
    ]
    editor = blog.editor()
    restored = editor.browser.post(f"{editor.address}/history/{imported.id}/restoration", data=editor.form)
    assert restored.status_code == 303, restored.text
    publish_as_it_is(blog)


def delete_post(blog: Blog) -> None:
    assert blog.editor().send("/deletion").status_code == 303


def delete_and_change(blog: Blog) -> None:
    change_file(blog)
    delete_post(blog)


SAME = "already there"
WOULD = "differs from its post; --update would change the post"
HERE = "a.md is as it was imported; its post was changed here since and stays so, also with --update"
BOTH = "a.md and its post were both changed since it was imported, and --update keeps the post."
DELETED = (
    "a.md has a post that is deleted here and stays so, also with --update. To have it back, restore it under Write"
)


@pytest.fixture(params=["draft: true\n", ""], ids=["draft", "published"])
def blog(
    folder: Path, environment: dict[str, str], make: Make, sign_in: SignIn, read: Read, request: pytest.FixtureRequest
) -> Blog:
    browser = sign_in(make.user("ada", role="owner"))
    (folder / "a.md").write_text(FILE.replace("tags", f"{request.param}tags"))
    assert "1 imported" in run(environment, folder).output
    return Blog(folder, lambda: Editor(browser, f"/write/{read.all(Post)[0].id}"), read)


@pytest.mark.parametrize(
    ("happened", "said", "said_to_update"),
    [
        ((), SAME, SAME),
        ((publish_as_it_is,), SAME, SAME),
        ((change_file,), WOULD, "1 updated"),
        ((publish_as_it_is, change_file), WOULD, "1 updated"),
        ((change_post,), HERE, HERE),
        ((change_both,), BOTH, BOTH),
        ((publish_as_it_is, change_draft), SAME, SAME),
        ((publish_as_it_is, change_draft, change_file), BOTH, BOTH),
        ((change_back,), WOULD, "1 updated"),
        ((delete_post,), DELETED, DELETED),
        ((delete_and_change,), DELETED, DELETED),
    ],
)
def test_what_is_said_is_true(
    blog: Blog,
    environment: dict[str, str],
    happened: tuple[Callable[[Blog], None], ...],
    said: str,
    said_to_update: str,
) -> None:
    for event in happened:
        event(blog)
    before = [(post.body, post.title) for post in blog.read.all(Post)]
    first = run(environment, blog.folder)
    assert said in first.output
    assert [(post.body, post.title) for post in blog.read.all(Post)] == before
    again = run(environment, blog.folder, "--update")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert said_to_update in again.output
    takes_the_file = said_to_update == "1 updated"
    assert ([(post.body, post.title) for post in blog.read.all(Post)] == before) is not takes_the_file
    # Whatever was said before, nothing more is promised that does not come true.
    last = run(environment, blog.folder, "--update").output
    assert (SAME if takes_the_file else said_to_update) in last


def test_a_post_that_was_written_here_is_kept(
    folder: Path, environment: dict[str, str], make: Make, sign_in: SignIn, read: Read
) -> None:
    browser = sign_in(make.user("ada", role="owner"))
    written = {"title": "A", "body": "Mine.", "tags": "", "slug": "", "summary": ""}
    assert browser.post("/write", data=Editor(browser, "/write/new").form | written).status_code == 303
    (folder / "a.md").write_text(FILE)
    for option in ([], ["--update"]):
        output = run(environment, folder, *option).output
        assert "1 at the address of a post that was written here, left alone" in output
        assert "a.md has the address of a post that was written here and says something else" in output
        assert "would change" not in output
    (folder / "a.md").write_text("---\ntitle: A\n---\nMine.")
    assert run(environment, folder).output.splitlines()[-1] == "1 already there"
    assert [post.body for post in read.all(Post)] == ["Mine."]
