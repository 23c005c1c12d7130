"""The page with all images, and the page about each."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People
from tests.conftest import Counted
from tests.media.conftest import MakeMedia
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.media import rules
from web.media.cards import picture_of
from web.media.queries import PAGE_SIZE, shelf
from web.models.media import Media

NAMES = "#media-list a:not([rel])"


def test_each_sees_their_own_and_editors_all(sign_in: SignIn, people: People, make_media: MakeMedia) -> None:
    for owner in (people.ada, people.ben, people.eve):
        make_media(owner, file_name=f"{owner.username}.png")
    seen = {}
    for name in ("ada", "ben", "eve", "olga"):
        seen[name] = sorted(soup(sign_in(getattr(people, name)).get("/media")).texts(NAMES))
    everything = ["ada.png", "ben.png", "eve.png"]
    assert seen == {"ada": ["ada.png"], "ben": ["ben.png"], "eve": everything, "olga": everything}


def test_rule_and_list_agree(people: People, make: Make, make_media: MakeMedia) -> None:
    images = [make_media(owner) for owner in (people.ada, people.ben, people.carl)]
    for user in vars(people).values():
        with make.database.session(read_only=True) as session:
            listed = {card.id for card in shelf(session, user, "", None).items}
        assert listed == {media.id for media in images if rules.may_see(user, media)}


def test_it_is_closed_to_others(client: TestClient, sign_in: SignIn, people: People, make_media: MakeMedia) -> None:
    media = make_media(people.ada)
    for address in ("/media", f"/media/{media.id}", f"/media/{media.id}/deletion"):
        assert client.get(address).headers["location"] == f"/sign-in?next={address}"
        for user in (people.rita, people.carl):
            assert sign_in(user).get(address).status_code == 403
    for address in (f"/media/{media.id}", f"/media/{media.id}/deletion", "/media/999"):
        assert sign_in(people.ben).get(address).status_code == 404


def test_writers_are_led_there(sign_in: SignIn, people: People) -> None:
    assert soup(sign_in(people.ada).get("/write")).link("Images") == "/media"
    assert "Images" not in soup(sign_in(people.carl).get("/write")).texts("a")


def test_an_empty_shelf_says_so(sign_in: SignIn, people: People) -> None:
    browser = sign_in(people.ada)
    assert soup(browser.get("/media")).text(".media-none") == "There is no image yet."
    assert soup(browser.get("/media?q=x")).text(".media-none").startswith("No image has these words")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("press", ["Press.jpg", "type.png"]),
        ("OLD press", ["type.png"]),
        ("100%", ["100%.png"]),
        ("_", ["a_b.png"]),
        ("nothing", []),
        ("\0", ["Press.jpg", "type.png", "100%.png", "a_b.png"]),
    ],
)
def test_search_looks_at_names_and_descriptions(
    sign_in: SignIn, people: People, make_media: MakeMedia, words: str, found: list[str]
) -> None:
    make_media(people.ada, file_name="Press.jpg")
    make_media(people.ada, file_name="type.png", alt="An old press")
    make_media(people.ada, file_name="100%.png")
    make_media(people.ada, file_name="a_b.png")
    make_media(people.ben, file_name="press of somebody else.png")
    browser = sign_in(people.ada)
    page = soup(browser.get("/media", params={"q": words}))
    assert sorted(page.texts(NAMES)) == sorted(found)
    part = soup(browser.get("/media", params={"q": words}, headers=as_htmx))
    assert not part.has("h1, form")
    assert sorted(part.texts("a")) == sorted(found)


def test_it_pages_by_key(sign_in: SignIn, people: People, make_media: MakeMedia, make: Make, counted: Counted) -> None:
    browser, post = sign_in(people.ada), make.post(people.ada)
    make_media(people.ada, file_name="0.png")
    with counted() as for_one:
        browser.get("/media?q=png")
    for number in range(1, PAGE_SIZE + 2):
        make.show(post, make_media(people.ada, file_name=f"{number}.png"))
    with counted() as for_many:
        page = soup(browser.get("/media?q=png"))
    assert len(for_one) == len(for_many) <= 3
    assert page.texts(NAMES) == [f"{number}.png" for number in range(PAGE_SIZE + 1, 1, -1)]
    older = page.link("Older images")
    assert "q=png" in older
    assert soup(browser.get(older)).texts(NAMES) == ["1.png", "0.png"]
    appended = soup(browser.get(older, headers=as_htmx))
    assert appended.texts("a") == ["1.png", "0.png"]
    assert appended.one("a[data-focus]")
    assert soup(browser.get("/media?before=nonsense")).texts(NAMES)[0] == f"{PAGE_SIZE + 1}.png"


def test_a_page_tells_where_an_image_stands(
    sign_in: SignIn, people: People, make: Make, make_media: MakeMedia, counted: Counted
) -> None:
    media = make_media(people.ada, alt="A press")
    browser = sign_in(people.ada)
    assert "Nowhere yet" in soup(browser.get(f"/media/{media.id}")).text("dl")
    make.show(make.post(people.ada, title="Mine", published=False), media)
    with counted() as for_one:
        browser.get(f"/media/{media.id}")
    for title, options in {"Public": {}, "Secret": {"published": False}}.items():
        make.show(make.post(people.ben, title=title, **options), media)
    make.show(make.post(people.ada, title="Gone", deleted_at=make.clock.now), media)
    with counted() as for_many:
        page = soup(browser.get(f"/media/{media.id}"))
    assert len(for_one) == len(for_many) <= 4
    assert sorted(page.texts("dd li")) == [
        "1 post of others that you may not see",
        "Gone Deleted",
        "Mine Draft",
        "Public",
    ]
    assert page.link("Public") == "/posts/public"
    assert "Secret" not in page.text("main")
    assert not page.has(f"form[action='/media/{media.id}/deletion']")
    for_editor = soup(sign_in(people.eve).get(f"/media/{media.id}"))
    assert len(for_editor.texts("dd li a[href^='/write/']")) == 4


def test_nothing_moves_when_images_arrive(sign_in: SignIn, people: People, make_media: MakeMedia) -> None:
    media = make_media(people.ada, size=(900, 20))
    browser = sign_in(people.ada)
    for address in ("/media", f"/media/{media.id}", f"/media/{media.id}/deletion"):
        page = soup(browser.get(address))
        image = page.one("main img")
        assert (image.attributes["width"], image.attributes["height"]) == ("900", "20")
        assert browser.get(image.attributes["src"] or "").status_code == 200


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_a_description_is_replaced(
    sign_in: SignIn, people: People, make_media: MakeMedia, read: Read, headers: dict[str, str] | None
) -> None:
    media = make_media(people.ada, is_kept=False)
    browser = sign_in(people.ada)
    response = browser.post(f"/media/{media.id}", data={"alt": " A *new* press "}, headers=headers)
    if headers is None:
        assert (response.status_code, response.headers["location"]) == (303, f"/media/{media.id}")
        response = browser.get(f"/media/{media.id}")
    else:
        assert soup(response).text("[data-announce]") == "The description is saved."
        assert not soup(response).has("h1")
    assert soup(response).attribute("#media-markdown", "value") == f"![A \\*new\\* press]({picture_of(media.name).url})"
    (stored,) = read.all(Media)
    assert (stored.alt, stored.is_kept) == ("A *new* press", True)
    refused = browser.post(f"/media/{media.id}", data={"alt": "x" * 501}, headers=headers)
    assert refused.status_code == 422
    assert "500 characters" in soup(refused).text("#alt-error")
    assert soup(refused).attribute("#alt", "value") == "x" * 501
    assert soup(refused).has("h1") is (headers is None)


def test_who_may_describe(
    client: TestClient, sign_in: SignIn, people: People, make_media: MakeMedia, read: Read
) -> None:
    media = make_media(people.ada)
    statuses = {
        name: sign_in(getattr(people, name)).post(f"/media/{media.id}", data={"alt": name}).status_code
        for name in ("rita", "carl", "ben", "ada", "eve", "olga")
    }
    assert statuses == {"rita": 403, "carl": 403, "ben": 404, "ada": 303, "eve": 303, "olga": 303}
    assert client.post(f"/media/{media.id}").headers["location"].startswith("/sign-in")
    assert [stored.alt for stored in read.all(Media)] == ["olga"]


@pytest.mark.parametrize("headers", [None, as_htmx])
@pytest.mark.parametrize(("address", "form"), [("/media", "#media-upload"), ("/media/1", "#media-alt")])
def test_no_word_is_lost_over_a_sign_in_that_ended(
    client: TestClient, headers: dict[str, str] | None, address: str, form: str
) -> None:
    response = client.post(address, data={"alt": "Typed <for> a minute"}, headers=headers)
    assert response.status_code == 401
    answer = soup(response)
    assert answer.attribute(f"{form} #alt", "value") == "Typed <for> a minute"
    assert answer.attribute(form, "action") == address
    assert "Your words are still here" in answer.text(f"{form} .notice")
    assert answer.has("h1") is (headers is None)
    assert response.headers.get("hx-retarget") == (form if headers else None)
