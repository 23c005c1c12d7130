"""Liquid's outputs `{{ … }}` that stand for an address or a value of the front matter."""

import re
from collections.abc import Mapping

_BASE = frozenset({"site.baseurl", "site.url", "site.github.url", "baseurl"})
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
# Filters that lead from an address to the same address on the site.
_ADDRESS_FILTERS = re.compile(r"(?:url|relative_url|absolute_url|prepend:\s*site\.(?:base)?url|escape|strip)$")
_EMBED_FILTER = re.compile(r"""embed:\s*(?:"([^"]*)"|'([^']*)')$""")
_EMBEDDED_VIDEO = re.compile(r"https://www\.youtube(?:-nocookie)?\.com/embed/([\w-]+)")


def output(expression: str, variables: Mapping[str, str]) -> str | None:
    """Return what an output without its braces stands for, None when it is not understood."""
    subject, *filters = (part.strip() for part in expression.split("|"))
    value = _value(subject, variables)
    if value is None:
        return None
    if len(filters) == 1 and (embedded := _EMBED_FILTER.match(filters[0])):
        return _video(value, embedded[1] or embedded[2])
    return value if all(map(_ADDRESS_FILTERS.match, filters)) else None


def _value(subject: str, variables: Mapping[str, str]) -> str | None:
    if subject in _BASE:
        return ""
    if quoted := _QUOTED.fullmatch(subject):
        return quoted[1] or quoted[2] or ""
    return variables.get(subject.removeprefix("page."))


def _video(address: str, title: str) -> str:
    """A link: what is embedded from elsewhere would tell others who reads here."""
    page = _EMBEDDED_VIDEO.sub(r"https://www.youtube.com/watch?v=\1", address)
    return f"[{title}]({page})"
