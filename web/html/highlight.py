"""Code with the classes that Pygments' style sheets know, and nothing else around it."""

import threading
from functools import cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

# Some lexers need far more than a line's time for a line; a listing longer than this is shown plain.
HIGHLIGHT_LIMIT = 50_000

# Every class that `highlight` writes; the sanitiser lets these pass on a span.
CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

# Names, punctuation and blanks look like the text around them, so they go without a span: half the bytes.
_UNSTYLED = frozenset({"n", "p", "w", "x"})

# Pygments builds a lexer's state table when the first one is made, without a lock of its own.
_making_a_lexer = threading.Lock()


def highlight(code: str, language: str) -> str:
    """Return the code as HTML: escaped, and with spans when Pygments knows the language.

    `language` is a name or alias such as "python", "py" or "SQL". An unknown one, an empty one and a
    listing over `HIGHLIGHT_LIMIT` characters give plain text. Never raises.
    """
    lexer = _lexer(language) if len(code) <= HIGHLIGHT_LIMIT else None
    if lexer is None:
        return escape(code, quote=False)
    return "".join(_span(kind, text) for kind, text in _joined(lexer, code))


def _lexer(language: str) -> Lexer | None:
    name = language.lower()
    if name not in _known_languages():
        return None
    with _making_a_lexer:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@cache
def _known_languages() -> frozenset[str]:
    # Asking Pygments for an unknown name searches all installed packages for plugins each time: 0.4 s.
    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


def _joined(lexer: Lexer, code: str) -> list[tuple[_TokenType, str]]:
    """Neighbours of one kind become one span."""
    joined: list[tuple[_TokenType, list[str]]] = []
    for kind, text in lexer.get_tokens(code):
        if joined and joined[-1][0] is kind:
            joined[-1][1].append(text)
        else:
            joined.append((kind, [text]))
    return [(kind, "".join(texts)) for kind, texts in joined]


def _span(kind: _TokenType, text: str) -> str:
    name = _class_of(kind)
    escaped = escape(text, quote=False)
    return f'<span class="{name}">{escaped}</span>' if name else escaped


@cache
def _class_of(kind: _TokenType) -> str:
    """A kind without a class of its own, such as a language's special comments, has that of its parent."""
    known = next(parent for parent in reversed(kind.split()) if parent in STANDARD_TYPES)
    name = STANDARD_TYPES[known]
    return "" if name in _UNSTYLED else name
