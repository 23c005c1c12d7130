"""Liquid's tags `{% … %}` that stand for an image, an address or a listing."""

import re
from html import escape, unescape
from pathlib import PurePosixPath

from web.drafts.slugs import to_slug

_NAMED_ARGUMENT = re.compile(r"""(\w+)\s*[:=]\s*(?:"([^"]*)"|'([^']*)')""")
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_BETWEEN_ARGUMENTS = re.compile(r'",?\s+"')
_POST_NAME = re.compile(r"(?:.*/)?\d{4}-\d\d-\d\d-([^/]+?)(?:\.(?:md|markdown|html))?")
_NEEDS_HTML = re.compile(r"[\s()<>]")
_MARKDOWN_SIGNS = re.compile(r"[\[\]`*_<\\]")
_FENCES = re.compile(r"`{3,}")


def replaced_tag(tag: str, *, begins_a_block: bool) -> str | None:
    """Return Markdown or HTML for a tag without its braces, None when it is not understood."""
    name, _, rest = tag.partition(" ")
    rest = rest.strip()
    if name in ("image", "image_with_class"):
        return _image_tag(rest, begins_a_block=begins_a_block, has_class=name == "image_with_class")
    if name == "include":
        return _include(rest, begins_a_block=begins_a_block)
    if name in ("post_url", "link"):
        return _post_address(rest)
    return None


def fenced(code: str, arguments: str) -> str:
    """A fenced block in the language that the first argument names."""
    language = next(iter(arguments.split(maxsplit=1)), "")
    longest = max((len(fence) for fence in _FENCES.findall(code)), default=2)
    fence = "`" * max(3, longest + 1)
    lines = code.strip("\n")
    return f"{fence}{language}\n{lines}\n{fence}"


def _image_tag(arguments: str, *, begins_a_block: bool, has_class: bool) -> str | None:
    """`"path" "description"`, with the name of a class between them. Descriptions may hold quotation marks."""
    path, *others = _BETWEEN_ARGUMENTS.split(arguments.removeprefix('"').removesuffix('"'))
    description = " ".join(others[1:] if has_class or len(others) > 1 else others)
    if not _PICTURE.search(path):
        return None
    if description.startswith('"') and description.endswith('"'):
        description = description[1:-1]
    return _image(path, description, as_markdown=begins_a_block)


def _include(arguments: str, *, begins_a_block: bool) -> str | None:
    values = {name: first or second for name, first, second in _NAMED_ARGUMENT.findall(arguments)}
    path = next((values[name] for name in ("image", "src", "url", "path", "file") if name in values), "")
    if not _PICTURE.search(path):
        return None
    description, caption = values.get("alt", ""), values.get("caption", "")
    if not caption:
        return _image(path, description, as_markdown=begins_a_block)
    picture = _image(path, description, as_markdown=False)
    return f"<figure>\n{picture}\n<figcaption>{caption}</figcaption>\n</figure>"


def _post_address(argument: str) -> str | None:
    match = _POST_NAME.fullmatch(argument.strip("\"'"))
    return f"/posts/{to_slug(match[1])}" if match else None


def _image(path: str, description: str, *, as_markdown: bool) -> str:
    """In HTML where Markdown might not be read: within a block of HTML."""
    address = path if path.startswith(("/", "http://", "https://")) else str(PurePosixPath("/", path))
    description = unescape(" ".join(description.split()))
    if as_markdown and not _NEEDS_HTML.search(address):
        description = _MARKDOWN_SIGNS.sub(r"\\\g<0>", description)
        return f"![{description}]({address})"
    quoted = escape(description, quote=False).replace('"', "&quot;")
    return f'<img src="{escape(address)}" alt="{quoted}">'
