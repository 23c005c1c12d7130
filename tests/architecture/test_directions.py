"""Imports run one way only, and each check fails when they do not."""

import subprocess
import sys

import pytest

from tests.architecture.directions import cycles, is_view, wrong_directions
from tests.architecture.sources import Source, our_code


def test_imports_run_one_way_only() -> None:
    assert wrong_directions(our_code()) == []


def test_nothing_imports_in_a_circle() -> None:
    assert cycles(our_code()) == []


def test_views_are_found() -> None:
    """Else the checks would hold nothing."""
    views = {source.name for source in our_code() if is_view(source)}
    assert "web.posts.posts" in views
    assert "web.posts.queries" not in views


def test_importing_one_model_brings_all() -> None:
    program = "import web.models.user; from sqlalchemy.orm import configure_mappers; configure_mappers()"
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


VIEW = Source("web.comments.comments", "from starlette.requests import Request")

BROKEN = [
    ("web.database.database", "from web.models.post import Post", "web.database imports nothing of ours"),
    ("web.database.database", "import starlette.requests", "nothing in web.database knows the web framework"),
    ("web.models.post", "from web.posts import rules", "web.models imports nothing of ours"),
    ("web.models.post", "from starlette.requests import Request", "nothing in web.models knows the web framework"),
    ("web.settings", "from web.database import Database", "web.settings imports nothing of ours"),
    ("web.html.forms", "from starlette.datastructures import FormData", "nothing in web.html knows the web framework"),
    ("web.html.filters", "from web.http import current", "web.html imports nothing of ours"),
    ("web.http.current", "from web.app import create_app", "does not know who put it together"),
    ("web.http.errors", "import web.comments.comments", "http does not know the views"),
    ("web.posts.queries", "from starlette.requests import Request", "nothing below the views"),
    ("web.posts.actions", "from web.http import current", "nothing below the views"),
    ("web.posts.rules", "def may():\n    from web.http.current import user", "nothing below the views"),
    ("web.posts.forms", "if TYPE_CHECKING:\n    from starlette.requests import Request", "nothing below the views"),
    ("web.posts.summaries", "from web.comments.comments import show", "does not import them"),
    ("web.posts.posts", "import starlette\nfrom web.comments import comments", "each other's views"),
    ("web.posts.posts", "from web.routes import ROUTES", "below the routes"),
    ("web.posts.posts", "from web.app import create_app", "below the routes"),
    ("web.routes", "from web.app import create_app", "below the application"),
]


@pytest.mark.parametrize(("name", "text", "problem"), BROKEN)
def test_a_wrong_direction_is_found(name: str, text: str, problem: str) -> None:
    (found,) = wrong_directions([Source(name, text), VIEW])[:1]
    assert problem in found


def test_right_directions_are_left_alone() -> None:
    sources = [
        Source("web.posts.posts", "import starlette\nfrom web.comments import queries\nfrom web.posts import drafts"),
        Source("web.posts.drafts", "from web.http import current"),
        Source("web.comments.queries", "from web.models.post import Post"),
        Source("web.http.current", "from web.comments import queries"),
        Source("web.app", "from web.routes import ROUTES\nimport starlette"),
        VIEW,
    ]
    assert wrong_directions(sources) == []


def test_a_circle_is_found() -> None:
    circle = [
        Source("web.a", "import web.b"),
        Source("web.b", "def later():\n    from web import c"),
        Source("web.c", "from web.a import thing"),
        Source("web.d", "import web.a"),
    ]
    assert cycles(circle) == [f"web.{letter} is imported by what it imports" for letter in "abc"]


def test_imports_for_types_make_no_circle() -> None:
    assert cycles([Source("web.a", "import web.b"), Source("web.b", "if TYPE_CHECKING:\n    import web.a")]) == []
