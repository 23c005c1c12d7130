"""Writing a post: each action with and without htmx, by everybody who may and who may not."""

import pytest
from starlette.testclient import TestClient

from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.slug import Slug
from web.models.tag import Tag
from web.models.user import User

MULTIPART = "multipart/form-data; boundary=x"
WORDS = {"title": "Hello, world", "body": "Some *words*.", "tags": "First, second", "slug": "", "summary": "A start."}


def sent(client: TestClient, address: str, **changes: str) -> dict[str, str]:
    """What the form at an address would send after typing."""
    return soup(client.get(address)).form("#editor") | changes


def test_a_draft_is_stored_with_everything_typed(browser: TestClient, read: Read, make: Make) -> None:
    response = browser.post("/write", data=sent(browser, "/write/new", **WORDS))
    (post,) = read.all(Post)
    assert (response.status_code, response.headers["location"]) == (303, f"/write/{post.id}")
    assert (post.title, post.body, post.slug, post.summary) == (
        "Hello, world", "Some *words*.", "hello-world", "A start."
    )  # fmt: skip
    assert "<em>words</em>" in post.body_html
    assert post.post_status_lookup_code == "draft"
    assert [tag.slug for tag in read.all(Tag)] == ["first", "second"]
    page = soup(browser.get(f"/write/{post.id}"))
    shown = page.form("#editor")
    assert {name: shown[name] for name in WORDS} == WORDS | {"slug": "hello-world"}
    assert "Draft saved." in page.text(".flashes")


def test_htmx_gets_the_form_back_and_the_new_address(browser: TestClient, read: Read) -> None:
    response = browser.post("/write", data=sent(browser, "/write/new", **WORDS), headers=as_htmx)
    (post,) = read.all(Post)
    assert (response.status_code, response.headers["hx-replace-url"]) == (200, f"/write/{post.id}")
    fragment = soup(response)
    assert fragment.form("#editor")["slug"] == "hello-world"
    assert fragment.button("Save draft").attributes["data-hx-post"] == f"/write/{post.id}"
    assert not fragment.has("header")


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_changes_are_saved(browser: TestClient, ada: User, make: Make, read: Read, headers: dict[str, str]) -> None:
    post = make.post(ada, title="Old", tags="a, b", published=False)
    address = f"/write/{post.id}"
    response = browser.post(
        address, data=sent(browser, address, title="New", body="Other.", tags="b, c"), headers=headers
    )
    assert response.status_code == (200 if headers else 303)
    stored = read(Post, post.id)
    assert stored is not None
    assert (stored.title, stored.body, stored.body_html.strip()) == ("New", "Other.", "<p>Other.</p>")
    assert soup(browser.get(address)).form("#editor")["tags"] == "b, c"


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "give it a title"),
        ("title", "   ", "give it a title"),
        ("title", "x" * 201, "at most 200 characters"),
        ("title", "nul\x00", "control character (U+0000)"),
        ("body", "bell \x07", "control character (U+0007)"),
        ("body", "x" * 1_000_001, "at most 1,000,000 characters"),
        ("tags", "fine, " + "y" * 51, "at most 50 characters"),
        ("tags", ",".join(f"t{n}" for n in range(21)), "at most 20 tags"),
        ("summary", "x" * 501, "at most 500 characters"),
        ("slug", "x" * 201, "at most 200 characters"),
        ("slug", "///", "needs letters or digits"),
    ],
)
def test_bad_input_comes_back_with_a_reason_and_everything_typed(
    browser: TestClient, read: Read, headers: dict[str, str], field: str, value: str, message: str
) -> None:
    data = sent(browser, "/write/new", **WORDS) | {field: value}
    response = browser.post("/write", data=data, headers=headers)
    assert response.status_code == 422
    page = soup(response)
    assert message in page.text(f"#{field}-error")
    assert page.attribute(f"#{field}", "aria-invalid") == "true"
    kept = page.form("#editor")
    assert all(kept[name] == typed for name, typed in data.items() if name != field)
    assert read.count(Post) == 0


@pytest.mark.parametrize("is_multipart", [False, True])
def test_bytes_that_are_not_utf8_are_refused_at_their_field(
    browser: TestClient, read: Read, is_multipart: bool
) -> None:
    body, form_type = b"title=Caf%E9&body=fine", "application/x-www-form-urlencoded"
    if is_multipart:
        part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        body, form_type = part % (b"title", b"Caf\xe9") + part % (b"body", b"fine") + b"--x--\r\n", MULTIPART
    response = browser.post("/write", content=body, headers={"content-type": form_type})
    assert response.status_code == 422
    assert "not sent as UTF-8" in soup(response).text("#title-error")
    assert not soup(response).has("#body-error")


def test_a_genuine_replacement_character_is_welcome(browser: TestClient, read: Read) -> None:
    assert browser.post("/write", data={"title": "\ufffd", "body": "\ufffd"}).status_code == 303


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_a_taken_slug_is_said_at_its_field(
    browser: TestClient, make: Make, read: Read, ada: User, headers: dict[str, str]
) -> None:
    make.post(title="Taken")
    mine = make.post(ada, title="Mine", published=False)
    for address in ("/write", f"/write/{mine.id}"):
        response = browser.post(address, data=WORDS | {"slug": "Taken"}, headers=headers)
        assert response.status_code == 422
        assert "Another post has or had the address" in soup(response).text("#slug-error")
        assert soup(response).form("#editor")["slug"] == "Taken"
    stored = read(Post, mine.id)
    assert stored is not None
    assert stored.title == "Mine"


def test_a_title_used_before_gets_a_number(browser: TestClient, read: Read) -> None:
    for body in ("one", "two", "three"):
        browser.post("/write", data={"title": "Same", "body": body})
    assert [post.slug for post in read.all(Post)] == ["same", "same-2", "same-3"]


@pytest.mark.parametrize(("title", "slug"), [("Über Straße", "uber-strasse"), ("日本", "ri-ben"), ("!!!", "post")])
def test_addresses_are_made_of_any_title(browser: TestClient, read: Read, title: str, slug: str) -> None:
    browser.post("/write", data={"title": title, "body": "x"})
    assert read.all(Post)[0].slug == slug


def test_the_old_address_of_a_published_post_leads_to_the_new_one(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read
) -> None:
    post = make.post(ada, title="Before")
    address = f"/write/{post.id}"
    browser.post(address, data=sent(browser, address, slug="after"))
    for ending in ("", ".md"):
        moved = client.get(f"/posts/before{ending}")
        assert (moved.status_code, moved.headers["location"]) == (301, f"/posts/after{ending}")
    browser.post(address, data=sent(browser, address, slug="before"))
    assert client.get("/posts/before").status_code == 200
    assert client.get("/posts/after").headers["location"] == "/posts/before"


def test_the_address_of_an_unseen_draft_is_set_free(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    post = make.post(ada, title="Early", published=False)
    address = f"/write/{post.id}"
    browser.post(address, data=sent(browser, address, slug="late"))
    assert [row.slug for row in read.all(Slug)] == ["late"]


def test_tags_with_the_same_slug_are_one(browser: TestClient, read: Read) -> None:
    browser.post("/write", data={"title": "T", "body": "x", "tags": "SQL, sql ,  Sql!,  , htmx"})
    assert [(tag.slug, tag.name) for tag in read.all(Tag)] == [("sql", "SQL"), ("htmx", "htmx")]


def test_a_tag_without_letters_has_an_address_however_long_it_is(browser: TestClient, read: Read) -> None:
    tags = ["\N{BLACK HEART SUIT}" * 50, "\N{BLACK SPADE SUIT}" * 50, "\N{BLACK CLUB SUIT}"]
    assert browser.post("/write", data={"title": "T", "body": "x", "tags": ",".join(tags)}).status_code == 303
    assert {tag.name for tag in read.all(Tag)} == set(tags)
    for tag in read.all(Tag):
        assert len(tag.slug) <= 200
        assert browser.get(f"/tags/{tag.slug}").status_code == 200


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_a_double_click_makes_one_post(browser: TestClient, read: Read, headers: dict[str, str]) -> None:
    data = sent(browser, "/write/new", **WORDS)
    for _ in range(3):
        assert browser.post("/write", data=data, headers=headers).status_code == (200 if headers else 303)
    assert read.count(Post) == 1


def test_another_form_with_the_same_words_makes_another_post(browser: TestClient, read: Read) -> None:
    for summary in ("One.", "Another."):
        browser.post("/write", data=sent(browser, "/write/new", **WORDS) | {"summary": summary})
    assert [post.summary for post in read.all(Post)] == ["One.", "Another."]


def test_words_that_differ_in_anything_are_another_post_also_without_a_uid(browser: TestClient, read: Read) -> None:
    for summary in ("One.", "Another."):
        browser.post("/write", data=WORDS | {"summary": summary})
    assert [post.summary for post in read.all(Post)] == ["One.", "Another."]


def test_a_deleted_post_is_no_twin(browser: TestClient, read: Read) -> None:
    browser.post("/write", data=WORDS)
    browser.post("/write/1/deletion")
    browser.post("/write", data=WORDS)
    assert [post.deleted_at is None for post in read.all(Post)] == [False, True]


def test_a_form_without_uid_sent_twice_makes_one_post(browser: TestClient, read: Read) -> None:
    for _ in range(2):
        browser.post("/write", data=WORDS)
    assert read.count(Post) == 1


def test_sending_the_new_form_again_with_more_words_loses_none(browser: TestClient, read: Read) -> None:
    data = sent(browser, "/write/new", **WORDS)
    browser.post("/write", data=data)
    browser.post("/write", data=data | {"body": "Some more words."})
    (post,) = read.all(Post)
    assert post.body == "Some more words."


def test_the_uid_of_somebody_elses_post_does_not_open_it(browser: TestClient, make: Make, read: Read) -> None:
    theirs = make.post(title="Theirs", published=False)
    browser.post("/write", data=WORDS | {"uid": theirs.uid})
    mine = next(post for post in read.all(Post) if post.id != theirs.id)
    assert mine.title == "Hello, world"
    stored = read(Post, theirs.id)
    assert stored is not None
    assert stored.title == "Theirs"
