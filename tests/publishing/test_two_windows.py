"""Settings of one post that are open in two windows, or with two people: nothing is overwritten unseen."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, stored
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User


def opened(browser: TestClient, post: Post, form: str = "#settings-form") -> dict[str, str]:
    """What a window shows, as it would be sent."""
    return soup(browser.get(f"/write/{post.id}/settings")).form(form)


@BOTH
@pytest.mark.parametrize(
    ("name", "value", "column", "expected"),
    [
        ("visibility", "private", "post_visibility_lookup_code", "private"),
        ("canonical_url", "https://a.example/b", "canonical_url", "https://a.example/b"),
        ("social_image", "/picture.png", "social_image", "/picture.png"),
        ("is_kept_from_robots", "y", "is_kept_from_robots", True),
        ("published_at", "2026-01-02T03:04", "published_at", datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
    ],
)
def test_a_window_from_before_changes_only_what_was_changed_in_it(
    browser: TestClient,
    make: Make,
    ada: User,
    read: Read,
    headers: dict[str, str],
    name: str,
    value: str,
    column: str,
    expected: object,
) -> None:
    post = make.post(ada)
    address = f"/write/{post.id}/settings"
    before = opened(browser, post)
    browser.post(address, data=before | {name: value})
    other = "social_image" if name == "canonical_url" else "canonical_url"
    answer = browser.post(address, data=before | {other: "https://other.example/"}, headers=headers)
    assert answer.status_code == (200 if headers else 303)
    assert getattr(stored(read, post), column) == expected
    assert getattr(stored(read, post), other) == "https://other.example/"


def test_what_another_editor_featured_stays_featured(sign_in: SignIn, make: Make, ada: User, read: Read) -> None:
    post, editor = make.post(ada), sign_in(make.user(role="editor"))
    before = opened(editor, post)
    editor.post(f"/write/{post.id}/settings", data=before | {"is_featured": "y", "comments": "closed"})
    editor.post(f"/write/{post.id}/settings", data=before | {"social_image": "/a.png"})
    found = stored(read, post)
    assert found.featured_at is not None
    assert found.comments_close_at is not None
    assert found.social_image == "/a.png"


@BOTH
def test_what_was_changed_in_both_is_asked_about(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post = make.post(ada)
    address = f"/write/{post.id}/settings"
    before = opened(browser, post)
    browser.post(address, data=before | {"visibility": "private", "canonical_url": "https://one.example/"})
    mine = before | {"visibility": "unlisted", "canonical_url": "https://two.example/", "social_image": "/mine.png"}
    answer = browser.post(address, data=mine, headers=headers)
    assert answer.status_code == 422
    page = soup(answer)
    assert "it is “Private: its authors and the editors” now" in page.text("#visibility-error")
    assert "it is “https://one.example/” now" in page.text("#canonical_url-error")
    again = page.form("#settings-form")
    typed = ("unlisted", "https://two.example/", "/mine.png")
    assert (again["visibility"], again["canonical_url"], again["social_image"]) == typed
    assert stored(read, post).post_visibility_lookup_code == "private"
    assert browser.post(address, data=again, headers=headers).status_code == (200 if headers else 303)
    found = stored(read, post)
    assert (found.post_visibility_lookup_code, found.canonical_url, found.social_image) == typed


def test_the_same_change_in_both_is_no_question(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    post = make.post(ada)
    mine = opened(browser, post) | {"visibility": "private", "is_kept_from_robots": "y"}
    for _ in range(2):
        assert browser.post(f"/write/{post.id}/settings", data=mine).status_code == 303
    assert stored(read, post).is_kept_from_robots


def test_settings_of_a_draft_can_be_saved_after_it_was_published(browser: TestClient, make: Make, ada: User) -> None:
    post = make.post(ada, published=False)
    before = opened(browser, post)
    browser.post(f"/write/{post.id}/publication")
    answer = browser.post(f"/write/{post.id}/settings", data=before | {"canonical_url": "https://a.example/"})
    assert answer.status_code == 303


@BOTH
def test_a_date_typed_for_what_was_withdrawn_meanwhile_is_told(
    browser: TestClient, make: Make, ada: User, headers: dict[str, str]
) -> None:
    post = make.post(ada)
    before = opened(browser, post)
    assert browser.post(f"/write/{post.id}/publication/withdrawal").status_code == 303
    answer = browser.post(
        f"/write/{post.id}/settings", data=before | {"published_at": "2020-01-01T00:00"}, headers=headers
    )
    assert answer.status_code == 422
    assert "“Published” was not changed" in soup(answer).text("#settings-form [role=alert]")
    assert browser.post(f"/write/{post.id}/settings", data=before, headers=headers).status_code != 422


@BOTH
def test_a_time_from_before_does_not_schedule_again(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post = make.post(ada, published=False)
    address = f"/write/{post.id}/schedule"
    browser.post(address, data=opened(browser, post, "#schedule form:first-of-type") | {"moment": "2027-01-01T10:00"})
    before = opened(browser, post, "#schedule form:first-of-type")
    browser.post(address, data=before | {"moment": "2027-02-02T10:00"})
    answer = browser.post(address, data=before, headers=headers)
    assert answer.status_code == 422
    assert "it is “2027-02-02 10:00” now" in soup(answer).text("#moment-error")
    assert stored(read, post).published_at == datetime(2027, 2, 2, 10, tzinfo=UTC)
    again = soup(answer).form("#schedule form:first-of-type")
    assert again["moment"] == "2027-01-01T10:00"
    assert browser.post(address, data=again, headers=headers).status_code != 422
    assert stored(read, post).published_at == datetime(2027, 1, 1, 10, tzinfo=UTC)


def test_a_form_that_does_not_say_what_it_showed_means_the_boxes_it_leaves_out_as_html_does(
    sign_in: SignIn, make: Make, ada: User, read: Read
) -> None:
    columns = {"canonical_url": "https://one.example/", "is_kept_from_robots": True, "featured_at": make.clock.now}
    post, editor = make.post(ada, **columns), sign_in(make.user(role="editor"))
    assert editor.post(f"/write/{post.id}/settings", data={"is_featured": "y"}).status_code == 303
    found = stored(read, post)
    assert (found.canonical_url, found.post_visibility_lookup_code) == ("https://one.example/", "public")
    assert (found.is_kept_from_robots, found.featured_at is not None) == (False, True)


def test_the_limits_of_places_are_said_before_they_are_met(sign_in: SignIn, make: Make, ada: User) -> None:
    page = soup(sign_in(make.user(role="editor")).get(f"/write/{make.post(ada).id}/settings"))
    assert "from 1 to 200" in page.text("#menu_order-hint")
    assert "from 1 to 200" in page.text("#position-hint")


@BOTH
def test_a_series_and_a_place_in_the_menu_stay_as_they_were_changed_elsewhere(
    sign_in: SignIn, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post, editor = make.post(ada), sign_in(make.user(role="editor"))
    address = f"/write/{post.id}"
    series, menu = opened(editor, post, "#series form"), opened(editor, post, "#page form")
    editor.post(f"{address}/series", data=series | {"series": "Birds"})
    assert editor.post(f"{address}/series", data=series, headers=headers).status_code != 422
    assert opened(editor, post, "#series form")["series"] == "Birds"
    answer = editor.post(f"{address}/series", data=series | {"series": "Trees"}, headers=headers)
    assert answer.status_code == 422
    assert "it is “Birds” now" in soup(answer).text("#series-name-error")
    editor.post(f"{address}/page", data=menu | {"menu_order": "5"})
    assert editor.post(f"{address}/page", data=menu, headers=headers).status_code != 422
    assert stored(read, post).menu_order == 5


@BOTH
@pytest.mark.parametrize("sent", ["", "{", "[]", '{"visibility": 5}', "null", "[" * 200_000])
def test_an_odd_account_of_what_was_shown_does_no_harm(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], sent: str
) -> None:
    post = make.post(ada)
    data = opened(browser, post) | {"shown": sent, "canonical_url": "https://a.example/"}
    assert browser.post(f"/write/{post.id}/settings", data=data, headers=headers).status_code < 500


def test_whoever_approves_after_saving_settings_in_the_same_page_is_not_asked_again(
    sign_in: SignIn, make: Make
) -> None:
    writer, editor = make.user(role="contributor"), sign_in(make.user(role="editor"))
    post = make.post(writer, title="Essay", body="Whole.", published=False)
    sign_in(writer).post(f"/write/{post.id}/review")
    page = soup(editor.get(f"/write/{post.id}/settings"))
    seen, data = page.attribute("[name=seen]", "value"), page.form("#settings-form") | {"social_image": "/a.png"}
    assert editor.post(f"/write/{post.id}/settings", data=data, headers=as_htmx).status_code == 200
    answer = editor.post(f"/write/{post.id}/review/approval", data={"seen": seen}, headers=as_htmx)
    assert answer.status_code == 200


class TestWordsOfOthers:
    """What a co-author is just typing is not shown to readers by somebody who has not seen it."""

    @pytest.fixture
    def post(self, make: Make, ada: User) -> Post:
        return make.post(ada, title="Essay", body="Whole.", published=False)

    def type_words(self, writer: TestClient, post: Post) -> None:
        form = soup(writer.get(f"/write/{post.id}")).form("#editor")
        writer.post(f"/write/{post.id}/autosave", data=form | {"body": "Whole. Half a"}, headers=as_htmx)

    @BOTH
    def test_scheduling_asks_to_read_them(
        self, browser: TestClient, sign_in: SignIn, make: Make, post: Post, read: Read, headers: dict[str, str]
    ) -> None:
        editor = sign_in(make.user(role="editor"))
        sent = opened(editor, post, "#schedule form:first-of-type") | {"moment": "2027-01-01T10:00"}
        self.type_words(browser, post)
        answer = editor.post(f"/write/{post.id}/schedule", data=sent, headers=headers)
        assert answer.status_code == 422
        assert "Somebody changed the text" in soup(answer).text("#schedule [role=alert]")
        assert stored(read, post).body == "Whole."
        again = soup(answer).form("#schedule form:first-of-type")
        assert again["moment"] == "2027-01-01T10:00"
        assert editor.post(f"/write/{post.id}/schedule", data=again, headers=headers).status_code != 422

    def test_ones_own_are_known(self, browser: TestClient, post: Post) -> None:
        sent = opened(browser, post, "#schedule form:first-of-type") | {"moment": "2027-01-01T10:00"}
        self.type_words(browser, post)
        assert browser.post(f"/write/{post.id}/schedule", data=sent).status_code == 303

    @BOTH
    def test_an_approval_needs_a_title_and_a_text(
        self, sign_in: SignIn, make: Make, read: Read, headers: dict[str, str]
    ) -> None:
        writer, editor = make.user(role="contributor"), sign_in(make.user(role="editor"))
        post = make.post(writer, title="Essay", body="Whole.", published=False)
        browser = sign_in(writer)
        form = soup(browser.get(f"/write/{post.id}")).form("#editor")
        browser.post(f"/write/{post.id}/review")
        browser.post(f"/write/{post.id}/autosave", data=form | {"body": ""}, headers=as_htmx)
        seen = soup(editor.get(f"/write/{post.id}/settings")).attribute("[name=seen]", "value")
        answer = editor.post(f"/write/{post.id}/review/approval", data={"seen": seen}, headers=headers)
        assert answer.status_code == 422
        assert "There is nothing to publish yet" in soup(answer).text("#review [role=alert]")
        assert (stored(read, post).post_status_lookup_code, stored(read, post).body) == ("review", "Whole.")
