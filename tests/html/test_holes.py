"""Marks for what differs from reader to reader."""

from web.html.holes import MARKS, Hole, split


def test_a_page_comes_apart_at_its_marks() -> None:
    page = f"<p>{MARKS.name}</p>{MARKS.uid}{MARKS.stamp('a-b')}{MARKS.unread}".encode()
    assert split(page) == [
        b"<p>",
        Hole("name", ""),
        b"</p>",
        Hole("uid", ""),
        b"",
        Hole("stamp", "a-b"),
        b"",
        Hole("unread", ""),
        b"",
    ]
    assert split(b"nothing") == [b"nothing"]


def test_nobody_can_guess_a_mark() -> None:
    for guess in ("\x02 name \x03", "\x02" + "0" * 16 + " name \x03", "name"):
        assert split(guess.encode()) == [guess.encode()]
