"""What may become of a post at which moment: pure functions, whose texts say what is wrong; None for nothing."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User
from web.posts.rules import may_edit
from web.revisions.words import Words, words_of

# What no address contains as such: blanks, quotes, angle brackets, backslashes.
UNWRITTEN = re.compile(r"[\s\"'<>\\^`{|}]")
# A name or a number with dots, or an IPv6 address; other scripts are welcome.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f:.]+")


def may_submit(user: User | None, post: Post) -> bool:
    """Whoever may change a draft, but those who decide themselves."""
    return user is not None and not user.may_manage and may_edit(user, post)


def may_decide(user: User | None, post: Post) -> bool:
    """Editors decide about what waits for review."""
    return user is not None and user.may_manage and may_edit(user, post)


def may_feature(user: User | None) -> bool:
    """Editors decide what stands first on the front page."""
    return user is not None and user.may_manage


def address_problem(text: str) -> str | None:
    """What is wrong with an address elsewhere; it may be empty."""
    if not text or _is_web_address(text):
        return None
    return "This is no complete address. Complete ones begin with https:// and the name of a site."


def image_problem(text: str) -> str | None:
    """What is wrong with the address of an image: it may be here, elsewhere, or empty."""
    if not text or (re.fullmatch(r"/[^/\\\s]\S*", text) or _is_web_address(text)):
        return None
    return "This is no address of an image. Addresses begin with https://, or with / for an image of this blog."


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname and HOST.fullmatch(parts.hostname)) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and has_host and not parts.username and not UNWRITTEN.search(text)


def submission_problem(post: Post) -> str | None:
    """Why a post cannot be submitted for review."""
    return needless_review(post) or words_problem(post)


def needless_review(post: Post) -> str | None:
    """Why a post cannot be submitted, whatever it says."""
    if post.deleted_at is not None:
        return "This post is deleted. Please restore it first."
    if post.is_released:
        return "This post needs no review: it is published or scheduled already."
    return None


def words_problem(post: Post) -> str | None:
    """Why what a post says cannot be published."""
    if not post.body.strip():
        return "There is nothing to publish yet. Please write something first."
    return None if post.title.strip() else "This post has no title yet. Please give it one in the editor first."


def decision_problem(post: Post, standing: Words | None, seen: str) -> str | None:
    """Why nobody can decide about a post. `standing` are its words, `seen` their digest as read, empty if unknown."""
    if not post.is_in_review:
        return "This post does not wait for review any more. It may have been withdrawn, or somebody else decided."
    if standing is not None and seen not in ("", standing.digest):
        return "The post was changed after you opened this page. Please read it again, then decide."
    return None


def unseen_words(head: PostRevision | None, user: User, seen: str) -> str | None:
    """Why words cannot go to readers: somebody else changed them after they were looked at.

    `seen` is the digest of the words that were looked at, empty when that is not known. One's own words are known, and
    a post that has no revision was never written in since.
    """
    if head is None or seen in ("", words_of(head).digest):
        return None
    # What the blog brought together names what was merged in: words of others, whoever saved last.
    if head.user_id == user.id and head.base_post_revision_id is None:
        return None
    return "Somebody changed the text after you opened this page. Please read it again, then decide."


def late_press(post: Post, now: datetime, *, was_released: bool) -> str | None:
    """Why a post cannot be let go by a page that was opened before somebody did so, and took it back."""
    if not was_released or post.is_scheduled_at(now):
        return None
    return "It was published or scheduled, and withdrawn, after you opened this page. Please look at it, then decide."


def schedule_problem(post: Post, now: datetime) -> str | None:
    """Why a post cannot be scheduled."""
    if post.deleted_at is not None:
        return "This post is deleted. Please restore it first."
    if post.is_released and post.has_appeared_at(now):
        return "This post is published already. Withdraw it first to let it appear at another time."
    return words_problem(post)


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
