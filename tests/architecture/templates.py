"""Checks what templates may say. Jinja's own marks are set aside first, so that the tags can be read."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tests.architecture.sources import ROOT

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"']+))?")
MARK = re.compile("\ue000([0-9]+)\ue001")
# Data for machines: browsers do not run it, and the content security policy does not mind it.
DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})
NAMES_AN_OBJECT = re.compile(r"\.(id|slug|username|code|key)\b")
REFERS_TO_AN_ID = frozenset({"id", "for", "data-hx-target", "aria-controls", "aria-labelledby", "aria-describedby"})


@dataclass
class Tag:
    """An opening tag. Attributes have their Jinja back in them."""

    where: str
    name: str
    attributes: dict[str, str] = field(default_factory=dict)


def our_templates() -> dict[str, str]:
    """The templates of the project: name and text."""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def tags(templates: Mapping[str, str]) -> Iterator[Tag]:
    """All opening tags of all templates."""
    for name, text in templates.items():
        yield from _tags(name, COMMENT.sub("", text))


def htmx_without_data(templates: Mapping[str, str]) -> list[str]:
    """htmx's attributes that a validator would not accept."""
    return [_at(tag, name) for tag in tags(templates) for name in tag.attributes if name.startswith("hx-")]


def htmx_that_evaluates(templates: Mapping[str, str]) -> list[str]:
    """What DESIGN forbids of htmx: inheritance, handlers, expressions, boost, extensions."""
    forbidden = re.compile(r"data-hx-(on|boost|ext|vars|vals-js)\b|:inherited|:append|data-hx-[\w-]*:js")
    return [
        _at(tag, name)
        for tag in tags(templates)
        for name, value in tag.attributes.items()
        if name.startswith("data-hx-") and (forbidden.search(name) or value.lstrip().startswith(("js:", "javascript:")))
    ]


def inline_code(templates: Mapping[str, str]) -> list[str]:
    """Styles and scripts that the content security policy would refuse."""
    found = []
    for tag in tags(templates):
        if tag.name == "style" or (tag.name == "script" and _is_inline(tag)):
            found.append(_at(tag, "stands inline"))
        for name, value in tag.attributes.items():
            if name == "style" or name.startswith("on") or value.strip().startswith("javascript:"):
                found.append(_at(tag, name))
    return found


def ids_made_by_hand(templates: Mapping[str, str]) -> list[str]:
    """Ids that name an object without `dom_id`."""
    return [
        _at(tag, f"{name}={value}")
        for tag in tags(templates)
        for name, value in tag.attributes.items()
        if name in REFERS_TO_AN_ID or (name == "href" and value.startswith("#"))
        for expression in JINJA.findall(value)
        if NAMES_AN_OBJECT.search(expression) and "dom_id(" not in expression and not _is_field(expression)
    ]


def forms_that_need_htmx(templates: Mapping[str, str]) -> list[str]:
    """Forms that could not be sent without JavaScript, and buttons that are not told to be one."""
    found = []
    for tag in tags(templates):
        if tag.name == "form" and not {"action", "method"} <= tag.attributes.keys():
            found.append(_at(tag, "has no action or method"))
        if tag.name in ("form", "button", "a") and "data-hx-post" in tag.attributes and not _works_without(tag):
            found.append(_at(tag, "posts with htmx only"))
    return found


def links_that_need_htmx(templates: Mapping[str, str]) -> list[str]:
    """Elements that fetch with htmx and lead nowhere without it."""
    return [
        _at(tag, "fetches with htmx only")
        for tag in tags(templates)
        if "data-hx-get" in tag.attributes and not {"href", "action", "formaction"} & tag.attributes.keys()
    ]


def trusted_html(templates: Mapping[str, str], allowed: Collection[str]) -> list[str]:
    """`| safe` and `autoescape false` outside of the list of expressions that were made safe before."""
    found = []
    for name, text in templates.items():
        for expression in JINJA.findall(COMMENT.sub("", text)):
            what = " ".join(expression.strip("{}%- \n").split())
            is_trusting = re.search(r"\|\s*safe\b|autoescape|Markup\(", what)
            if is_trusting and what not in allowed:
                found.append(f"{name}: {what}")
    return found


def addresses_of_others(templates: Mapping[str, str]) -> list[str]:
    """What a page would load from another host."""
    return [
        _at(tag, f"{name}={value}")
        for tag in tags(templates)
        for name, value in tag.attributes.items()
        if (name in ("src", "srcset", "poster") or (tag.name == "link" and name == "href"))
        and re.match(r"\s*(https?:)?//", value)
    ]


def _tags(name: str, text: str) -> Iterator[Tag]:
    parts: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        parts.append(match[0])
        # A block between attributes is no attribute; an expression is a part of one.
        return " " if match[0].startswith("{%") else f"\ue000{len(parts) - 1}\ue001"

    for match in TAG.finditer(JINJA.sub(set_aside, text)):
        attributes = {key.lower(): value.strip("\"'") for key, value in ATTRIBUTE.findall(match[2])}
        restored = {key: MARK.sub(lambda mark: parts[int(mark[1])], value) for key, value in attributes.items()}
        yield Tag(name, match[1].lower(), restored)


def _at(tag: Tag, words: str) -> str:
    return f"{tag.where}: <{tag.name}> {words}"


def _is_inline(tag: Tag) -> bool:
    return "src" not in tag.attributes and tag.attributes.get("type") not in DATA_SCRIPTS


def _is_field(expression: str) -> bool:
    return bool(re.search(r"\b(field|choice|form\.\w+)\.id\b", expression))


def _works_without(tag: Tag) -> bool:
    wanted = {"form": "action", "button": "formaction"}.get(tag.name)
    return wanted in tag.attributes or (tag.name == "button" and tag.attributes.get("type") == "submit")
