"""Who may do what with a comment: pure functions of loaded objects. The post's authors must be loaded."""

from datetime import datetime
from typing import NamedTuple

from web.comments import shown
from web.models.comment import Comment
from web.models.setting import Blog
from web.models.user import User
from web.posts import rules as post_rules
from web.posts.printed import AnyPost

AnyComment = Comment | shown.Comment


class Rights(NamedTuple):
    """All that somebody may do with one comment, for the page that shows it."""

    may_answer: bool = False
    may_edit: bool = False
    may_delete: bool = False
    may_decide: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything at all."""
        return any(self)


NO_RIGHTS = Rights()


def is_open(post: AnyPost, now: datetime) -> bool:
    """Whether comments under a post can be written at all."""
    return post.is_public_at(now) and post.takes_comments_at(now)


def may_comment(user: User | None, post: AnyPost, blog: Blog, now: datetime) -> bool:
    """Whoever has an account, and guests where the owner allows it; only where everybody reads it, while it is open."""
    return is_open(post, now) and (user is not None or blog.guest_comments)


def may_moderate(user: User | None, post: AnyPost) -> bool:
    """Those who manage the blog under every post, authors under their own."""
    if user is None:
        return False
    return user.may_manage or (user.may_publish and post.is_written_by(user.id))


def may_open_queue(user: User) -> bool:
    """Whoever can have posts of their own to moderate."""
    return user.may_publish


def may_see(user: User | None, comment: AnyComment, post: AnyPost, now: datetime) -> bool:
    """What is approved everybody who sees the post; the rest only those who decide about it."""
    if comment.is_deleted or not post_rules.may_see(user, post, now):
        return False
    return comment.is_approved or may_moderate(user, post)


def may_answer(user: User | None, comment: AnyComment, post: AnyPost, blog: Blog, now: datetime) -> bool:
    """Only what everybody may read can be answered."""
    return comment.is_approved and may_comment(user, post, blog, now)


def may_edit(user: User | None, comment: AnyComment, post: AnyPost, now: datetime) -> bool:
    """Its writer for a while. Nobody else changes somebody's words."""
    return post.is_public_at(now) and comment.is_approved and _is_fresh_and_own(user, comment, now)


def may_delete(user: User | None, comment: AnyComment, post: AnyPost, now: datetime) -> bool:
    """Its writer for a while, those who moderate at any time."""
    if comment.is_deleted:
        return False
    return may_moderate(user, post) or (comment.is_approved and _is_fresh_and_own(user, comment, now))


def rights(user: User | None, comment: AnyComment, post: AnyPost, blog: Blog, now: datetime) -> Rights:
    """All rules about one comment at once."""
    if user is None and not blog.guest_comments:
        return NO_RIGHTS
    return Rights(
        may_answer=may_answer(user, comment, post, blog, now),
        may_edit=may_edit(user, comment, post, now),
        may_delete=may_delete(user, comment, post, now),
        may_decide=comment.is_pending and may_moderate(user, post),
    )


def rights_of_others(user: User | None, comment: AnyComment, post: AnyPost, blog: Blog, now: datetime) -> Rights:
    """What somebody may do with a comment of others below a post where they do not moderate."""
    return Rights(may_answer=may_answer(user, comment, post, blog, now))


def is_own(user: User | None, comment: AnyComment) -> bool:
    """Whether somebody wrote it under this account."""
    return user is not None and comment.user_id == user.id


def _is_fresh_and_own(user: User | None, comment: AnyComment, now: datetime) -> bool:
    return is_own(user, comment) and comment.may_still_change(now)
