"""The longest text that may be typed is stored whole, with its HTML in the same statement."""

import pytest

from tests.support.factories import Make
from tests.support.reading import Read
from web.database import Database
from web.models.post import BODY_LIMIT, Post

LETTERS = {"emoji": "\N{GRINNING FACE}", "quote": "'", "backslash": "\\", "percent": "%"}


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_it_comes_back_as_it_was(database: Database, make: Make, read: Read, letter: str) -> None:
    text, post_id = letter * BODY_LIMIT, make.post().id
    with database.session() as session:
        post = session.get_one(Post, post_id)
        post.body, post.body_html = text, text
    stored = read(Post, post_id)
    assert stored is not None
    # No `==` in the assertion: what differs would be shown.
    assert all(found == text for found in (stored.body, stored.body_html))
