"""Reads the HTML of an answer the way a browser does."""

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Soup:
    """A parsed page or fragment: found by CSS selectors, read as text with single spaces."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(html)

    def all(self, selector: str) -> list[LexborNode]:
        """Every element that fits."""
        return self.tree.css(selector)

    def find(self, selector: str) -> LexborNode | None:
        """The first element that fits, or None."""
        return self.tree.css_first(selector)

    def one(self, selector: str) -> LexborNode:
        """The only element that fits. Fails when there is none or more than one."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements fit {selector!r} in:\n{self.tree.html}"
        return found[0]

    def has(self, selector: str) -> bool:
        """Whether any element fits."""
        return self.find(selector) is not None

    def text(self, selector: str = "body") -> str:
        """The text of the first element that fits. Fails when there is none."""
        found = self.find(selector)
        assert found is not None, f"nothing fits {selector!r} in:\n{self.tree.html}"
        return text_of(found)

    def texts(self, selector: str) -> list[str]:
        """The text of every element that fits."""
        return [text_of(node) for node in self.all(selector)]

    def attribute(self, selector: str, name: str) -> str | None:
        """An attribute of the only element that fits; "" where it has no value, None where it is missing."""
        attributes = self.one(selector).attributes
        return (attributes[name] or "") if name in attributes else None

    def attributes(self, selector: str, name: str) -> list[str]:
        """An attribute of every element that fits and has it."""
        return [node.attributes[name] or "" for node in self.all(selector) if name in node.attributes]

    def form(self, selector: str = "form") -> dict[str, str]:
        """What a browser would send with the only form that fits, as if nothing had been typed."""
        form = self.one(selector)
        return dict(pair for control in form.css("input, textarea, select") for pair in _sent_by(control))

    def link(self, text: str) -> str:
        """Where the link with this text leads. Fails when there is none."""
        hrefs = [node.attributes.get("href") or "" for node in self.all("a") if text_of(node) == text]
        assert hrefs, f"no link {text!r} among {self.texts('a')}"
        return hrefs[0]

    def button(self, text: str) -> LexborNode:
        """The button with this text. Fails when there is none."""
        buttons = [node for node in self.all("button") if text_of(node) == text]
        assert buttons, f"no button {text!r} among {self.texts('button')}"
        return buttons[0]


def soup(response: Any) -> Soup:
    """Parse an answer, or a string of HTML."""
    return Soup(response if isinstance(response, str) else response.text)


def text_of(node: LexborNode) -> str:
    """The text of an element with single spaces."""
    return " ".join(node.text().split())


def _sent_by(control: LexborNode) -> list[tuple[str, str]]:
    attributes = control.attributes
    name, kind = attributes.get("name"), attributes.get("type")
    if not name or "disabled" in attributes or kind in ("submit", "button", "reset", "file", "image"):
        return []
    if control.tag == "textarea":
        return [(name, control.text().removeprefix("\n"))]
    if control.tag == "select":
        chosen = control.css_first("option[selected]") or control.css_first("option")
        return [(name, chosen.attributes.get("value") or text_of(chosen))] if chosen else []
    if kind in ("checkbox", "radio"):
        return [(name, attributes.get("value") or "on")] if "checked" in attributes else []
    return [(name, attributes.get("value") or "")]
