"""What only an old version, a conflict or a rescued text shows is still needed: all of them can be brought back."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.drafts.writing import Editor
from tests.media.conftest import MakeMedia
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.database import Database
from web.html.markdown import render_post
from web.media.cards import markdown, picture_of
from web.media.cleaning import clean
from web.media.storage import Storage
from web.models.media import Media

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


def shown(media: Media) -> str:
    return markdown("A press", picture_of(media.name))


@BOTH
def test_an_image_of_an_earlier_version_is_kept_and_the_page_says_why(
    people: People, sign_in: SignIn, make: Make, make_media: MakeMedia, read: Read, headers: dict[str, str]
) -> None:
    media, browser = make_media(people.ada), sign_in(people.ada)
    post = make.post(people.ada, title="Paper", published=False)
    Editor(browser, f"/write/{post.id}").save(body=shown(media))
    Editor(browser, f"/write/{post.id}").save(body="Without.")
    page = soup(browser.get(f"/media/{media.id}"))
    assert "Used in an earlier version of" in page.text("dd p")
    assert page.link("Paper") == f"/write/{post.id}"
    assert not page.has(".button-danger")
    answer = browser.post(f"/media/{media.id}/deletion", headers=headers)
    assert answer.status_code == 422
    assert "An earlier version of a post still shows this image" in soup(answer).text("[role=alert]")
    assert read.count(Media) == 1
    browser.post(f"/write/{post.id}/history/2/restoration", data={"base": ""})
    body = soup(browser.get(f"/write/{post.id}")).form("#editor")["body"]
    assert browser.get(picture_of(media.name).url).status_code == 200
    assert picture_of(media.name).name in render_post(body).html


def test_others_do_not_learn_in_which_of_my_drafts_it_was(
    people: People, sign_in: SignIn, make: Make, make_media: MakeMedia
) -> None:
    media = make_media(people.ada)
    make.revision(make.post(people.ben, title="Secret", published=False), body=shown(media))
    page = soup(sign_in(people.ada).get(f"/media/{media.id}"))
    assert "Secret" not in page.text()
    assert "1 post of others that you may not see" in page.text("dd li")


def test_an_image_in_rescued_words_is_kept(
    people: People, sign_in: SignIn, make_media: MakeMedia, read: Read, client: TestClient
) -> None:
    media, browser = make_media(people.ada, is_kept=False), sign_in(people.ada)
    form = Editor(browser, "/write/new").form | {"title": "T", "body": shown(media)}
    own_session = soup(browser.get("/account")).attribute("form[action$=deletion]", "action")
    cookie = dict(browser.cookies)
    browser.post("/sign-out") if own_session is None else browser.post(own_session)
    client.cookies.update(cookie)
    assert client.post("/write", data=form).status_code == 401
    assert read.all(Media)[0].is_kept
    again = sign_in(people.ada)
    assert "In words that were rescued" in again.get(f"/media/{media.id}").text
    assert again.post(f"/media/{media.id}/deletion").status_code == 422


@pytest.mark.parametrize("where", ["revision", "conflict", "rescued", "nowhere"])
def test_cleaning_leaves_what_some_text_shows(
    app: Colophon, database: Database, people: People, make: Make, make_media: MakeMedia, storage: Storage, where: str
) -> None:
    old = make.clock.now - timedelta(days=30)
    media = make_media(people.ada, is_kept=False, created_at=old)
    if where == "rescued":
        make.rescued_text(people.ada, body=shown(media))
    elif where != "nowhere":
        make.revision(make.post(people.ada), body=shown(media), kind="conflict" if where == "conflict" else "save")
    removed = list(clean(database, storage, make.clock.now, dry_run=False))
    assert [item.is_image for item in removed] == ([True] if where == "nowhere" else [])
