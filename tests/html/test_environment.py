"""Templates escape what they show, know all their names, and address things by name."""

from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from web.html.dom_id import dom_id
from web.html.environment import make_environment
from web.html.paths import Paths
from web.models.comment import Comment
from web.models.post import UserPostAssociation
from web.routes import ROUTES
from web.settings import find_folder

environment = make_environment(find_folder("templates"), static_url=str, path_to=str)


def test_what_is_shown_is_escaped() -> None:
    text = environment.from_string('<p title="{{ text }}">').render(text="\"><script>'")
    assert text == '<p title="&#34;&gt;&lt;script&gt;&#39;">'


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ thing.nothing }}", "{% if nothing %}{% endif %}"])
def test_an_unknown_name_is_an_error(template: str) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string(template).render(thing=SimpleNamespace())


@pytest.mark.parametrize("name", environment.list_templates(extensions=["html", "xml"]))
def test_every_template_can_be_compiled(name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize(
    ("thing", "prefix", "text"),
    [
        (Comment(id=12), "", "comment-12"),
        (Comment(id=12), "edit", "edit-comment-12"),
        (Comment(), "", "comment-new"),
        (Comment(), "reply", "reply-comment-new"),
    ],
)
def test_an_id_names_its_object(thing: object, prefix: str, text: str) -> None:
    assert dom_id(thing, prefix) == text


def test_an_id_of_a_class_with_a_long_name_has_hyphens() -> None:
    thing = type("UserPostAssociation", (), {"id": 3})()
    assert dom_id(thing) == "user-post-association-3"
    assert UserPostAssociation.__name__ == "UserPostAssociation"


PATHS = Paths({route.name: route.path for route in ROUTES})


@pytest.mark.parametrize(
    ("name", "parameters", "path"),
    [
        ("posts.index", {}, "/"),
        ("posts.show", {"slug": "hello"}, "/posts/hello"),
        ("posts.source", {"slug": "hello"}, "/posts/hello.md"),
        ("comments.edit", {"id": 12}, "/comments/12/edit"),
        ("authors.show", {"username": "a/b?c d"}, "/authors/a%2Fb%3Fc%20d"),
    ],
)
def test_an_address_is_made_by_name(name: str, parameters: dict[str, object], path: str) -> None:
    assert PATHS(name, **parameters) == path


@pytest.mark.parametrize(("name", "parameters"), [("nothing", {}), ("posts.show", {})])
def test_an_address_that_is_not_there_is_an_error(name: str, parameters: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        PATHS(name, **parameters)
