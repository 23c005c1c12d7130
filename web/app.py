"""The one place where everything is put together."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from anyio import create_task_group
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from web.accounts.passwords import Passwords
from web.accounts.queries import SESSION_LIFETIME
from web.comments.fillers import fillers
from web.database import Database
from web.database.replica import Replica
from web.database.siblings import Siblings
from web.health.readiness import Readiness
from web.html.environment import make_environment
from web.html.paths import Paths
from web.http.authentication import AuthenticationMiddleware
from web.http.cross_origin import CrossOriginMiddleware
from web.http.current import Clock
from web.http.database_gone import DatabaseGoneMiddleware
from web.http.early_answers import EarlyAnswersMiddleware
from web.http.error_pages import HANDLERS
from web.http.page_cache import PageCacheMiddleware, Shareable
from web.http.query_string import QueryStringMiddleware
from web.http.readers import Readers
from web.http.replica_reading import ReplicaReadingMiddleware
from web.http.request_body import RequestBodyMiddleware
from web.http.request_log import RequestLogMiddleware
from web.http.route_table import RouteTable
from web.http.security_headers import SecurityHeadersMiddleware
from web.http.slots import Slots
from web.http.sql_panel import SqlPanelMiddleware
from web.http.static_files import HashedFiles, StaticFilesMiddleware
from web.http.unit_of_work import UnitOfWorkMiddleware
from web.media.pictures import Limits
from web.media.storages import open_storage
from web.media.workshop import Workshop
from web.routes import EARLY, ROUTES, SAME_FOR_ALL, SHARED, UPLOADS
from web.settings import Settings, find_folder

COMPRESSED_FROM_BYTES = 1000
COMPRESSION_LEVEL = 4
# Several images may be sent in one form.
IMAGES_IN_AN_UPLOAD = 5


def utc_now() -> datetime:
    """The time, as everything here stores it."""
    return datetime.now(UTC)


class Colophon(Starlette):
    """Starlette with layers around even its page for faults: log, headers, static files, early answers."""

    def build_middleware_stack(self) -> ASGIApp:
        settings: Settings = self.state.settings
        stack: ASGIApp = EarlyAnswersMiddleware(super().build_middleware_stack(), EARLY)
        stack = StaticFilesMiddleware(stack, self.state.static_files)
        stack = GZipMiddleware(stack, COMPRESSED_FROM_BYTES, COMPRESSION_LEVEL)
        stack = SecurityHeadersMiddleware(stack, image_sources=settings.image_sources, is_https=settings.is_https)
        stack = RequestLogMiddleware(QueryStringMiddleware(stack))
        return PageCacheMiddleware(
            stack,
            self.state.database.changes,
            Readers(_cookie_name(settings), self.state.clock),
            _shareable(self),
            # The panel tells of the statements that this very request took.
            0 if settings.sql_panel else settings.page_cache_bytes,
        )


class Shipped(NamedTuple):
    """What comes with the program and is the same under all settings."""

    static_files: HashedFiles
    environment: Environment

    @classmethod
    def read(cls) -> "Shipped":
        """Read from the folders. That is most of the work of making an application."""
        static_files = HashedFiles(find_folder("static"))
        paths = Paths({route.name: route.path for route in ROUTES})
        return cls(static_files, make_environment(find_folder("templates"), static_files.url, paths))


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    clock: Clock = utc_now,
    shipped: Shipped | None = None,
    siblings: Siblings | None = None,
) -> Colophon:
    """The application, ready to serve. Whoever passes a `database` closes it; otherwise the app does.

    Whoever makes several applications in one process reads what is `shipped` once for all of them.
    """
    own = database is None
    database = database or open_database(settings, siblings)
    replica = open_replica(settings, database)
    app = Colophon(
        routes=[RouteTable(ROUTES)],
        middleware=_middleware(settings, database, replica),
        exception_handlers=HANDLERS,
        lifespan=_lifespan(database if own else None, replica),
    )
    app.state.replica = replica
    app.state.static_files, app.state.environment = shipped or Shipped.read()
    _furnish(app, settings, database, clock)
    return app


def _furnish(app: Colophon, settings: Settings, database: Database, clock: Clock) -> None:
    app.state.settings = settings
    app.state.database = database
    app.state.clock = clock
    app.state.secret_key = settings.read_secret_key()
    app.state.passwords = Passwords(settings.password_memory_kib, settings.password_rounds)
    limits = Limits(settings.image_limit, settings.image_megapixels)
    app.state.workshop = Workshop(open_storage(settings), limits)
    app.state.readiness = Readiness(database)
    app.state.fillers = fillers(app.state.environment, app.state.secret_key, clock)


def open_database(settings: Settings, siblings: Siblings | None = None) -> Database:
    """The database that the settings name, for one of several processes if it has `siblings`."""
    url, slots, echo = settings.effective_database_url, settings.database_slots, settings.sql_echo
    return Database(url, slots=slots, echo=echo, siblings=siblings)


def _cookie_name(settings: Settings) -> str:
    return "__Host-colophon" if settings.is_https else "colophon"


def _shareable(app: Colophon) -> Shareable:
    state = app.state
    return Shareable(_one_of(SHARED), _one_of(SAME_FOR_ALL), state.fillers, state.clock, state.settings.cdn_seconds)


def _one_of(names: Collection[str]) -> Callable[[str], bool]:
    patterns = [route.path_regex for route in ROUTES if route.name in names]
    return lambda path: any(pattern.match(path) for pattern in patterns)


def open_replica(settings: Settings, database: Database) -> Replica | None:
    """The standby that the settings name. Raises ValueError where the database can have none."""
    if not settings.database_replica_url:
        return None
    url, lag = settings.database_replica_url, settings.database_replica_lag
    return Replica(database, url, lag_seconds=lag, echo=settings.sql_echo)


def _lifespan(
    own: Database | None, replica: Replica | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with create_task_group() as group:
            if replica:
                group.start_soon(replica.watch)
            yield
            group.cancel_scope.cancel()
        for found in (replica, own):
            if found:
                found.close()

    return lifespan


def _upload_limits(settings: Settings) -> dict[str, int]:
    # What else stands in the form may be as large as any other form.
    limit = IMAGES_IN_AN_UPLOAD * settings.image_limit + settings.body_limit
    return dict.fromkeys(UPLOADS, limit)


def _middleware(settings: Settings, database: Database, replica: Replica | None) -> list[Middleware]:
    # In the order in which a request passes them; the answer comes back the other way.
    slots = Slots(database)
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.host_names),
        Middleware(CrossOriginMiddleware, base_url=settings.base_url),
        Middleware(RequestBodyMiddleware, limit=settings.body_limit, uploads=_upload_limits(settings)),
        Middleware(DatabaseGoneMiddleware),
        Middleware(
            SessionMiddleware,
            secret_key=settings.read_secret_key(),
            session_cookie=_cookie_name(settings),
            max_age=int(SESSION_LIFETIME.total_seconds()),
            same_site="lax",
            https_only=settings.is_https,
        ),
        *([Middleware(SqlPanelMiddleware)] if settings.sql_panel else []),
        *([_replica_reading(settings, replica)] if replica else []),
        Middleware(UnitOfWorkMiddleware, database=database, slots=slots, replica=replica),
        Middleware(AuthenticationMiddleware, database=database, slots=slots),
    ]


def _replica_reading(settings: Settings, replica: Replica) -> Middleware:
    key, is_https = settings.read_secret_key(), settings.is_https
    return Middleware(ReplicaReadingMiddleware, replica=replica, secret_key=key, is_https=is_https)
