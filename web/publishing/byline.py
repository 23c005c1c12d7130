"""The authors of a post and their order. The post's authors are loaded, and nobody else changes them meanwhile."""

from sqlalchemy.orm import Session

from web.models.post import Post, UserPostAssociation
from web.models.user import User
from web.search.actions import index_stored_posts

MOST_AUTHORS = 20


def add(session: Session, post: Post, person: User) -> str | None:
    """Put somebody at the end of the byline. Returns what is in the way, None for nothing."""
    if post.is_written_by(person.id):
        return f"{person.display_name} is an author of this post already."
    if len(post.authors) >= MOST_AUTHORS:
        return f"A post can have at most {MOST_AUTHORS} authors."
    session.add(post.credit(person, len(post.authors)))
    _number(post)
    index_stored_posts(session, [post.id])
    return None


def remove(session: Session, post: Post, association: UserPostAssociation) -> str | None:
    """Take somebody out of the byline. Returns what is in the way, None for nothing."""
    if len(post.rel_user_associations) == 1:
        return "A post has at least one author. Add another one first."
    post.rel_user_associations.remove(association)
    _number(post)
    index_stored_posts(session, [post.id])
    return None


def move(post: Post, association: UserPostAssociation, *, up: bool) -> None:
    """Let somebody change places with the neighbour above or below; at the end of the line nothing changes."""
    in_order = _in_order(post)
    place = in_order.index(association)
    other = place - 1 if up else place + 1
    if 0 <= other < len(in_order):
        in_order[place], in_order[other] = in_order[other], in_order[place]
    for number, moved in enumerate(in_order):
        moved.byline_order = number
    post.rel_user_associations.sort(key=lambda moved: moved.byline_order)


def find(post: Post, username: str) -> UserPostAssociation | None:
    """The place of somebody in the byline."""
    return next((found for found in post.rel_user_associations if found.rel_user.username == username), None)


def _number(post: Post) -> None:
    for number, association in enumerate(_in_order(post)):
        association.byline_order = number


def _in_order(post: Post) -> list[UserPostAssociation]:
    return sorted(post.rel_user_associations, key=lambda association: association.byline_order)
