"""Remembers the answers given last, so that a feed is written once and not for each who asks."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock


class Memory:
    """Answers by their tags, as many as fit into `limit` bytes; the least asked for is forgotten first.

    A tag stands for everything its answer is made from, so what is remembered is never out of date.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._size = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def recall(self, tag: str, write: Callable[[], str]) -> bytes:
        """The answer with this tag, written now if it is not remembered."""
        with self._lock:
            if tag in self._answers:
                self._answers.move_to_end(tag)
                return self._answers[tag]
        answer = write().encode()
        with self._lock:
            self._remember(tag, answer)
        return answer

    def _remember(self, tag: str, answer: bytes) -> None:
        if tag in self._answers or len(answer) > self.limit:
            return
        self._answers[tag] = answer
        self._size += len(answer)
        while self._size > self.limit:
            self._size -= len(self._answers.popitem(last=False)[1])
