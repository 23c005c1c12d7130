"""Several things at the same moment: one row, files for every row, and nothing that is shown is deleted."""

import asyncio
import threading

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.media.conftest import MakeMedia
from tests.media.samples import picture, saved
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.media.cards import picture_of
from web.media.storage import Storage
from web.media.storage_folder import FolderStorage
from web.models.media import Media, PostMediaAssociation
from web.models.post import Post
from web.models.user import User

UPLOADS = 5
GOOD = ("press.png", saved(picture(500, 300)))


def test_the_same_image_many_times(app: Colophon, ada: User, sign_in: SignIn, read: Read) -> None:
    browser = sign_in(ada)
    answers = at_once(app, [Press(browser, "/media", {}, {"file": GOOD})] * UPLOADS)
    assert [answer.status_code for answer in answers] == [303] * UPLOADS
    assert read.count(Media) == 1


def test_different_images_of_many(app: Colophon, make: Make, sign_in: SignIn, read: Read, storage: Storage) -> None:
    presses = [
        Press(sign_in(make.user(role="author")), "/media", {}, {"file": ("a.png", saved(picture(50 + number, 40)))})
        for number in range(UPLOADS)
    ]
    assert [answer.status_code for answer in at_once(app, presses)] == [303] * UPLOADS
    assert {media.name for media in read.all(Media)} == {file.name for file in storage.list()}


def test_what_is_just_being_shown_is_not_deleted(
    app: Colophon, ada: User, sign_in: SignIn, make: Make, make_media: MakeMedia, read: Read
) -> None:
    browser = sign_in(ada)
    for turn in range(4):
        media, post = make_media(ada), make.post(ada, title=f"Post {turn}")
        presses = [
            Press(browser, f"/write/{post.id}", {"title": post.title, "body": f"![]({picture_of(media.name).url})"}),
            Press(browser, f"/media/{media.id}/deletion", {}),
        ]
        saving, deleting = at_once(app, presses if turn % 2 else presses[::-1])[:: 1 if turn % 2 else -1]
        assert saving.status_code == 303
        is_shown = any(use.post_id == post.id for use in read.all(PostMediaAssociation))
        assert (deleting.status_code, read(Media, media.id) is not None) == ((422, True) if is_shown else (303, False))
    assert read.count(Post) == 4


@pytest.mark.parametrize("host", ["", "http://testserver"])
@pytest.mark.parametrize("headers", [None, as_htmx])
def test_an_image_that_was_just_deleted_is_not_taken_for_link_previews(
    browser: TestClient,
    ada: User,
    make: Make,
    make_media: MakeMedia,
    read: Read,
    host: str,
    headers: dict[str, str] | None,
) -> None:
    media, post = make_media(ada), make.post(ada)
    settings = f"/write/{post.id}/settings"
    sent = soup(browser.get(settings)).form("#settings-form")
    sent |= {"social_image": host + picture_of(media.name).url, "canonical_url": "https://one.example/"}
    browser.post(f"/media/{media.id}/deletion")
    answer = browser.post(settings, data=sent, headers=headers)
    assert answer.status_code == 422
    assert "no such image in this blog" in soup(answer).text("#social_image-error")
    assert soup(answer).form("#settings-form")["canonical_url"] == "https://one.example/"
    assert {(row.social_image, row.canonical_url) for row in read.all(Post)} == {("", "")}
    elsewhere = {"social_image": "https://other.example" + picture_of(media.name).url}
    assert browser.post(settings, data=sent | elsewhere).status_code == 303
    other = {"canonical_url": "https://two.example/", **elsewhere}
    assert browser.post(settings, data=sent | other | {"shown": ""}).status_code == 303


def test_an_image_chosen_for_link_previews_while_it_is_deleted_stays_or_is_refused(
    app: Colophon, ada: User, browser: TestClient, make: Make, make_media: MakeMedia, read: Read
) -> None:
    for turn in range(6):
        media, post = make_media(ada, is_kept=False), make.post(ada, title=f"Post {turn}")
        sent = soup(browser.get(f"/write/{post.id}/settings")).form("#settings-form")
        presses = [
            Press(browser, f"/write/{post.id}/settings", sent | {"social_image": picture_of(media.name).url}),
            Press(browser, f"/media/{media.id}/deletion", {}),
        ]
        answers = at_once(app, presses if turn % 2 else presses[::-1])
        choosing, deleting = (answer.status_code for answer in (answers if turn % 2 else answers[::-1]))
        kept, found = read(Media, media.id), read(Post, post.id)
        assert found is not None
        is_chosen = bool(found.social_image)
        assert (choosing, deleting, kept is not None) == ((303, 422, True) if is_chosen else (422, 303, False))
        assert kept is None or kept.is_kept


def test_an_upload_that_crosses_a_deletion_ends_with_both_or_neither(
    app: Colophon, ada: User, sign_in: SignIn, read: Read, storage: Storage
) -> None:
    browser = sign_in(ada)
    for _ in range(4):
        browser.post("/media", files={"file": GOOD})
        (media,) = read.all(Media)
        presses = [Press(browser, f"/media/{media.id}/deletion", {}), Press(browser, "/media", {}, {"file": GOOD})]
        assert {answer.status_code for answer in at_once(app, presses)} <= {303, 422}
        names = {name for row in read.all(Media) for name in (row.name, *picture_of(row.name).smaller_names)}
        assert {file.name for file in storage.list()} == names


class Slow(FolderStorage):
    """A folder on a disk that takes until somebody says so."""

    def __init__(self, other: FolderStorage) -> None:
        super().__init__(other.folder)
        self.is_reached, self.may_go_on = threading.Event(), threading.Event()

    def put(self, name: str, data: bytes, media_type: str) -> None:
        self.is_reached.set()
        assert self.may_go_on.wait(20)
        super().put(name, data, media_type)


def test_others_write_while_an_image_is_worked_on(
    app: Colophon, ada: User, sign_in: SignIn, storage: FolderStorage, read: Read
) -> None:
    slow = app.state.workshop.storage = Slow(storage)
    cookie = "; ".join(f"{name}={value}" for name, value in sign_in(ada).cookies.items())

    async def both() -> tuple[int, int]:
        transport = httpx2.ASGITransport(app=app)
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": cookie}
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client:
            uploading = asyncio.create_task(client.post("/media", files={"file": GOOD}))
            assert await asyncio.to_thread(slow.is_reached.wait, 20)
            writing = await asyncio.wait_for(client.post("/write", data={"title": "T", "body": "x"}), 20)
            assert not uploading.done()
            slow.may_go_on.set()
            return writing.status_code, (await uploading).status_code

    assert asyncio.run(both()) == (303, 303)
    assert (read.count(Post), read.count(Media)) == (1, 1)
