"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

import hashlib
import mimetypes
from functools import partial
from pathlib import Path

import tinycss2
from rjsmin import jsmin
from starlette.types import ASGIApp, Receive, Scope, Send

from web.http.cached_page import CachedPage
from web.http.delivery import Wishes, deliver
from web.http.responses import error_page
from web.http.sharing import Sharing

PREFIX = "/static/"
METHODS = ("GET", "HEAD")
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
# Brotli's best: each file is compressed once, for all who ever ask for it.
QUALITY = 11


class HashedFiles:
    """The files of a folder, each also under `name.<hash>.ext`. They are read once, at start: there are few."""

    def __init__(self, folder: Path) -> None:
        self._bodies = {str(path.relative_to(folder)): _served(path) for path in folder.rglob("*") if path.is_file()}
        self._hashed = {name: _hashed_name(name, body) for name, body in self._bodies.items()}
        self._files = {name: answer_with(name, body, FOR_A_WHILE) for name, body in self._bodies.items()}
        self._files |= {self._hashed[name]: answer_with(name, body, FOR_EVER) for name, body in self._bodies.items()}

    def url(self, name: str) -> str:
        """The lasting address of a file. Raises KeyError when there is no such file."""
        return PREFIX + self._hashed[name]

    def body(self, name: str) -> bytes:
        """What is in a file. Raises KeyError when there is no such file."""
        return self._bodies[name]

    def find(self, name: str) -> CachedPage | None:
        """The answer to whoever asks for a name, with or without hash."""
        return self._files.get(name)


class StaticFilesMiddleware:
    """Answers addresses of static files; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, files: HashedFiles) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        file = self.files.find(scope["path"].removeprefix(PREFIX))
        refuse = partial(error_page, scope)
        if scope["method"] not in METHODS:
            await refuse(405, headers={"Allow": ", ".join(METHODS)})(scope, receive, send)
        elif file is None:
            await refuse(404)(scope, receive, send)
        else:
            await deliver(file, Wishes.of(scope), send)


def _served(path: Path) -> bytes:
    # A fifth of all styles and scripts is what only we read.
    shorten = {".css": _short_styles, ".js": _short_script}.get(path.suffix)
    if shorten is None or path.name.endswith(".min.js"):
        return path.read_bytes()
    return shorten(path.read_text(encoding="utf-8")).encode()


def _short_styles(text: str) -> str:
    return str(tinycss2.serialize(tinycss2.parse_component_value_list(text, skip_comments=True)))


def _short_script(text: str) -> str:
    return str(jsmin(text))


def answer_with(name: str, body: bytes, cache_control: str) -> CachedPage:
    """The answer that sends a file."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    full_kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = [
        (b"content-type", full_kind.encode()),
        (b"cache-control", cache_control.encode()),
        (b"vary", b"Accept-Encoding"),
    ]
    return CachedPage(headers, body, Sharing(), quality=QUALITY)


def _hashed_name(name: str, body: bytes) -> str:
    path = Path(name)
    return str(path.with_name(f"{path.stem}.{hashlib.sha256(body).hexdigest()[:10]}{path.suffix}"))
