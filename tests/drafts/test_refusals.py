"""Whoever may not, or no longer, store words gets them back."""

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User

WORDS = {"title": "Hello, world", "body": "Some *words*.", "tags": "First, second", "slug": "", "summary": "A start."}


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_somebody_signed_out_gets_every_word_back(
    client: TestClient, make: Make, ada: User, headers: dict[str, str]
) -> None:
    post = make.post(ada)
    actions = ("", "/publication", "/publication/withdrawal", "/deletion")
    for address in ("/write", "/write/preview", *(f"/write/{post.id}{action}" for action in actions)):
        response = client.post(address, data=WORDS, headers=headers)
        assert response.status_code == 401
        if headers:
            assert response.headers["hx-retarget"] == "#editor-door"
            assert "Your text is still here" in soup(response).text()
        else:
            assert soup(response).form("#kept")["body"] == WORDS["body"]
            assert soup(response).attribute("#kept", "action") == address


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_somebody_who_may_no_longer_gets_every_word_back(
    make: Make, sign_in: SignIn, read: Read, headers: dict[str, str]
) -> None:
    contributor = make.user(role="contributor")
    post = make.post(contributor, title="Published meanwhile")
    response = sign_in(contributor).post(f"/write/{post.id}", data=WORDS, headers=headers)
    assert response.status_code == 403
    if headers:
        assert "Your text is still here" in soup(response).text()
    else:
        assert soup(response).form("#kept")["body"] == WORDS["body"]
    stored = read(Post, post.id)
    assert stored is not None
    assert stored.title == "Published meanwhile"


@pytest.mark.parametrize("address", ["/write", "/write/new", "/write/1"])
def test_strangers_are_asked_to_sign_in(client: TestClient, address: str) -> None:
    plain = client.get(address)
    assert (plain.status_code, plain.headers["location"]) == (303, f"/sign-in?next={address}")
    by_htmx = client.get(address, headers=as_htmx | {"HX-Current-URL": "http://testserver/write"})
    assert (by_htmx.status_code, by_htmx.headers["hx-redirect"]) == (401, "/sign-in?next=/write")
