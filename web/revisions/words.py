"""The words of a post, as they come from the editor or from an import."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """What a post says. An empty slug asks for one made of the title."""

    title: str
    body: str
    tags: list[str] = field(default_factory=list)
    slug: str = ""
    summary: str = ""


def split_tags(text: str) -> list[str]:
    """Tags typed with commas: `"htmx,  SQL "` gives `["htmx", "SQL"]`."""
    return [" ".join(name.split()) for name in text.split(",") if name.strip()]
