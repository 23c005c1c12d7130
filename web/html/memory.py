"""Remembers what was made last, so that it is made once and not for each who asks."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made", bound=Sized)


class Memory(Generic[Made]):
    """What was made from which key, as much as fits into `limit` bytes or characters; the least asked for goes first.

    A key stands for everything that its thing is made from, so what is remembered is never out of date.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._size = 0
        self._things: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing with this key, made now if it is not remembered."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._remember(key, made)
        return made

    def _remember(self, key: Hashable, made: Made) -> None:
        if key in self._things or len(made) > self.limit:
            return
        self._things[key] = made
        self._size += len(made)
        while self._size > self.limit:
            self._size -= len(self._things.popitem(last=False)[1])
