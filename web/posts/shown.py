"""What a post shows of itself at this moment, and to those who may see it before its readers."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from web.html.markdown import render_post
from web.posts.printed import AnyPost
from web.posts.queries import find_typed


class Shown(NamedTuple):
    """A title and the HTML below it."""

    title: str
    html: str


def shown(session: Session, post: AnyPost, now: datetime) -> Shown:
    """A published post as it was published, anything else as it was typed last: one statement more."""
    return Shown(post.title, post.body_html) if post.is_shown_at(now) else shown_with_changes(session, post)


def shown_with_changes(session: Session, post: AnyPost) -> Shown:
    """A post with the changes that wait to be published, as far as there are any: one statement more."""
    typed = find_typed(session, post.id)
    # What is saved while somebody types is not rendered yet, and only a few see it.
    return Shown(typed[0], render_post(typed[1]).html) if typed else Shown(post.title, post.body_html)
