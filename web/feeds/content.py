"""The HTML of an entry for readers elsewhere: absolute addresses, and nothing that only our own pages understand."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import nh3

from web.html.markdown_elements import POST_TAGS

# The colours of code are spans, and nothing without our style sheet. Their text stays.
TAGS = set(POST_TAGS - {"span"})
# Ids and classes would meet those of other blogs in the page of a feed reader.
ATTRIBUTES = set(
    "abbr alt checked cite colspan datetime dir disabled height href lang media open rel reversed rowspan scope sizes "
    "span src srcset start title type value width".split()
)
SCHEMES = {"http", "https", "mailto", "tel"}

# The sign that links to a heading is for those who look at the page.
_HEADING_ANCHOR = re.compile(r' ?<a class="heading-anchor"[^>]*>#</a>')
# A browser leaves out a line break right after <pre>, and so did the cleaner: what is there now is the second.
_PRE_WITH_BLANK_LINE = re.compile(r"<pre[^>]*>\n")
# Sanitised HTML has no other way to write these attributes.
_WITH_OTHER_ADDRESSES = (" srcset=", " cite=")


def absolute_html(html: str, page: str) -> str:
    """Return the sanitised HTML of the page at an absolute address with its relative addresses made absolute."""
    try:
        cleaner = _cleaner(html, page)
    except ValueError:
        # The blog was asked for under a host that cannot be one. Whoever did that gets what they asked for.
        return html
    return _PRE_WITH_BLANK_LINE.sub(r"\g<0>\n", cleaner.clean(_HEADING_ANCHOR.sub("", html)))


def _cleaner(html: str, page: str) -> nh3.Cleaner:
    # The cleaner knows of href and src by itself. Asking back for each attribute costs time: only where it must be.
    asks_back = any(name in html for name in _WITH_OTHER_ADDRESSES)
    return nh3.Cleaner(
        tags=TAGS,
        attributes={"*": ATTRIBUTES},
        attribute_filter=_resolver(page) if asks_back else None,
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", page),
        link_rel=None,
    )


def _resolver(page: str) -> Callable[[str, str, str], str]:
    def resolve(_tag: str, name: str, value: str) -> str:
        if name == "srcset":
            return ", ".join(f"{_join(page, address)}{size}" for address, size in _candidates(value))
        return _join(page, value) if name == "cite" else value

    return resolve


def _join(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:
        return address


def _candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """The images of a srcset: addresses, which may have commas inside, and widths or densities."""
    rest = " ".join(srcset.split()).lstrip(" ,")
    while rest:
        address, _, rest = rest.partition(" ")
        size = ""
        if not address.endswith(","):
            size, _, rest = rest.partition(",")
        yield address.rstrip(","), f" {size.strip()}".rstrip()
        rest = rest.lstrip(" ,")
