"""A piece of a page is rendered once for equal values, and sees nothing but them."""

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from web.html.pieces import Pieces

TEMPLATES = {
    "greeting.html": "{{ note(name) }}<p>{{ name }}</p>",
    "page.html": "{{ piece('curious.html') }}",
    "curious.html": "{{ stranger }}",
}


@pytest.fixture
def rendered() -> list[object]:
    """What was greeted, as often as it was."""
    return []


@pytest.fixture
def environment(rendered: list[object]) -> Environment:
    environment = Environment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(piece=Pieces(environment), note=lambda name: rendered.append(name) or "")
    return environment


def test_equal_values_are_rendered_once(environment: Environment, rendered: list[object]) -> None:
    piece = Pieces(environment)
    names = ["Ada", "Grace", "Ada"]
    assert [piece("greeting.html", name=name) for name in names] == ["<p>Ada</p>", "<p>Grace</p>", "<p>Ada</p>"]
    assert rendered == ["Ada", "Grace"]


def test_a_piece_is_escaped_inside_and_not_again_outside(environment: Environment) -> None:
    found = Pieces(environment)("greeting.html", name="<b>")
    assert isinstance(found, Markup)
    assert found == "<p>&lt;b&gt;</p>"


def test_a_piece_does_not_see_its_page(environment: Environment) -> None:
    with pytest.raises(UndefinedError, match="stranger"):
        environment.get_template("page.html").render(stranger=1)


def test_what_can_change_is_no_value_of_a_piece(environment: Environment) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        Pieces(environment)("greeting.html", name=["Ada"])


@pytest.mark.parametrize(("one", "other"), [(1, True), ("<b>", Markup("<b>"))])
def test_what_only_python_takes_for_equal_is_not_mixed_up(
    environment: Environment, rendered: list[object], one: object, other: object
) -> None:
    piece = Pieces(environment)
    assert one == other
    assert piece("greeting.html", name=one) != piece("greeting.html", name=other)
    assert len(rendered) == 2
