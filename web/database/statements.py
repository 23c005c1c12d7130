"""Every statement can be seen: recorded while a page is made, for the SQL panel and for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event

_recording: ContextVar[list[str] | None] = ContextVar("recorded_statements", default=None)


def watch(engine: Engine) -> None:
    """Let `recorded` see the statements that this engine executes."""
    event.listen(engine, "before_cursor_execute", _remember)


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the text of each statement executed inside, also by worker threads started from inside."""
    statements: list[str] = []
    token = _recording.set(statements)
    try:
        yield statements
    finally:
        _recording.reset(token)


def recorded_so_far() -> list[str] | None:
    """The statements of the innermost `recorded` block, or None outside of any."""
    return _recording.get()


def _remember(
    _connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    statements = _recording.get()
    if statements is not None:
        statements.append(statement)
