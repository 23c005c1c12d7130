"""What is approved are the words that the editor has read."""

import pytest

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post_revision import PostRevision
from web.models.post_state import PostStatus


def test_an_editor_approves_what_is_read_and_that_is_a_revision(make: Make, sign_in: SignIn, read: Read) -> None:
    writer, editor = make.user(role="contributor"), sign_in(make.user(role="editor"))
    post = make.post(writer, title="Essay", body="First.", published=False)
    browser = sign_in(writer)
    address = f"/write/{post.id}"
    form = soup(browser.get(address)).form("#editor")
    browser.post(f"{address}/autosave", data=form | {"body": "Second."}, headers=as_htmx)
    browser.post(f"{address}/review")
    seen = soup(editor.get(f"{address}/settings")).attribute("[name=seen]", "value")
    browser.post(f"{address}/autosave", data=form | {"body": "Third.", "sequence": "3"}, headers=as_htmx)
    assert editor.post(f"{address}/review/approval", data={"seen": seen}).status_code == 422
    seen = soup(editor.get(f"{address}/settings")).attribute("[name=seen]", "value")
    assert editor.post(f"{address}/review/approval", data={"seen": seen}).status_code == 303
    assert "Third." in editor.get("/posts/essay").text
    assert read.all(PostRevision)[-1].post_revision_type_lookup_code == "publication"


@pytest.mark.parametrize("action", ["review/approval", "schedule"])
@pytest.mark.parametrize(("body", "status"), [("First.", 303), ("Second.", 422)])
def test_a_post_without_a_history_is_known_by_its_own_words(
    make: Make, sign_in: SignIn, read: Read, action: str, body: str, status: int
) -> None:
    """Its first revision is made by whoever saves it next, be it with the same words."""
    writer, editor = make.user(role="author"), sign_in(make.user(role="editor"))
    in_review = {"post_status_lookup_code": PostStatus.REVIEW} if action == "review/approval" else {}
    post = make.post(writer, title="Essay", body="First.", published=False, **in_review)
    assert read.all(PostRevision) == []
    address = f"/write/{post.id}"
    seen = soup(editor.get(f"{address}/settings")).attribute("[name=seen]", "value")
    browser = sign_in(writer)
    browser.post(address, data=soup(browser.get(address)).form("#editor") | {"body": body, "hold": "1"})
    assert read.all(PostRevision) != []
    answer = editor.post(f"{address}/{action}", data={"seen": seen, "moment": "2027-01-01T09:00"})
    assert answer.status_code == status
    assert ("after you opened this page" in answer.text) is (status == 422)
