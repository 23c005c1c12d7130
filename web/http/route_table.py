"""Finds the route of an address without trying all of them in turn.

The first route that fits counts, as Starlette has it; here only those are tried that can fit: of an address
without parameters those that do, of any other those whose first part is the same or a parameter.
"""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

# Where the route that was found waits for its request to be handled.
FOUND = "colophon.route"


class RouteTable(BaseRoute):
    """Stands for all routes of the map. What none of them knows is Starlette's 404, and the wrong method its 405."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._by_path = {
            route.path: [other for other in routes if other.path_regex.match(route.path)]
            for route in routes
            if "{" not in route.path
        }
        parts = {_first_part(route.path) for route in routes}
        self._by_part = {
            part: [route for route in routes if _first_part(route.path) == part or "{" in _first_part(route.path)]
            for part in parts
        }
        self._others = [route for route in routes if "{" in _first_part(route.path)]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The best of the routes: the first that fits with its method, else the first that fits without."""
        partial: tuple[Match, Scope] = Match.NONE, {}
        for route in self._candidates(scope["path"]) if scope["type"] == "http" else ():
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, FOUND: route}
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = match, {**found, FOUND: route}
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        await scope[FOUND].handle(scope, receive, send)

    def _candidates(self, path: str) -> Sequence[Route]:
        return self._by_path.get(path) or self._by_part.get(_first_part(path), self._others)


def _first_part(path: str) -> str:
    return path[1:].partition("/")[0]
