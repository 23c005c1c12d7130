"""Several writers at the same moment: constraints decide, nobody sees a fault, no word is lost."""

from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.post import Post
from web.models.tag import Tag

WRITERS = 6


def statuses(app: Colophon, presses: list[Press]) -> list[int]:
    return sorted(response.status_code for response in at_once(app, presses))


def test_the_same_title_and_tag_by_many(app: Colophon, make: Make, sign_in: SignIn, read: Read) -> None:
    words = {"title": "Same", "tags": "New tag"}
    browsers = [sign_in(make.user(role="author")) for _ in range(WRITERS)]
    presses = [Press(browser, "/write", words | {"body": str(n)}) for n, browser in enumerate(browsers)]
    assert statuses(app, presses) == [303] * WRITERS
    posts = read.all(Post)
    assert {post.slug for post in posts} == {"same", *(f"same-{number}" for number in range(2, WRITERS + 1))}
    assert {post.body for post in posts} == {str(number) for number in range(WRITERS)}
    assert read.count(Tag) == 1


def test_the_same_wanted_slug_by_many(app: Colophon, make: Make, sign_in: SignIn, read: Read) -> None:
    words = {"title": "T", "body": "x", "slug": "wanted"}
    presses = [Press(sign_in(make.user(role="author")), "/write", words) for _ in range(WRITERS)]
    assert statuses(app, presses) == [303] + [422] * (WRITERS - 1)
    assert [post.slug for post in read.all(Post)] == ["wanted"]


def test_the_same_form_many_times(app: Colophon, make: Make, sign_in: SignIn, read: Read) -> None:
    browser = sign_in(make.user(role="author"))
    words = {"title": "T", "body": "x", "uid": "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01"}
    assert statuses(app, [Press(browser, "/write", words)] * WRITERS) == [303] * WRITERS
    assert read.count(Post) == 1


def test_the_same_words_many_times_without_a_uid(app: Colophon, make: Make, sign_in: SignIn, read: Read) -> None:
    browser = sign_in(make.user(role="author"))
    words = {"title": "T", "body": "x"}
    assert statuses(app, [Press(browser, "/write", words)] * WRITERS) == [303] * WRITERS
    assert read.count(Post) == 1


def test_a_slug_that_was_only_typed_is_given_to_one_of_several_that_are_scheduled(
    app: Colophon, make: Make, sign_in: SignIn, read: Read
) -> None:
    presses = []
    for _ in range(WRITERS):
        author = make.user(role="author")
        post, browser = make.post(author, published=False), sign_in(author)
        form = soup(browser.get(f"/write/{post.id}")).form("#editor") | {"slug": "wanted"}
        assert browser.post(f"/write/{post.id}/autosave", data=form, headers=as_htmx).status_code == 200
        presses.append(Press(browser, f"/write/{post.id}/schedule", {"moment": "2030-01-01T10:00"}))
    assert statuses(app, presses) == [303] * WRITERS
    posts = read.all(Post)
    assert [post.slug for post in posts].count("wanted") == 1
    assert {post.post_status_lookup_code for post in posts} == {"published"}


def test_one_slug_wanted_for_several_stored_posts(app: Colophon, make: Make, sign_in: SignIn, read: Read) -> None:
    authors = [make.user(role="author") for _ in range(WRITERS)]
    words = {"title": "T", "body": "x", "slug": "wanted"}
    presses = [Press(sign_in(author), f"/write/{make.post(author).id}", words) for author in authors]
    assert statuses(app, presses) == [303] + [422] * (WRITERS - 1)
    assert [post.slug for post in read.all(Post)].count("wanted") == 1
