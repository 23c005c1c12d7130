"""A finished answer: its bytes, its headers, and the forms in which it travels."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import chain

from anyio import Lock
from starlette.types import Message

from web.html.holes import Hole, split
from web.http.compression import (
    BROTLI_QUALITY,
    GZIP,
    PLAIN,
    best_encoding,
    compress,
    is_worth_it,
)
from web.http.gzip_mould import GzipMould
from web.http.sharing import Reader, Sharing

Headers = list[tuple[bytes, bytes]]
Answer = tuple[Message, Message]
Fillers = Mapping[str, Callable[[Reader, str], bytes]]
# What each way of sending sets anew.
SET_ANEW = frozenset({b"content-length", b"content-encoding", b"etag", b"x-request-id"})
# Browsers send the tag of one encoding; what somebody made up is not remembered.
LONGEST_KNOWN, MOST_KNOWN = 60, 8
# What is kept of a page besides its bytes, roughly.
OVERHEAD_BYTES = 2_000
NO_BODY: Message = {"type": "http.response.body", "body": b""}


class CachedPage:
    """One answer with status 200, as it was made at a version of the database. `quality` is that of brotli."""

    def __init__(
        self,
        headers: Headers,
        body: bytes,
        sharing: Sharing,
        version: int | None = None,
        quality: int = BROTLI_QUALITY,
    ) -> None:
        self.version = version
        self.until = sharing.until
        self.apart = sharing.apart
        self.headers = [item for item in headers if item[0] not in SET_ANEW]
        parts = split(body)
        self.holes: Sequence[Hole] = [part for part in parts if isinstance(part, Hole)]
        self.shared: Sequence[bytes] = [part for part in parts if isinstance(part, bytes)]
        self.size = len(body) + OVERHEAD_BYTES
        self.tag = b"" if self.holes else blake2b(body, digest_size=16).hexdigest().encode()
        # So that compressing is done once, however many wait for it.
        self.one_at_a_time = Lock()
        self._is_worth_it = is_worth_it(headers, len(body))
        self._quality = quality
        self._answers: dict[str, Answer] = {}
        self._not_modified: dict[tuple[bytes, str], Message] = {}
        self._mould: GzipMould | None = None

    def is_for(self, reader: Reader, now: Callable[[], datetime]) -> bool:
        """Whether this reader may have it now."""
        if self.until is not None and now() >= self.until:
            return False
        return reader.user_id not in self.apart

    def encoding(self, accepted: bytes) -> str:
        """How it travels to a client that accepts this."""
        return best_encoding(accepted, only_gzip=bool(self.holes)) if self._is_worth_it else PLAIN

    def is_ready(self, encoding: str) -> bool:
        """Whether nothing has to be compressed for an answer."""
        return encoding == PLAIN or self._mould is not None or encoding in self._answers

    def prepare(self, encoding: str) -> int:
        """Compress what can be compressed beforehand, in whatever thread. Returns by how many bytes the page grew."""
        if self.holes:
            self._mould = GzipMould(self.shared)
            return self._mould.size
        _, body = self._answers[encoding] = self._whole(encoding)
        return len(body["body"])

    def answer(self, encoding: str, reader: Reader, fillers: Fillers) -> Answer:
        """The two messages for this reader. Raises KeyError for a page without holes that is not ready."""
        if self.holes:
            return self._filled(encoding, [fillers[kind](reader, argument) for kind, argument in self.holes])
        found = self._answers.get(encoding)
        if found is None:
            found = self._answers[encoding] = self._whole(encoding)
        return found

    def not_modified(self, known: bytes, encoding: str) -> Message | None:
        """The 304 for a client that has these tags, if one of them is this page's (RFC 9110, 13.1.2)."""
        found = self._not_modified.get((known, encoding))
        if found is not None or not self.tag or not any(map(self._is_own, known.split(b","))):
            return found
        headers = [*self.headers, (b"etag", self._tag_in(encoding))]
        answer: Message = {"type": "http.response.start", "status": 304, "headers": headers}
        if len(known) < LONGEST_KNOWN and len(self._not_modified) < MOST_KNOWN:
            self._not_modified[known, encoding] = answer
        return answer

    def _is_own(self, tag: bytes) -> bool:
        # Each encoding has a tag of its own, but whoever has the page in one of them has the page.
        known = tag.strip().removeprefix(b"W/")
        return known == b"*" or known.strip(b'"').partition(b"-")[0] == self.tag

    def _whole(self, encoding: str) -> Answer:
        body = compress(self.shared[0], encoding, self._quality)
        return _messages(self.headers, body, encoding, self._tag_in(encoding))

    def _tag_in(self, encoding: str) -> bytes:
        return b'"%s-%s"' % (self.tag, encoding.encode()) if encoding else b'"%s"' % self.tag

    def _filled(self, encoding: str, words: Sequence[bytes]) -> Answer:
        if encoding == PLAIN or self._mould is None:
            plain = b"".join(chain(*zip(self.shared, words, strict=False), self.shared[-1:]))
            return _messages(self.headers, plain, PLAIN)
        return _messages(self.headers, self._mould.filled(words), GZIP)


def _messages(headers: Headers, body: bytes, encoding: str, tag: bytes = b"") -> Answer:
    more = [(b"content-length", b"%d" % len(body))]
    if encoding:
        more.append((b"content-encoding", encoding.encode()))
    if tag:
        more.append((b"etag", tag))
    start: Message = {"type": "http.response.start", "status": 200, "headers": [*headers, *more]}
    return start, {"type": "http.response.body", "body": body}
