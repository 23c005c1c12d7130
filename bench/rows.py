"""What is measured. A new row is a new entry in `ROWS`."""

from dataclasses import dataclass

# Posts that are only read, so that their pages and the front page weigh the same from first to last.
READ_ONLY_POSTS = 50


@dataclass(frozen=True)
class Row:
    """One kind of request.

    `path` and the form's values may hold `{post}`, the number of one of the posts that take comments, and
    `{unique}`, a new UUID for each request. `marker` must stand in the answer's body or in its headers.
    """

    name: str
    path: str
    marker: str
    method: str = "GET"
    status: int = 200
    form: tuple[tuple[str, str], ...] = ()
    signed_in: bool = False
    adds_comments: bool = False


ROWS = [
    Row("home", "/", marker="The newest of many posts"),
    Row("post", "/posts/the-newest-of-many-posts", marker="The last of its comments"),
    Row("feed", "/feed.xml", marker="The newest of many posts"),
    Row(
        "posting a comment",
        "/posts/post-number-{post}/comments",
        marker="/posts/post-number-",
        method="POST",
        status=303,
        form=(("body", "Comment {unique}, with **strong** words and a [link](https://example.org/)."),),
        signed_in=True,
        adds_comments=True,
    ),
]
