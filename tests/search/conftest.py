"""A small library to search in."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.support.factories import Make
from tests.support.html import soup
from web.models.user import User

FOUND = "#search-results .post-summary-title"
Titles = Callable[..., list[str]]


@pytest.fixture
def ada(make: Make) -> User:
    """Who wrote the library."""
    return make.user("ada", role="author", display_name="Ada Lovelace")


@pytest.fixture
def library(make: Make, ada: User) -> dict[str, int]:
    """Published posts, by their titles, with their keys."""
    bea = make.user("bea", role="author", display_name="Béa Müller")
    cleo = make.user("cleo", role="author", display_name="Cleo")
    posts = [
        make.post(
            ada, title="Printing at home", body="The press and the ink. It prints well.", tags="Craft, Small press"
        ),
        make.post(
            bea, title="Café notes", body="Naïve thoughts about a Straße in Zürich; the printed menu.", tags="Travel"
        ),
        make.post(ada, title="Ink", summary="All about colour.", body="Black ink, red ink, ink again.", tags="Craft"),
        make.post(cleo, title="On paper", body="An ink press stands here; a press for ink stood there.", tags=""),
        make.post(cleo, title="活版印刷", body="木版印刷術は古い。印刷の歴史。", tags="Letters"),
        make.post(cleo, title="Печать книг", body="Книгопечатание и краска. Ёлка.", tags=""),
        make.post(
            cleo,
            title="C++ & <b>bold</b> 100%",
            body="Version 3.11 isn't under_scored; foo@example.org wrote.",
            tags="",
        ),
    ]
    return {post.title: post.id for post in posts}


@pytest.fixture
def titles(library: dict[str, int]) -> Titles:
    """`titles(browser, "words")`: the titles of what is found, in order."""

    def find(browser: TestClient, words: str) -> list[str]:
        response = browser.get("/search", params={"q": words})
        assert response.status_code == 200, response.text
        return soup(response).texts(FOUND)

    return find
