"""Words that were typed, merged and taken back again: what stands in the editor is what goes to readers."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision

BODY = "One.\n\nTwo.\n\nThree."
MERGED = "One, one.\n\nTwo.\n\nThree."


@pytest.fixture
def browser(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("ada", role="author"))


def autosave(editor: Editor, sequence: int = 2, **typed: str) -> None:
    editor.form |= typed
    data = editor.form | {"sequence": str(sequence)}
    assert editor.browser.post(f"{editor.address}/autosave", data=data, headers=as_htmx).status_code == 200


def merge_and_take_back(browser: TestClient, **sent: str) -> None:
    """Two windows type at once, and a third one takes back what the second had typed."""
    browser.post("/write", data={"title": "Shared", "body": BODY} | sent)
    one, two = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    autosave(two, body="One.\n\nTwo.\n\nThree, two.")
    autosave(one, body=MERGED)
    autosave(Editor(browser, "/write/1"), body=MERGED)


def schedule(browser: TestClient, sent: dict[str, str]) -> int:
    return browser.post("/write/1/schedule", data=sent | {"moment": "2027-01-01T10:00"}).status_code


def schedule_form(browser: TestClient) -> dict[str, str]:
    return soup(browser.get("/write/1/settings")).form("#schedule form:first-of-type")


def test_what_is_left_is_what_gets_scheduled(browser: TestClient, read: Read) -> None:
    merge_and_take_back(browser)
    assert Editor(browser, "/write/1").form["body"] == MERGED
    assert schedule(browser, schedule_form(browser)) == 303
    assert read.all(Post)[0].body == MERGED
    assert Editor(browser, "/write/1").form["body"] == MERGED


def test_what_is_left_of_a_published_post_still_waits(browser: TestClient, read: Read) -> None:
    merge_and_take_back(browser, publish="1")
    assert read.all(Post)[0].body == BODY
    assert "Changes not published" in browser.get("/write/1").text


def test_what_the_blog_merged_into_ones_own_words_is_read_before_it_is_scheduled(
    browser: TestClient, sign_in: SignIn, make: Make, read: Read
) -> None:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    hers, his = Editor(browser, "/write/1"), Editor(sign_in(make.user(role="editor")), "/write/1")
    sent = schedule_form(browser)
    autosave(his, body=BODY.replace("Three", "Three, half a sent"))
    autosave(hers, body=BODY.replace("One", "One, hers"))
    assert schedule(browser, sent) == 422
    assert read.all(Post)[0].body == BODY
    assert schedule(browser, schedule_form(browser)) == 303


class TestDecidedTwice:
    """A decision about a conflict that is sent once more, after others had gone on."""

    @pytest.fixture
    def address(self, browser: TestClient) -> str:
        browser.post("/write", data={"title": "Shared", "body": BODY})
        mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
        theirs.save(body=BODY.replace("Two", "Two, theirs"))
        return str(mine.send(body=BODY.replace("Two", "Two, mine")).headers["location"])

    @pytest.mark.parametrize(
        "meanwhile",
        [{"title": "Changed meanwhile"}, {"body": BODY.replace("Two", "Two, more")}],
        ids=["merged", "clash"],
    )
    def test_is_stored_once(self, browser: TestClient, address: str, read: Read, meanwhile: dict[str, str]) -> None:
        data = soup(browser.get(address)).form(".conflict") | {"choice-body-1": "mine"}
        Editor(browser, "/write/1").save(**meanwhile)
        first = browser.post(address, data=data).headers["location"]
        stored = len(read.all(PostRevision))
        again = browser.post(address, data=data).headers["location"]
        assert again.partition("?")[0] == first.partition("?")[0]
        assert len(read.all(PostRevision)) == stored

    def test_words_for_a_place_that_is_none_any_more_are_shown(self, browser: TestClient, address: str) -> None:
        sent = {"base": "", "choice-body-9": "own", "text-body-9": "Typed for the ninth place."}
        answer = browser.post(address, data=sent)
        assert answer.status_code == 422
        assert "Typed for the ninth place." in soup(answer).text("main section")


class TestSentOnceMore:
    """A button's request that arrives again after somebody else has gone on."""

    @pytest.fixture
    def address(self, browser: TestClient) -> str:
        browser.post("/write", data={"title": "Shared", "body": BODY})
        return "/write/1"

    @pytest.mark.parametrize("button", ["/publication", "/submission"])
    def test_shows_nobody_what_others_wrote_since(self, sign_in: SignIn, make: Make, read: Read, button: str) -> None:
        browser = sign_in(make.user(role="author" if button == "/publication" else "contributor"))
        browser.post("/write", data={"title": "Shared", "body": BODY})
        hers = Editor(browser, "/write/1")
        hers.send(body="Hers.")
        Editor(sign_in(make.user(role="editor")), "/write/1").save(body="His, unfinished.")
        answer = hers.send(button, body="Hers.")
        assert "yet: it was changed by somebody else meanwhile" in soup(browser.get(answer.headers["location"])).text(
            ".flashes"
        )
        (post,) = read.all(Post)
        assert (post.is_released, post.is_in_review, post.body) == (False, False, "His, unfinished.")

    def test_does_not_publish_again_what_was_withdrawn(
        self, browser: TestClient, address: str, sign_in: SignIn, make: Make, read: Read
    ) -> None:
        hers = Editor(browser, address)
        hers.send("/publication", body="Hers.")
        Editor(sign_in(make.user(role="editor")), address).send("/publication/withdrawal", body="His, unfinished.")
        hers.send("/publication", body="Hers.")
        assert not read.all(Post)[0].is_released


def test_what_was_merged_into_a_scheduled_post_waits_until_somebody_saves_it(
    browser: TestClient, sign_in: SignIn, make: Make, read: Read
) -> None:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    assert schedule(browser, schedule_form(browser)) == 303
    hers, his = Editor(browser, "/write/1"), Editor(sign_in(make.user(role="editor")), "/write/1")
    autosave(his, body=BODY.replace("Three", "Three, half typed"))
    page = hers.save(body=BODY.replace("One", "One, hers"))
    assert "Merged with changes" in page.text("#editor-note")
    assert "Changes not saved for that" in page.text("#editor-note")
    assert read.all(Post)[0].body == BODY
    page = Editor(browser, "/write/1").save()
    assert "Changes not saved" not in page.text("#editor-note")
    assert read.all(Post)[0].body == "One, hers.\n\nTwo.\n\nThree, half typed."


def test_a_conflict_ends_when_its_writer_takes_over_what_the_others_wrote(browser: TestClient, read: Read) -> None:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    others = BODY.replace("Two", "Two, theirs")
    theirs.save(body=others)
    mine.send(body=BODY.replace("Two", "Two, mine"))
    mine.send(body=others, sequence="9")
    assert [row.settled_at is not None for row in read.all(PostRevision) if row.is_conflict] == [True]
