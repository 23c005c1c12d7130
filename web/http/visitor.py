"""What the masthead shows of whoever is signed in: plain values, because the masthead is a piece that is remembered."""

from typing import NamedTuple

from markupsafe import Markup

from web.accounts.queries import SignedIn
from web.html.holes import Marks

NO_MARK = Markup("")


class Visitor(NamedTuple):
    """Somebody who is signed in. In a page that many share, marks stand for name and number of unread messages."""

    name: str
    may_write: bool
    may_manage: bool
    unread_count: int
    unread_mark: Markup


def visitor_of(found: SignedIn | None, holes: Marks | None) -> Visitor | None:
    """Whoever is signed in, None for a stranger."""
    if found is None:
        return None
    user = found.user
    if holes is not None:
        return Visitor(holes.name, user.may_write, user.may_manage, 0, holes.unread)
    return Visitor(user.display_name, user.may_write, user.may_manage, found.unread_count, NO_MARK)
