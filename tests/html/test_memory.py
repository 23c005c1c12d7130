"""What was made once is remembered, within limits."""

from collections.abc import Callable

import pytest

from web.html.memory import Memory


class Writer:
    """Counts how often it had to write."""

    def __init__(self) -> None:
        self.times = 0

    def writing(self, text: bytes) -> Callable[[], bytes]:
        def write() -> bytes:
            self.times += 1
            return text

        return write


@pytest.fixture
def writer() -> Writer:
    return Writer()


def test_what_was_written_is_not_written_again(writer: Writer) -> None:
    memory = Memory[bytes](limit=100)
    for _ in range(3):
        assert memory.recall("a", writer.writing(b"once")) == b"once"
    assert writer.times == 1


def test_the_least_asked_for_is_forgotten_first(writer: Writer) -> None:
    memory = Memory[bytes](limit=10)
    for tag in ("a", "b", "a", "c", "a", "b"):
        memory.recall(tag, writer.writing(b"12345"))
    assert writer.times == 4
    assert memory.recall("a", writer.writing(b"")) == b"12345"


def test_what_is_too_long_is_never_remembered(writer: Writer) -> None:
    memory = Memory[bytes](limit=4)
    memory.recall("small", writer.writing(b"1234"))
    for _ in range(2):
        assert memory.recall("large", writer.writing(b"12345")) == b"12345"
    assert memory.recall("small", writer.writing(b"")) == b"1234"
    assert writer.times == 3


def test_two_who_write_the_same_at_once_count_once(writer: Writer) -> None:
    memory = Memory[bytes](limit=9)

    def write() -> bytes:
        memory.recall("a", writer.writing(b"12345"))
        return b"12345"

    assert memory.recall("a", write) == b"12345"
    assert memory.recall("b", writer.writing(b"1234")) == b"1234"
    memory.recall("a", writer.writing(b""))
    assert writer.times == 2
