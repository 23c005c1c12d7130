"""The version of the database, asked for once in each turn of the event loop, for all requests of that turn.

Asking SQLite takes longer than everything else that is done for a page which is kept.
"""

from asyncio import AbstractEventLoop, get_running_loop

from web.database.changes import Changes


class Glance:
    """What `changes` said in this turn of the event loop.

    That is as new as anybody may expect. The loop first looks which sockets have something to be read, and then
    serves them; what was found in one turn is forgotten at the beginning of the next, before anything that was read in
    between is looked at. So each request of which this tells had begun to arrive before the version was asked for.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        # Tests serve one application from several loops, some of which end in the middle of a turn.
        self._seen: tuple[AbstractEventLoop, int | None] | None = None

    def version(self) -> int | None:
        """The version, None while it is not known. Only to be called in an event loop."""
        loop, seen = get_running_loop(), self._seen
        if seen is not None and seen[0] is loop:
            return seen[1]
        version = self._changes.version()
        self._seen = loop, version
        loop.call_soon(self._forget)
        return version

    def _forget(self) -> None:
        self._seen = None
