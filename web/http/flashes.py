"""Messages that outlive one redirect: said once, on the next whole page, kept in the signed cookie."""

from typing import NamedTuple

from starlette.requests import Request

KEY = "flashes"


class Flash(NamedTuple):
    """A message for the next page. `kind` is "success", "notice" or "error"."""

    kind: str
    text: str


def add(request: Request, kind: str, text: str) -> None:
    """Say `text` on the next page that this browser opens."""
    # A new list, because the cookie's middleware does not see a list that was changed in place.
    request.session[KEY] = [*request.session.get(KEY, []), [kind, text]]


def waiting(request: Request) -> list[list[str]]:
    """What is still to be said, as `say_again` takes it."""
    return list(request.session.get(KEY, []))


def say_again(request: Request, said: list[list[str]]) -> None:
    """Say on the next page what a page would have said that is never sent."""
    if said:
        request.session[KEY] = said


def take(request: Request) -> list[Flash]:
    """What is to be said now. It will not be said again."""
    if KEY not in request.session:
        return []
    return [Flash(*item) for item in request.session.pop(KEY)]
