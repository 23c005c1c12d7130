"""The page of results: markup, paging, statements."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.search.conftest import FOUND
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.search import results
from web.search.question import read_question
from web.search.snippets import Piece, marked, snippet


def test_what_is_found_is_marked_and_nothing_of_it_is_markup(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, title="Héron <b>", body="Long before. " * 40 + "A <script>heron</script> & herons.")
    response = client.get("/search?q=heron")
    page = soup(response)
    assert page.texts(".post-summary-title mark") == ["Héron"]
    assert page.texts(".post-summary-text mark") == ["heron", "herons"]
    assert page.text(".post-summary-text").startswith("…")
    assert "<script>heron" not in response.text
    assert page.one("#search-field").attributes["value"] == "heron"
    assert page.text("title").startswith("heron · Search")
    assert response.headers["x-robots-tag"] == "noindex"


def test_words_of_scripts_without_spaces_are_marked() -> None:
    assert marked("活版印刷の", frozenset({"印刷"})) == [Piece("活版", False), Piece("印刷", True), Piece("の", False)]
    assert snippet("<p>Nothing.</p>", frozenset({"heron"}), "Summary") == [Piece("Summary", False)]


def test_a_fragment_is_for_htmx_alone(client: TestClient, make: Make) -> None:
    make.post(title="Heron")
    whole, fragment = client.get("/search?q=heron"), client.get("/search?q=heron", headers=as_htmx)
    back = client.get("/search?q=heron", headers=as_htmx | {"HX-History-Restore-Request": "true"})
    assert whole.text.startswith("<!doctype html>")
    assert back.text.startswith("<!doctype html>")
    assert "<html" not in fragment.text
    assert fragment.headers["cache-control"] == "no-store"
    assert "HX-Request" in whole.headers["vary"]
    assert soup(fragment).text("[data-announce]") == "1 result"
    form = soup(whole).one("main form.search").attributes
    assert (form["action"], form["method"], form["data-hx-replace-url"]) == ("/search", "get", "true")


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_pages_have_no_gaps_and_no_repetitions(
    client: TestClient, make: Make, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(results, "RANKED", 25)
    monkeypatch.setattr(results, "RANKED_BY_TITLE", 5)
    ada = make.user("ada", role="author")
    expected = {f"Heron {number}" if number % 7 == 0 else f"Bird {number}" for number in range(60)}
    for number in range(60):
        make.post(
            ada, title=f"Heron {number}" if number % 7 == 0 else f"Bird {number}", body="A heron. " * (number % 3 + 1)
        )
    page = soup(client.get("/search?q=heron"))
    assert "The best of the newest come first" in page.text("main")
    assert all(title.startswith("Heron") for title in page.texts(FOUND)[:5])
    so_far = page.texts(".post-summary-title")
    while page.has("a[rel=next]"):
        page = soup(client.get(page.link("More results"), headers=headers))
        so_far += page.texts(".post-summary-title")
    assert len(so_far) == 60
    assert set(so_far) == expected


def test_it_takes_as_many_statements_for_one_hit_as_for_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    ada = make.user("ada", role="author")
    counts = []
    for _ in range(20):
        make.post(ada, body="A heron.", tags="a, b")
        with counted() as statements:
            client.get("/search?q=heron ")
        counts.append(len(statements))
    assert set(counts) == {9}


def test_a_malformed_place_is_ignored(client: TestClient, make: Make) -> None:
    make.post(title="Heron")
    for after in ("", "x", "r-1", "r1", "-1", "99999999999999999999", "r9999999999-1", "é"):
        assert soup(client.get("/search", params={"q": "heron", "after": after})).texts(FOUND) == ["Heron"]


@pytest.mark.parametrize(
    ("words", "said"), [("", "Type a word"), ("-", "There is no word"), ("stork", "Nothing was found")]
)
def test_it_says_why_nothing_is_there(client: TestClient, make: Make, words: str, said: str) -> None:
    make.post(title="Heron")
    assert said in soup(client.get("/search", params={"q": words})).text(".search-note")


WORDS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(['"', "-", "*", "tag:", "author:", "heron", "印刷", "\0", "-tag:", "¦", "·"]),
    ),
    max_size=12,
).map("".join)


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=WORDS)
def test_no_question_fails(client: TestClient, typed: str) -> None:
    assert client.get("/search", params={"q": typed.encode("utf-8", "replace").decode()}).status_code == 200


@given(typed=st.text())
def test_whatever_is_typed_is_understood(typed: str) -> None:
    question = read_question(typed)
    assert len(question.all_terms) <= 12
    assert all(word and not set(word) & set("\"'|&!:*() ·¦") for term in question.all_terms for word in term.words)
