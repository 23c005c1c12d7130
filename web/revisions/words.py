"""The words of a post, as they come from the editor or from an import."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

from web.models.post import Post
from web.models.post_revision import PostRevision


@dataclass(frozen=True)
class Words:
    """What a post says. An empty slug asks for one made of the title."""

    title: str
    body: str
    tags: list[str] = field(default_factory=list)
    slug: str = ""
    summary: str = ""

    @property
    def digest(self) -> str:
        """The same for the same words, and for no others."""
        fields = (self.title, self.body, join_tags(self.tags), self.slug, self.summary)
        # None of them has a NUL in it.
        return blake2b("\0".join(fields).encode(), digest_size=16).hexdigest()

    def adds_nothing_to(self, stored: "Words") -> bool:
        """Whether this says what is stored already. An empty slug asks for no other one."""
        return replace(self, slug=self.slug or stored.slug) == stored


def split_tags(text: str) -> list[str]:
    """Tags typed with commas: `"htmx,  SQL "` gives `["htmx", "SQL"]`."""
    return [" ".join(name.split()) for name in text.split(",") if name.strip()]


def join_tags(tags: list[str]) -> str:
    """Tags as they are typed."""
    return ", ".join(tags)


def words_of(revision: PostRevision) -> Words:
    """What a revision says."""
    return Words(revision.title, revision.body, split_tags(revision.tags), revision.slug, revision.summary)


def words_of_post(post: Post) -> Words:
    """What a post says. Its tags must be loaded."""
    return Words(post.title, post.body, [tag.name for tag in post.tags], post.slug, post.summary)
