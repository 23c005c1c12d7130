"""Brings the forms of a word together, by the rules of the blog's language."""

from collections.abc import Iterable
from threading import Lock
from typing import Any

from Stemmer import Stemmer

from web.models.search import WORD_LIMIT
from web.search.words import fold, is_unspaced

# The rules that snowball has, by the first part of a language code.
_RULES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Stemmers keep nothing of what they have seen: some blogs are large.
_REMEMBERED = 0
_lock = Lock()
_stemmers: dict[str, Any] = {}


def stems_of(words: Iterable[str], language: str) -> dict[str, str]:
    """The stem of each word; the word itself where no rules are known."""
    words = list(words)
    name = _RULES.get(language.partition("-")[0].lower(), "")
    if not name:
        return {word: word for word in words}
    # A stemmer has its place in the word in itself: one thread at a time.
    with _lock:
        stemmer = _stemmers.setdefault(name, Stemmer(name, _REMEMBERED))
        return {word: _stem(stemmer, word) for word in words}


def _stem(stemmer: Any, word: str) -> str:
    if is_unspaced(word) or not word.isalpha():
        return word
    return fold(str(stemmer.stemWord(word)))[:WORD_LIMIT] or word
