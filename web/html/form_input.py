"""What a browser sent with a form: text only, and whether it could be decoded."""

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
MAX_FIELDS = 1000


class FormInput:
    """Names and values in the shape that WTForms reads. `is_decodable` is False when bytes were not UTF-8."""

    def __init__(self, items: Iterable[tuple[str, str]] = (), *, is_decodable: bool = True) -> None:
        self.is_decodable = is_decodable
        self._values: dict[str, list[str]] = {}
        for name, value in items:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[str]:
        """All values of a field, in the order they were sent."""
        return self._values.get(name, [])

    def get(self, name: str, default: str = "") -> str:
        """The first value of a field."""
        return next(iter(self.getlist(name)), default)


def parse(body: bytes) -> FormInput:
    """Read a URL-encoded body. Raises ValueError when it has more than `MAX_FIELDS` fields.

    What is not UTF-8 becomes the replacement character. Somebody may have typed that too, so only where
    it occurs a second, strict look tells which it was.
    """
    text = body.decode("utf-8", "replace")
    items = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    is_suspect = any(REPLACEMENT in value for _, value in items)
    return FormInput(items, is_decodable=not is_suspect or _is_decodable(body))


def is_utf8(body: bytes) -> bool:
    """Whether all bytes are UTF-8."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_decodable(body: bytes) -> bool:
    try:
        parse_qsl(body.decode("utf-8"), errors="strict", keep_blank_values=True)
    except UnicodeDecodeError:
        return False
    return True
