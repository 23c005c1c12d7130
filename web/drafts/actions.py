"""What the editor, imports and the demonstration do with posts. The only way words get into one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.drafts.queries import lock_author
from web.drafts.slugs import SlugTakenError, choose_slug, free_slug, give_slug, to_slug
from web.drafts.tags import get_or_make_tags, set_tags, tag_slugs
from web.html.markdown import RENDERER_VERSION, Rendered, render_post
from web.listing.actions import keep_listed
from web.media.uses import record_uses
from web.models.post import Post, UserPostAssociation
from web.models.post_state import PostStatus
from web.models.publication import RESTORABLE_FOR
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import User
from web.posts.queries import find_by_uid, find_slug, find_twin
from web.revisions.words import Words
from web.search.actions import index_post
from web.search.related import relate

# Two requests may choose the same free address at the same moment; the second chooses again.
ATTEMPTS = 5
Render = Callable[[str], Rendered]
DOUBLE_CLICK = timedelta(minutes=1)


def create(
    session: Session, authors: list[User], words: Words, now: datetime, uid: str, render: Render = render_post
) -> Post:
    """Store a new draft. Comes the same `uid` again, the post it made is returned as it is.

    Raises SlugTakenError when a slug was asked for that another post has or had.
    """
    tags = get_or_make_tags(session, words.tags)
    asked_for = to_slug(words.slug)
    if asked_for and find_slug(session, asked_for):
        raise SlugTakenError(asked_for)
    for _ in range(ATTEMPTS):
        slug = asked_for or free_slug(session, words.title)
        try:
            with session.begin_nested():
                post = _build(authors, tags, words, slug, now, uid)
                set_body(post, words.body, render)
                session.add(post)
            record_uses(session, post, words.body, "")
            index_post(session, post)
            if tags:
                relate(session, post)
            return post
        except IntegrityError:
            if made_before := find_by_uid(session, uid):
                return made_before
    raise SlugTakenError(asked_for or to_slug(words.title))


def find_doubled(session: Session, author: User, words: Words, uid: str, now: datetime) -> Post | None:
    """The post that this very form made already: by its uid; without one by its words, a moment ago.

    The same form sent at the same moment waits here, so that the second finds what the first made.
    """
    lock_author(session, author)
    if uid:
        return find_by_uid(session, uid)
    twin = find_twin(session, author, words.title, words.body, now - DOUBLE_CLICK)
    return twin if twin is not None and _says_as_much(twin, words) else None


def apply(
    session: Session,
    post: Post,
    words: Words,
    now: datetime,
    render: Render = render_post,
    *,
    shows_its_body: bool = True,
) -> None:
    """Replace the words of a stored post whose text and tags are loaded.

    It is noted which images the new words show. Those of changes that were pending may be noted as well: then the
    images of its present body are not all (`shows_its_body` is false).
    Raises SlugTakenError; then nothing has changed, and the post must be read again.
    """
    tags = get_or_make_tags(session, words.tags)
    wanted = to_slug(words.slug) or post.slug
    try:
        with session.begin_nested():
            wanted = choose_slug(session, post, words)
            give_slug(session, post, wanted, now)
            record_uses(session, post, words.body, post.body if shows_its_body else None)
            had_tags = bool(post.tags)
            has_changed = _replace_words(session, post, words, tags, now, render)
    except IntegrityError as error:
        raise SlugTakenError(wanted) from error
    if has_changed:
        _make_findable(session, post, is_related=bool(tags) or had_tags)


def _make_findable(session: Session, post: Post, *, is_related: bool) -> None:
    index_post(session, post)
    if is_related:
        relate(session, post)


def set_body(post: Post, body: str, render: Render = render_post) -> None:
    """Set the Markdown and everything that is made of it."""
    rendered = render(body)
    post.body, post.body_html, post.renderer_version = body, rendered.html, RENDERER_VERSION
    post.excerpt, post.word_count = rendered.excerpt, rendered.word_count


def purge_deleted(session: Session, now: datetime) -> None:
    """Remove for good what was deleted longer ago than it stays restorable."""
    session.execute(delete(Post).where(Post.deleted_at < now - RESTORABLE_FOR))


def _says_as_much(twin: Post, words: Words) -> bool:
    wanted = to_slug(words.slug) or twin.slug
    return (twin.summary, twin.slug, [tag.slug for tag in twin.tags]) == (words.summary, wanted, tag_slugs(words.tags))


def _build(authors: list[User], tags: list[Tag], words: Words, slug: str, now: datetime, uid: str) -> Post:
    post = Post(
        uid=uid,
        slug=slug,
        is_slug_chosen=bool(to_slug(words.slug)),
        title=words.title,
        summary=words.summary,
        post_status_lookup_code=PostStatus.DRAFT,
        created_at=now,
        updated_at=now,
    )
    post.rel_slugs = [Slug(slug=slug, created_at=now)]
    post.rel_user_associations = [
        UserPostAssociation(rel_user=author, byline_order=place, changed_at=now) for place, author in enumerate(authors)
    ]
    post.rel_tag_associations = [PostTagAssociation(rel_tag=tag, position=place) for place, tag in enumerate(tags)]
    return post


def _replace_words(session: Session, post: Post, words: Words, tags: list[Tag], now: datetime, render: Render) -> bool:
    has_changed = (post.title, post.summary, post.body, post.tags) != (words.title, words.summary, words.body, tags)
    if not has_changed:
        return False
    post.title, post.summary, post.updated_at = words.title, words.summary, now
    if post.body != words.body:
        set_body(post, words.body, render)
    set_tags(session, post, tags)
    keep_listed(session, post)
    return True
