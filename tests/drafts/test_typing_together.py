"""Editors that go on typing, each with what the other has stored: nothing is lost, nobody clashes with themselves."""

import re
from uuid import uuid4

from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.rescued_text import RescuedText

TEXT = "One.\n\nmiddle.\n\nThree."


class Typist:
    """Somebody in the editor with JavaScript: saves while typing, takes over what was merged, builds on what came."""

    def __init__(self, browser: TestClient, address: str) -> None:
        self.browser, self.address = browser, address
        self.form = soup(browser.get(address)).form("#editor") | {"editing_session": str(uuid4())}
        self.sequence = int(self.form.get("sequence") or 1)

    def autosave(self, **typed: str) -> str:
        """Type, and let the editor save."""
        self.sequence += 1
        self.form |= typed | {"sequence": str(self.sequence)}
        answer = self.browser.post(f"{self.address}/autosave", data=self.form, headers=as_htmx)
        if found := re.search(r'data-base="([^"]+)"', answer.text):
            merged = soup(answer).all("[data-merged]")
            self.form |= {element.attributes["data-merged"]: element.text() for element in merged}
            self.form["base"] = found[1]
        return answer.text

    def add_to(self, paragraph: int, words: str) -> str:
        """Type at the end of a paragraph."""
        paragraphs = self.form["body"].split("\n\n")
        paragraphs[paragraph] += words
        return self.autosave(body="\n\n".join(paragraphs))


def two_typists(make: Make, sign_in: SignIn) -> tuple[Typist, Typist]:
    """Two people with the same post."""
    ada, ed = sign_in(make.user("ada", role="author")), sign_in(make.user("ed", role="editor"))
    ada.post("/write", data={"title": "Shared", "body": TEXT})
    return Typist(ada, "/write/1"), Typist(ed, "/write/1")


def test_two_who_type_in_different_places_never_clash(make: Make, sign_in: SignIn, read: Read) -> None:
    ada, ed = two_typists(make, sign_in)
    for number in range(10):
        assert "conflict" not in ada.add_to(0, f" a{number}").lower()
        assert "conflict" not in ed.add_to(2, f" e{number}").lower()
    revisions = read.all(PostRevision)
    assert not any(revision.is_conflict for revision in revisions)
    newest = max(revisions, key=lambda revision: revision.id).body
    assert all(f"a{number}" in newest and f"e{number}" in newest for number in range(10))
    named = [revision for revision in revisions if revision.post_revision_type_lookup_code != "autosave"]
    assert len(named) <= 2, "what is saved by itself is never listed beside what somebody saved"


def rescued(make: Make, sign_in: SignIn, post: Post, typist: Typist, words: str) -> None:
    """The session ends while somebody types: the blog keeps the words."""
    with make.database.session() as session:
        session.execute(delete(LoginSession))
    typist.autosave(body=words)


def test_rescued_words_in_two_windows_do_not_replace_each_other(make: Make, sign_in: SignIn, read: Read) -> None:
    ada = make.user("ada", role="author")
    post = make.post(ada, title="D", body="One.", published=False)
    rescued(make, sign_in, post, Typist(sign_in(ada), f"/write/{post.id}"), "One, rescued.")
    windows = [sign_in(ada), sign_in(ada)]
    forms = [soup(window.get("/write/recovered/1")).form("#editor") for window in windows]
    for window, form, words in zip(windows, forms, ("Laptop", "Phone"), strict=True):
        typed = form | {"editing_session": str(uuid4()), "body": f"One, rescued. {words} words.", "sequence": "2"}
        window.post(f"/write/{post.id}/autosave", data=typed, headers=as_htmx)
    stored = [revision.body for revision in read.all(PostRevision)]
    assert any("Laptop words" in body for body in stored)
    assert any("Phone words" in body for body in stored)


def test_words_typed_into_what_was_rescued_are_stored_also_by_who_went_on(
    make: Make, sign_in: SignIn, read: Read
) -> None:
    ada = make.user("ada", role="author")
    post = make.post(ada, title="D", body="One.", published=False)
    typist = Typist(sign_in(ada), f"/write/{post.id}")
    rescued(make, sign_in, post, typist, "One, two, three.")
    typist.browser = sign_in(ada)
    for number in range(5):
        typist.autosave(body=f"One, two, three. More {number}.")
    form = soup(typist.browser.get("/write/recovered/1")).form("#editor")
    typist.browser.post(f"/write/{post.id}", data=form | {"body": "One, two, three. Typed into the rescued."})
    stored = [text.body for kind in (PostRevision, RescuedText) for text in read.all(kind)]
    assert any("Typed into the rescued" in body for body in stored)
    assert any("More 4" in body for body in stored)


def test_kept_words_of_a_new_post_do_not_replace_what_another_device_wrote(
    make: Make, sign_in: SignIn, read: Read
) -> None:
    ada = make.user("ada", role="author")
    laptop, phone = sign_in(ada), sign_in(ada)
    session = str(uuid4())
    form = soup(laptop.get("/write/new")).form("#editor")
    begun = form | {"editing_session": session, "sequence": "2", "title": "T", "body": "Begun."}
    # It is stored, but the answer is lost, and the browser dies.
    laptop.post("/write/autosave", data=begun, headers=as_htmx)
    Typist(phone, "/write/1").autosave(body="Begun.\n\nAn hour of words on the phone.")
    kept = begun | {"editing_session": str(uuid4()), "base": "", "continues": f"{session} 2", "body": "Begun. More."}
    laptop.post("/write/autosave", data=kept, headers=as_htmx)
    assert "hour of words" in soup(laptop.get("/write/1")).form("#editor")["body"]


def test_saving_a_draft_again_after_signing_in_publishes_nothing(make: Make, sign_in: SignIn, read: Read) -> None:
    ada = make.user("ada", role="author")
    post = make.post(ada, title="D", body="Public.")
    editor = Editor(sign_in(ada), f"/write/{post.id}")
    with make.database.session() as session:
        session.execute(delete(LoginSession))
    again = soup(editor.send(body="Half a thought.", hold="1")).form("#kept")
    sign_in(ada).post(f"/write/{post.id}", data=again)
    assert read(Post, post.id).body == "Public."
    assert any(revision.body == "Half a thought." for revision in read.all(PostRevision))


def test_an_address_that_a_page_cannot_have_stops_nothing(make: Make, sign_in: SignIn, read: Read) -> None:
    writer = make.user("ed", role="editor")
    post = make.post(writer, title="D", body="Text.", published=False)
    browser = sign_in(writer)
    assert browser.post(f"/write/{post.id}/page", data={"menu_order": ""}).status_code == 303
    Typist(browser, f"/write/{post.id}").autosave(slug="search", body="Text. More.")
    answer = browser.post(f"/write/{post.id}/schedule", data={"moment": "2027-11-23T09:00"})
    assert answer.status_code == 303
    stored = read(Post, post.id)
    assert (stored.body, stored.slug) == ("Text. More.", "d")
