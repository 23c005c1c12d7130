"""What templates may say, and each check fails when they say something else."""

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from tests.architecture import templates
from tests.architecture.templates import our_templates

Check = Callable[[Mapping[str, str]], list[str]]

# HTML that our own renderer made and sanitised when it was saved, or that we escape ourselves.
MADE_SAFE = {
    "answered_entry.comment.body_html | safe",
    "biography | safe",
    "comment.body_html | safe",
    "letter.body_html | safe",
    "shown.html | safe",
    "preview_html | safe",
}
trusted_html = partial(templates.trusted_html, allowed=MADE_SAFE)

CHECKS: list[Check] = [
    templates.htmx_without_data,
    templates.htmx_that_evaluates,
    templates.inline_code,
    templates.ids_made_by_hand,
    templates.forms_that_need_htmx,
    templates.links_that_need_htmx,
    trusted_html,
    templates.addresses_of_others,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_templates_hold_the_rules(check: Check) -> None:
    assert check(our_templates()) == []


def test_tags_are_read() -> None:
    """Else the checks would hold nothing."""
    names = {tag.name for tag in templates.tags(our_templates())}
    assert {"form", "button", "a", "article", "script", "html"} <= names


def test_trusted_expressions_are_still_there() -> None:
    found = templates.trusted_html(our_templates(), allowed=())
    assert {line.partition(": ")[2] for line in found} == MADE_SAFE


BROKEN: list[tuple[Check, str]] = [
    (templates.htmx_without_data, "<a href='/' hx-get='/'>x</a>"),
    (templates.htmx_that_evaluates, '<a href="/" data-hx-on:click="go()">x</a>'),
    (templates.htmx_that_evaluates, '<a href="/" data-hx-target:inherited="#x">x</a>'),
    (templates.htmx_that_evaluates, '<a href="/" data-hx-vals="js:{a: 1}">x</a>'),
    (templates.htmx_that_evaluates, '<body data-hx-boost="true">'),
    (templates.inline_code, "<style>p { color: red }</style>"),
    (templates.inline_code, "<script>go()</script>"),
    (templates.inline_code, '<script type="module">go()</script>'),
    (templates.inline_code, '<p style="color: red">'),
    (templates.inline_code, '<p {% if x %}class="a"{% endif %} onclick="go()">'),
    (templates.inline_code, '<a href="javascript:go()">'),
    (templates.ids_made_by_hand, '<li id="comment-{{ comment.id }}">'),
    (templates.ids_made_by_hand, '<li id="{{ post.slug }}">'),
    (templates.ids_made_by_hand, '<a href="#comment-{{ comment.id }}">'),
    (templates.ids_made_by_hand, '<a href="/" data-hx-target="#comment-{{ comment.id }}">'),
    (templates.forms_that_need_htmx, '<form method="post" data-hx-post="/">'),
    (templates.forms_that_need_htmx, '<form action="/">'),
    (templates.forms_that_need_htmx, '<button type="button" data-hx-post="/">'),
    (templates.links_that_need_htmx, '<div data-hx-get="/">'),
    (trusted_html, "{{ comment.body | safe }}"),
    (trusted_html, "{{ Markup(comment.body) }}"),
    (trusted_html, "{% autoescape false %}"),
    (templates.addresses_of_others, '<img src="https://example.org/a.png">'),
    (templates.addresses_of_others, '<link rel="stylesheet" href="//example.org/a.css">'),
]


@pytest.mark.parametrize(("check", "text"), BROKEN)
def test_what_breaks_a_rule_is_found(check: Check, text: str) -> None:
    (found, *_) = check({"a.html": text})
    assert found.startswith("a.html: ")


ALLOWED: list[tuple[Check, str]] = [
    (templates.htmx_without_data, "{# hx-get #}<a href='/' data-hx-get='/'>x</a>"),
    (templates.inline_code, '<script src="/a.js" defer></script>'),
    (templates.inline_code, '<script type="application/ld+json">{{ data | tojson }}</script>'),
    (templates.ids_made_by_hand, '<li id="{{ dom_id(comment) }}"><a href="#{{ dom_id(comment, "edit") }}">'),
    (templates.ids_made_by_hand, '<label for="{{ form.body.id }}">'),
    (templates.forms_that_need_htmx, '<form method="post" action="/" data-hx-post="/">'),
    (templates.forms_that_need_htmx, '<button type="submit" formaction="/a" data-hx-post="/a">'),
    (templates.links_that_need_htmx, '<a href="{{ url }}" data-hx-get="{{ url }}">'),
    (templates.addresses_of_others, '<link rel="canonical" href="{{ absolute_url("/") }}">'),
]


@pytest.mark.parametrize(("check", "text"), ALLOWED)
def test_what_keeps_a_rule_is_left_alone(check: Check, text: str) -> None:
    assert check({"a.html": text}) == []
