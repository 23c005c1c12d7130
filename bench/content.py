"""Fills an empty blog through the application's own models: the same content for every measurement."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import islice

from slugify import slugify
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.accounts.passwords import Passwords
from web.database import Database, schema
from web.html.markdown import RENDERER_VERSION, render_comment, render_post
from web.models.comment import Comment, CommentStatus
from web.models.post import Post, UserPostAssociation
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import Role, User

USERNAME = "bench"
PASSWORD = "a password that only the bench knows"
NEWEST_TITLE = "The newest of many posts"
COMMENTS = [f"Comment {n}: the *margins* are wide enough for `notes`, and for some doubt." for n in range(1, 5)]
COMMENTS += ["The last of its comments."]
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 200
TAGS = ["letters", "type", "paper", "ink", "binding", "printing", "margins", "rules"]
PARAGRAPH = (
    "A colophon is the note at the end of a book that tells **how the book was made**: who cut the "
    "[type](https://example.org/type), who made the paper, how many copies left the press and *when*. "
)
BODY = "\n\n".join(
    [
        PARAGRAPH * 3,
        "## What it names",
        "- the type, and who cut it\n- the paper\n- the number of copies",
        "```python\ndef colophon(book: Book) -> str:\n    return f'Set in {book.type} on {book.paper}.'\n```",
        "> The reader who turns the last page finds the printer waiting there.",
        PARAGRAPH * 4,
    ]
)


def fill(url: str, posts: int) -> None:
    """Migrate the database at the URL and add that many published posts with their comments."""
    database = Database(url)
    schema.upgrade(database)
    with database.session() as session:
        session.add_all([_person(), *(Tag(slug=name, name=name.title()) for name in TAGS)])
    numbers = iter(range(1, posts + 1))
    while batch := list(islice(numbers, BATCH)):
        with database.session() as session:
            maker = PostMaker(session, newest=posts)
            session.add_all(maker.make(number) for number in batch)
    database.close()


def count_comments(url: str) -> int:
    """How many comments the database at the URL holds."""
    database = Database(url)
    with database.session(read_only=True) as session:
        number = session.scalars(select(func.count(Comment.id))).one()
    database.close()
    return number


def _person() -> User:
    return User(
        username=USERNAME,
        email="bench@example.org",
        display_name="Bench Mark",
        password_hash=Passwords().hash(PASSWORD),
        role_lookup_code=Role.OWNER,
        created_at=BEGINNING,
    )


class PostMaker:
    """Makes posts that differ in title, tags and date only: the Markdown is rendered once."""

    def __init__(self, session: Session, newest: int) -> None:
        self.user = session.scalars(select(User)).one()
        self.tags = list(session.scalars(select(Tag).order_by(Tag.slug)))
        self.newest = newest
        self.rendered = render_post(BODY)
        self.comments = [(text, render_comment(text)) for text in COMMENTS]

    def make(self, number: int) -> Post:
        """The post with this number, with all that hangs from it."""
        now = BEGINNING + timedelta(hours=number)
        title = NEWEST_TITLE if number == self.newest else f"Post number {number}"
        post = self._post(title, f"What post {number} is about.", now)
        tags = [self.tags[number % 8], self.tags[(number // 8 + number + 1) % 8]]
        post.rel_user_associations = [UserPostAssociation(rel_user=self.user)]
        post.rel_tag_associations = [PostTagAssociation(rel_tag=tag, position=n) for n, tag in enumerate(set(tags))]
        post.rel_slugs = [Slug(slug=post.slug, created_at=now)]
        post.rel_comments = [self._comment(text, html, now) for text, html in self.comments]
        post.publish(now)
        return post

    def _post(self, title: str, summary: str, now: datetime) -> Post:
        return Post(
            uid=str(uuid.uuid4()),
            slug=slugify(title),
            title=title,
            summary=summary,
            body=BODY,
            body_html=self.rendered.html,
            excerpt=self.rendered.excerpt,
            word_count=self.rendered.word_count,
            renderer_version=RENDERER_VERSION,
            created_at=now,
        )

    def _comment(self, text: str, html: str, now: datetime) -> Comment:
        return Comment(
            uid=str(uuid.uuid4()),
            rel_user=self.user,
            body=text,
            body_html=html,
            renderer_version=RENDERER_VERSION,
            comment_status_lookup_code=CommentStatus.APPROVED,
            created_at=now,
        )
