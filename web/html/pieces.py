"""Pieces of pages that are rendered once for the values they show, and then remembered.

In a template: `{{ piece("posts/_summary.html", item=item, blog=blog) }}`. A piece sees the values that it is given and
nothing else of its page, and the values are what it is remembered by. So it cannot be out of date, whoever changes
what in the database.
"""

from collections.abc import Hashable

from jinja2 import Environment
from markupsafe import Markup

from web.html.memory import Memory

# In characters of HTML. What pieces are remembered by, such as the text of a comment, takes about as much again.
LIMIT = 4_000_000


class Pieces:
    """The pieces of one environment's pages."""

    def __init__(self, environment: Environment, limit: int = LIMIT) -> None:
        self._environment = environment
        self._memory = Memory[Markup](limit)

    def __call__(self, name: str, /, **values: Hashable) -> Markup:
        """The template with this name for these values. Raises TypeError for a value that can change."""
        # To Python True is 1, and markup is its text; on a page they differ.
        key = (name, *values, *values.values(), *map(type, values.values()))
        return self._memory.recall(key, lambda: Markup(self._environment.get_template(name).render(values)))  # noqa: S704 - templates escape
