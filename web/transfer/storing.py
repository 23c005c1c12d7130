"""Puts one imported post into the database, once however often it comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy.orm import Session

from web.accounts.queries import find_by_login
from web.drafts import actions
from web.drafts.slugs import to_slug
from web.drafts.tags import tag_slug
from web.listing.actions import keep_listed
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.models.slug import Slug
from web.models.user import User
from web.posts.queries import find_for_editing, find_slug
from web.publishing.actions import publish
from web.revisions.actions import Occasion, record, record_present
from web.revisions.queries import find_head
from web.revisions.words import Words, words_of_post
from web.search.actions import index_post
from web.transfer.authors import get_or_make_authors
from web.transfer.post_file import PostFile, PostFileError
from web.transfer.queries import find_first_owner


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "already there"
    LEFT_ALONE = "already there and different, left alone"


@dataclass(frozen=True)
class Terms:
    """What holds for all files of an import: when it is, what happens to changed posts, who wrote what names nobody."""

    now: datetime
    update: bool = False
    default_author: str = ""


def store(session: Session, file: PostFile, terms: Terms) -> tuple[Outcome, Post]:
    """Make a post of a file, unless there is one at its address already. Flushes, does not commit.

    The post is returned with its authors and tags loaded. Raises PostFileError when the file names people
    or addresses that cannot be had.
    """
    post = _find(session, file.slug)
    if post is None:
        return Outcome.IMPORTED, _create(session, file, terms)
    if _says_the_same(post, file):
        return Outcome.UNCHANGED, post
    if not terms.update or post.deleted_at is not None or _was_written_here(session, post):
        return Outcome.LEFT_ALONE, post
    _change(session, post, file, terms)
    return Outcome.UPDATED, post


def _find(session: Session, slug: str) -> Post | None:
    holder = find_slug(session, slug)
    if holder is None:
        return None
    if holder.post_id is None:
        raise PostFileError(f"The address “{slug}” belonged to a post that is gone. Please give the file another slug.")
    return find_for_editing(session, holder.post_id)


def _create(session: Session, file: PostFile, terms: Terms) -> Post:
    moment = file.published_at or terms.now
    authors = _authors(session, file, terms)
    post = actions.create(session, authors, _words(file, file.slug), moment, str(uuid4()))
    if not file.is_draft:
        publish(session, post, None, moment)
    _keep_old_addresses(session, post, file)
    session.flush()
    _record(session, post, terms)
    return post


def _record(session: Session, post: Post, terms: Terms) -> None:
    # What was imported is a revision like all others: what stood there before can be had again.
    record(session, post, words_of_post(post), Occasion(None, PostRevisionType.IMPORT, terms.now))


def _change(session: Session, post: Post, file: PostFile, terms: Terms) -> None:
    if find_head(session, post.id) is None:
        record_present(session, post)
    actions.apply(session, post, _words(file, post.slug), terms.now)
    _record(session, post, terms)
    if file.authors:
        _set_authors(session, post, get_or_make_authors(session, file.authors, terms.now))
        index_post(session, post)
    if post.was_published and file.published_at:
        post.published_at = file.published_at
        keep_listed(session, post)
    _keep_old_addresses(session, post, file)
    session.flush()


def _was_written_here(session: Session, post: Post) -> bool:
    """Whether somebody wrote in the post since it was imported: no file may overwrite that unseen."""
    head = find_head(session, post.id)
    return head is not None and head.post_revision_type_lookup_code != PostRevisionType.IMPORT


def _words(file: PostFile, slug: str) -> Words:
    return Words(file.title, file.body, list(file.tags), slug, file.summary)


def _authors(session: Session, file: PostFile, terms: Terms) -> list[User]:
    if file.authors:
        return get_or_make_authors(session, file.authors, terms.now)
    if not terms.default_author:
        owner = find_first_owner(session)
        return [owner] if owner else []
    found = find_by_login(session, terms.default_author)
    if found is None:
        raise PostFileError(f"Nobody is called {terms.default_author}.")
    return [found]


def _says_the_same(post: Post, file: PostFile) -> bool:
    tags = list(dict.fromkeys(filter(None, map(tag_slug, file.tags))))
    has_same_words = (post.title, post.summary, post.body) == (file.title, file.summary, file.body)
    has_same_date = not (post.was_published and file.published_at) or post.published_at == file.published_at
    return has_same_words and has_same_date and [tag.slug for tag in post.tags] == tags and _has_same_byline(post, file)


def _has_same_byline(post: Post, file: PostFile) -> bool:
    """A file that names nobody says nothing about who wrote the post."""
    names = list({to_slug(name): name for name in file.authors}.values())
    if not names:
        return True
    pairs = zip(post.authors, names, strict=False)
    return len(post.authors) == len(names) and all(_is_called(author, name) for author, name in pairs)


def _is_called(author: User, name: str) -> bool:
    return author.username == to_slug(name) or author.display_name.lower() == name.lower()


def _set_authors(session: Session, post: Post, people: list[User]) -> None:
    present = {association.user_id: association for association in post.rel_user_associations}
    for order, person in enumerate(people):
        association = present.pop(person.id, None)
        if association is None:
            session.add(post.credit(person, order))
        else:
            association.byline_order = order
    for association in present.values():
        post.rel_user_associations.remove(association)


def _keep_old_addresses(session: Session, post: Post, file: PostFile) -> None:
    for old in file.old_addresses:
        holder = find_slug(session, old)
        if holder is None:
            session.add(Slug(slug=old, rel_post=post, created_at=post.created_at))
            session.flush()
        elif holder.post_id != post.id:
            raise PostFileError(f"The old address “{old}” is, or was, that of another post.")
