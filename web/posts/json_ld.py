"""What a post says about itself to machines: schema.org's BlogPosting as JSON-LD."""

from collections.abc import Iterable
from typing import Any

from web.models.setting import Blog
from web.posts.printed import Post


def describe(post: Post, tags: Iterable[tuple[str, str]], blog: Blog, base_url: str) -> dict[str, Any]:
    """The BlogPosting of a post with loaded authors; a tag is (slug, name). `base_url` ends without a slash."""
    address = f"{base_url}/posts/{post.slug}"
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"urn:uuid:{post.uid}",
        "url": address,
        "mainEntityOfPage": address,
        "headline": post.title,
        "description": post.description,
        "inLanguage": blog.language,
        "wordCount": post.word_count,
        "keywords": [name for _, name in tags],
        "author": [
            {"@type": "Person", "name": author.display_name, "url": f"{base_url}/authors/{author.username}"}
            for author in post.authors
        ],
        "publisher": {"@type": "Organization", "name": blog.title, "url": f"{base_url}/"},
    }
    if post.published_at:
        described["datePublished"] = post.published_at.isoformat()
        described["dateModified"] = post.changed_at.isoformat()
    return described
