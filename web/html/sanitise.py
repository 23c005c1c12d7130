"""What HTML may contain before it reaches a reader: allow lists, for posts and for comments.

Everything that Markdown became goes through here as one document, so that nothing depends on how well
the parts before it behaved. Sanitising twice gives the same as once.
"""

import re
from collections.abc import Callable

import nh3

from web.html.highlight import CLASSES as HIGHLIGHT_CLASSES
from web.html.markdown_elements import COMMENT_TAGS, DROPPED_WITH_CONTENT, POST_TAGS

# Ids in a post's text start with this. No id of the page around it does, so the two never clash.
ID_PREFIX = "text-"

_SCHEMES = {"http", "https", "mailto", "tel"}

_POST_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "rel", "aria-label"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "data": {"value"},
    "details": {"open"},
    "div": {"aria-label"},
    "section": {"aria-label"},
    "input": {"aria-label"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "source": {"srcset", "sizes", "type", "media", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
}
_POST_ATTRIBUTE_VALUES = {
    "a": {"role": {"doc-noteref", "doc-backlink"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "pre": {"tabindex": {"0"}},
    "section": {"role": {"doc-endnotes"}},
    "input": {"checked": {"", "checked"}},
    "th": {"scope": {"col", "row", "colgroup", "rowgroup"}},
}
# What every image and every control of a post has. The cleaner could add it too, but in an order of its own
# each time. The box of a task list is the only control that a post may have, and nobody can tick it.
_FIXED_IMAGE = '<img loading="lazy" decoding="async"'
_FIXED_INPUT = '<input type="checkbox" disabled=""'
_COMMENT_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "div": {"class"}, "span": {"class"}}

_CLASSES = {
    "a": {"heading-anchor", "footnote-backref"},
    "div": {"highlight", "table-scroll"},
    "input": {"task-list-item-checkbox"},
    "li": {"task-list-item"},
    "ol": {"contains-task-list"},
    "section": {"footnotes"},
    "span": HIGHLIGHT_CLASSES,
    "sup": {"footnote-ref"},
    "td": {"align-center", "align-end"},
    "th": {"align-center", "align-end"},
    "ul": {"contains-task-list"},
}
_LINK_RELATIONS = {"author", "external", "license", "me", "nofollow", "noopener", "noreferrer", "sponsored", "ugc"}

_ID = re.compile(re.escape(ID_PREFIX) + r"[^\s\"'<>]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Characters that XML, and so a feed, cannot carry at all.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# A browser leaves out a line break right after <pre>, and so did the cleaner: what is there now is the second.
_PRE_WITH_BLANK_LINE = re.compile(r"<pre[^>]*>\n")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def sanitise_post(html: str) -> str:
    """Return a post's HTML with nothing in it that the allow lists do not name. Never raises."""
    clean = _sanitise(_POST_CLEANER, html)
    return clean.replace("<img", _FIXED_IMAGE).replace("<input", _FIXED_INPUT)


def sanitise_comment(html: str) -> str:
    """The same for a comment, with a much shorter list; links ask search engines not to follow."""
    return _sanitise(_COMMENT_CLEANER, html)


def _sanitise(cleaner: nh3.Cleaner, html: str) -> str:
    clean = cleaner.clean(_SURROGATES.sub("", html))
    return _PRE_WITH_BLANK_LINE.sub(r"\g<0>\n", _NO_XML.sub("", clean))


def _post_attribute(tag: str, name: str, value: str) -> str | None:
    """What an attribute of a post keeps of its value; None takes the attribute away."""
    rule = _RULES.get(name)
    return rule(tag, value) if rule else value


def _comment_attribute(tag: str, name: str, value: str) -> str | None:
    return _classes(tag, value) if name == "class" else value


def _classes(tag: str, value: str) -> str | None:
    allowed = _CLASSES.get(tag, ())
    return " ".join(name for name in value.split() if name in allowed) or None


def _id(_tag: str, value: str) -> str | None:
    return value if _ID.fullmatch(value) else None


def _href(_tag: str, value: str) -> str | None:
    """Links within the text follow the ids that were prefixed."""
    address = value.strip()
    if address.startswith("#") and address not in ("#", "#top") and not address.startswith(f"#{ID_PREFIX}"):
        return f"#{ID_PREFIX}{address[1:]}"
    return address


def _rel(_tag: str, value: str) -> str | None:
    return " ".join(word for word in value.lower().split() if word in _LINK_RELATIONS) or None


def _srcset(_tag: str, value: str) -> str | None:
    """The sanitiser checks addresses, but not those inside a list of candidates."""
    addresses = [candidate.split(maxsplit=1)[0] for candidate in value.split(",") if candidate.strip()]
    return value if addresses and all(map(_is_web_address, addresses)) else None


def _is_web_address(address: str) -> bool:
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[0].lower() in ("http:", "https:")


_RULES: dict[str, Callable[[str, str], str | None]] = {
    "class": _classes,
    "id": _id,
    "href": _href,
    "rel": _rel,
    "srcset": _srcset,
}

# Made once. A cleaner holds no state between calls, so that threads can share it.
_POST_CLEANER = nh3.Cleaner(
    tags=POST_TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=_POST_ATTRIBUTES,
    tag_attribute_values=_POST_ATTRIBUTE_VALUES,
    attribute_filter=_post_attribute,
    url_schemes=_SCHEMES,
    id_prefix=ID_PREFIX,
    link_rel=None,
)
_COMMENT_CLEANER = nh3.Cleaner(
    tags=COMMENT_TAGS,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes=_COMMENT_ATTRIBUTES,
    tag_attribute_values={"pre": {"tabindex": {"0"}}},
    attribute_filter=_comment_attribute,
    url_schemes=_SCHEMES,
    link_rel="nofollow ugc",
)
