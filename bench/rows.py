"""What is asked for. A new row is a new entry in `ROWS`."""

from dataclasses import dataclass, replace

from bench.content import LAST_COMMENT, NEWEST_PATH, NEWEST_TITLE
from bench.content.people import NAMED_TAGS
from bench.content.words import COMMONEST

CLIENTS_THAT_WRITE = 16


@dataclass(frozen=True)
class Row:
    """One kind of request.

    `path` and the form's values may hold `{post}`, the number of one of the posts that take what the bench writes,
    and `{unique}`, a new UUID for each request; `{newest}` in the path is the number of the newest post. `marker`
    must stand in the answer's body or in its headers. A `conditional` row is asked with the ETag of the answer that
    it got before. What `stores` something adds a row to that table with each request.
    """

    name: str
    part: str
    path: str
    marker: str
    method: str = "GET"
    status: int = 200
    form: tuple[tuple[str, str], ...] = ()
    signed_in: bool = False
    conditional: bool = False
    stores: str = ""

    def at(self, posts: int) -> "Row":
        """The same in a blog with so many posts."""
        return replace(self, path=self.path.replace("{newest}", str(posts)))

    @property
    def is_made_anew(self) -> bool:
        """Whether each request says something else."""
        return "{" in self.path or any("{" in value for _, value in self.form)


POST = Row("post", "cached", NEWEST_PATH, LAST_COMMENT)
COMMENT = Row(
    "comment",
    "comments",
    "/posts/post-number-{post}/comments",
    "/posts/post-number-",
    method="POST",
    status=303,
    form=(("body", "Comment {unique}, with **strong** words and a [link](https://example.org/)."),),
    signed_in=True,
    stores="comment",
)
SAVE = Row(
    "save",
    "writing",
    "/write/{post}",
    "/write/",
    method="POST",
    status=303,
    form=(
        ("title", "A post that is saved again and again"),
        # Of their own: else posts that are only read would show those that are saved as related.
        ("tags", "Saved, Again"),
        ("body", "A text that says {unique}.\n\n" + "It goes on for a while, with **strong** words.\n\n" * 20),
    ),
    signed_in=True,
    stores="post_revision",
)
ROWS = [
    Row("home", "cached", "/", NEWEST_TITLE),
    POST,
    Row("feed", "cached", "/feed.xml", NEWEST_TITLE),
    Row("tag page", "lists", f"/tags/{NAMED_TAGS[0]}", NEWEST_TITLE),
    Row("archive", "lists", "/archive", NEWEST_TITLE),
    Row("search", "lists", f"/search?q={COMMONEST}", "/posts/"),
    Row("sitemap", "lists", "/sitemap.xml", "<loc>"),
    Row("304 of a post", "conditional", NEWEST_PATH, "", status=304, conditional=True),
    Row("304 of the feed", "conditional", "/feed.xml", "", status=304, conditional=True),
    Row("post, signed in", "signed-in", NEWEST_PATH, LAST_COMMENT, signed_in=True),
    Row("editor", "editing", "/write/{newest}", NEWEST_TITLE, signed_in=True),
    Row("own posts", "editing", "/write", NEWEST_TITLE, signed_in=True),
    Row("comments to manage", "editing", "/manage/comments?state=approved", LAST_COMMENT, signed_in=True),
    Row("people to manage", "editing", "/manage/people", "author-2", signed_in=True),
    COMMENT,
    SAVE,
]
