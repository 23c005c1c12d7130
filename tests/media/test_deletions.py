"""Deleting an image: only where nothing shows it, and its files go with it."""

import logging
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.media.conftest import MakeMedia
from tests.media.samples import picture, saved
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.database import Database
from web.media.actions import remove_files
from web.media.cards import picture_of
from web.media.cleaning import clean
from web.media.storage import Storage, StorageError
from web.models.media import Media


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_it_goes_with_all_of_its_files(
    sign_in: SignIn, people: People, make_media: MakeMedia, read: Read, storage: Storage, headers: dict[str, str] | None
) -> None:
    other, media = make_media(people.ada), make_media(people.ada, file_name="press.png")
    browser = sign_in(people.ada)
    page = soup(browser.get(f"/media/{media.id}"))
    assert page.attribute(f"form[action='/media/{media.id}/deletion']", "method") == "get"
    asked = soup(browser.get(f"/media/{media.id}/deletion"))
    address = asked.attribute("main form", "action")
    assert address is not None
    response = browser.post(address, headers=headers)
    if headers is None:
        assert (response.status_code, response.headers["location"]) == (303, "/media")
    else:
        assert (response.status_code, response.headers["hx-redirect"]) == (200, "/media")
    assert soup(browser.get("/media")).text(".flashes") == "“press.png” was deleted."
    assert [left.id for left in read.all(Media)] == [other.id]
    image = picture_of(other.name)
    assert {file.name for file in storage.list()} == {image.name, *image.smaller_names}
    assert browser.get(picture_of(media.name).url).status_code == 404


@pytest.mark.parametrize("headers", [None, as_htmx])
@pytest.mark.parametrize("options", [{}, {"published": False}, {"deleted": True}])
def test_what_is_shown_stays(
    sign_in: SignIn,
    people: People,
    make: Make,
    make_media: MakeMedia,
    read: Read,
    storage: Storage,
    headers: dict[str, str] | None,
    options: dict[str, bool],
) -> None:
    media = make_media(people.ada)
    columns = {"deleted_at": make.clock.now} if options.pop("deleted", False) else {}
    make.show(make.post(people.ben, title="Paper", **options, **columns), media)
    response = sign_in(people.eve).post(f"/media/{media.id}/deletion", headers=headers)
    assert response.status_code == 422
    answer = soup(response)
    assert "is still shown, so it was not deleted" in answer.text("[role=alert]")
    assert answer.has("h1") is (headers is None)
    assert "Paper" in answer.text("dd li")
    assert read.count(Media) == 1
    assert len(list(storage.list())) == 2


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_the_image_of_link_previews_stays(
    sign_in: SignIn,
    people: People,
    make: Make,
    make_media: MakeMedia,
    read: Read,
    storage: Storage,
    database: Database,
    headers: dict[str, str] | None,
) -> None:
    media = make_media(people.ada, is_kept=False)
    make.post(people.ada, title="Paper", social_image=f"https://blog.example{picture_of(media.name).url}")
    browser = sign_in(people.ada)
    assert soup(browser.get(f"/media/{media.id}")).link("Paper")
    assert browser.post(f"/media/{media.id}/deletion", headers=headers).status_code == 422
    assert list(clean(database, storage, media.created_at + timedelta(days=9), dry_run=False)) == []
    assert read.count(Media) == 1
    assert browser.get(picture_of(media.name).url).status_code == 200


def test_who_may_delete(client: TestClient, sign_in: SignIn, people: People, make_media: MakeMedia, read: Read) -> None:
    media = [make_media(people.ada) for _ in range(3)]
    address = f"/media/{media[0].id}/deletion"
    assert client.post(address).headers["location"].startswith("/sign-in")
    assert client.post(address, headers=as_htmx).status_code == 401
    for name, status in {"rita": 403, "carl": 403, "ben": 404}.items():
        assert sign_in(getattr(people, name)).post(address).status_code == status
    assert read.count(Media) == 3
    for name, image in zip(("ada", "eve", "olga"), media, strict=True):
        assert sign_in(getattr(people, name)).post(f"/media/{image.id}/deletion").status_code == 303
    assert read.count(Media) == 0


def test_uploaded_again_it_keeps_its_files(
    app: Colophon, sign_in: SignIn, people: People, make_media: MakeMedia, storage: Storage
) -> None:
    """The files are removed after the commit: by then the owner may have them back."""
    media = make_media(people.ada)
    remove_files(app.state.database, storage, media)
    assert len(list(storage.list())) == 2
    browser = sign_in(people.ada)
    content = saved(picture(70, 40))
    for _ in range(2):
        uploaded = browser.post("/media", files={"file": ("a.png", content)}, headers={"Accept": "application/json"})
        assert browser.get(uploaded.json()["url"]).status_code == 200
        assert browser.post(f"/media/{uploaded.json()['id']}/deletion").status_code == 303
        assert browser.get(uploaded.json()["url"]).status_code == 404


class Unreachable:
    """A storage that is gone."""

    def delete(self, name: str) -> None:
        raise StorageError("no route to host")


def test_files_that_cannot_be_removed_are_no_fault(
    app: Colophon,
    make: Make,
    sign_in: SignIn,
    people: People,
    make_media: MakeMedia,
    read: Read,
    caplog: pytest.LogCaptureFixture,
) -> None:
    media = make_media(people.ada)
    app.state.workshop.storage = Unreachable()
    with caplog.at_level(logging.WARNING, "colophon.media"):
        assert sign_in(people.ada).post(f"/media/{media.id}/deletion").status_code == 303
    assert "could not remove the files of" in caplog.text
    assert read.all(Media) == []
