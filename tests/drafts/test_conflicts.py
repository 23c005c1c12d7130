"""Somebody decides where two people changed the same words."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import Soup, soup
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision

BODY = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def browser(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("ada", role="author"))


@pytest.fixture
def address(browser: TestClient, read: Read) -> str:
    """The page of a conflict about the second paragraph; the third was changed by the others only."""
    browser.post("/write", data={"title": "Shared", "body": BODY})
    mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    theirs.save(body=BODY.replace("Two", "Two, theirs").replace("Three", "3"))
    return str(mine.send(body=BODY.replace("Two", "Two, mine")).headers["location"])


def decided(browser: TestClient, address: str, choice: str, text: str = "") -> Soup:
    page = soup(browser.get(address))
    (name,) = {radio.attributes["name"] or "" for radio in page.all(".conflict input[type=radio]")}
    data = page.form(".conflict") | {name: choice}
    if text:
        data[name.replace("choice", "text")] = text
    answer = browser.post(address, data=data)
    return soup(browser.get(answer.headers["location"])) if answer.status_code == 303 else soup(answer)


@pytest.mark.parametrize(
    ("choice", "text", "second"),
    [
        ("mine", "", "Two, mine."),
        ("theirs", "", "Two, theirs."),
        ("both", "", "Two, mine.\n\nTwo, theirs."),
        ("own", "Two, ours.", "Two, ours."),
    ],
)
def test_each_choice(browser: TestClient, address: str, read: Read, choice: str, text: str, second: str) -> None:
    page = decided(browser, address, choice, text)
    assert "Your decision is saved." in page.text(".flashes")
    assert read.all(Post)[0].body == f"One.\n\n{second}\n\n3."
    assert browser.get(address).headers["location"] == "/write/1"


def test_what_was_typed_is_stored_before_anybody_decides(address: str, read: Read) -> None:
    conflict = read.all(PostRevision)[-1]
    assert (conflict.is_conflict, conflict.body) == (True, BODY.replace("Two", "Two, mine"))


def test_no_choice_is_asked_for_at_its_place(browser: TestClient, address: str, read: Read) -> None:
    page = decided(browser, address, "")
    assert "choose what shall stand here" in page.text(".field-error")
    assert "theirs" in read.all(Post)[0].body


def test_it_can_be_settled_while_another_goes_on_elsewhere(browser: TestClient, address: str, read: Read) -> None:
    data = soup(browser.get(address)).form(".conflict")
    Editor(browser, "/write/1").save(title="Changed meanwhile")
    answer = browser.post(address, data=data | {"choice-body-1": "mine"})
    assert "Merged with changes" in soup(browser.get(answer.headers["location"])).text("#editor-note")
    (post,) = read.all(Post)
    assert (post.title, post.body) == ("Changed meanwhile", "One.\n\nTwo, mine.\n\n3.")
    assert browser.get(address).headers["location"] == "/write/1"


def test_while_another_types_in_the_same_place_the_decision_is_kept(
    browser: TestClient, address: str, read: Read
) -> None:
    theirs = Editor(browser, "/write/1")
    theirs.send("/autosave", body=theirs.form["body"].replace("theirs", "theirs, and"))
    data = soup(browser.get(address)).form(".conflict")
    theirs.send("/autosave", body=theirs.form["body"].replace("theirs", "theirs, and more"), sequence="5")
    answer = browser.post(address, data=data | {"choice-body-1": "own", "text-body-1": "Two, decided."})
    second = answer.headers["location"]
    assert second.startswith("/write/1/conflicts/")
    assert second != address
    page = soup(browser.get(second))
    assert "Two, decided." in page.text(".conflict")
    assert "theirs, and more" in page.text(".conflict")
    assert read.all(PostRevision)[-1].body == "One.\n\nTwo, decided.\n\n3."


def test_a_decision_that_was_made_from_nothing_known_is_asked_for_again(browser: TestClient, address: str) -> None:
    known = soup(browser.get(address)).form(".conflict")
    for base in ("", "nonsense", "99.1", "1.77"):
        answer = browser.post(address, data=known | {"base": base, "choice-body-1": "mine"})
        assert answer.status_code == 422
        assert "changed once more" in soup(answer).text("[role=alert]")
        assert soup(answer).has("#choice-body-1-mine[checked]")


def test_words_typed_since_in_the_same_editor_are_looked_at_first(
    browser: TestClient, address: str, read: Read
) -> None:
    data, (first, *_, conflict) = soup(browser.get(address)).form(".conflict"), read.all(PostRevision)
    more = {"base": first.version, "editing_session": conflict.editing_session, "sequence": "7", "title": "Shared"}
    browser.post("/write/1", data=more | {"body": "One, mine too.\n\nTwo, mine.\n\nThree."})
    answer = browser.post(address, data=data | {"choice-body-1": "theirs"})
    assert answer.status_code == 422
    assert "changed once more" in soup(answer).text("[role=alert]")
    assert "mine too" in answer.text
    again = soup(answer).form(".conflict") | {"choice-body-1": "theirs"}
    assert browser.post(address, data=again).headers["location"] == "/write/1"
    assert read.all(Post)[0].body == "One, mine too.\n\nTwo, theirs.\n\n3."


def test_a_decision_sent_twice_is_stored_once(browser: TestClient, address: str, read: Read) -> None:
    data = soup(browser.get(address)).form(".conflict") | {"choice-body-1": "mine"}
    answers = [browser.post(address, data=data) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == ["/write/1", "/write/1"]
    assert len(read.all(PostRevision)) == 4
    assert read.all(Post)[0].body == "One.\n\nTwo, mine.\n\n3."


def test_a_session_that_ended_loses_no_decision(client: TestClient, browser: TestClient, address: str) -> None:
    data = soup(browser.get(address)).form(".conflict")
    data |= {"choice-body-1": "own", "text-body-1": "Two,\nlong thought about."}
    kept = client.post(address, data=data)
    assert kept.status_code == 401
    again = soup(kept).form("#kept")
    assert again == data
    assert soup(kept).text("#kept option[selected]") == "Use the words below"
    assert browser.post(soup(kept).attribute("#kept", "action"), data=again).headers["location"] == "/write/1"


def test_whoever_may_not_decide_any_more_can_copy_the_words(
    browser: TestClient, address: str, make: Make, sign_in: SignIn
) -> None:
    data = soup(browser.get(address)).form(".conflict") | {"choice-body-1": "own", "text-body-1": "Two, ours."}
    for role, status in (("reader", 403), ("author", 404)):
        answer = sign_in(make.user(role=role)).post(address, data=data)
        assert answer.status_code == status
        assert "Two, ours." in soup(answer).text("#kept textarea")
        assert "Send it again" not in answer.text


def test_titles_clash_whole(browser: TestClient, read: Read) -> None:
    browser.post("/write", data={"title": "Shared", "body": "x"})
    mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    theirs.save(title="Theirs")
    address = mine.send(title="Mine").headers["location"]
    page = decided(browser, address, "own", "Ours")
    assert page.form("#editor")["title"] == "Ours"


def test_going_on_in_the_open_editor_keeps_one_conflict(browser: TestClient, address: str, read: Read) -> None:
    mine = Editor(browser, "/write/1")
    first = read.all(PostRevision)[-1]
    again = mine.form | {
        "base": "1.0", "editing_session": first.editing_session, "sequence": "7", "body": BODY.replace("Two", "2"),
    }  # fmt: skip
    assert browser.post("/write/1", data=again).headers["location"] == address
    conflicts = [revision for revision in read.all(PostRevision) if revision.is_conflict]
    assert [conflict.body for conflict in conflicts] == [BODY.replace("Two", "2")]


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("author", 404), ("editor", 200)])
def test_who_may_decide(browser: TestClient, address: str, make: Make, sign_in: SignIn, role: str, status: int) -> None:
    assert sign_in(make.user(role=role)).get(address).status_code == status


def test_an_older_save_leads_to_the_conflict_of_what_was_typed_later(
    browser: TestClient, address: str, read: Read
) -> None:
    mine, conflict = Editor(browser, "/write/1"), read.all(PostRevision)[-1]
    again = mine.form | {"base": "1.0", "editing_session": conflict.editing_session, "body": "Older.", "sequence": "0"}
    assert browser.post("/write/1", data=again).headers["location"] == address
    assert read.all(PostRevision)[-1].body == conflict.body


def too_many_tags(browser: TestClient) -> str:
    browser.post("/write", data={"title": "Shared", "body": BODY})
    mine, theirs = Editor(browser, "/write/1"), Editor(browser, "/write/1")
    theirs.save(tags=", ".join(f"theirs {number}" for number in range(11)))
    return str(mine.send(tags=", ".join(f"mine {number}" for number in range(11))).headers["location"])


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_tags_that_are_too_many_together_are_decided_about(browser: TestClient, read: Read, choice: str) -> None:
    page = decided(browser, too_many_tags(browser), choice)
    assert "Your decision is saved." in page.text(".flashes")
    assert page.form("#editor")["tags"] == ", ".join(f"{choice} {number}" for number in range(11))


def test_both_of_too_many_are_said_at_their_field_with_every_one_still_there(browser: TestClient) -> None:
    page = decided(browser, too_many_tags(browser), "both")
    assert "at most 20 tags; these are 22" in page.text("#tags-error")
    assert page.form("#editor")["tags"].count("mine") == page.form("#editor")["tags"].count("theirs") == 11
