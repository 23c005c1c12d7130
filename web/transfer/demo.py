"""Fills an empty blog with sample content that shows what it can do."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from web.blog.actions import change_settings
from web.blog.queries import load_blog
from web.comments.actions import write
from web.comments.drafts import Draft
from web.messages.actions import announce
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import Role, User
from web.search.actions import index_people
from web.transfer.arranging import arrange
from web.transfer.queries import find_usernames, has_posts
from web.transfer.sample_files import Sample, SampleComment, read_sample
from web.transfer.storing import Terms, store

# The people of the sample were there before the oldest post.
SINCE = timedelta(days=750)


class NotEmptyError(Exception):
    """The blog has posts already: samples would get mixed up with them."""


class NamesTakenError(Exception):
    """People of the sample have the names of people who are there already."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def fill(session: Session, owner: User, now: datetime) -> Sample:
    """Make the sample's people, posts, comments and messages, and return what was made. Does not commit.

    None of the people can sign in. Raises NotEmptyError for a blog that has posts, NamesTakenError.
    """
    if has_posts(session):
        raise NotEmptyError
    sample = read_sample(now)
    if taken := find_usernames(session, [person["username"] for person in sample.people]):
        raise NamesTakenError(taken)
    change_settings(session, load_blog(session), sample.settings)
    people = _make_people(session, sample, now - SINCE)
    for sample_post in sample.posts:
        _, post = store(session, sample_post.file, Terms(now))
        arrange(session, post, sample_post.arrangement, now)
        _write_comments(session, post, sample_post.comments, people)
    announce(session, owner, sample.announcement["subject"], sample.announcement["body"], now)
    return sample


def _make_people(session: Session, sample: Sample, now: datetime) -> dict[str, User]:
    people = [
        User(
            username=person["username"],
            email=None,
            display_name=person["display_name"],
            bio=person.get("bio", ""),
            password_hash=None,
            is_active=False,
            role_lookup_code=Role(person["role"]),
            created_at=now,
        )
        for person in sample.people
    ]
    session.add_all(people)
    index_people(session, people)
    return {person.username: person for person in people}


def _write_comments(
    session: Session,
    post: Post,
    comments: Iterable[SampleComment],
    people: dict[str, User],
    parent: Comment | None = None,
) -> None:
    for said in comments:
        user = people[said.by] if said.by else None
        draft = Draft(post, user, parent, said.body, guest_name=said.guest_name, guest_email=said.guest_email)
        comment = write(session, draft, said.moment)
        _write_comments(session, post, said.replies, people, comment)
