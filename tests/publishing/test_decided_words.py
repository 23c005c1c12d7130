"""What is approved are the words that the editor has read."""

from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post_revision import PostRevision


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
