"""Posts and what hangs from them, as rows of tables.

A post is made of its number and of nothing else but, for the newest ones, how many are newer: so the front page
says the same in a blog of a thousand posts and in one of a million.
"""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from bench.content import LAST_COMMENT, NEWEST_TITLE, READ_ONLY_POSTS
from bench.content.people import AUTHOR_WEIGHTS, AUTHORS, BEGINNING, READERS, TAG_WEIGHTS, TAGS
from bench.content.words import paragraphs, pick, title
from web.html.markdown import RENDERER_VERSION, Rendered, render_post
from web.html.text import EXCERPT_LIMIT
from web.models.comment import CommentStatus
from web.models.post_state import PostStatus

END = datetime(2026, 1, 1, tzinfo=UTC)
COMMENTED_EVERY = 10
COMMENTS = 10
UIDS = uuid.UUID("5f0c7a52-93f4-4b6e-9a70-0f6a52f3f2ab")
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

POST_COLUMNS = (
    "id uid slug title summary body body_html excerpt word_count renderer_version created_at updated_at published_at "
    "post_status_lookup_code is_slug_chosen version"
).split()
SLUG_COLUMNS = "slug post_id created_at".split()
BYLINE_COLUMNS = "user_id post_id byline_order".split()
TAGGED_COLUMNS = "tag_id post_id position".split()
COMMENT_COLUMNS = (
    "id uid post_id user_id guest_name guest_email body body_html renderer_version comment_status_lookup_code "
    "created_at"
).split()

Row = tuple[object, ...]


@dataclass
class Rows:
    """Rows of the tables that a batch of posts fills."""

    posts: list[Row] = field(default_factory=list)
    slugs: list[Row] = field(default_factory=list)
    bylines: list[Row] = field(default_factory=list)
    tagged: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)


class PostMaker:
    """Makes the posts of a blog of `posts`. The Markdown of the newest ones is rendered once, that of others never."""

    def __init__(self, posts: int) -> None:
        self.posts = posts
        self.step = (END - BEGINNING) / posts
        self.long = render_post(BODY)
        self.last_comment = 0

    def batch(self, first: int, last: int) -> Rows:
        """The posts with these numbers, the last included. Batches must be made in order: comments are numbered."""
        rows = Rows()
        for number in range(first, last + 1):
            self._add(rows, number)
        return rows

    def _add(self, rows: Rows, number: int) -> None:
        newer = self.posts - number
        is_long = newer < READ_ONLY_POSTS
        # Newest posts are the same in every blog, and so is post 7.
        random = Random(f"newest {newer}" if is_long else number)
        moment = BEGINNING + self.step * number
        name = NEWEST_TITLE if newer == 0 else title(random)
        slug = "the-newest-of-many-posts" if newer == 0 else f"post-number-{number}"
        body, rendered = (BODY, self.long) if is_long else _short(random)
        summary = f"What it says about {pick(random, 1)[0]}."
        rows.posts.append(_post(number, slug, name, summary, body, rendered, moment))
        rows.slugs.append((slug, number, moment))
        rows.bylines += [(user, number, place) for place, user in enumerate(_authors(random, is_long=is_long))]
        rows.tagged += [(tag, number, place) for place, tag in enumerate(_tags(random, is_long=is_long))]
        if is_long or number % COMMENTED_EVERY == 0:
            self._add_comments(rows, number, random, moment)

    def _add_comments(self, rows: Rows, number: int, random: Random, moment: datetime) -> None:
        for place in range(1, COMMENTS + 1):
            self.last_comment += 1
            text = LAST_COMMENT if place == COMMENTS else f"{place}: {' '.join(pick(random, 12))}."
            user = AUTHORS + 1 + random.randrange(READERS)
            html, state = f"<p>{text}</p>\n", str(CommentStatus.APPROVED)
            uid = str(uuid.UUID(int=UIDS.int ^ (1 << 64) ^ self.last_comment))
            row = (self.last_comment, uid, number, user, "", "", text, html, RENDERER_VERSION, state, moment)
            rows.comments.append(row)


def _post(number: int, slug: str, name: str, summary: str, body: str, made: Rendered, moment: datetime) -> Row:
    words = name, summary, body, made.html, made.excerpt, made.word_count, RENDERER_VERSION
    uid = str(uuid.UUID(int=UIDS.int ^ number))
    return number, uid, slug, *words, moment, moment, moment, str(PostStatus.PUBLISHED), True, 1


def _short(random: Random) -> tuple[str, Rendered]:
    parts = paragraphs(random)
    html = "".join(f"<p>{part}</p>\n" for part in parts)
    words = sum(part.count(" ") + 1 for part in parts)
    return "\n\n".join(parts), Rendered(html=html, excerpt=parts[0][:EXCERPT_LIMIT], word_count=words)


def _authors(random: Random, *, is_long: bool) -> list[int]:
    if is_long:
        # The owner, whose list of own posts then looks the same in every blog.
        return [1]
    wanted = 1 if random.random() < 0.9 else 2
    return list(dict.fromkeys(random.choices(range(1, AUTHORS + 1), cum_weights=AUTHOR_WEIGHTS, k=wanted)))


def _tags(random: Random, *, is_long: bool) -> list[int]:
    # Every page of the commonest tag has the same posts in it as the front page.
    first = [1] if is_long else []
    chosen = random.choices(range(1, len(TAGS) + 1), cum_weights=TAG_WEIGHTS, k=random.randrange(1, 5))
    return list(dict.fromkeys([*first, *chosen]))
