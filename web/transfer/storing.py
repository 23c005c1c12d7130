"""Puts one imported post into the database, once however often it comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy.orm import Session

from web.accounts.queries import find_by_login
from web.drafts import actions
from web.listing.actions import keep_listed
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.models.slug import Slug
from web.models.user import User
from web.posts.queries import find_for_editing, find_slug
from web.publishing.actions import publish
from web.revisions.actions import Occasion, record, record_present
from web.revisions.queries import find_head
from web.revisions.words import words_of, words_of_post
from web.search.actions import index_post
from web.transfer.authors import get_or_make_authors
from web.transfer.comparing import has_same_words, says_the_same, words_of_file
from web.transfer.post_file import PostFile, PostFileError
from web.transfer.queries import find_first_owner, find_last_import


class Outcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "already there"
    FILE_CHANGED = "already there and changed in the file, left alone"
    POST_CHANGED = "already there and changed here, left alone"
    BOTH_CHANGED = "already there and changed in both places, left alone"
    WRITTEN_HERE = "at the address of a post that was written here, left alone"
    DELETED_HERE = "deleted here, left alone"


DONE = frozenset({Outcome.IMPORTED, Outcome.UPDATED, Outcome.UNCHANGED})
LEFT_ALONE = frozenset(Outcome) - DONE


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
    state = _compare(session, post, file)
    if state != Outcome.FILE_CHANGED or not terms.update:
        return state, post
    _change(session, post, file, terms)
    return Outcome.UPDATED, post


def _compare(session: Session, post: Post, file: PostFile) -> Outcome:
    """How a file and its post stand. What somebody wrote in a post since it was imported, no file may overwrite."""
    if post.deleted_at is not None:
        return Outcome.DELETED_HERE
    if says_the_same(post, file):
        return Outcome.UNCHANGED
    head = find_head(session, post.id)
    if head is None:
        # Posts that are older than the history were imported or not: a revision will keep what they say.
        return Outcome.FILE_CHANGED
    imported = find_last_import(session, post.id)
    if imported is None:
        return Outcome.WRITTEN_HERE
    known = words_of(imported)
    if has_same_words(known, words_of(head)) and has_same_words(known, words_of_post(post)):
        return Outcome.FILE_CHANGED
    return Outcome.POST_CHANGED if has_same_words(known, words_of_file(file)) else Outcome.BOTH_CHANGED


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
    post = actions.create(session, authors, words_of_file(file, file.slug), moment, str(uuid4()))
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
    actions.apply(session, post, words_of_file(file, post.slug), terms.now)
    _record(session, post, terms)
    if file.authors:
        _set_authors(session, post, get_or_make_authors(session, file.authors, terms.now))
        index_post(session, post)
    if post.was_published and file.published_at:
        post.published_at = file.published_at
        keep_listed(session, post)
    _keep_old_addresses(session, post, file)
    session.flush()


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
