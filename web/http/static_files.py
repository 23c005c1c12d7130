"""Static files under names that carry a hash of their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from web.http.responses import error_page

PREFIX = "/static/"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"


class HashedFiles(StaticFiles):
    """The files of a folder, each also under `name.<hash>.ext`. The hashes are taken once, at start."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        files = [path for path in folder.rglob("*") if path.is_file()]
        self._hashed = {str(path.relative_to(folder)): _hashed_name(path, folder) for path in files}
        self._plain = {hashed: plain for plain, hashed in self._hashed.items()}

    def url(self, name: str) -> str:
        """The lasting address of a file. Raises KeyError when there is no such file."""
        return PREFIX + self._hashed[name]

    async def get_response(self, path: str, scope: Scope) -> Response:
        plain = self._plain.get(path)
        response = await super().get_response(plain or path, scope)
        response.headers["Cache-Control"] = FOR_EVER if plain else FOR_A_WHILE
        return response


class StaticFilesMiddleware:
    """Answers addresses of static files; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, files: HashedFiles) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            mounted = {**scope, "root_path": scope.get("root_path", "") + PREFIX.rstrip("/")}
            try:
                await self.files(mounted, receive, send)
            except HTTPException as error:
                await error_page(scope, error.status_code, headers=error.headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _hashed_name(path: Path, folder: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return str(path.relative_to(folder).with_name(f"{path.stem}.{digest}{path.suffix}"))
