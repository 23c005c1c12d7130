"""`colophon render` makes everything as it would be made today, and changes nothing else."""

import pytest
from click.testing import CliRunner

from tests.support.factories import Make
from tests.support.reading import Read
from web.cli import main
from web.html.markdown import RENDERER_VERSION
from web.models.comment import Comment
from web.models.post import Post
from web.rendering.queries import PORTION
from web.settings import Settings


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {"COLOPHON_DATA": str(settings.data), "COLOPHON_DATABASE_URL": settings.database_url}


def test_posts_and_comments_are_rendered_again(make: Make, read: Read, environment: dict[str, str]) -> None:
    author = make.user(role="author")
    stale = {"body_html": "stale", "renderer_version": 0}
    posts = [make.post(author, body="*new*", **stale) for _ in range(PORTION + 1)]
    comment = make.comment(posts[0], author, body="**bold**", **stale)
    deleted = make.comment(posts[0], author, body="", **stale)
    result = CliRunner().invoke(main, ["render"], env=environment)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, f"Rendered {PORTION + 3} posts and comments.")
    assert {post.body_html.strip() for post in read.all(Post)} == {"<p><em>new</em></p>"}
    assert {post.renderer_version for post in read.all(Post)} == {RENDERER_VERSION}
    assert {post.updated_at for post in read.all(Post)} == {posts[0].updated_at}
    found = {row.id: row.body_html.strip() for row in read.all(Comment)}
    assert found == {comment.id: "<p><strong>bold</strong></p>", deleted.id: ""}


def test_an_empty_blog_has_nothing_to_render(environment: dict[str, str]) -> None:
    result = CliRunner().invoke(main, ["render"], env=environment)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Rendered 0 posts and comments.")


def test_an_unreachable_database_is_said_plainly(environment: dict[str, str]) -> None:
    nowhere = environment | {"COLOPHON_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    result = CliRunner().invoke(main, ["render"], env=nowhere)
    assert result.exit_code == 1
    assert "The database cannot be used" in result.output
