"""Forms say what to do, at the field, and lose nothing that was typed."""

from types import SimpleNamespace

import pytest

from web.html.form_input import FormInput, parse
from web.html.forms import Form, Line, Text, at_most, required


class NoteForm(Form):
    title = Line("Title", [required("Give the note a title."), at_most(10, "A title")])
    body = Text("Body", [at_most(2_000, "A note")])


def sent(**values: str) -> NoteForm:
    return NoteForm(FormInput(values.items()))


def errors(form: Form, name: str) -> list[str]:
    return [str(error) for error in form[name].errors]


def test_what_is_fine_has_no_errors() -> None:
    form = sent(title="Ten chars.", body="Some words.\n")
    assert form.validate()
    assert form.errors == {}


@pytest.mark.parametrize(
    "title", ["", " ", "\t \n", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", "\N{ZERO WIDTH SPACE}"]
)
def test_blank_is_empty(title: str) -> None:
    form = sent(title=title)
    assert not form.validate()
    assert errors(form, "title") == ["Give the note a title."]


@pytest.mark.parametrize("title", ["é", "\N{GRINNING FACE}", "\U0001fae9", "a\N{ZERO WIDTH JOINER}"])
def test_one_visible_character_is_enough(title: str) -> None:
    assert sent(title=title).validate()


def test_a_missing_field_is_empty() -> None:
    assert not sent(body="x").validate()


def test_the_message_names_limit_and_length() -> None:
    form = sent(title="Eleven chars", body="x" * 2_001)
    assert not form.validate()
    assert errors(form, "title") == ["A title can have at most 10 characters; this has 12."]
    assert errors(form, "body") == ["A note can have at most 2,000 characters; this has 2,001."]


def test_characters_are_counted_and_not_bytes() -> None:
    assert sent(title="ü" * 10).validate()
    assert sent(title="𝄞" * 10).validate()
    assert not sent(title="𝄞" * 11).validate()


def test_line_breaks_of_browsers_count_once() -> None:
    form = sent(title="x", body="a\r\n" * 1_000)
    assert form.validate()
    assert form.body.data == "a\n" * 1_000


def test_a_line_is_one_line() -> None:
    form = sent(title="  one\r\ntwo\u2028three ")
    form.validate()
    assert form.title.data == "one two three"


def test_text_is_kept_as_it_was_typed() -> None:
    body = "  indented\n\n\ttab \n trailing  \n"
    assert sent(title="x", body=body).body.data == body


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\x1c", "\x7f", "\ud800"])
@pytest.mark.parametrize("name", ["title", "body"])
def test_what_no_database_stores_is_refused(name: str, character: str) -> None:
    form = sent(**{"title": "x", "body": "y", name: f"a{character}b"})
    assert not form.validate()
    (error,) = errors(form, name)
    assert f"U+{ord(character):04X}" in error
    assert form[name].data == f"a{character}b", "what was typed stays in the form"


@pytest.mark.parametrize("character", ["\t", "\n", "\N{ZERO WIDTH JOINER}", "\N{REPLACEMENT CHARACTER}", "\x85"])
def test_what_can_be_stored_is_taken(character: str) -> None:
    assert sent(title="x", body=f"a{character}b").validate()


def test_bytes_that_are_no_text_are_said_at_their_field() -> None:
    form = NoteForm(parse(b"title=x&body=caf%E9"))
    assert not form.validate()
    assert errors(form, "title") == []
    assert "UTF-8" in errors(form, "body")[0]


def test_an_object_fills_the_form_and_what_was_sent_wins() -> None:
    note = SimpleNamespace(title="Old", body="Old words.")
    assert NoteForm(obj=note).title.data == "Old"
    form = NoteForm(FormInput([("title", "New")]), obj=note)
    assert (form.title.data, form.body.data) == ("New", "Old words.")


def test_what_only_the_database_could_tell_is_added() -> None:
    form = sent(title="x")
    assert form.validate()
    form.add_error(form.title, "This title is taken.")
    assert errors(form, "title") == ["This title is taken."]
    assert "title" in form.errors
