"""The addresses of posts: made of titles, never given twice."""

from datetime import datetime
from itertools import count

from slugify import slugify
from sqlalchemy.orm import Session

from web.models.post import SLUG_LIMIT, Post
from web.models.slug import Slug
from web.pages.rules import RESERVED
from web.posts.queries import find_slug, taken_slugs
from web.revisions.words import Words

# Room for "-12345" behind a title that fills the column.
BASE_LIMIT = SLUG_LIMIT - 6


class SlugTakenError(Exception):
    """Another post has this address, or had it; `words` say so to whoever typed it."""

    def __init__(self, slug: str, words: str = "") -> None:
        super().__init__(slug)
        self.slug = slug
        self.words = words or f"Another post has or had the address “{slug}”. Please choose a different one."


def to_slug(text: str) -> str:
    """`"Über SQL & Co."` gives `"uber-sql-co"`; empty when no letter or digit is left."""
    return slugify(text, max_length=BASE_LIMIT, word_boundary=True)


def free_slug(session: Session, title: str) -> str:
    """An address for a title that no post has or ever had: `hello`, else `hello-2` and so on."""
    base = to_slug(title) or "post"
    taken = taken_slugs(session, base)
    if base not in taken:
        return base
    return next(slug for slug in (f"{base}-{number}" for number in count(2)) if slug not in taken)


def choose_slug(session: Session, post: Post, words: Words) -> str:
    """The address that words ask for. Until a draft is published its title makes it, unless somebody types one."""
    typed = to_slug(words.slug)
    if typed != post.slug:
        post.is_slug_chosen = bool(typed)
    if typed and typed != post.slug:
        return typed
    if post.was_published or post.is_slug_chosen or _is_made_of(post.slug, words.title):
        return post.slug
    return free_slug(session, words.title)


def _is_made_of(slug: str, title: str) -> bool:
    base = to_slug(title) or "post"
    return slug == base or (slug.startswith(f"{base}-") and slug.removeprefix(f"{base}-").isdecimal())


def can_have(session: Session, post: Post, slug: str) -> bool:
    """Whether a stored post can get an address."""
    holder = find_slug(session, slug)
    return (holder is None or holder.post_id == post.id) and not (post.is_page and slug in RESERVED)


def give_slug(session: Session, post: Post, wanted: str, now: datetime) -> None:
    """Give a stored post a new address; the old one stays its own and leads to the new one.

    The address of a draft that nobody could have read is set free instead. Raises SlugTakenError.
    """
    if post.slug == wanted:
        return
    if post.is_page and wanted in RESERVED:
        raise SlugTakenError(wanted, f"The address “/{wanted}” belongs to the blog itself. Please choose another.")
    holder = find_slug(session, wanted)
    if holder is not None and holder.post_id != post.id:
        raise SlugTakenError(wanted)
    if not post.was_published and (old := find_slug(session, post.slug)):
        session.delete(old)
    if holder is None:
        session.add(Slug(slug=wanted, rel_post=post, created_at=now))
    post.slug = wanted
