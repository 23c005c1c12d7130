"""Uploading: what is acknowledged is stored, whatever happened to the other files."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.conftest import Counted
from tests.media.conftest import MakeMedia
from tests.media.samples import HTML, SVG, animation, photograph, picture, png_claiming, saved
from tests.media.uploading import GOOD, as_script, upload
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.html.pictures import Picture
from web.media.cards import picture_of
from web.media.forms import AT_ONCE
from web.media.kinds import BROKEN
from web.media.storage import Storage
from web.models.media import Media
from web.models.user import User


def test_without_htmx_it_leads_to_the_image(browser: TestClient, ada: User, read: Read, storage: Storage) -> None:
    response = upload(browser, ("press.png", GOOD), alt="A press")
    (media,) = read.all(Media)
    assert (response.status_code, response.headers["location"]) == (303, f"/media/{media.id}")
    assert (media.file_name, media.alt, media.media_type, media.user_id) == (
        "press.png",
        "A press",
        "image/png",
        ada.id,
    )
    assert (media.width, media.height, media.is_kept) == (500, 300, True)
    image = picture_of(media.name)
    stored = {file.name: file.byte_size for file in storage.list()}
    assert set(stored) == {image.name, *image.smaller_names}
    assert media.byte_size == sum(stored.values())
    page = soup(browser.get(response.headers["location"]))
    assert page.text(".flashes") == "1 image is stored."
    assert page.attribute("#media-markdown", "value") == f"![A press]({image.url})"


def test_with_htmx_the_list_is_there_again(browser: TestClient, read: Read) -> None:
    response = upload(browser, ("press.png", GOOD), headers=as_htmx)
    assert response.status_code == 200
    answer = soup(response)
    assert not answer.has("h1")
    assert answer.text("#media-library [data-announce][data-focus]") == "1 image is stored."
    assert answer.texts("#media-list a") == ["press.png"]
    assert [media.is_kept for media in read.all(Media)] == [True]


def test_a_script_is_told_what_to_insert(browser: TestClient, read: Read) -> None:
    response = upload(browser, ("press.png", GOOD), headers=as_script, alt="A [big] press")
    (media,) = read.all(Media)
    url = picture_of(media.name).url
    assert response.status_code == 201
    assert response.json() == {
        "id": media.id,
        "url": url,
        "markdown": f"![A \\[big\\] press]({url})",
        "alt": "A [big] press",
        "width": 500,
        "height": 300,
    }
    assert not media.is_kept, "nobody has saved a text with it yet"


def test_several_at_once(browser: TestClient, read: Read) -> None:
    files = [("a.png", GOOD), ("b.jpg", photograph()), ("c.gif", animation())]
    response = upload(browser, *files)
    assert (response.status_code, response.headers["location"]) == (303, "/media")
    assert [media.file_name for media in read.all(Media)] == ["a.png", "b.jpg", "c.gif"]
    assert [media.media_type for media in read.all(Media)] == ["image/png", "image/jpeg", "image/gif"]


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_the_good_ones_are_stored_and_the_others_named(
    browser: TestClient, read: Read, headers: dict[str, str] | None
) -> None:
    files = [
        ("a.png", GOOD),
        ("evil.png", SVG),
        ("none.jpg", b""),
        ("page.gif", HTML),
        ("half.jpg", photograph()[:-90]),
    ]
    response = upload(browser, *files, headers=headers, alt="Typed for a minute")
    assert response.status_code == 422
    answer = soup(response)
    assert answer.has("h1") is (headers is None)
    error = answer.text("#file-error")
    assert "evil.png: SVG and other XML files can carry programs." in error
    assert "none.jpg: This file is empty." in error
    assert "page.gif: This is a web page, not an image." in error
    assert f"half.jpg: {BROKEN}" in error
    assert answer.text(".notice") == "1 image is stored."
    assert answer.attribute("#alt", "value") == "Typed for a minute"
    assert [media.file_name for media in read.all(Media)] == ["a.png"]


@pytest.mark.parametrize("headers", [None, as_htmx, as_script])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SVG, "SVG and other XML files"),
        (b"", "This file is empty."),
        (png_claiming(10_000, 10_000), "100.0 megapixels"),
        (b"x" * 20_000_001, "an image can have at most 20 MB"),
    ],
)
def test_bad_files_are_refused_with_a_reason(
    browser: TestClient, read: Read, storage: Storage, headers: dict[str, str] | None, content: bytes, words: str
) -> None:
    response = upload(browser, ("press.png", content), headers=headers)
    assert response.status_code == 422
    error = response.json()["error"] if headers == as_script else soup(response).text("#file-error")
    assert words in error
    assert read.all(Media) == []
    assert list(storage.list()) == []


def test_nothing_chosen_too_many_and_too_long_a_description(browser: TestClient, read: Read) -> None:
    assert "choose at least one" in soup(upload(browser)).text("#file-error")
    assert "choose at least one" in soup(browser.post("/media", data={"alt": "x"})).text("#file-error")
    assert "choose at least one" in soup(upload(browser, ("", b""))).text("#file-error")
    many = upload(browser, *[("a.png", GOOD)] * (AT_ONCE + 1))
    assert f"Please send at most {AT_ONCE} at once" in soup(many).text("#file-error")
    long = soup(upload(browser, ("a.png", GOOD), alt="x" * 501))
    assert "500 characters; this has 501" in long.text("#alt-error")
    assert long.attribute("#alt", "value") == "x" * 501
    assert "control character" in soup(upload(browser, ("a.png", GOOD), alt="\x01")).text("#alt-error")
    assert read.all(Media) == []


def test_the_same_twice_is_one_for_the_same_person(
    browser: TestClient, sign_in: SignIn, make: Make, read: Read
) -> None:
    first = upload(browser, ("a.png", GOOD), headers=as_script).json()
    second = upload(browser, ("b.png", GOOD), headers=as_script, alt="other").json()
    assert second == first
    together = upload(browser, ("c.gif", animation()), ("d.gif", animation()))
    assert together.status_code == 303
    other = upload(sign_in(make.user("ben", role="author")), ("a.png", GOOD), headers=as_script).json()
    assert other["url"] != first["url"]
    assert [media.file_name for media in read.all(Media)] == ["a.png", "c.gif", "a.png"]


def test_who_may_upload(client: TestClient, sign_in: SignIn, people: People, read: Read) -> None:
    assert upload(client, ("a.png", GOOD)).headers["location"].startswith("/sign-in")
    assert upload(client, ("a.png", GOOD), headers=as_htmx).status_code == 401
    told = upload(client, ("a.png", GOOD), headers=as_script)
    assert (told.status_code, "signed out" in told.json()["error"]) == (401, True)
    for user in (people.rita, people.carl):
        browser = sign_in(user)
        assert upload(browser, ("a.png", GOOD)).status_code == 403
        assert upload(browser, ("a.png", GOOD), headers=as_script).json() == {"error": "You may not upload images."}
    assert read.all(Media) == []
    for user in (people.ada, people.eve, people.olga):
        assert upload(sign_in(user), ("a.png", GOOD)).status_code == 303
    assert read.count(Media) == 3


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Pictures\\a b.png", "a b.png"),
        ("<script>.png", "<script>.png"),
        ("a\0\x1b\u202egnp.png", "agnp.png"),
        ("Grüße \N{GRINNING FACE}.png", "Grüße \N{GRINNING FACE}.png"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
        ("\u200b", "image"),
        ("/", "image"),
    ],
)
def test_names_of_files_are_only_words(name: str, kept: str, browser: TestClient, read: Read) -> None:
    boundary, head = b"--x\r\n", b'Content-Disposition: form-data; name="file"; filename="'
    body = boundary + head + name.replace("\\", "\\\\").encode() + b'"\r\n\r\n' + GOOD + b"\r\n--x--\r\n"
    response = browser.post("/media", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert response.status_code == 303
    (media,) = read.all(Media)
    assert media.file_name == kept
    assert soup(browser.get("/media")).texts("#media-list a") == [kept]
    assert Picture.parse(media.name)


def test_a_script_sends_one_at_a_time(browser: TestClient, read: Read) -> None:
    response = upload(browser, ("a.png", GOOD), ("b.jpg", photograph()), headers=as_script)
    assert (response.status_code, response.json()) == (
        422,
        {"error": "These are 2 images. Please send at most 1 at once."},
    )
    assert read.all(Media) == []


def test_it_costs_the_same_however_many_there_are(
    browser: TestClient, ada: User, make_media: MakeMedia, counted: Counted
) -> None:
    costs = []
    for number in range(2):
        with counted() as statements:
            assert (
                upload(browser, (f"{number}.png", saved(picture(60 + number, 40))), headers=as_script).status_code
                == 201
            )
        costs.append(len(statements))
        for _ in range(19):
            make_media(ada)
    assert costs[0] == costs[1] <= 9
