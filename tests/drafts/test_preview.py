"""The preview is the very HTML that publishing gives."""

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.database import Database
from web.drafts import previews
from web.html.markdown import Rendered, render_post
from web.models.post import Post
from web.models.user import User

BODY = "## A head\n\nWords[^1] and `code`.\n\n```python\nx = 1\n```\n\n[^1]: A note.\n"


@pytest.fixture
def browser(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("ada", role="author"))


def test_htmx_gets_the_html_that_is_stored(browser: TestClient, read: Read) -> None:
    preview = browser.post("/write/preview", data={"title": "T", "body": BODY}, headers=as_htmx)
    browser.post("/write", data={"title": "T", "body": BODY})
    assert preview.status_code == 200
    assert read.all(Post)[0].body_html in preview.text
    assert not soup(preview).has("form")


def test_without_htmx_the_editor_keeps_every_word(browser: TestClient, read: Read, make: Make) -> None:
    data = {"title": "T", "body": BODY, "tags": "a", "slug": "s", "summary": "Short."}
    response = browser.post("/write/preview", data=data)
    page = soup(response)
    assert response.status_code == 200
    assert page.text("#preview h2:not(.preview-title)").startswith("A head")
    assert page.form("#editor") | data == page.form("#editor")
    assert read.count(Post) == 0


def test_previewing_a_stored_post_leads_back_to_it(browser: TestClient, read: Read) -> None:
    browser.post("/write", data={"title": "T", "body": "Before."})
    post = read.all(Post)[0]
    form = soup(browser.get(f"/write/{post.id}")).form("#editor") | {"body": "After."}
    page = soup(browser.post("/write/preview", data=form))
    action = page.attribute("#editor", "action")
    assert action is not None
    assert action.partition("#")[0] == f"/write/{post.id}"
    assert page.button("Publish").attributes["formaction"] == f"/write/{post.id}/publication"


def test_nothing_dangerous_comes_through(browser: TestClient) -> None:
    body = '<script>alert(1)</script><a href="javascript:x" onclick="x" data-hx-get="/x" hx-get="/x">y</a>'
    html = browser.post("/write/preview", data={"body": body}, headers=as_htmx).text
    assert not any(bad in html for bad in ("<script", "javascript:", "onclick", "hx-get"))


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_a_body_over_the_limit_is_refused(browser: TestClient, headers: dict[str, str]) -> None:
    response = browser.post("/write/preview", data={"body": "x" * 1_000_001}, headers=headers)
    assert response.status_code == 422
    assert "at most 1,000,000 characters" in soup(response).text("#body-error")


def test_readers_have_no_preview(make: Make, sign_in: SignIn) -> None:
    assert sign_in(make.user()).post("/write/preview", data={"body": "x"}).status_code == 403


def test_a_writer_whose_right_was_taken_back_keeps_every_word(browser: TestClient, database: Database) -> None:
    form = soup(browser.get("/write/new")).form("#editor") | {"title": "Heron", "body": "All of it."}
    with database.session() as session:
        session.execute(update(User).values(role_lookup_code="reader"))
    answer = browser.post("/write/preview", data=form)
    assert answer.status_code == 403
    assert soup(answer).text("#kept textarea[name=body]").strip() == "All of it."


def test_a_text_without_a_title_is_shown_without_a_word_about_it(browser: TestClient) -> None:
    answer = browser.post("/write/preview", data={"title": "", "body": BODY})
    assert answer.status_code == 200
    assert soup(answer).has("#preview-text > *")
    assert not soup(answer).has(".notice-error")
    assert not soup(answer).has(".field-error")


def test_rendering_holds_no_connection(app: Colophon, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def watched(source: str) -> Rendered:
        held.append(app.state.database.engine.pool.checkedout())
        return render_post(source)

    monkeypatch.setattr(previews, "render_post", watched)
    assert browser.post("/write/preview", data={"title": "T", "body": BODY}).status_code == 200
    assert held == [0]
