"""One table of questions and answers, the same on each engine."""

import pytest
from starlette.testclient import TestClient

from tests.search.conftest import Titles

HOME, CAFE, INK, PAPER = "Printing at home", "Café notes", "Ink", "On paper"
CJK, CYRILLIC, SIGNS = "活版印刷", "Печать книг", "C++ & <b>bold</b> 100%"

CASES: list[tuple[str, list[str]]] = [
    ("paper", [PAPER]),
    ("PAPER", [PAPER]),
    ("ink", [INK, PAPER, HOME]),
    ("ink press", [HOME, PAPER]),
    ("nowhere", []),
    ("ink nowhere", []),
    # Other forms of a word, the typed one first.
    ("printing", [HOME, CAFE]),
    ("prints", [HOME, CAFE]),
    ("printed", [HOME, CAFE]),
    # Beginnings: the last word by itself, others with a star.
    ("pape", [PAPER]),
    ("pap* stood", [PAPER]),
    ("pap stood", []),
    ("stan", [PAPER]),
    ("i", []),
    # Phrases.
    ('"ink press"', [PAPER]),
    ('"press ink"', []),
    ('"black ink"', [INK]),
    ('"printing at home"', [HOME]),
    ('"home the press"', []),
    ('"prints"', [HOME]),
    ('"ink press', [PAPER]),
    # What shall not be there.
    ("ink -press", [INK]),
    ("ink -black", [PAPER, HOME]),
    ('ink -"ink press"', [INK, HOME]),
    ("ink -nowhere", [INK, PAPER, HOME]),
    ("-ink -stadt -книг -印刷 -3.11", [CAFE]),
    # Tags and authors, by filter and as words.
    ("tag:craft", [INK, HOME]),
    ("tag:Craft home", [HOME]),
    ('tag:"small press"', [HOME]),
    ("tag:small-press", [HOME]),
    ("tag:nowhere", []),
    ("ink -tag:craft", [PAPER]),
    ("travel", [CAFE]),
    ("author:ada", [INK, HOME]),
    ('author:"Ada Lovelace" press', [HOME]),
    ("author:muller", [CAFE]),
    ("ink -author:ada", [PAPER]),
    ("lovelace ink", [INK, HOME]),
    ('"ada lovelace"', [INK, HOME]),
    ("tag:craft author:bea", []),
    # Accents and case.
    ("cafe", [CAFE]),
    ("CAFÉ", [CAFE]),
    ("naive", [CAFE]),
    ("strasse", [CAFE]),
    ("straße", [CAFE]),
    ("zurich", [CAFE]),
    ("ёлка", [CYRILLIC]),
    ("елка", [CYRILLIC]),
    ("КНИГ", [CYRILLIC]),
    # Without spaces.
    ("印刷", [CJK]),
    ("印", [CJK]),
    ("印刷術", [CJK]),
    ("版刷", []),
    ("歴史 古い", [CJK]),
    ("い", [CJK]),
    # Signs.
    ("c++", [SIGNS]),
    ("3.11", [SIGNS]),
    ("3.12", []),
    ("isn't", [SIGNS]),
    ("under_scored", [SIGNS]),
    ("foo@example.org", [SIGNS]),
    ("<b>bold</b>", [SIGNS]),
    ("100%", [SIGNS]),
]


def test_each_question_has_its_answer(client: TestClient, titles: Titles) -> None:
    found = {words: titles(client, words) for words, _ in CASES}
    wrong = {words: (found[words], expected) for words, expected in CASES if found[words] != expected}
    assert wrong == {}


@pytest.mark.parametrize(
    "words",
    [
        "", " ", '"', '""', '"""', "-", "--", "-  -", "*", "**", "tag:", "author:", 'tag:""', "-tag:", "OR", "AND",
        "NOT", "NEAR(", "(", ")", "ink OR", "ink AND (", "'", "''; DROP TABLE post; --", "%", "_", "\\", "\\'", ":*",
        "&", "|", "!", "<->", "^ink", "ink^2", "{words}: ink", "\0", "ink\0press", "\ud800", "🎉", "🎉 ink",
        "ink " * 2_500, "a" * 10_000, '"' * 301, "-" * 301, "¦", "·t1", "··ink", "\u200b", "e\u0301", "ﬁ", "\t\n\r",
        "tag:tag:tag:", "印" * 400,
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered_politely(client: TestClient, titles: Titles, words: str) -> None:
    titles(client, words.encode("utf-8", "replace").decode())


def test_bytes_that_are_no_text_are_answered(client: TestClient, titles: Titles) -> None:
    assert client.get("/search?q=%ff%fe%00&after=%ff").status_code == 200
    assert client.get("/search?q=ink&q=press").status_code == 200
