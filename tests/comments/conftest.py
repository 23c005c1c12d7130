"""A post and the people around it."""

from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.htmx import as_htmx
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import User

Headers = dict[str, str] | None


@dataclass(frozen=True)
class People:
    """Everybody who may come by."""

    ada: User  # the post's author
    ben: User  # another author
    eve: User  # an editor
    olga: User  # the owner
    carl: User  # a contributor
    rita: User  # a reader
    rob: User  # another reader


@pytest.fixture
def people(make: Make) -> People:
    """One of each."""
    return People(
        ada=make.user("ada", role="author"),
        ben=make.user("ben", role="author"),
        eve=make.user("eve", role="editor"),
        olga=make.user("olga", role="owner"),
        carl=make.user("carl", role="contributor"),
        rita=make.user("rita"),
        rob=make.user("rob"),
    )


@pytest.fixture
def post(make: Make, people: People) -> Post:
    """A public post by Ada, at /posts/hello."""
    return make.post(people.ada, title="Hello")


@pytest.fixture
def guests(make: Make) -> None:
    """Guests may comment."""
    make.setting("guests", "yes")


@pytest.fixture
def rita(sign_in: SignIn, people: People) -> TestClient:
    """A reader's browser."""
    return sign_in(people.rita)


def in_reply_to(comment: Comment) -> dict[str, str]:
    """What htmx says when the form of an answer is sent."""
    return {**as_htmx, "HX-Target": f"div#reply-comment-{comment.id}"}
