"""Two tabs, two people, doubled and late submissions: nothing is overwritten unseen."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo.\n\nThree."
BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


@pytest.fixture
def bob(make: Make) -> User:
    return make.user("bob", role="editor")


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body=BODY, tags="a", published=False)


@pytest.fixture
def address(post: Post) -> str:
    return f"/write/{post.id}"


@pytest.fixture
def here(ada: User, sign_in: SignIn) -> TestClient:
    return sign_in(ada)


@pytest.fixture
def there(bob: User, sign_in: SignIn) -> TestClient:
    return sign_in(bob)


def kinds(read: Read) -> list[str]:
    return [revision.post_revision_type_lookup_code for revision in read.all(PostRevision)]


def stored(read: Read, post: Post) -> Post:
    found = read(Post, post.id)
    assert found is not None
    return found


@BOTH
def test_different_paragraphs_are_merged_and_that_is_said(
    here: TestClient, there: TestClient, address: str, post: Post, read: Read, headers: dict[str, str]
) -> None:
    mine, theirs = Editor(here, address, headers), Editor(there, address)
    theirs.save(body=BODY.replace("Three", "Three, by Bob"), tags="a, b")
    page = mine.save(body=BODY.replace("One", "One, by Ada"), title="Shared, by Ada")
    assert stored(read, post).body == "One, by Ada.\n\nTwo.\n\nThree, by Bob."
    assert stored(read, post).title == "Shared, by Ada"
    assert mine.form["body"] == stored(read, post).body
    assert mine.form["tags"] == "a, b"
    assert "Merged with changes saved" in page.text()
    assert "by Bob" in page.text()
    changes = soup(here.get(page.link("See what they were")))
    assert ", by Bob" in changes.texts("ins")


@BOTH
def test_the_same_words_are_a_conflict_and_nothing_is_overwritten(
    here: TestClient, there: TestClient, address: str, post: Post, read: Read, headers: dict[str, str]
) -> None:
    mine, theirs = Editor(here, address, headers), Editor(there, address)
    theirs.save(body=BODY.replace("Two", "Two, by Bob"))
    answer = mine.send(body=BODY.replace("Two", "Two, by Ada"))
    leads_to = answer.headers["hx-redirect" if headers else "location"]
    assert stored(read, post).body == BODY.replace("Two", "Two, by Bob")
    page = soup(here.get(leads_to))
    assert page.texts(".conflict-place .conflict-text")[:3] == ["Two, by Ada.", "Two, by Bob.", "Two."]
    assert kinds(read) == ["save", "save", "conflict"]


def test_one_s_own_doubled_save_is_no_conflict(here: TestClient, address: str, post: Post, read: Read) -> None:
    mine = Editor(here, address)
    for _ in range(3):
        assert mine.send(body="Once.").headers["location"] == address
    assert stored(read, post).body == "Once."
    assert kinds(read) == ["save", "save"]


def test_one_s_own_late_save_does_not_undo_a_later_one(here: TestClient, address: str, post: Post, read: Read) -> None:
    mine = Editor(here, address)
    mine.send(body="Second.", sequence="2")
    mine.send(body="First.", sequence="1")
    assert stored(read, post).body == "Second."


def test_a_save_whose_answer_never_came_is_no_conflict(here: TestClient, address: str, post: Post, read: Read) -> None:
    mine = Editor(here, address)
    mine.send(body="First.", sequence="1")
    mine.send(body="First. Second.", sequence="2")
    assert stored(read, post).body == "First. Second."
    assert "conflict" not in kinds(read)


def test_a_merge_whose_answer_never_came_is_merged_again(
    here: TestClient, there: TestClient, address: str, post: Post, read: Read
) -> None:
    mine, theirs = Editor(here, address), Editor(there, address)
    theirs.save(body=BODY.replace("Three", "3"))
    mine.send(body=BODY.replace("One", "1"), sequence="1")
    mine.send(body=BODY.replace("One", "1").replace("Two", "2"), sequence="2")
    assert stored(read, post).body == "1.\n\n2.\n\n3."


def test_a_second_window_of_the_same_person_is_somebody_else(
    here: TestClient, address: str, post: Post, read: Read
) -> None:
    first, second = Editor(here, address), Editor(here, address)
    first.save(body=BODY.replace("Two", "2"))
    assert "/conflicts/" in second.send(body=BODY.replace("Two", "II")).headers["location"]


def test_whoever_names_no_revision_changes_the_post_as_it_is(
    here: TestClient, address: str, post: Post, read: Read
) -> None:
    Editor(here, address).save(body="Before.")
    assert here.post(address, data={"title": "T", "body": "After."}).headers["location"] == address
    assert stored(read, post).body == "After."
    assert [revision.body for revision in read.all(PostRevision)] == [BODY, "Before.", "After."]


@pytest.mark.parametrize("base", ["", "x", "0.0", "999.1", "1.99", "-1.0", "9" * 30 + ".1"])
def test_a_revision_that_is_not_there_lets_nothing_be_overwritten(
    here: TestClient, there: TestClient, address: str, post: Post, read: Read, base: str
) -> None:
    theirs = Editor(there, address)
    theirs.save(body="Theirs.")
    answer = Editor(here, address).send(body="Mine.", base=base)
    assert answer.status_code == 303
    texts = {revision.body for revision in read.all(PostRevision)}
    assert {BODY, "Theirs.", "Mine."} <= texts


@pytest.mark.parametrize("name", ["editing_session", "sequence", "base"])
@pytest.mark.parametrize("value", ["", "x", "\x00", "9" * 40, "\N{ARABIC-INDIC DIGIT ONE}"])
def test_a_strange_hidden_field_is_no_fault(here: TestClient, address: str, name: str, value: str) -> None:
    assert Editor(here, address).send(**{name: value}).status_code in (303, 422)


def test_many_windows_at_once_lose_nothing(app: Colophon, here: TestClient, address: str, read: Read) -> None:
    paragraphs = [f"Paragraph {number}." for number in range(8)]
    Editor(here, address).save(body="\n\n".join(paragraphs))
    editors = [Editor(here, address) for _ in paragraphs]
    presses = [
        Press(here, address, editor.form | {"body": editor.form["body"].replace(text, f"{text} Seen.")})
        for editor, text in zip(editors, paragraphs, strict=True)
    ]
    answers = at_once(app, presses)
    assert {answer.status_code for answer in answers} == {303}
    (post,) = read.all(Post)
    assert post.body == "\n\n".join(f"{text} Seen." for text in paragraphs)


def test_deleting_most_of_a_text_keeps_what_was_there(here: TestClient, address: str, read: Read) -> None:
    mine = Editor(here, address)
    mine.save(body="word " * 200)
    mine.save(body="")
    assert [len(revision.body) for revision in read.all(PostRevision)] == [len(BODY), 1000, 0]


def test_changes_of_a_published_post_are_seen_when_they_are_published(
    make: Make, ada: User, here: TestClient, client: TestClient, read: Read
) -> None:
    post = make.post(ada, title="Public", body="Old.")
    mine = Editor(here, f"/write/{post.id}")
    mine.save(body="New.")
    assert "New." in client.get("/posts/public").text
    assert kinds(read) == ["save", "publication"]


@BOTH
def test_publishing_what_somebody_changed_meanwhile_asks_to_look_first(
    here: TestClient, there: TestClient, client: TestClient, address: str, post: Post, headers: dict[str, str]
) -> None:
    mine, theirs = Editor(here, address, headers), Editor(there, address)
    theirs.save(body=BODY.replace("Three", "3"))
    answer = mine.send("/publication", body=BODY.replace("One", "1"))
    assert "Not published yet" in (answer.text if headers else here.get(answer.headers["location"]).text)
    assert client.get(f"/posts/{post.slug}").status_code == 404


@BOTH
def test_a_double_click_on_publish_publishes_once(
    here: TestClient, client: TestClient, address: str, post: Post, read: Read, headers: dict[str, str]
) -> None:
    mine = Editor(here, address, headers)
    for _ in range(2):
        assert mine.send("/publication", body="Public.").status_code == (200 if headers else 303)
    assert "Public." in client.get(f"/posts/{post.slug}").text
    assert kinds(read) == ["save", "publication"]


def test_whoever_may_no_longer_publish_keeps_the_words_as_a_draft_and_is_told(
    make: Make, sign_in: SignIn, read: Read
) -> None:
    contributor = make.user(role="contributor")
    post = make.post(contributor, published=False)
    browser = sign_in(contributor)
    answer = Editor(browser, f"/write/{post.id}").send("/publication", body="Kept.")
    assert "may not publish this any more" in browser.get(answer.headers["location"]).text
    found = stored(read, post)
    assert (found.body, found.is_released) == ("Kept.", False)
