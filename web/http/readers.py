"""Who holds which cookie, remembered until the next commit: any commit could have changed it."""

from collections.abc import Callable
from datetime import datetime

from web.accounts.queries import SESSION_LIFETIME, SignedIn
from web.http.sharing import STRANGER, Reader
from web.models.login_session import SEEN_INTERVAL

# More people than read one blog between two commits, and more than a browser sends of our cookies.
MOST_READERS = 10_000
LONGEST_COOKIES = 2_000


class Readers:
    """Readers by the Cookie header that they send, as the layers below found them at one version of the database."""

    def __init__(self, cookie_name: str, clock: Callable[[], datetime]) -> None:
        # The bare name: a browser may put a blank between it and the "=", which is taken away further inside.
        self._mark = cookie_name.encode()
        self._clock = clock
        self._version: int | None = None
        self._known: dict[bytes, Reader] = {}

    def find(self, cookies: bytes, version: int | None) -> Reader | None:
        """Who sends these cookies; None for somebody who is not known at this version."""
        if self._mark not in cookies:
            return STRANGER
        if version is None or version != self._version:
            return None
        reader = self._known.get(cookies)
        if reader is None or (reader.known_until is not None and self._clock() >= reader.known_until):
            return None
        return reader

    def remember(self, cookies: bytes, reader: Reader, version: int) -> None:
        """Whoever sends these cookies is that reader, as long as the version stays the same."""
        if version != self._version or len(self._known) >= MOST_READERS:
            self._known.clear()
            self._version = version
        if self._mark in cookies and len(cookies) <= LONGEST_COOKIES:
            self._known[cookies] = reader


def reader_of(found: SignedIn | None) -> Reader:
    """What the page cache has to know of somebody."""
    if found is None:
        return STRANGER
    user, login_session = found.user, found.login_session
    # Whoever was not seen for long has to be noted again, which only the layers below do.
    known_until = min(login_session.last_seen_at + SEEN_INTERVAL, login_session.created_at + SESSION_LIFETIME)
    return Reader(user.role_lookup_code, user.id, user.display_name, found.unread_count, known_until)
