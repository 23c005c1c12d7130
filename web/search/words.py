"""Cuts texts into the words that are searched: the same for what is stored and for what is typed, on every engine.

Case and accents do not count. Scripts that are written without spaces are cut into pairs of characters that overlap
(and the last one by itself), so that each piece of their text is found without a dictionary.
"""

import re
import unicodedata

from web.models.search import WORD_LIMIT

# Stands between the parts of a text, so that no phrase reaches from one into the next. No word contains it.
BARRIER = "¦"

# Accents of Latin, Greek and Cyrillic letters, vowel points of Hebrew and Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]"
)
# Letters that no rule of Unicode takes apart.
_PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h"}
)
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def fold(text: str) -> str:
    """The text without differences of case, width and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def words_of(text: str) -> list[str]:
    """The words of a text, in order."""
    return _cut(fold(text), with_last=True)


def phrase_of(text: str) -> list[str]:
    """The words that stand one after the other wherever a text stands in another."""
    return _cut(fold(text), with_last=False)


def is_unspaced(word: str) -> bool:
    """Whether a word is a piece of a text without spaces."""
    return bool(_IS_UNSPACED.match(word))


def _cut(folded: str, *, with_last: bool) -> list[str]:
    if folded.isascii():
        return [word[:WORD_LIMIT] for word in _WORD.findall(folded)]
    return [
        word
        for run in _WORD.findall(folded)
        for piece in _RUN.findall(run)
        for word in (_pairs(piece, with_last) if is_unspaced(piece) else [piece[:WORD_LIMIT]])
    ]


def _pairs(piece: str, with_last: bool) -> list[str]:
    pairs = [piece[place : place + 2] for place in range(len(piece) - 1)]
    return pairs + ([piece[-1]] if with_last or not pairs else [])
