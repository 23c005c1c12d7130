"""What may become of a post at which moment: pure functions, whose texts say what is wrong; None for nothing."""

from datetime import datetime

from web.models.post import Post


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
