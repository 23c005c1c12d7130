"""Addresses from another blog lead to the posts that came from there."""

import pytest
from starlette.testclient import TestClient

from tests.support.factories import Make
from web.models.slug import Slug


@pytest.mark.parametrize("path", ["/2021/03/hello/", "/blog/hello.html", "/a/b/c/hello", "/blog/old-name/"])
def test_the_last_part_of_an_old_address_is_enough(client: TestClient, make: Make, path: str) -> None:
    post = make.post(title="Hello")
    make.add(Slug(slug="old-name", post_id=post.id, created_at=post.created_at))
    for answer in (client.get(path), client.head(path)):
        assert (answer.status_code, answer.headers["location"]) == (301, "/posts/hello")


@pytest.mark.parametrize(
    "path", ["/2021/03/hidden/", "/2021/nothing/", "/x/%00hello", "/x/HELLO", "/hello.html", "/write/x/hello"]
)
def test_all_else_is_not_found(client: TestClient, make: Make, path: str) -> None:
    make.post(title="Hello")
    make.post(title="Hidden", published=False)
    assert client.get(path).status_code == 404


def test_nothing_is_sent_on(client: TestClient, make: Make) -> None:
    make.post(title="Hello")
    assert client.post("/2021/03/hello/").status_code == 404
    assert client.get("/posts/nothing/hello/comments/new").status_code == 404
