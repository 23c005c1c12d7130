"""What may become of a post at which moment: pure functions, whose texts say what is wrong; None for nothing."""

from datetime import datetime

from web.models.post import Post
from web.models.user import User
from web.posts.rules import may_edit


def may_submit(user: User | None, post: Post) -> bool:
    """Whoever may change a draft, but those who decide themselves."""
    return user is not None and not user.may_manage and may_edit(user, post)


def may_decide(user: User | None, post: Post) -> bool:
    """Editors decide about what waits for review."""
    return user is not None and user.may_manage and may_edit(user, post)


def submission_problem(post: Post) -> str | None:
    """Why a post cannot be submitted for review."""
    if post.deleted_at is not None:
        return "This post is deleted. Please restore it first."
    if post.is_released:
        return "This post needs no review: it is published or scheduled already."
    return None if post.body.strip() else "There is nothing to review yet. Please write something first."


def decision_problem(post: Post, seen: str) -> str | None:
    """Why nobody can decide about a post. `seen` is the version that was looked at, empty when that is not known."""
    if not post.is_in_review:
        return "This post does not wait for review any more. It may have been withdrawn, or somebody else decided."
    if seen not in ("", version_of(post)):
        return "The post was changed after you opened this page. Please read it again, then decide."
    return None


def version_of(post: Post) -> str:
    """What changes with each change of a post."""
    return post.updated_at.isoformat()


def schedule_problem(post: Post, now: datetime) -> str | None:
    """Why a post cannot be scheduled."""
    if post.deleted_at is not None:
        return "This post is deleted. Please restore it first."
    if post.is_released and post.has_appeared_at(now):
        return "This post is published already. Withdraw it first to let it appear at another time."
    return None if post.body.strip() else "There is nothing to publish yet. Please write something first."


def moment_problem(moment: datetime | None, now: datetime) -> str | None:
    """Why a post cannot appear at a moment."""
    if moment is None:
        return "Please type the date and the time at which it shall appear."
    return None if moment > now else "This time is over. To publish at once, press “Publish” in the editor."


def date_problem(moment: datetime | None, now: datetime) -> str | None:
    """Why a published post cannot have this date."""
    if moment is None:
        return "Please type the date on which it was published."
    return None if moment <= now else "This is still to come. To let it appear then, withdraw it and schedule it."
