"""Tells how a file and the post at its address differ, and who changed what since the file was imported."""

from web.drafts.slugs import to_slug
from web.drafts.tags import tag_slugs
from web.models.post import Post
from web.models.user import User
from web.revisions.words import Words, words_of_post
from web.transfer.post_file import PostFile


def says_the_same(post: Post, file: PostFile) -> bool:
    """Whether the post says what the file does: words, date and authors. Its authors and tags must be loaded."""
    has_same_date = not (post.was_published and file.published_at) or post.published_at == file.published_at
    return has_same_words(words_of_post(post), words_of_file(file)) and has_same_date and _has_same_byline(post, file)


def words_of_file(file: PostFile, slug: str = "") -> Words:
    """What a file says."""
    return Words(file.title, file.body, list(file.tags), slug, file.summary)


def has_same_words(one: Words, other: Words) -> bool:
    """Whether two say the same, whatever address they have. A tag is known by its slug."""
    return _compared(one) == _compared(other)


def _compared(words: Words) -> tuple[str, str, str, list[str]]:
    return words.title, words.summary, words.body, tag_slugs(words.tags)


def _has_same_byline(post: Post, file: PostFile) -> bool:
    """A file that names nobody says nothing about who wrote the post."""
    names = list({to_slug(name): name for name in file.authors}.values())
    if not names:
        return True
    pairs = zip(post.authors, names, strict=False)
    return len(post.authors) == len(names) and all(_is_called(author, name) for author, name in pairs)


def _is_called(author: User, name: str) -> bool:
    return author.username == to_slug(name) or author.display_name.lower() == name.lower()
