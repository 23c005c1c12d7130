"""The arithmetic of the parts, without servers."""

import pytest

from bench.answers import WrongAnswerError
from bench.client import together
from bench.content.words import COMMONEST
from bench.parts import crowd, flat
from bench.parts.crowd import Story, hidden_fields, version_in
from bench.parts.flat import SEARCH, Page
from bench.plan import Plan


def test_an_answer_that_began_after_a_save_must_have_it() -> None:
    story = Story(acknowledged=[1.0, 2.0, 3.0])
    assert [story.newest_at(moment) for moment in (0.5, 1.0, 2.5, 9.0)] == [0, 1, 2, 3]
    story.note(began=2.5, version=2, milliseconds=1)
    story.note(began=2.5, version=3, milliseconds=1)
    assert story.older == 0
    story.note(began=2.5, version=1, milliseconds=1)
    assert story.older == 1
    assert len(story.times) == 3


def test_a_page_without_a_version_is_a_wrong_answer() -> None:
    assert version_in("<p>Saved as version 12.</p>") == 12
    with pytest.raises(WrongAnswerError):
        version_in("<p>Saved once.</p>")


def test_the_editor_is_sent_back_what_its_form_says() -> None:
    form = (
        '<input autocomplete="off" id="base" name="base" type="hidden" value="3.1">'
        '<input name="uid" value="a&amp;b"><input name="sequence"><input name="title" value="typed">'
    )
    assert hidden_fields(form) == {"base": "3.1", "uid": "a&b", "sequence": ""}


def test_flatness_is_the_ratio_of_medians() -> None:
    page = Page("home", "/", small=[1.0, 2.0, 100.0], large=[3.0, 3.0, 3.0])
    assert page.ratio == 1.5
    searches = [page for page in flat.pages() if page.name == SEARCH]
    assert [COMMONEST in page.path for page in searches] == [True]


def test_ten_thousand_pages_are_asked_for_where_there_are_so_many() -> None:
    assert Plan().middle_size == 100_000
    assert Plan(sizes=(1_000,)).middle_size == 1_000
    assert Plan(sizes=(1_000, 10_000), quick=True).middle_size == 10_000
    assert crowd.takes(Plan()) > 60


def test_what_goes_wrong_in_a_thread_is_not_lost() -> None:
    done: list[int] = []

    def fail() -> None:
        raise WrongAnswerError("here")

    with pytest.raises(WrongAnswerError, match="here"):
        together([fail, lambda: done.append(1)])
    assert done == [1]
