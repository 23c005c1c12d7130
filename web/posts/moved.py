"""Leads on from the addresses that posts had in another blog."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from web.pages.rules import RESERVED
from web.posts.queries import find_current_slug

# `/2021/03/hello/`, `/blog/hello.html`: folders, and a last part that can be a slug.
ELSEWHERE = re.compile(r"(?:/[^/]+)+/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?:html?|php))?/?")


def moved_to(session: Session, path: str, now: datetime) -> str | None:
    """Where the post is now whose address in another blog ended like this; None when there is none.

    An import keeps the last part of such addresses as old slugs, and no slug ever belongs to two posts.
    """
    found = ELSEWHERE.fullmatch(path)
    is_ours = path.split("/")[1] in RESERVED
    slug = find_current_slug(session, now, found[1]) if found and not is_ours else None
    return f"/posts/{slug}" if slug else None
